"""Subtotals of a pivot: rows that say "All" where others name an age, a gender, a platform or a campaign."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from sheetgen.fields import DATE
from sheetgen.ledger import LedgerLine
from sheetgen.sources.glance import is_word
from sheetgen.sources.platforms import PERIOD_START
from sheetgen.sources.recognition import Recognition
from sheetgen.sources.remarks import ALL_ROW, TOTAL_ROW, Remark
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import BoolArray, IntArray, RawColumn, RawTable
from sheetgen.sources.totals import KINDS, NAMES, Suspects, agrees
from sheetgen.templates import read_template


def drop_pivot_totals(
    table: RawTable,
    rows: Rows,
    recognition: Recognition,
    suspects: Suspects,
    kept: BoolArray,
    extra: Path | None,
) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows without subtotals that add up to rows of more detail; a warning for those that do not add up.

    The suspects are no detail of any subtotal, and no subtotal themselves.
    """
    words = pa.array([str(word).casefold() for word in read_template("values", "totals", extra)["all"]])
    columns = _parting(table, recognition, words)
    says_all = np.array([_says(column, words) for column in columns], dtype=np.bool_).reshape(len(columns), len(rows))
    says_all = np.vstack([says_all, _undated(table, rows, recognition, words)])
    open_rows = kept & ~suspects.named & ~suspects.nameless
    candidates = open_rows & says_all.any(axis=0)
    detail = open_rows & ~candidates
    if not candidates.any() or not detail.any():
        return kept, []
    dates = np.unique(rows.dates[DATE.key], return_inverse=True)[1]
    codes = np.array([*(column.distinct.indices.to_numpy() for column in columns), dates], dtype=np.int64)
    total, odd = np.zeros_like(kept), np.zeros_like(kept)
    for pattern in np.unique(says_all[:, candidates], axis=1).T:
        places = np.flatnonzero(candidates & (says_all == pattern[:, None]).all(axis=0))
        group = group_rows(codes[~pattern], len(rows))
        detailed = np.isin(group[places], group[detail])
        adds_up = agrees(rows, detail, places, group, least=0) & detailed
        total[places], odd[places] = adds_up, detailed & ~adds_up
    return kept & ~total, [*_lines(TOTAL_ROW, rows, total), *_lines(ALL_ROW, rows, odd)]


def _parting(table: RawTable, recognition: Recognition, words: pa.StringArray) -> list[RawColumn]:
    """The columns that part the rows: names, kinds, breakdowns, and unknown ones that say "All" somewhere."""
    matches = (recognition.match(key) for key in (*NAMES, *KINDS))
    named = [table.columns[match.positions[0]] for match in matches if match]
    parted = [column for column in table.columns if column.header in recognition.breakdowns]
    unknown = [column for column in table.columns if column.header in recognition.unmapped]
    return named + parted + [column for column in unknown if _says(column, words).any()]


def _says(column: RawColumn, words: pa.StringArray) -> BoolArray:
    encoded = column.compact
    found = is_word(encoded.dictionary, words)
    return found[encoded.indices.to_numpy()] if found.any() else np.zeros(len(encoded), dtype=np.bool_)


def _undated(table: RawTable, rows: Rows, recognition: Recognition, words: pa.StringArray) -> BoolArray:
    """Rows that say "All" for their day."""
    matches = [match for key in (DATE.key, PERIOD_START) if (match := recognition.match(key))]
    said = np.zeros(len(rows), dtype=np.bool_)
    for match in matches:
        said |= _says(table.columns[match.positions[0]], words)
    return said & np.isnat(rows.dates[DATE.key])


def group_rows(codes: IntArray, size: int) -> IntArray:
    """The same number for rows that agree in these columns."""
    frame = pd.DataFrame({str(place): column for place, column in enumerate(codes)}, index=range(size))
    if frame.empty:
        return np.zeros(size, dtype=np.int64)
    return np.asarray(frame.groupby(list(frame.columns), sort=False).ngroup(), dtype=np.int64)


def _lines(remark: Remark, rows: Rows, where: BoolArray) -> list[LedgerLine]:
    count = int(np.count_nonzero(where))
    return remark.lines(rows.places(where), "", ["All"] * count, [""] * count)
