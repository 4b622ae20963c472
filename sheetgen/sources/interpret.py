"""A raw table and what its headers mean become typed rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME, CAMPAIGN_TYPE, CONVERSIONS, DATE, PLANNED_BUDGET
from sheetgen.sources.dates import DateMarks, DateOrder, load_date_marks, whole_days
from sheetgen.sources.days import read_clock, read_dates, with_weekdays
from sheetgen.sources.findings import Findings
from sheetgen.sources.glance import has_byte, is_word
from sheetgen.sources.measures import read_measures
from sheetgen.sources.numbers import Decimal, NumberMarks, load_number_marks
from sheetgen.sources.period import with_period, with_preamble
from sheetgen.sources.plans import load_daily_words, over_days
from sheetgen.sources.recognition import Match
from sheetgen.sources.remarks import ID_ROUNDED
from sheetgen.sources.results import ResultKind, load_result_kinds, read_results
from sheetgen.sources.rows import TEXT_KEYS, Rows, Texts
from sheetgen.sources.settle import Habit, Place
from sheetgen.sources.table import RawColumn, RawTable
from sheetgen.templates import read_template

_ROUNDED_ID = r"^\d(?:[.,]\d+)?[eE]\+?\d{2}$"


@dataclass(frozen=True)
class Marks:
    """What templates say about cells: numbers, dates, texts that mean nothing, results, periods and daily budgets."""

    numbers: NumberMarks
    dates: DateMarks
    blank_texts: tuple[str, ...]
    results: tuple[ResultKind, ...]
    periods: Mapping[str, Sequence[str]]
    daily: frozenset[str]


@dataclass(frozen=True)
class Choices:
    """What the user said about numbers and dates; None leaves it to the data, and then to the habit."""

    decimal: Decimal | None = None
    order: DateOrder | None = None
    habit: Habit = Habit()


@dataclass(frozen=True)
class Interpretation:
    """Typed rows of one file, what feeds them, and what reading them brought up."""

    rows: Rows
    mapping: tuple[Match, ...]
    findings: Findings


def load_marks(extra: Path | None = None, nulls: tuple[str, ...] = ()) -> Marks:
    """The marks of `templates/values`, and a platform's own null marks."""
    texts = read_template("values", "nulls", extra)["texts"]
    return Marks(
        load_number_marks(extra, nulls),
        load_date_marks(extra, nulls),
        tuple(mark.strip().lower() for mark in (*texts, *nulls)),
        load_result_kinds(extra),
        read_template("values", "periods", extra),
        load_daily_words(extra),
    )


def interpret(
    place: Place, table: RawTable, mapping: Sequence[Match], marks: Marks, choices: Choices
) -> Interpretation:
    """The typed rows of a table.

    Raises `AmbiguousNumbersError` or `AmbiguousDatesError` for a column that reads both ways.
    """
    findings = Findings()
    results = read_results(place, table, with_weekdays(table, mapping, marks.dates), marks.results, findings)
    mapping = results.mapping
    days = with_period(read_dates(place, table, mapping, marks.dates, choices.order, findings, choices.habit))
    days = with_preamble(place, table, days, marks.periods, marks.dates, choices.order, findings)
    clock = read_clock(place, table, mapping, marks.dates, days[DATE.key], findings)
    numbers = read_measures(place, table, mapping, marks.numbers, choices.decimal, findings, choices.habit)
    if results.without is not None:
        numbers[CONVERSIONS.key] = np.where(results.without, np.nan, numbers[CONVERSIONS.key])
    plans = over_days(place, table, mapping, numbers[PLANNED_BUDGET.key], days, marks.daily, findings)
    texts = _read_texts(table, mapping, marks, findings)
    if results.types is not None:
        texts[CAMPAIGN_TYPE.key] = Texts.of(results.types)
    rows = Rows(
        files=(place.file,),
        file=np.zeros(len(table.lines), dtype=np.int64),
        line=table.lines,
        texts=texts,
        numbers={**numbers, PLANNED_BUDGET.key: plans, **clock},
        dates={key: whole_days(moments) for key, moments in days.items()},
    )
    return Interpretation(rows, mapping, findings)


def _read_texts(table: RawTable, mapping: Sequence[Match], marks: Marks, findings: Findings) -> dict[str, Texts]:
    columns = {match.field: table.columns[match.positions[0]] for match in mapping}
    texts = {key: _read_text(columns[key], marks) for key in TEXT_KEYS if key in columns}
    if CAMPAIGN_ID.key in texts and CAMPAIGN_NAME.key in texts:
        texts[CAMPAIGN_ID.key] = _without_rounded(texts[CAMPAIGN_ID.key], columns[CAMPAIGN_ID.key], findings)
    return {**dict.fromkeys(TEXT_KEYS, Texts.nothing(len(table.lines))), **texts}


def _read_text(column: RawColumn, marks: Marks) -> Texts:
    texts = Texts.of_column(column)
    return texts.without(is_word(texts.stored, pa.array(marks.blank_texts)))


def _without_rounded(ids: Texts, column: RawColumn, findings: Findings) -> Texts:
    """The IDs without those that a spreadsheet rounded: several campaigns would share one."""
    if not (has_byte(ids.stored, "e") or has_byte(ids.stored, "E")):
        return ids
    rounded = pc.match_substring_regex(ids.stored, _ROUNDED_ID).to_numpy(zero_copy_only=False)
    findings.mention(ID_ROUNDED, column, ids.marked(rounded))
    return ids.without(rounded)
