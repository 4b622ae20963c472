"""A table above the header: a summary of the table under it, or one whose figures would be left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import numpy as np
import pyarrow as pa

from sheetgen.errors import StackedTablesError
from sheetgen.fields import MEASURES
from sheetgen.sources.numbers import Decimal, NumberMarks, scan_numbers
from sheetgen.sources.platforms import Platforms
from sheetgen.sources.recognition import recognise
from sheetgen.sources.rows import Rows
from sheetgen.sources.settle import Place
from sheetgen.sources.strays import HEADERS_SHOWN, is_header
from sheetgen.sources.table import BoolArray, RawColumn, RawTable
from sheetgen.sources.totals import LEAST, TOLERANCE

_CELLS = re.compile(r"[,;|\t]")


def refuse_tables_above(
    place: Place, table: RawTable, rows: Rows, kept: BoolArray, platforms: Platforms, marks: NumberMarks
) -> None:
    """Raise `StackedTablesError` for a table above the header that is no summary of the rows kept.

    A summary has no total that differs from the one under it: of all its rows, or of all but the last.
    """
    for line, headers, cells in _tables(table.above, platforms):
        if not _is_summary(headers, cells, rows, kept, platforms, marks):
            shown = ", ".join([text for text in headers if text][:HEADERS_SHOWN])
            raise StackedTablesError(path=place.path, line=line, headers=shown)


def _tables(above: Sequence[str], platforms: Platforms) -> Iterator[tuple[int, list[str], list[list[str]]]]:
    """Line, headers and rows of each table in the lines above the header; a blank line ends it."""
    lines = [[cell.strip() for cell in _CELLS.split(text)] for text in above]
    starts = [place for place, cells in enumerate(lines) if is_header(cells, platforms.score)]
    for start, end in zip_longest(starts, starts[1:], fillvalue=len(lines)):
        blank = next((place for place in range(start, end) if not any(lines[place])), end)
        yield start + 1, lines[start], lines[start + 1 : blank]


def _is_summary(
    headers: Sequence[str],
    cells: Sequence[Sequence[str]],
    rows: Rows,
    kept: BoolArray,
    platforms: Platforms,
    marks: NumberMarks,
) -> bool:
    keys = {field.key for field in MEASURES if field.additive and np.isfinite(rows.numbers[field.key][kept]).any()}
    matches = [match for match in recognise(headers, platforms).mapping if match.field in keys]
    for match in matches:
        texts = [row[match.positions[0]] if match.positions[0] < len(row) else "" for row in cells]
        scan = scan_numbers(RawColumn("", pa.array(texts, pa.string())), marks)
        told = np.nansum(rows.numbers[match.field][kept])
        sums = [np.nansum(part) for sign in Decimal for part in _parts(scan.settled(sign))]
        if min(abs(one - told) for one in sums) > max(TOLERANCE * abs(told), LEAST):
            return False
    return bool(matches)


def _parts(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All values, and those before the last: a total may stand under them."""
    return values, values[:-1]
