"""A file's table before anything is understood: headers, and columns of texts or typed cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.ledger import LedgerLine

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
DateArray = npt.NDArray[np.datetime64]

DATE_TYPE = "datetime64[us]"
NO_DATE = np.datetime64("NaT", "us")


def blank_numbers(size: int) -> FloatArray:
    """A column of blanks, which takes no memory: nobody can write into it."""
    return np.broadcast_to(np.float64(np.nan), size)


def blank_dates(size: int) -> DateArray:
    """A column of blanks, which takes no memory: nobody can write into it."""
    return np.broadcast_to(NO_DATE, size)


HeaderScore = Callable[[Sequence[str]], int]
"""How many of the texts are headers we know: the line with most is the header."""

FEW_ROWS = 200
"""So many cells are looked up one by one, before all chunks are joined."""

SAMPLE_ROWS = 2_000
"""So many cells tell whether a column repeats itself."""

SELDOM = 0.9
"""From this share of different cells on, there is nothing to gain from storing each text once."""

HEADER_SEARCH_ROWS = 60
"""Rows from the top in which the header is looked for."""


@dataclass(frozen=True)
class RawColumn:
    """One column: `cells` has every cell as text, `""` where blank, in one array or in chunks.

    `numbers` and `dates` hold what the file itself stores as a number or date, NaN or NaT
    elsewhere; None where the format has texts only.
    """

    header: str
    cells: pa.StringArray | pa.ChunkedArray
    numbers: FloatArray | None = None
    dates: DateArray | None = None

    @cached_property
    def text(self) -> pa.StringArray:
        """The cells in one array."""
        return _in_one(self.cells)

    @cached_property
    def ascends(self) -> bool:
        """Whether each text comes after the one before it, so that all differ: told far sooner than by hashing."""
        return _is_ascending(self.cells.slice(0, FEW_ROWS)) and _is_ascending(self.cells)

    @cached_property
    def seldom_repeats(self) -> bool:
        """Whether nearly all cells differ, as far as the first ones tell."""
        first = self.cells.slice(0, SAMPLE_ROWS)
        return self.ascends or pc.count_distinct(first).as_py() > SELDOM * len(first)

    @cached_property
    def distinct(self) -> pa.DictionaryArray:
        """The cells as codes of their distinct texts."""
        if self.ascends:
            return self.compact
        return _in_one(pc.dictionary_encode(self.cells))

    @cached_property
    def compact(self) -> pa.DictionaryArray:
        """As `distinct`, but of a column that seldom repeats itself the cells as they are: hashing them takes long."""
        if not self.seldom_repeats:
            return self.distinct
        return pa.DictionaryArray.from_arrays(pa.array(np.arange(len(self.text), dtype=np.int32)), self.text)

    def repeats(self, other: RawColumn) -> bool:
        """Whether both hold the same texts, and nothing else."""
        typed = (self.numbers, self.dates, other.numbers, other.dates)
        first, second = (pa.chunked_array(_chunks(cells), pa.string()) for cells in (self.cells, other.cells))
        return all(values is None for values in typed) and bool(first.equals(second))

    def shown(self, rows: IntArray) -> list[str]:
        """The cells of these rows, as a person sees them."""
        if len(rows) <= FEW_ROWS:
            return [self.cells[row].as_py() for row in rows.tolist()]
        found: list[str] = self.text.take(pa.array(rows)).to_pylist()
        return found


def _is_ascending(cells: pa.StringArray) -> bool:
    last = None
    for chunk in _chunks(cells):
        if last is not None and not last < chunk[0].as_py():
            return False
        if pc.any(pc.greater_equal(chunk.slice(0, len(chunk) - 1), chunk.slice(1))).as_py():
            return False
        last = chunk[-1].as_py()
    return True


def _chunks(cells: pa.StringArray | pa.ChunkedArray) -> list[pa.StringArray]:
    """The parts of the cells that have any."""
    return [chunk for chunk in (cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]) if len(chunk)]


def _in_one(cells: Any) -> Any:
    return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells


@dataclass(frozen=True)
class RawTable:
    """The rows under a header; `lines` is the 1-based line or sheet row of each.

    `short` are the positions of rows with fewer values than the header, `refused` the ledger lines
    of rows that have more and could not be placed; `above` are the lines over the header; `sheet` tells the sheet of a
    workbook of which several are read.
    """

    file: str
    columns: tuple[RawColumn, ...]
    lines: IntArray
    short: frozenset[int] = frozenset()
    refused: tuple[LedgerLine, ...] = ()
    remarks: tuple[LedgerLine, ...] = ()
    above: tuple[str, ...] = ()
    sheet: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, in the file's order."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True)
class HeaderPlace:
    """Where the header is: its 0-based row and its score."""

    row: int
    score: int


def find_header(rows: Sequence[Sequence[str]], score: HeaderScore) -> HeaderPlace:
    """The first row with the best score among the top ones; without any, the first row that is not blank."""
    top = rows[:HEADER_SEARCH_ROWS]
    scores = [score(row) for row in top]
    best = max(scores, default=0)
    if best > 0:
        return HeaderPlace(scores.index(best), best)
    filled = (place for place, row in enumerate(top) if any(cell.strip() for cell in row))
    return HeaderPlace(next(filled, 0), 0)
