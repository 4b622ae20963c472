"""Inserting and deleting rows and columns: everything that refers to cells follows them."""

from __future__ import annotations

from typing import Any, Final

from tests.google.batch.draft import Draft, Handlers
from tests.google.batch.resize import without_range
from tests.google.batch.sheets import check_properties
from tests.google.formula import Formula
from tests.google.grid import Area, Grid
from tests.google.problem import RefusedError
from tests.google.shift import Shift
from tests.google.spreadsheet import Sheet, Spreadsheet
from tests.google.wire import Json

_SIDES: Final = {"ROWS": "Row", "COLUMNS": "Column"}


def _insert_dimension(draft: Draft, body: Json) -> None:
    sheet, side, start, end = _lines(draft.spreadsheet, body.get("range", {}))
    if body.get("inheritFromBefore") and start == 0:
        raise RefusedError("inheritFromBefore needs a start index greater than 0.")
    shift_cells(draft, Shift(sheet.id, side, start, end - start))


def _delete_dimension(draft: Draft, body: Json) -> None:
    sheet, side, start, end = _lines(draft.spreadsheet, body.get("range", {}))
    count = sheet.row_count if side == "Row" else sheet.column_count
    if end > count or end - start == count:
        raise RefusedError(f"You can't delete all the {side.lower()}s on the sheet.")
    shift_cells(draft, Shift(sheet.id, side, start, start - end))


HANDLERS: Final[Handlers] = {"insertDimension": _insert_dimension, "deleteDimension": _delete_dimension}


def shift_cells(draft: Draft, shift: Shift) -> None:
    """Move the cells of a sheet, and all references to them."""
    book = draft.spreadsheet
    sheet = book.sheet(shift.sheet)
    draft.require_writable(sheet.whole)
    for other in book.sheets:
        other.grid = _moved_grid(other, shift)
        other.rules = shift.ranges(other.rules)
    _resize(sheet, shift)
    _move_objects(book, shift)
    check_properties(book, sheet)


def _lines(book: Spreadsheet, span: Json) -> tuple[Sheet, str, int, int]:
    sheet = book.sheet(span.get("sheetId", 0), "grid")
    start, end = span.get("startIndex", 0), span.get("endIndex", 0)
    if span.get("dimension") not in _SIDES or not 0 <= start < end:
        raise RefusedError("Must specify a dimension, a start index and a greater end index.")
    return sheet, _SIDES[span["dimension"]], start, end


def _resize(sheet: Sheet, shift: Shift) -> None:
    name = "rowCount" if shift.side == "Row" else "columnCount"
    grid = sheet.properties["gridProperties"]
    sheet.properties = {**sheet.properties, "gridProperties": {**grid, name: grid[name] + shift.count}}
    sizes = sheet.rows if shift.side == "Row" else sheet.columns
    moved = {new[0]: size for index, size in sizes.items() if (new := shift.interval(index, index + 1))}
    sizes.clear()
    sizes.update(moved)
    sheet.merges = [area for merge in sheet.merges if (area := _moved_area(merge, shift)) is not None]
    sheet.basic_filter = shift.ranges(sheet.basic_filter)


def _moved_area(area: Area, shift: Shift) -> Area | None:
    rows = shift.side == "Row"
    moved = shift.interval(*((area.top, area.bottom) if rows else (area.left, area.right)))
    if moved is None:
        return None
    first, end = moved
    return area._replace(top=first, bottom=end) if rows else area._replace(left=first, right=end)


def _move_objects(book: Spreadsheet, shift: Shift) -> None:
    for key, named in book.named_ranges.items():
        moved = shift.ranges(named)
        book.named_ranges[key] = moved if moved.get("range") else without_range(moved)
    objects: tuple[dict[Any, Json], ...] = (
        book.protected_ranges,
        book.banded_ranges,
        book.tables,
        book.charts,
        book.slicers,
        book.filter_views,
    )
    for each in objects:
        for key, old in list(each.items()):
            each[key] = shift.ranges(old)
            if each[key].get("range", each) is None:
                del each[key]


def _moved_grid(sheet: Sheet, shift: Shift) -> Grid:
    """The cells of a sheet after the shift; of other sheets only formulas change."""
    grid, whole, is_shifted = Grid(), sheet.whole, sheet.id == shift.sheet
    for row in sheet.grid.rows():
        moved = (row, row + 1)
        contents = [
            shift.formula(content, row, column, sheet.id) if isinstance(content, Formula) else content
            for column, content in enumerate(sheet.grid.contents(row, 0, whole.right))
        ]
        traits = list(sheet.grid.all_traits(row, 0, whole.right))
        if is_shifted and shift.side == "Row":
            moved = shift.interval(*moved) or (-1, -1)
        elif is_shifted:
            contents, traits = _moved_line(contents, shift), _moved_line(traits, shift)
        if moved[0] >= 0:
            grid.put(moved[0], 0, contents)
            grid.put_traits(moved[0], 0, traits)
    return grid


def _moved_line(cells: list[Any], shift: Shift) -> list[Any]:
    """The cells of a row with columns inserted or deleted."""
    gap = [None] * shift.count
    return cells[: shift.start] + gap + cells[shift.start + max(0, -shift.count) :]
