"""Where a tab has formulas: what tells a value typed over one from a value that belongs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from sheetgen.render.sheets.model import SheetsTab
from sheetgen.render.sheets.places import Range


def formula_areas(tab: SheetsTab) -> tuple[Range, ...]:
    """The cells of a tab that hold formulas, in rectangles."""
    columns: dict[int, list[int]] = {}
    for cell in tab.cells:
        if cell.value is not None and "formulaValue" in cell.value:
            columns.setdefault(cell.column, []).append(cell.row)
    strips = [(*run, column) for column, rows in columns.items() for run in _runs(rows)]
    for table in tab.tables:
        for column, made in enumerate(table.columns, start=table.column):
            if made.formula is not None:
                strips.append((table.row + 1, table.end_row, column))
    return tuple(_side_by_side(tab.key, strips))


def _side_by_side(tab: str, strips: Iterable[tuple[int, int, int]]) -> Iterator[Range]:
    """Parts of columns as rectangles: first row, row after the last, column."""
    numbered = enumerate(sorted(strips))
    for (row, end_row, _), run in groupby(numbered, lambda each: (*each[1][:2], each[1][2] - each[0])):
        found = [column for _, (_, _, column) in run]
        yield Range(tab, row, found[0], end_row, found[-1] + 1)


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(sorted(rows)), lambda each: each[1] - each[0]):
        found = [row for _, row in run]
        yield found[0], found[-1] + 1
