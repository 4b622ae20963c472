"""A raw table and what its headers mean become typed rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME, DATE
from sheetgen.sources.dates import DateMarks, DateOrder, load_date_marks
from sheetgen.sources.days import read_clock, read_dates, with_weekdays
from sheetgen.sources.findings import Findings
from sheetgen.sources.measures import read_measures
from sheetgen.sources.numbers import Decimal, NumberMarks, load_number_marks
from sheetgen.sources.platforms import Match
from sheetgen.sources.remarks import ID_ROUNDED
from sheetgen.sources.rows import TEXT_KEYS, Rows, Texts
from sheetgen.sources.settle import Place
from sheetgen.sources.table import RawColumn, RawTable
from sheetgen.templates import read_template

_ROUNDED_ID = r"^\d(?:[.,]\d+)?[eE]\+?\d{2}$"


@dataclass(frozen=True)
class Marks:
    """What templates say about cells: numbers, dates, and texts that mean nothing."""

    numbers: NumberMarks
    dates: DateMarks
    blank_texts: tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """What the user said about numbers and dates; None leaves it to the data."""

    decimal: Decimal | None = None
    order: DateOrder | None = None


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
    )


def interpret(
    place: Place, table: RawTable, mapping: Sequence[Match], marks: Marks, choices: Choices
) -> Interpretation:
    """The typed rows of a table.

    Raises `AmbiguousNumbersError` or `AmbiguousDatesError` for a column that reads both ways.
    """
    findings = Findings()
    mapping = with_weekdays(table, mapping, marks.dates)
    moments = read_dates(place, table, mapping, marks.dates, choices.order, findings)
    clock = read_clock(place, table, mapping, marks.dates, moments[DATE.key], findings)
    rows = Rows(
        files=(place.file,),
        file=np.zeros(len(table.lines), dtype=np.int64),
        line=table.lines,
        texts=_read_texts(table, mapping, marks, findings),
        numbers={**read_measures(place, table, mapping, marks.numbers, choices.decimal, findings), **clock},
        dates={key: values.astype("datetime64[D]").astype(values.dtype) for key, values in moments.items()},
    )
    return Interpretation(rows, mapping, findings)


def _read_texts(table: RawTable, mapping: Sequence[Match], marks: Marks, findings: Findings) -> dict[str, Texts]:
    columns = {match.field: table.columns[match.positions[0]] for match in mapping}
    texts = {key: _read_text(columns[key], marks) for key in TEXT_KEYS if key in columns}
    if CAMPAIGN_ID.key in texts and CAMPAIGN_NAME.key in texts:
        texts[CAMPAIGN_ID.key] = _without_rounded(texts[CAMPAIGN_ID.key], columns[CAMPAIGN_ID.key], findings)
    blank = Texts.of(pa.nulls(len(table.lines), pa.string()))
    return {key: texts.get(key, blank) for key in TEXT_KEYS}


def _read_text(column: RawColumn, marks: Marks) -> Texts:
    texts = Texts.of(column.text)
    nothing = pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(texts.values)), pa.array(marks.blank_texts))
    return texts.without(nothing.to_numpy(zero_copy_only=False))


def _without_rounded(ids: Texts, column: RawColumn, findings: Findings) -> Texts:
    """The IDs without those that a spreadsheet rounded: several campaigns would share one."""
    rounded = pc.match_substring_regex(ids.values, _ROUNDED_ID).to_numpy(zero_copy_only=False)
    findings.mention(ID_ROUNDED, column, np.append(rounded, False)[ids.codes])
    return ids.without(rounded)
