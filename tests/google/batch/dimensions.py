"""Rows and columns: their sizes and visibility, and more of them at the end."""

from __future__ import annotations

from typing import Final

from tests.google.batch.cells import grow
from tests.google.batch.draft import Draft, Handlers, update_mask
from tests.google.batch.sheets import require_cell_budget
from tests.google.mask import updated
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.spreadsheet import Sheet, Spreadsheet
from tests.google.wire import Json

_DEFAULT_WIDTH: Final = 100


def _update_dimensions(draft: Draft, body: Json) -> None:
    mask = update_mask(body, "DimensionProperties")
    properties = body.get("properties", {})
    if properties.get("pixelSize", 0) < 0:
        raise RefusedError("pixelSize must be nonnegative.")
    sheet, sizes, span = _dimensions(draft.spreadsheet, body.get("range", {}))
    done: dict[int, tuple[Json, Json]] = {}
    for index in span:
        old = sizes.get(index, _NOTHING)
        if id(old) not in done:
            done[id(old)] = (old, updated(old, properties, mask))
        sizes[index] = done[id(old)][1]
    if all(sheet.columns.get(column, {}).get("hiddenByUser") for column in range(sheet.column_count)):
        raise RefusedError("You can't hide all columns of a sheet.")


def _auto_resize(draft: Draft, body: Json) -> None:
    """Columns get the usual width: the double has no fonts to measure."""
    if "dataSourceSheetDimensions" in body:
        raise BeyondDoubleError("dimensions of a data source")
    _, sizes, span = _dimensions(draft.spreadsheet, body.get("dimensions", {}))
    for index in span:
        sizes[index] = {**sizes.get(index, {}), "pixelSize": _DEFAULT_WIDTH}


def _append_dimension(draft: Draft, body: Json) -> None:
    sheet, length = draft.spreadsheet.sheet(body.get("sheetId", 0)), body.get("length", 0)
    if length < 1:
        raise RefusedError("The length must be positive.")
    match body.get("dimension"):
        case "ROWS":
            grow(sheet, sheet.row_count + length, sheet.column_count)
        case "COLUMNS":
            grow(sheet, sheet.row_count, sheet.column_count + length)
        case _:
            raise RefusedError("Must specify a dimension.")
    require_cell_budget(draft.spreadsheet)


HANDLERS: Final[Handlers] = {
    "updateDimensionProperties": _update_dimensions,
    "autoResizeDimensions": _auto_resize,
    "appendDimension": _append_dimension,
}

_NOTHING: Final[Json] = {}


def _dimensions(book: Spreadsheet, span: Json) -> tuple[Sheet, dict[int, Json], range]:
    """The sheet of a `DimensionRange`, the sizes it means, and the indices in it."""
    sheet = book.sheet(span.get("sheetId", 0), "grid")
    match span.get("dimension"):
        case "ROWS":
            sizes, count = sheet.rows, sheet.row_count
        case "COLUMNS":
            sizes, count = sheet.columns, sheet.column_count
        case _:
            raise RefusedError("Must specify a dimension.")
    start, end = span.get("startIndex", 0), span.get("endIndex", count)
    if not 0 <= start < end <= count:
        raise RefusedError(f"Invalid dimension range: {start} to {end} of {count}")
    return sheet, sizes, range(start, end)
