"""The formats of a page by rectangles: neighbours that look alike take one request, not one each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetgen.render.sheets.model import SheetsCell, SheetsTab
from sheetgen.render.sheets.places import Json, Range

Run = tuple[int, int]
"""The first column of neighbours in a row, and the one after the last."""


def formatted_areas(tab: SheetsTab) -> Iterator[tuple[Range, Json]]:
    """Rectangles that together are all cells of the tab's pages, each with the one CellFormat of its cells."""
    rows = _formats(tab.cells)
    open_areas: dict[Run, tuple[int, Json]] = {}
    for row in range(tab.rows + 1):
        runs = dict(_runs(rows.get(row, {})))
        for run, (first, format) in list(open_areas.items()):
            if runs.get(run) == format:
                del runs[run]
            else:
                yield Range(tab.key, first, run[0], row, run[1]), format
                del open_areas[run]
        open_areas |= {run: (row, format) for run, format in runs.items()}


def _formats(cells: Iterable[SheetsCell]) -> dict[int, dict[int, Json]]:
    found: dict[int, dict[int, Json]] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                found.setdefault(row, {})[column] = cell.format
    return found


def _runs(formats: dict[int, Json]) -> Iterator[tuple[Run, Json]]:
    """Neighbouring columns of one format."""
    first = end = -1
    for column in sorted(formats):
        if column != end or formats[column] != formats[first]:
            if first >= 0:
                yield (first, end), formats[first]
            first = column
        end = column + 1
    if first >= 0:
        yield (first, end), formats[first]
