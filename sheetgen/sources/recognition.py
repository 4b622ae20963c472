"""What a header row means: the platform whose export it is, and which header feeds which field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from sheetgen.clause import Clause
from sheetgen.errors import OptionError
from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.sources.headers import Header, header_key
from sheetgen.sources.platforms import (
    AUTO,
    BREAKDOWN,
    FIELD_KEYS,
    GENERIC,
    RATE,
    ROLE_KEYS,
    ColumnRule,
    Platform,
    Platforms,
    RateRule,
)

HINTS_NEEDED = 2
"""As many headers as this, each common to few platforms, tell one without a mark."""

SHOWN = 6
"""As many headers are named as the reason for a platform."""


class Origin(Enum):
    """Why a header feeds a field: the user said so, its platform writes it, or it is a common word for the field.

    `BORROWED` is a word of other platforms, in a table of none; `GUESS` a word that may mean something else.
    """

    SAID = "said"
    OWN = "own"
    COMMON = "common"
    BORROWED = "borrowed"
    GUESS = "guess"


@dataclass(frozen=True)
class Match:
    """The columns, by position, that feed a field; more than one are added up."""

    field: str
    headers: tuple[str, ...]
    positions: tuple[int, ...]
    origin: Origin = Origin.COMMON


@dataclass(frozen=True)
class RateColumn:
    """A column of rates, by position; `rule` says what it is, None where that is not known."""

    header: str
    position: int
    rule: RateRule | None


@dataclass(frozen=True)
class Recognition:
    """What a header row means: the platform with its score and reason, and each header's use."""

    platform: Platform
    score: int
    reason: str
    mapping: tuple[Match, ...]
    alternatives: tuple[Match, ...] = ()
    rates: tuple[RateColumn, ...] = ()
    breakdowns: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    currencies: Mapping[str, str] = field(default_factory=dict)
    language: str = ""

    def match(self, key: str) -> Match | None:
        """The columns that feed the field, if any."""
        return next((match for match in self.mapping if match.field == key), None)

    @property
    def is_enough(self) -> bool:
        """Whether a report can be made: a measure and another field, or two measures."""
        known = [FIELDS_BY_KEY[match.field] for match in self.mapping if match.field in FIELDS_BY_KEY]
        return any(one.is_measure for one in known) and len(known) > 1


def recognise(
    headers: Sequence[str],
    platforms: Platforms,
    source: str = AUTO,
    mapping: Iterable[tuple[str, str]] = (),
) -> Recognition:
    """What the headers mean, on the platform they fit best or on the one that `source` names.

    `mapping` has pairs of a header and the key of the field it must feed.
    Raises `OptionError` for a source without a template.
    """
    read = [platforms.read(header) for header in headers]
    platform, score, reason = _choose(read, headers, platforms, source)
    own = () if platform.key == GENERIC else platform.rules
    borrowed = platforms.borrowed if platform.key == GENERIC else ()
    rules = own + platforms.by_key[GENERIC].rules + borrowed
    guesses = {rule: Origin.GUESS for rule in rules if rule.is_guess}
    origins = dict.fromkeys(borrowed, Origin.BORROWED) | dict.fromkeys(own, Origin.OWN) | guesses
    chosen = _give_out(headers, read, rules, origins, mapping)
    taken = {place for match in chosen for place in match.positions}
    left = [(_use(read[place], rules), place) for place in range(len(headers)) if place not in taken]
    return Recognition(
        platform,
        score,
        reason,
        mapping=tuple(chosen),
        alternatives=tuple(Match(use, (headers[place],), (place,)) for use, place in left if use in FIELD_KEYS),
        rates=tuple(
            RateColumn(headers[place], place, _rate_rule(read[place], rules)) for use, place in left if use == RATE
        ),
        breakdowns=tuple(headers[place] for use, place in left if use == BREAKDOWN),
        unmapped=tuple(headers[place] for use, place in left if not use and headers[place]),
        currencies={way.sign: way.currency for place in taken for way in read[place] if way.currency},
        language=_language(read, (platform, platforms.by_key[GENERIC])),
    )


def _choose(
    read: Sequence[tuple[Header, ...]], headers: Sequence[str], platforms: Platforms, source: str
) -> tuple[Platform, int, str]:
    scores = {platform.key: _fit(read, platform) for platform in platforms.by_key.values()}
    if source != AUTO:
        if source not in platforms.by_key:
            raise OptionError(option="--source", found=source, allowed=", ".join((AUTO, *platforms.by_key)))
        return platforms.by_key[source], scores[source], Clause("named by --source")
    told = {key: _told_by(read, headers, platforms.by_key[key]) for key in platforms.by_key}
    candidates = [key for key in platforms.by_key if told[key]]
    if not candidates:
        return platforms.by_key[GENERIC], scores[GENERIC], Clause("no header is one platform's own")
    best = max(candidates, key=lambda key: (len(told[key]), scores[key], key))
    platform = platforms.by_key[best]
    shown = ", ".join(told[best][:SHOWN]) + (", …" if len(told[best]) > SHOWN else "")
    reason = Clause("headers of {platform}: {headers}", platform=platform.label, headers=shown)
    return platform, scores[best], reason


def _fit(read: Sequence[tuple[Header, ...]], platform: Platform) -> int:
    known = {key for rule in platform.rules for key in rule.keys}
    return sum(any(header.key in known for header in ways) for ways in read)


def _told_by(read: Sequence[tuple[Header, ...]], headers: Sequence[str], platform: Platform) -> list[str]:
    """The headers that tell the platform: its marks and hints, if there is a mark or there are hints enough."""
    keys = [{way.key for way in ways} for ways in read]
    marked = any(ways & platform.marks for ways in keys)
    found = [text for text, ways in zip(headers, keys, strict=True) if ways & (platform.marks | platform.hints)]
    return found if marked or len(found) >= HINTS_NEEDED else []


def _language(read: Sequence[tuple[Header, ...]], platforms: Iterable[Platform]) -> str:
    """The language in which most headers are written, English first; empty where none is known."""
    counts = Counter({"en": 0})
    for ways in read:
        counts.update({language for one in platforms for way in ways for language in one.languages.get(way.key, ())})
    best, count = max(counts.items(), key=lambda pair: pair[1])
    return best if count else ""


def _give_out(
    headers: Sequence[str],
    read: Sequence[tuple[Header, ...]],
    rules: Sequence[ColumnRule],
    origins: Mapping[ColumnRule, Origin],
    mapping: Iterable[tuple[str, str]],
) -> list[Match]:
    """Headers to fields: what the user said first, then field by field what its rules prefer.

    `origins` has those of the rules that are no common words.
    """
    chosen = _said(headers, mapping)
    free = [place for place in range(len(headers)) if all(place not in match.positions for match in chosen)]
    for key in (*FIELD_KEYS, *ROLE_KEYS):
        if any(match.field == key for match in chosen):
            continue
        found = _preferred(read, free, [rule for rule in rules if rule.field == key])
        if found:
            rule, positions = found
            named = tuple(headers[place] for place in positions)
            chosen.append(Match(key, named, positions, origins.get(rule, Origin.COMMON)))
            free = [place for place in free if place not in positions]
    return chosen


def _said(headers: Sequence[str], mapping: Iterable[tuple[str, str]]) -> list[Match]:
    chosen = []
    for header, key in mapping:
        positions = [place for place, text in enumerate(headers) if header_key(text) == header_key(header)]
        if positions:
            chosen.append(Match(key, (headers[positions[0]],), (positions[0],), Origin.SAID))
    return chosen


def _preferred(
    read: Sequence[tuple[Header, ...]], free: Sequence[int], rules: Sequence[ColumnRule]
) -> tuple[ColumnRule, tuple[int, ...]] | None:
    """The first rule that fits free columns, and their positions."""
    for rule in rules:
        ranked = sorted((min(ranks), place) for place in free if (ranks := _ranks(read[place], rule)))
        if ranked and rule.combine:
            return rule, tuple(sorted(place for _, place in ranked))
        if ranked:
            return rule, (ranked[0][1],)
    return None


def _ranks(ways: Sequence[Header], rule: ColumnRule) -> list[int]:
    return [rule.keys.index(way.key) for way in ways if way.key in rule.keys]


def _use(ways: Sequence[Header], rules: Sequence[ColumnRule]) -> str:
    """What a left-over header is: a breakdown, a rate, a field that another header feeds, or nothing known."""
    keys = {way.key for way in ways}
    uses = [rule.field for rule in rules if keys.intersection(rule.keys)]
    return BREAKDOWN if BREAKDOWN in uses else next(iter(uses), "")


def _rate_rule(ways: Sequence[Header], rules: Sequence[ColumnRule]) -> RateRule | None:
    keys = {way.key for way in ways}
    return next((rule.rate for rule in rules if rule.rate and keys.intersection(rule.keys)), None)
