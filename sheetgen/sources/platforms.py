"""Ad platforms as templates: which headers each one writes, and which platform a header row comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sheetgen.clause import Clause
from sheetgen.errors import OptionError, TemplateError
from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.sources.headers import Header, header_key, read_headers
from sheetgen.sources.money import Currencies, load_currencies
from sheetgen.templates import list_templates, read_template

AUTO = "auto"
GENERIC = "generic"
KIND = "platforms"

CURRENCY = "currency"
RATE = "rate"
BREAKDOWN = "breakdown"
FIELD_KEYS: tuple[str, ...] = (*FIELDS_BY_KEY, CURRENCY)
"""What a header can feed, in the order in which headers are given out: spend is taken before a planned budget."""


@dataclass(frozen=True)
class ColumnRule:
    """The headers that feed one field, by key, in order of preference; `combine` adds up all that are found."""

    field: str
    keys: tuple[str, ...]
    combine: bool = False


@dataclass(frozen=True)
class Platform:
    """One platform's export: its columns, the headers that mark it, and what its rows say when they are no data."""

    key: str
    label: str
    constant: str
    marks: frozenset[str]
    rules: tuple[ColumnRule, ...]
    nulls: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    blank_name_is_total: bool = False


@dataclass(frozen=True)
class Platforms:
    """All platforms by key, `generic` among them, and the currencies that headers may name."""

    by_key: Mapping[str, Platform]
    currencies: Currencies
    known_keys: frozenset[str]

    def score(self, cells: Sequence[str]) -> int:
        """How many cells are headers that some platform knows: 0 unless two are."""
        known = {header.key for cell in cells if cell.strip() for header in self.read(cell)} & self.known_keys
        return len(known) if len(known) > 1 else 0

    def read(self, text: str) -> tuple[Header, ...]:
        """The ways to read a header."""
        return read_headers(text, self.currencies)


@dataclass(frozen=True)
class Match:
    """The columns, by position, that feed a field; more than one are added up."""

    field: str
    headers: tuple[str, ...]
    positions: tuple[int, ...]


@dataclass(frozen=True)
class Recognition:
    """What a header row means: the platform with its score and reason, and each header's use."""

    platform: Platform
    score: int
    reason: str
    mapping: tuple[Match, ...]
    alternatives: tuple[Match, ...] = ()
    rates: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    currencies: Mapping[str, str] = field(default_factory=dict)

    def match(self, key: str) -> Match | None:
        """The columns that feed the field, if any."""
        return next((match for match in self.mapping if match.field == key), None)

    @property
    def is_enough(self) -> bool:
        """Whether a report can be made: a measure and another field, or two measures."""
        known = [FIELDS_BY_KEY[match.field] for match in self.mapping if match.field in FIELDS_BY_KEY]
        return any(one.is_measure for one in known) and len(known) > 1


def load_platforms(extra: Path | None = None) -> Platforms:
    """Every platform template, the user's own before the shipped.

    Raises `TemplateError` for a template that names an unknown field.
    """
    loaded = {key: _platform(key, read_template(KIND, key, extra)) for key in list_templates(KIND, extra)}
    known = frozenset(key for platform in loaded.values() for rule in platform.rules for key in rule.keys)
    return Platforms(loaded, load_currencies(extra), known)


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
    rules = platform.rules if platform.key == GENERIC else platform.rules + platforms.by_key[GENERIC].rules
    chosen = _give_out(headers, read, rules, mapping)
    taken = {place for match in chosen for place in match.positions}
    left = [(_use(read[place], rules), place) for place in range(len(headers)) if place not in taken]
    return Recognition(
        platform,
        score,
        reason,
        mapping=tuple(chosen),
        alternatives=tuple(Match(use, (headers[place],), (place,)) for use, place in left if use in FIELD_KEYS),
        rates=tuple(headers[place] for use, place in left if use == RATE),
        breakdowns=tuple(headers[place] for use, place in left if use == BREAKDOWN),
        unmapped=tuple(headers[place] for use, place in left if not use and headers[place]),
        currencies={way.sign: way.currency for place in taken for way in read[place] if way.currency},
    )


def _choose(
    read: Sequence[tuple[Header, ...]], headers: Sequence[str], platforms: Platforms, source: str
) -> tuple[Platform, int, str]:
    scores = {platform.key: _fit(read, platform) for platform in platforms.by_key.values()}
    if source != AUTO:
        if source not in platforms.by_key:
            raise OptionError(option="--source", found=source, allowed=", ".join((AUTO, *platforms.by_key)))
        return platforms.by_key[source], scores[source], Clause("named by --source")
    marked = {key: _marks(read, headers, platforms.by_key[key]) for key in platforms.by_key}
    candidates = [key for key in platforms.by_key if marked[key]]
    if not candidates:
        return platforms.by_key[GENERIC], scores[GENERIC], Clause("no header is one platform's own")
    best = max(candidates, key=lambda key: (scores[key] + len(marked[key]), key))
    platform = platforms.by_key[best]
    reason = Clause("headers of {platform}: {headers}", platform=platform.label, headers=", ".join(marked[best]))
    return platform, scores[best], reason


def _fit(read: Sequence[tuple[Header, ...]], platform: Platform) -> int:
    known = {key for rule in platform.rules for key in rule.keys}
    return sum(any(header.key in known for header in ways) for ways in read)


def _marks(read: Sequence[tuple[Header, ...]], headers: Sequence[str], platform: Platform) -> list[str]:
    return [text for text, ways in zip(headers, read, strict=True) if {way.key for way in ways} & platform.marks]


def _give_out(
    headers: Sequence[str],
    read: Sequence[tuple[Header, ...]],
    rules: Sequence[ColumnRule],
    mapping: Iterable[tuple[str, str]],
) -> list[Match]:
    """Headers to fields: what the user said first, then field by field what its rules prefer."""
    chosen = _said(headers, mapping)
    free = [place for place in range(len(headers)) if all(place not in match.positions for match in chosen)]
    for key in FIELD_KEYS:
        wanted = [rule for rule in rules if rule.field == key]
        positions = () if any(match.field == key for match in chosen) else _preferred(read, free, wanted)
        if positions:
            chosen.append(Match(key, tuple(headers[place] for place in positions), positions))
            free = [place for place in free if place not in positions]
    return chosen


def _said(headers: Sequence[str], mapping: Iterable[tuple[str, str]]) -> list[Match]:
    chosen = []
    for header, key in mapping:
        positions = [place for place, text in enumerate(headers) if header_key(text) == header_key(header)]
        if positions:
            chosen.append(Match(key, (headers[positions[0]],), (positions[0],)))
    return chosen


def _preferred(read: Sequence[tuple[Header, ...]], free: Sequence[int], rules: Sequence[ColumnRule]) -> tuple[int, ...]:
    """The positions of the free columns that the first fitting rule wants."""
    for rule in rules:
        ranked = sorted((min(ranks), place) for place in free if (ranks := _ranks(read[place], rule)))
        if ranked and rule.combine:
            return tuple(sorted(place for _, place in ranked))
        if ranked:
            return (ranked[0][1],)
    return ()


def _ranks(ways: Sequence[Header], rule: ColumnRule) -> list[int]:
    return [rule.keys.index(way.key) for way in ways if way.key in rule.keys]


def _use(ways: Sequence[Header], rules: Sequence[ColumnRule]) -> str:
    """What a left-over header is: a breakdown, a rate, a field that another header feeds, or nothing known."""
    keys = {way.key for way in ways}
    uses = [rule.field for rule in rules if keys.intersection(rule.keys)]
    return BREAKDOWN if BREAKDOWN in uses else next(iter(uses), "")


def _platform(key: str, content: Mapping[str, Any]) -> Platform:
    rows = content.get("rows", {})
    return Platform(
        key=key,
        label=str(content.get("label", key)),
        constant=str(content.get("platform", "")),
        marks=frozenset(header_key(mark) for mark in content.get("marks", ())),
        rules=tuple(_rule(key, place, entry) for place, entry in enumerate(content.get("column", ()), start=1)),
        nulls=tuple(rows.get("nulls", ())),
        totals=tuple(rows.get("totals", ())),
        blank_name_is_total=bool(rows.get("blank_name_is_total", False)),
    )


def _rule(platform: str, place: int, entry: Mapping[str, Any]) -> ColumnRule:
    name = entry.get("field")
    headers = entry.get("headers")
    path = f"{KIND}/{platform}.toml"
    if name not in (*FIELD_KEYS, RATE, BREAKDOWN):
        raise TemplateError(
            path=path,
            where=Clause("column {number}", number=place),
            problem=Clause("{found!r} is no field.", found=name),
            remedy=Clause("Write field = one of {names}.", names=", ".join((*FIELD_KEYS, RATE, BREAKDOWN))),
        )
    if not isinstance(headers, dict) or not all(isinstance(texts, list) for texts in headers.values()):
        raise TemplateError(
            path=path,
            where=Clause("column {number} ({field})", number=place, field=name),
            problem=Clause("the headers are missing or no list."),
            remedy=Clause('Write headers.en = ["Header", …].'),
        )
    keys = dict.fromkeys(header_key(str(text)) for texts in headers.values() for text in texts)
    return ColumnRule(str(name), tuple(keys), bool(entry.get("combine", False)))
