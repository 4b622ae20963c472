"""Writing cells: updateCells, repeatCell, appendCells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tests.google.batch.draft import Draft, Handlers, lists, update_mask
from tests.google.batch.rules import checked_validation
from tests.google.grid import Area, Content, Grid, Traits
from tests.google.mask import Mask, updated
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.spreadsheet import MAX_CELL_TEXT, Sheet, Spreadsheet
from tests.google.wire import Json

_VALUE: Final = "userEnteredValue"
_WRITABLE: Final = frozenset({_VALUE, "userEnteredFormat", "dataValidation", "note", "textFormatRuns", "hyperlink"})
_IGNORED: Final = frozenset({"effectiveValue", "effectiveFormat", "formattedValue"})
_NO_CELL: Final[Json] = {}


def _update_cells(draft: Draft, body: Json) -> None:
    mask = _cell_mask(body)
    rows = [row.get("values", []) for row in body.get("rows", [])]
    area = _target(draft.spreadsheet, body, rows)
    draft.require_writable(area)
    write_cells(draft.spreadsheet, area, rows, mask, fill="range" in body)


def _repeat_cell(draft: Draft, body: Json) -> None:
    mask = _cell_mask(body)
    area = draft.area_to_write(body.get("range", {}))
    cell = body.get("cell", {})
    grid = draft.spreadsheet.sheet(area.sheet).grid
    if lists(mask, _VALUE):
        grid.fill(area, content_of(draft.spreadsheet, cell.get(_VALUE, {}), area.top, area.left))
    if trait_mask := _trait_mask(mask):
        traits = _traits_of(draft.spreadsheet, cell)
        grid.alter_traits(area, lambda old: updated(old, traits, trait_mask))


def _append_cells(draft: Draft, body: Json) -> None:
    """Write below the last row that holds a value; the grid grows as it must."""
    mask = _cell_mask(body)
    if "tableId" in body:
        raise BeyondDoubleError("appendCells to a table")
    sheet = draft.spreadsheet.sheet(body.get("sheetId", 0))
    rows = [row.get("values", []) for row in body.get("rows", [])]
    top = sheet.grid.end()[0]
    width = max((len(row) for row in rows), default=0)
    grow(sheet, top + len(rows), width)
    area = Area(sheet.id, top, 0, top + len(rows), width)
    draft.require_writable(area)
    write_cells(draft.spreadsheet, area, rows, mask, fill=False)


HANDLERS: Final[Handlers] = {
    "updateCells": _update_cells,
    "repeatCell": _repeat_cell,
    "appendCells": _append_cells,
}


def write_cells(book: Spreadsheet, area: Area, rows: Sequence[Sequence[Json]], mask: Mask, *, fill: bool) -> None:
    """Write rows of cell data from the area's top left; with `fill` the rest of the area is cleared."""
    grid = book.sheet(area.sheet).grid
    for i in range(area.height if fill else len(rows)):
        cells = list(rows[i]) if i < len(rows) else []
        if fill:
            cells += [_NO_CELL] * (area.width - len(cells))
        _write_row(book, grid, (area.top + i, area.left), cells, mask)


def content_of(book: Spreadsheet, value: Json, row: int, column: int) -> Content:
    """The content of an `ExtendedValue`; raises `RefusedError`."""
    if "errorValue" in value:
        raise RefusedError("Error values cannot be set.")
    if "formulaValue" in value:
        text = value["formulaValue"]
        if not text.startswith("="):
            raise RefusedError(f"Invalid formula: {text}")
        require_length(text)
        return book.formula(text, row, column)
    content: Content = next(iter(value.values()), None)
    if isinstance(content, str):
        require_length(content)
    return float(content) if isinstance(content, int) and not isinstance(content, bool) else content


def require_length(text: str) -> None:
    """Refuse more text than a cell holds."""
    if len(text) > MAX_CELL_TEXT:
        raise RefusedError(f"Your input contains more than the maximum of {MAX_CELL_TEXT} characters in a single cell.")


def grow(sheet: Sheet, rows: int, columns: int) -> None:
    """Give a sheet at least these numbers of rows and columns."""
    grid = sheet.properties["gridProperties"]
    size = {"rowCount": max(rows, sheet.row_count), "columnCount": max(columns, sheet.column_count)}
    sheet.properties = {**sheet.properties, "gridProperties": {**grid, **size}}


def _cell_mask(body: Json) -> Mask:
    mask = update_mask(body, "CellData")
    for name in mask:
        if name not in _WRITABLE | _IGNORED | {"*"}:
            raise BeyondDoubleError(f"writing the field {name} of a cell")
    return mask


def _trait_mask(mask: Mask) -> Mask:
    """The mask below a cell's traits; `*` means all that can be written."""
    if not mask or "*" in mask:
        return {name: {} for name in _WRITABLE - {_VALUE}}
    return {name: inner for name, inner in mask.items() if name in _WRITABLE - {_VALUE}}


def _target(book: Spreadsheet, body: Json, rows: Sequence[Sequence[Json]]) -> Area:
    height, width = len(rows), max((len(row) for row in rows), default=0)
    if "range" in body:
        area = book.area(body["range"])
        if height > area.height or width > area.width:
            wrong = f"row [{area.top + height}]" if height > area.height else f"column [{area.left + width}]"
            raise RefusedError(f"Requested writing within range [{book.a1(area)}], but tried writing to {wrong}")
        return area
    start = body.get("start", {})
    sheet = book.sheet(start.get("sheetId", 0), "grid")
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    area = Area(sheet.id, top, left, top + max(height, 1), left + max(width, 1))
    book.require_inside(area)
    return area


def _write_row(book: Spreadsheet, grid: Grid, start: tuple[int, int], cells: Sequence[Json], mask: Mask) -> None:
    row, column = start
    if lists(mask, _VALUE):
        values = [cell.get(_VALUE, _NO_CELL) for cell in cells]
        grid.put(row, column, [content_of(book, value, row, column + i) for i, value in enumerate(values)])
    if trait_mask := _trait_mask(mask):
        olds = grid.all_traits(row, column, column + len(cells))
        traits = [updated(old or {}, _traits_of(book, cell), trait_mask) for old, cell in zip(olds, cells, strict=True)]
        grid.put_traits(row, column, [each or None for each in traits])


def _traits_of(book: Spreadsheet, cell: Json) -> Traits:
    traits = {name: value for name, value in cell.items() if name in _WRITABLE and name != _VALUE and value != ""}
    if "dataValidation" in traits:
        traits["dataValidation"] = checked_validation(book, traits["dataValidation"])
    if "userEnteredFormat" in traits:
        _check_format(traits["userEnteredFormat"])
    return traits


def _check_format(cell_format: Json) -> None:
    if "numberFormat" in cell_format and cell_format["numberFormat"].get("type") is None:
        raise RefusedError("The type of a number format must be set.")
