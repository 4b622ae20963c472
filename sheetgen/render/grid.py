"""The sizes of a tab's columns and rows in pixels, so that charts and logo sit exactly on cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from sheetgen.render.fit import height_needed
from sheetgen.report.model import PlacedBlock, Tab, Table
from sheetgen.report.theme import Theme

DEFAULT_WIDTH: Final = 64
DEFAULT_HEIGHT: Final = 20
"""Pixels; 15 points."""

HEADER_LINE: Final = 12.5
FILTER_BUTTON: Final = 15.0
"""Points of a table's header row: its lines of text, and the filter button below them."""

BOLD_SHARE: Final = 1.2
"""Characters of a header that fit where one digit of the column's width does."""


@dataclass(frozen=True)
class Grid:
    """Column widths and row heights in pixels; what is not listed has the default size."""

    widths: Mapping[int, int]
    heights: Mapping[int, int]
    hidden: frozenset[int]

    def width(self, column: int, columns: int) -> int:
        """Pixels across that many columns, hidden ones left out."""
        return sum(self._width(each) for each in range(column, column + columns))

    def height(self, row: int, rows: int) -> int:
        """Pixels down that many rows."""
        return sum(self.heights.get(each, DEFAULT_HEIGHT) for each in range(row, row + rows))

    def column_at(self, distance: int) -> tuple[int, int]:
        """The column that lies that many pixels from the left edge, and the pixels into it."""
        column = 0
        while (width := self._width(column)) <= distance:
            column, distance = column + 1, distance - width
        return column, distance

    def _width(self, column: int) -> int:
        return 0 if column in self.hidden else self.widths.get(column, DEFAULT_WIDTH)


def grid_of(tab: Tab, theme: Theme) -> Grid:
    """The grid of a tab: its own widths before those of its tables, rows at least as high as their merged texts."""
    widths: dict[int, float] = {}
    heights: dict[int, float] = {}
    hidden: set[int] = set()
    for place in tab.placed:
        if place.block.table is not None:
            heights[place.row] = _header_height(place.block.table)
            _lay_table(place.block.table, place.column, widths, hidden)
        heights |= {place.row + row: height for row, height in place.block.heights.items()}
    widths |= dict(enumerate(tab.widths))
    grid = Grid(
        {column: _column_pixels(width) for column, width in widths.items()},
        {row: _row_pixels(height) for row, height in heights.items()},
        frozenset(hidden),
    )
    for place in tab.placed:
        grid = _fitted(grid, place, theme)
    return grid


def _fitted(grid: Grid, place: PlacedBlock, theme: Theme) -> Grid:
    heights = dict(grid.heights)
    for cell in place.block.cells:
        needed = _row_pixels(height_needed(cell, grid.width(place.column + cell.column, cell.columns), theme))
        row, last = place.row + cell.row, place.row + cell.row + cell.rows - 1
        missing = needed - sum(heights.get(each, DEFAULT_HEIGHT) for each in range(row, last + 1))
        if missing > 0:
            heights[last] = heights.get(last, DEFAULT_HEIGHT) + missing
    return replace(grid, heights=heights)


def _lay_table(table: Table, left: int, widths: dict[int, float], hidden: set[int]) -> None:
    for offset, column in enumerate(table.columns):
        widths[left + offset] = max(column.width, widths.get(left + offset, 0.0))
        if column.hidden:
            hidden.add(left + offset)


def _header_height(table: Table) -> float:
    shown = (column for column in table.columns if not column.hidden)
    lines = max((ceil(len(column.header) / (column.width * BOLD_SHARE)) for column in shown), default=1)
    return lines * HEADER_LINE + FILTER_BUTTON


def _row_pixels(points: float) -> int:
    return int(points * 4 / 3 + 0.5)


def _column_pixels(width: float) -> int:
    # Excel's own rounding for the 7-pixel digits and 5-pixel padding of 11 point Calibri.
    return int(width * 7 + 0.5) + 5 if width >= 1 else int(width * 12 + 0.5)
