"""The heights of rows: Google Sheets fits no row whose height was ever set, so wrapped texts are measured here."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Final

from sheetgen.render.fit import wrapped_height
from sheetgen.render.grid import DEFAULT_HEIGHT, Grid
from sheetgen.report.model import Tab
from sheetgen.report.theme import Theme

TIGHT: Final = 3
"""Pixels that a text may lack: one line stands in a row of the default height."""


def with_wrapped_rows(grid: Grid, tab: Tab, theme: Theme) -> Grid:
    """The grid with room for texts that wrap within one row; a row whose height the report sets keeps it."""
    fitted: dict[int, int] = {}
    for place in tab.placed:
        for cell in place.block.cells:
            row, column = place.row + cell.row, place.column + cell.column
            if cell.rows == 1 and row not in grid.heights:
                # A point is 4/3 pixels.
                needed = ceil(wrapped_height(cell, grid.width(column, cell.columns), theme) * 4 / 3)
                if needed > DEFAULT_HEIGHT + TIGHT:
                    fitted[row] = max(needed, fitted.get(row, 0))
    return replace(grid, heights={**grid.heights, **fitted})
