"""Adding, changing, copying and deleting sheets, and the properties of the spreadsheet itself."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Final, TypeVar

from tests.google.address import MAX_COLUMNS
from tests.google.batch.draft import Draft, Handlers, lists, update_mask
from tests.google.batch.resize import clip_objects, without_range
from tests.google.locales import locale_named
from tests.google.mask import updated
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.spreadsheet import (
    DEFAULT_COLUMNS,
    DEFAULT_ROWS,
    MAX_CELLS,
    Sheet,
    Spreadsheet,
    anchor_sheet,
    home,
    metadata_sheet,
)
from tests.google.wire import Json

_MAX_TITLE: Final = 100

Key = TypeVar("Key")


def _add_sheet(draft: Draft, body: Json) -> Json:
    book = draft.spreadsheet
    given: Json = body.get("properties", {})
    sheet_id = given.get("sheetId", book.new_id({sheet.id: sheet for sheet in book.sheets}))
    if any(sheet.id == sheet_id for sheet in book.sheets):
        raise RefusedError(f"Cannot add sheet with ID: {sheet_id}, a sheet with that ID already exists.")
    if given.get("sheetType", "GRID") != "GRID":
        raise BeyondDoubleError(f"a sheet of type {given['sheetType']}")
    grid = {"rowCount": DEFAULT_ROWS, "columnCount": DEFAULT_COLUMNS} | given.get("gridProperties", {})
    properties = given | {"sheetId": sheet_id, "sheetType": "GRID", "gridProperties": grid}
    properties["title"] = given.get("title") or _free_title(book)
    sheet = Sheet(_without_index(properties))
    book.sheets.insert(given.get("index", len(book.sheets)), sheet)
    check_properties(book, sheet)
    return {"properties": indexed_properties(book, sheet)}


def _update_sheet_properties(draft: Draft, body: Json) -> None:
    book = draft.spreadsheet
    given: Json = body.get("properties", {})
    mask = update_mask(body, "SheetProperties")
    sheet = book.sheet(given.get("sheetId", 0))
    changed = updated(sheet.properties, given, mask)
    sheet.properties = _without_index(changed) | {"sheetId": sheet.id, "sheetType": "GRID"}
    if lists(mask, "index") and "index" in given:
        _move(book, sheet, given["index"])
    check_properties(book, sheet)
    clip_objects(book, sheet)


def _delete_sheet(draft: Draft, body: Json) -> None:
    book = draft.spreadsheet
    sheet = book.sheet(body.get("sheetId", 0))
    if len(book.sheets) == 1:
        raise RefusedError("You can't remove all the sheets in a document.")
    draft.require_writable(sheet.whole)
    book.sheets.remove(sheet)
    _require_visible_sheet(book, "You can't remove all the visible sheets in a document.")
    for key, named in book.named_ranges.items():
        if home(named) == sheet.id:
            book.named_ranges[key] = without_range(named)
    _drop(book.protected_ranges, home, sheet)
    _drop(book.banded_ranges, home, sheet)
    _drop(book.tables, home, sheet)
    _drop(book.charts, anchor_sheet, sheet)
    _drop(book.slicers, anchor_sheet, sheet)
    _drop(book.filter_views, home, sheet)
    _drop(book.metadata, metadata_sheet, sheet)


def _update_spreadsheet_properties(draft: Draft, body: Json) -> None:
    mask = update_mask(body, "SpreadsheetProperties")
    changed = updated(draft.spreadsheet.properties, body.get("properties", {}), mask)
    if not changed.get("title") or not changed.get("locale"):
        raise RefusedError("A spreadsheet needs a title and a locale.")
    locale_named(changed["locale"])
    draft.spreadsheet.properties = changed


HANDLERS: Final[Handlers] = {
    "addSheet": _add_sheet,
    "updateSheetProperties": _update_sheet_properties,
    "deleteSheet": _delete_sheet,
    "updateSpreadsheetProperties": _update_spreadsheet_properties,
}


def indexed_properties(book: Spreadsheet, sheet: Sheet) -> Json:
    """The properties of a sheet with its index."""
    return {**sheet.properties, "index": book.sheets.index(sheet)}


def require_cell_budget(book: Spreadsheet) -> None:
    """Refuse more cells than a spreadsheet may have; empty ones count."""
    if sum(sheet.row_count * sheet.column_count for sheet in book.sheets) > MAX_CELLS:
        limit = f"above the limit of {MAX_CELLS} cells."
        raise RefusedError(f"This action would increase the number of cells in the workbook {limit}")


def check_properties(book: Spreadsheet, sheet: Sheet) -> None:
    """Refuse a sheet whose id, title, grid or visibility Google does not allow."""
    if sheet.id < 0:
        raise RefusedError("sheetId must be nonnegative.")
    title = sheet.properties.get("title", "")
    if not title:
        raise RefusedError("The sheet name cannot be empty.")
    if len(title) > _MAX_TITLE:
        raise RefusedError(f"The sheet name cannot be greater than {_MAX_TITLE} characters.")
    if any(other is not sheet and other.title.lower() == title.lower() for other in book.sheets):
        raise RefusedError(f'A sheet with the name "{title}" already exists. Please enter another name.')
    _check_grid(sheet)
    _require_visible_sheet(book, "You can't hide all the sheets in a document.")
    require_cell_budget(book)


def _check_grid(sheet: Sheet) -> None:
    grid = sheet.properties.get("gridProperties", {})
    if grid.get("rowCount", 0) < 1 or not 1 <= grid.get("columnCount", 0) <= MAX_COLUMNS:
        raise RefusedError(f"A grid has at least 1 row and from 1 to {MAX_COLUMNS} columns.")
    for name, size, frozen in (
        ("rows", sheet.row_count, grid.get("frozenRowCount", 0)),
        ("columns", sheet.column_count, grid.get("frozenColumnCount", 0)),
    ):
        if frozen >= size:
            raise RefusedError(f"You can't freeze all visible {name} on the sheet.")
        for merge in sheet.merges:
            first, last = (merge.top, merge.bottom) if name == "rows" else (merge.left, merge.right)
            if first < frozen < last:
                raise RefusedError(f"You can't freeze {name} which contain only part of a merged cell.")


def _require_visible_sheet(book: Spreadsheet, refusal: str) -> None:
    if all(sheet.hidden for sheet in book.sheets):
        raise RefusedError(refusal)


def _move(book: Spreadsheet, sheet: Sheet, index: int) -> None:
    """Move a sheet to an index that counts the sheet where it is now."""
    if not 0 <= index <= len(book.sheets):
        raise RefusedError(f"index {index} is not between 0 and {len(book.sheets)}.")
    before = book.sheets.index(sheet)
    book.sheets.remove(sheet)
    book.sheets.insert(index - (index > before), sheet)


def _free_title(book: Spreadsheet) -> str:
    return next(f"Sheet{n}" for n in count(len(book.sheets) + 1) if book.titled(f"Sheet{n}") is None)


def _without_index(properties: Json) -> Json:
    return {name: value for name, value in properties.items() if name != "index"}


def _drop(objects: dict[Key, Json], sheet_of: Callable[[Json], int | None], sheet: Sheet) -> None:
    for key in [key for key, each in objects.items() if sheet_of(each) == sheet.id]:
        del objects[key]
