"""Rows that are no data: blank rows, notes, and the header repeated."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sheetgen.errors import StackedTablesError
from sheetgen.ledger import LedgerLine
from sheetgen.sources.findings import Findings
from sheetgen.sources.headers import header_key
from sheetgen.sources.remarks import BLANK_ROW, NOT_A_NUMBER, NOTE_ROW, REPEATED_HEADER, SHORT_ROW, WORDS_ROW, Remark
from sheetgen.sources.rows import MEASURE_KEYS, Rows
from sheetgen.sources.settle import Place
from sheetgen.sources.table import BoolArray, HeaderScore, IntArray, RawTable

NOTE_WIDTH = 3
"""In a table of fewer columns, one filled cell may be a campaign without values."""
LEAST_HEADERS = 3
"""As many known headers as this in a row, and half of its cells, make another header."""
HEADERS_SHOWN = 6
LEAST_WORDS = 2
"""One word may stand for a value that is missing; as many as this make a row of words."""


def drop_blank(table: RawTable, rows: Rows, kept: BoolArray) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows that have a cell with something in it."""
    places = np.flatnonzero(kept & _without_measures(rows))
    return _dropped(rows, kept, places[_filled_cells(table, places) == 0], BLANK_ROW)


def drop_repeated_headers(
    table: RawTable, rows: Rows, kept: BoolArray, findings: Findings
) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows that do not repeat the header."""
    bad = [problem.where for problem in findings.problems if problem.remark is NOT_A_NUMBER]
    places = np.flatnonzero(kept & np.logical_or.reduce(bad)) if bad else np.array([], dtype=np.int64)
    keys = [header_key(header) for header in table.headers]
    named = sum(key != "" for key in keys)
    cells = zip(*(column.shown(places) for column in table.columns), strict=True)
    same = [sum(key != "" and header_key(cell) == key for cell, key in zip(row, keys, strict=True)) for row in cells]
    repeated = places[np.array(same, dtype=np.int64) * 2 > named] if len(places) else places
    return _dropped(rows, kept, repeated, REPEATED_HEADER)


def drop_words(rows: Rows, kept: BoolArray, findings: Findings) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows without those that have words for measures and no number at all: units under the header, and remarks."""
    words = np.zeros(len(rows), dtype=np.int64)
    for problem in findings.problems:
        words += problem.where & (problem.remark is NOT_A_NUMBER)
    places = np.flatnonzero(kept & (words >= LEAST_WORDS) & _without_measures(rows))
    return _dropped(rows, kept, places, WORDS_ROW)


def refuse_stacked(place: Place, table: RawTable, score: HeaderScore, kept: BoolArray, findings: Findings) -> None:
    """Raise `StackedTablesError` for a line under the header that is the header of another table."""
    bad = [problem.where for problem in findings.problems if problem.remark is NOT_A_NUMBER]
    rows = np.flatnonzero(kept & np.logical_or.reduce(bad)) if bad else np.array([], dtype=np.int64)
    cells = zip(*(column.shown(rows) for column in table.columns), strict=True)
    for row, texts in zip(rows.tolist(), cells, strict=True):
        if is_header(texts, score):
            shown = ", ".join([text for text in texts if text.strip()][:HEADERS_SHOWN])
            raise StackedTablesError(path=place.path, line=int(table.lines[row]), headers=shown)


def is_header(cells: Sequence[str], score: HeaderScore) -> bool:
    """Whether the cells are the header of a table."""
    texts = [cell for cell in cells if cell.strip()]
    return score(texts) >= max(LEAST_HEADERS, len(texts) / 2)


def drop_notes(table: RawTable, rows: Rows, kept: BoolArray) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows with more than one text; a lone text under a wide header is a note."""
    if len(table.columns) < NOTE_WIDTH:
        return kept, []
    places = np.flatnonzero(kept & _without_measures(rows))
    notes = places[_filled_cells(table, places) == 1]
    texts = ["".join(row).strip() for row in zip(*(column.shown(notes) for column in table.columns), strict=True)]
    return _dropped(rows, kept, notes, NOTE_ROW, texts)


def mention_short(table: RawTable, rows: Rows, kept: BoolArray) -> list[LedgerLine]:
    """A line for each row kept that has fewer values than the header."""
    places = np.array([place for place in sorted(table.short) if kept[place]], dtype=np.int64)
    return SHORT_ROW.lines(rows.places(places), "", [""] * len(places), [""] * len(places))


def _without_measures(rows: Rows) -> BoolArray:
    without = np.ones(len(rows), dtype=np.bool_)
    for key in MEASURE_KEYS:
        without &= np.isnan(rows.numbers[key])
    return without


def _filled_cells(table: RawTable, places: IntArray) -> IntArray:
    filled = np.zeros(len(places), dtype=np.int64)
    for column in table.columns:
        filled += np.array([bool(text.strip()) for text in column.shown(places)], dtype=np.bool_)
    return filled


def _dropped(
    rows: Rows, kept: BoolArray, places: IntArray, remark: Remark, before: Sequence[str] = ()
) -> tuple[BoolArray, list[LedgerLine]]:
    still = kept.copy()
    still[places] = False
    texts = before or [""] * len(places)
    return still, remark.lines(rows.places(places), "", texts, [""] * len(places))
