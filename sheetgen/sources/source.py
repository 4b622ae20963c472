"""One file: read, recognised, typed, and freed of the rows that are no data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from sheetgen.clause import Clause
from sheetgen.errors import UnknownColumnsError
from sheetgen.fields import BUDGET, CAMPAIGN_NAME, CONVERSIONS, FIELDS_BY_KEY, PLATFORM
from sheetgen.ledger import LedgerLine
from sheetgen.sources.above import refuse_tables_above
from sheetgen.sources.averages import drop_averages
from sheetgen.sources.comparison import drop_earlier
from sheetgen.sources.currency import find_currency
from sheetgen.sources.exchange import exchange_by_row
from sheetgen.sources.grain import Grain, find_grain
from sheetgen.sources.interpret import Choices, Interpretation, interpret, load_marks
from sheetgen.sources.labels import Spellings, label_key, platforms_named
from sheetgen.sources.numbers import load_number_marks
from sheetgen.sources.outline import fill_down
from sheetgen.sources.pivots import drop_pivot_totals
from sheetgen.sources.platforms import RESULTS, Platforms
from sheetgen.sources.rates import compare_rates
from sheetgen.sources.read import read_tables
from sheetgen.sources.recognition import Recognition, recognise
from sheetgen.sources.remarks import (
    ALTERNATIVE,
    COMBINED,
    PLATFORM_CONSTANT,
    PLATFORM_IN_NAME,
    PLATFORM_RECOGNISED,
    RATES_IGNORED,
    UNMAPPED,
)
from sheetgen.sources.rows import Rows
from sheetgen.sources.settle import Habit, Place
from sheetgen.sources.stakes import Spent
from sheetgen.sources.strays import (
    drop_blank,
    drop_notes,
    drop_repeated_headers,
    drop_words,
    mention_short,
    refuse_stacked,
)
from sheetgen.sources.subtotals import drop_subtotals
from sheetgen.sources.table import BoolArray, RawTable
from sheetgen.sources.totals import drop_totals, find_totals, load_total_marks
from sheetgen.sources.wide import refuse_wide

NEEDED = Clause("one measure (such as Budget or Clicks) and one other column (such as Campaign Name, Platform or Date)")
HEADERS_SHOWN = 12


@dataclass(frozen=True)
class Reading:
    """How files are read: what templates and the user say; `mapping` has pairs of a header and a field's key.

    `rates` has what one unit of a currency is worth in that of the report.
    """

    platforms: Platforms
    spellings: dict[str, Spellings]
    source: str
    mapping: tuple[tuple[str, str], ...]
    choices: Choices
    templates: Path | None
    rates: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A file's table with its typed rows, the rows kept so far and the lines that say why."""

    place: Place
    table: RawTable
    recognition: Recognition
    interpretation: Interpretation
    kept: BoolArray
    lines: tuple[LedgerLine, ...]

    @property
    def rows(self) -> Rows:
        """All typed rows of the file, kept or not."""
        return self.interpretation.rows

    @property
    def rows_in(self) -> int:
        """Rows under the header, those that could not be placed included."""
        return len(self.table.lines) + len(self.table.refused)

    def keeping(self, kept: BoolArray, lines: list[LedgerLine]) -> Source:
        """The same source with other rows kept and more lines."""
        return replace(self, kept=kept, lines=(*self.lines, *lines))


@dataclass(frozen=True)
class CleanSource:
    """What one file gives the report; `spent` has the money of every row, dropped ones included."""

    rows: Rows
    grain: Grain
    currency: str | None
    lines: tuple[LedgerLine, ...]
    spent: Spent


def open_sources(path: Path, file: str, reading: Reading) -> list[Source]:
    """The tables of a file, mostly one, each with its typed rows.

    Raises an `InputError` for a file that cannot be read or has no campaign columns.
    """
    tables = read_tables(path, file, reading.platforms.score)
    return [_open(Place(_sheet_path(path, table), table.file), table, reading) for table in tables]


def _sheet_path(path: Path, table: RawTable) -> Path:
    """How errors name a table: by its file, and its sheet where several are read."""
    return path.with_name(f"{path.name} [{table.sheet}]") if table.sheet else path


def _open(place: Place, table: RawTable, reading: Reading) -> Source:
    """The typed rows of a table, without blank rows and repeated headers."""
    recognition = recognise(table.headers, reading.platforms, reading.source, reading.mapping)
    if not recognition.is_enough:
        shown = [header for header in table.headers if header][:HEADERS_SHOWN]
        raise UnknownColumnsError(path=place.path, headers=", ".join(shown) or Clause("none"), needed=NEEDED)
    refuse_wide(place, recognition, reading.platforms, reading.templates)
    table, filled = fill_down(table, recognition)
    marks = load_marks(reading.templates, recognition.platform.nulls)
    habit = recognition.platform.habits.get(recognition.language, Habit())
    typed = interpret(place, table, recognition.mapping, marks, replace(reading.choices, habit=habit))
    lines = (*table.remarks, *describe(place.file, recognition), *filled, *typed.findings.lines, *table.refused)
    source = Source(place, table, recognition, typed, np.ones(len(table.lines), dtype=np.bool_), lines)
    source = source.keeping(*drop_blank(table, source.rows, source.kept))
    source = source.keeping(*drop_repeated_headers(table, source.rows, source.kept, typed.findings))
    refuse_stacked(place, table, reading.platforms.score, source.kept, typed.findings)
    return source.keeping(*drop_words(source.rows, source.kept, typed.findings))


def drop_summaries(source: Source, reading: Reading) -> Source:
    """The source without earlier periods, averages, totals and notes; its totals are reconciled with the rows kept."""
    table, rows, recognition = source.table, source.rows, source.recognition
    marks = load_total_marks(recognition.platform, reading.templates)
    source = source.keeping(*drop_earlier(table, rows, source.kept, reading.templates))
    source = source.keeping(*drop_averages(table, rows, recognition, source.kept, reading.templates))
    suspects = find_totals(table, rows, recognition, marks, source.kept)
    source = source.keeping(*drop_pivot_totals(table, rows, recognition, suspects, source.kept, reading.templates))
    source = source.keeping(*drop_subtotals(table, rows, recognition, suspects, source.kept, reading.templates))
    source = source.keeping(*drop_totals(table, rows, recognition, suspects, source.kept))
    return source.keeping(*drop_notes(table, rows, source.kept))


def refuse_above(source: Source, reading: Reading) -> None:
    """Raise `StackedTablesError` for a table above the header that is no summary of the rows kept."""
    if source.table.above:
        marks = load_number_marks(reading.templates, source.recognition.platform.nulls)
        refuse_tables_above(source.place, source.table, source.rows, source.kept, reading.platforms, marks)


def close_source(source: Source, reading: Reading) -> CleanSource:
    """The rows that are data, with their grain, their currency and every line about the file.

    Raises `MixedCurrenciesError` for money in several currencies.
    """
    table, rows, recognition = source.table, source.rows, source.recognition
    findings = source.interpretation.findings
    lines = [*source.lines, *mention_short(table, rows, source.kept)]
    for problem in findings.problems:
        lines += problem.lines(rows, source.kept)
    number_marks = load_number_marks(reading.templates, recognition.platform.nulls)
    lines += compare_rates(table, rows, recognition, reading.platforms, number_marks, source.kept)
    rows, currency, currency_lines = in_one_currency(source, reading)
    kept, platform_lines = with_platform(rows.where(source.kept), platform_of(source, reading), reading)
    kept, grain, grain_lines = find_grain(kept)
    spent = Spent(source.place.file, rows.line, rows.numbers[BUDGET.key])
    return CleanSource(kept, grain, currency, (*lines, *currency_lines, *platform_lines, *grain_lines), spent)


def in_one_currency(source: Source, reading: Reading) -> tuple[Rows, str | None, list[LedgerLine]]:
    """The rows with their money in one currency, its code, and what to say about it."""
    place, table, recognition, currencies = (
        source.place,
        source.table,
        source.recognition,
        reading.platforms.currencies,
    )
    mixed = exchange_by_row(place, table, source.rows, recognition, source.kept, currencies, reading.rates)
    if mixed:
        return mixed
    signs = source.interpretation.findings.signs
    return source.rows, *find_currency(place, table, recognition, signs, source.kept, currencies)


def describe(file: str, recognition: Recognition) -> list[LedgerLine]:
    """What the headers mean: the platform, columns that could serve too, and columns left out."""
    lines = [PLATFORM_RECOGNISED.line(file, before=recognition.reason, after=recognition.platform.label)]
    fed = {match.field: match.headers for match in recognition.mapping}
    for match in recognition.mapping:
        if len(match.headers) > 1 and match.field in FIELDS_BY_KEY:
            lines.append(COMBINED.line(file, field=_header(match.field), before=" + ".join(match.headers)))
    results = [match for match in (recognition.match(RESULTS),) if match and CONVERSIONS.key in fed]
    for match in (*recognition.alternatives, *(replace(match, field=CONVERSIONS.key) for match in results)):
        taken = " + ".join(fed.get(match.field, ()))
        lines.append(ALTERNATIVE.line(file, field=_header(match.field), before=match.headers[0], after=taken))
    rates = tuple(rate.header for rate in recognition.rates)
    for remark, headers in ((RATES_IGNORED, rates), (UNMAPPED, recognition.unmapped)):
        if headers:
            lines.append(remark.line(file, before=", ".join(headers)))
    return lines


def _header(key: str) -> str:
    return FIELDS_BY_KEY[key].header if key in FIELDS_BY_KEY else key.title()


def platform_of(source: Source, reading: Reading) -> str:
    """The platform of an export that names none: its own, or that of its sheet's name."""
    by_key = reading.spellings[PLATFORM.key].by_key
    return source.recognition.platform.constant or by_key.get(label_key(source.table.sheet), "")


def with_platform(rows: Rows, constant: str, reading: Reading) -> tuple[Rows, list[LedgerLine]]:
    """The rows with the export's own platform where they name none; or a hint, if names mention platforms."""
    platforms, file = rows.texts[PLATFORM.key], rows.files[0]
    if not platforms.blank.any():
        return rows, []
    if constant:
        named = rows.replaced(texts={PLATFORM.key: platforms.completed(constant)})
        return named, [PLATFORM_CONSTANT.line(file, field=PLATFORM.header, after=constant)]
    if not platforms.blank.all():
        return rows, []
    found = platforms_named(rows.texts[CAMPAIGN_NAME.key], reading.spellings[PLATFORM.key])
    return rows, [PLATFORM_IN_NAME.line(file, field=PLATFORM.header, before=", ".join(found))] if found else []
