"""Ad platforms as templates: which headers each one writes in which language, and what its rows say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sheetgen.clause import Clause
from sheetgen.errors import TemplateError
from sheetgen.fields import FIELDS_BY_KEY, MEASURES
from sheetgen.sources.dates import DateOrder
from sheetgen.sources.headers import Header, header_key, read_headers
from sheetgen.sources.money import Currencies, load_currencies
from sheetgen.sources.numbers import Decimal
from sheetgen.sources.platform_file import require_shapes
from sheetgen.sources.settle import Habit
from sheetgen.templates import list_templates, read_template

AUTO = "auto"
GENERIC = "generic"
KIND = "platforms"

CURRENCY = "currency"
RESULTS = "results"
INDICATOR = "result_indicator"
PERIOD_START, PERIOD_END = "period_start", "period_end"
BUDGET_TYPE = "budget_type"
RATE = "rate"
BREAKDOWN = "breakdown"
FIELD_KEYS: tuple[str, ...] = (*FIELDS_BY_KEY, CURRENCY)
"""What a header can feed, in the order in which headers are given out: spend is taken before a planned budget."""

ROLE_KEYS: tuple[str, ...] = (RESULTS, INDICATOR, PERIOD_START, PERIOD_END, BUDGET_TYPE)
"""What a header can say about others: what the results are, which days a row covers, what a budget is for."""

BORROWED = frozenset((*(field.key for field in MEASURES), BREAKDOWN))
"""What a table of no platform may be read by as one platform writes it: measures and breakdowns, which mean one."""

USES = (*FIELD_KEYS, *ROLE_KEYS, RATE, BREAKDOWN)


@dataclass(frozen=True)
class RateRule:
    """What a rate is: one field over another, times a number; each is a field's key or a header's key."""

    numerator: str
    denominator: str
    times: float = 1.0


@dataclass(frozen=True)
class ColumnRule:
    """The headers that feed one field, by key, in order of preference; `combine` adds up all that are found.

    `is_guess` is true where such a header may well mean something else. `names` has the words by which a report is
    split by such a header, its own word first.
    """

    field: str
    keys: tuple[str, ...]
    combine: bool = False
    rate: RateRule | None = None
    is_guess: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Platform:
    """One platform's export: its columns, the headers that tell it, and what its rows say when they are no data.

    One of `marks` tells it, or two of `hints`. `languages` has the languages that write a header, by key; `habits` how
    dates and decimals are written, by language.
    """

    key: str
    label: str
    constant: str
    marks: frozenset[str]
    rules: tuple[ColumnRule, ...]
    hints: frozenset[str] = frozenset()
    languages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    nulls: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    blank_name_is_total: bool = False
    habits: Mapping[str, Habit] = field(default_factory=dict)


@dataclass(frozen=True)
class Platforms:
    """All platforms by key, `generic` among them, and the currencies that headers may name.

    `borrowed` has what single platforms call a measure or a breakdown: for a table of none whose header says the same.
    """

    by_key: Mapping[str, Platform]
    currencies: Currencies
    known_keys: frozenset[str]
    borrowed: tuple[ColumnRule, ...] = ()

    def score(self, cells: Sequence[str]) -> int:
        """How many cells are headers that some platform knows: 0 unless two are."""
        known = {header.key for cell in cells if cell.strip() for header in self.read(cell)} & self.known_keys
        return len(known) if len(known) > 1 else 0

    def read(self, text: str) -> tuple[Header, ...]:
        """The ways to read a header."""
        return read_headers(text, self.currencies)


def load_platforms(extra: Path | None = None) -> Platforms:
    """Every platform template, the user's own before the shipped.

    Raises `TemplateError` for a template that names an unknown field.
    """
    loaded = {key: _platform(key, read_template(KIND, key, extra)) for key in list_templates(KIND, extra)}
    known = frozenset(key for platform in loaded.values() for rule in platform.rules for key in rule.keys)
    return Platforms(loaded, load_currencies(extra), known, _borrowed(loaded))


def _borrowed(platforms: Mapping[str, Platform]) -> tuple[ColumnRule, ...]:
    """The headers of measures and breakdowns that all platforms that write them read alike."""
    uses: dict[str, set[str]] = {}
    for platform in platforms.values():
        for rule in platform.rules:
            for key in rule.keys:
                uses.setdefault(key, set()).add(rule.field)
    alike = {key for key, fields in uses.items() if len(fields) == 1}
    return tuple(
        ColumnRule(rule.field, keys)
        for platform in platforms.values()
        for rule in platform.rules
        if platform.key != GENERIC and not rule.combine and rule.field in BORROWED
        if (keys := tuple(key for key in rule.keys if key in alike))
    )


def _platform(key: str, content: Mapping[str, Any]) -> Platform:
    require_shapes(f"{KIND}/{key}.toml", content)
    rows, columns = content.get("rows", {}), content.get("column", ())
    return Platform(
        key=key,
        label=str(content.get("label", key)),
        constant=str(content.get("platform", "")),
        marks=frozenset(header_key(mark) for mark in content.get("marks", ())),
        rules=tuple(_rule(key, place, entry) for place, entry in enumerate(columns, start=1)),
        hints=frozenset(header_key(hint) for hint in content.get("hints", ())),
        languages=_languages(columns),
        nulls=tuple(rows.get("nulls", ())),
        totals=tuple(rows.get("totals", ())),
        blank_name_is_total=bool(rows.get("blank_name_is_total", False)),
        habits=_habits(key, content),
    )


def _habits(key: str, content: Mapping[str, Any]) -> dict[str, Habit]:
    """How the platform writes dates and decimals, by language.

    Raises `TemplateError` for an order or a sign that is none.
    """
    why = Clause("as {platform} writes it in this language", platform=str(content.get("label", key)))
    habits = {}
    for language, entry in content.get("habits", {}).items():
        try:
            habits[language] = Habit(DateOrder(entry["dates"]), Decimal(entry["decimal"]), why)
        except (KeyError, TypeError, ValueError) as error:
            raise TemplateError(
                path=f"{KIND}/{key}.toml",
                where=f"habits.{language}",
                problem=Clause("the order of dates or the decimal sign is missing or unknown."),
                remedy=Clause('Write dates = "day first" or "month first", and decimal = "." or ",".'),
            ) from error
    return habits


def _rule(platform: str, place: int, entry: Mapping[str, Any]) -> ColumnRule:
    name = entry.get("field")
    headers = entry.get("headers")
    path = f"{KIND}/{platform}.toml"
    if name not in USES:
        raise TemplateError(
            path=path,
            where=Clause("column {number}", number=place),
            problem=Clause("{found!r} is no field.", found=name),
            remedy=Clause("Write field = one of {names}.", names=", ".join(USES)),
        )
    if not isinstance(headers, dict) or not all(isinstance(texts, list) for texts in headers.values()):
        raise TemplateError(
            path=path,
            where=Clause("column {number} ({field})", number=place, field=name),
            problem=Clause("the headers are missing or no list."),
            remedy=Clause('Write headers.en = ["Header", …].'),
        )
    keys = dict.fromkeys(header_key(str(text)) for texts in headers.values() for text in texts)
    combine, is_guess = bool(entry.get("combine", False)), bool(entry.get("guess", False))
    names = tuple(header_key(str(word)) for word in entry.get("split", ()))
    return ColumnRule(str(name), tuple(keys), combine, _rate(path, place, entry), is_guess, names)


def _rate(path: str, place: int, entry: Mapping[str, Any]) -> RateRule | None:
    of = entry.get("of")
    if of is None:
        return None
    if not isinstance(of, list) or len(of) != 2:
        raise TemplateError(
            path=path,
            where=Clause("column {number} ({field})", number=place, field=RATE),
            problem=Clause("{found!r} is no pair.", found=of),
            remedy=Clause('Write of = ["clicks", "impressions"], with keys of fields or headers.'),
        )
    numerator, denominator = (text if text in FIELDS_BY_KEY else header_key(str(text)) for text in of)
    return RateRule(numerator, denominator, float(entry.get("times", 1)))


def _languages(columns: Sequence[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    """The languages that write a header, by its key."""
    found: dict[str, set[str]] = {}
    for column in columns:
        for language, texts in column["headers"].items():
            for text in texts:
                found.setdefault(header_key(str(text)), set()).add(language)
    return {key: frozenset(languages) for key, languages in found.items()}
