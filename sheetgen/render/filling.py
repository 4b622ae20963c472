"""The data rows of a table as columns, and the XML of many of their rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from sheetgen.render.column import CellTexts, Texts
from sheetgen.report.model import Area

PIECE: Final = 4_000_000
"""About how many bytes of XML are made at a time."""


CELL_FRAME: Final = 32
"""Bytes of a cell at most, but for the start that is its column's own and its value."""

ROW_FRAME: Final = 128
"""Bytes around the cells of a row at most."""


@dataclass(frozen=True, eq=False)
class FilledColumn:
    """A column of a filling: constants, or the results of one formula, written without its equals sign."""

    cells: CellTexts
    format: Format
    formula: str | None = None


@dataclass(frozen=True, eq=False)
class Filling:
    """Columns side by side that fill an area of a sheet."""

    area: Area
    columns: Sequence[FilledColumn]

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell of the sheet is in the area."""
        return self.area.row <= row <= self.area.last_row and self.area.column <= column <= self.area.last_column

    def column(self, column: int) -> FilledColumn:
        """The filling's column in a column of the sheet."""
        return self.columns[column - self.area.column]


@dataclass(frozen=True, slots=True)
class Template:
    """The XML of a kind of cell: what stands between the cell's row number and its value, and after the value."""

    start: str
    end: str


class FillingXml:
    """Writes the rows of a filling; `templates` are those of each column's kinds, `row_tag` encloses the row number."""

    def __init__(self, filling: Filling, templates: Sequence[Sequence[Template]], row_tag: tuple[str, str]) -> None:
        self._area = filling.area
        self._templates = templates
        self._row_tag = row_tag
        self._columns = filling.columns
        self._letters = [xl_col_to_name(filling.area.column + offset) for offset in range(len(filling.columns))]
        longest = (
            max(len(template.start.encode()) for template in kinds) + column.cells.longest + CELL_FRAME
            for column, kinds in zip(filling.columns, templates, strict=True)
        )
        self._row_size = sum(longest) + ROW_FRAME

    @property
    def size(self) -> int:
        """The most bytes that all rows can take."""
        return self._row_size * (self._area.last_row - self._area.row + 1)

    def parts(self) -> Iterator[slice]:
        """All rows of the filling in parts that are written at a time, counted from its first."""
        rows, step = self._area.last_row - self._area.row + 1, max(1, PIECE // self._row_size)
        return (slice(start, min(start + step, rows)) for start in range(0, rows, step))

    def rows(self, part: slice) -> memoryview:
        """The XML of whole rows, one after the other, as UTF-8."""
        numbers = self._numbers(part)
        start, end = self._row_tag
        return _bytes(_join([start, numbers, end, *self._cells(part, numbers), "</row>"]))

    def cells(self, part: slice) -> list[str]:
        """The XML of the cells of each row."""
        texts: list[str] = _join(list(self._cells(part, self._numbers(part)))).to_pylist()
        return texts

    def _numbers(self, part: slice) -> Texts:
        first = self._area.row + 1
        return pa.array(np.arange(first + part.start, first + part.stop)).cast(pa.string())

    def _cells(self, part: slice, numbers: Texts) -> Iterator[Any]:
        for letters, column, templates in zip(self._letters, self._columns, self._templates, strict=True):
            yield f'<c r="{letters}'
            yield numbers
            yield from _cell(column.cells, part, templates)


def _cell(cells: CellTexts, part: slice, templates: Sequence[Template]) -> Iterator[Any]:
    """What follows the row number in the cells of a column."""
    first, texts = templates[0], cells.texts(part)
    if all(template == first for template in templates):
        yield from (first.start, texts, first.end)
        return
    kinds = cells.kinds(part)
    if (kinds == kinds[0]).all():
        same = templates[kinds[0]]
        yield from (same.start, texts, same.end)
        return
    each = pa.array(kinds)
    yield pa.array([template.start for template in templates]).take(each)
    yield texts
    yield pa.array([template.end for template in templates]).take(each)


def _join(pieces: Sequence[Any]) -> Texts:
    """Strings and arrays of strings joined row by row; neighbouring strings are one."""
    joined: list[Any] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return pc.binary_join_element_wise(*joined, "")


def _bytes(texts: Texts) -> memoryview:
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, np.int32)
    return memoryview(data)[ends[texts.offset] : ends[texts.offset + len(texts)]]
