"""Duplicating a sheet with all that stands on it, as its menu does.

Whether Google copies developer metadata too is not known: here it does, which is the harder case for a client.
"""

from __future__ import annotations

from typing import Any, Final

from tests.google.batch.draft import Draft, Handlers
from tests.google.batch.sheets import check_properties, indexed_properties
from tests.google.problem import RefusedError
from tests.google.spreadsheet import Sheet, Spreadsheet, anchor_sheet, home, metadata_sheet
from tests.google.wire import Json


def _duplicate_sheet(draft: Draft, body: Json) -> Json:
    book = draft.spreadsheet
    source = book.sheet(body.get("sourceSheetId", 0))
    sheet_id = body.get("newSheetId", book.new_id({sheet.id: sheet for sheet in book.sheets}))
    if any(sheet.id == sheet_id for sheet in book.sheets):
        raise RefusedError(f"Cannot add sheet with ID: {sheet_id}, a sheet with that ID already exists.")
    copy = source.copy()
    title = body.get("newSheetName") or _copy_title(book, source)
    copy.properties = {**source.properties, "sheetId": sheet_id, "title": title}
    copy.merges = [merge._replace(sheet=copy.id) for merge in source.merges]
    copy.rules = [_moved(rule, source.id, copy.id) for rule in source.rules]
    copy.basic_filter = _moved(source.basic_filter, source.id, copy.id)
    book.sheets.insert(body.get("insertSheetIndex", 0), copy)
    check_properties(book, copy)
    _copy_objects(book, source.id, copy.id)
    return {"properties": indexed_properties(book, copy)}


HANDLERS: Final[Handlers] = {"duplicateSheet": _duplicate_sheet}


def _copy_objects(book: Spreadsheet, source: int, target: int) -> None:
    """Copies of everything on a sheet under new ids; a table also gets a new name."""
    for objects, key, sheet_of in (
        (book.protected_ranges, "protectedRangeId", home),
        (book.banded_ranges, "bandedRangeId", home),
        (book.charts, "chartId", anchor_sheet),
        (book.slicers, "slicerId", anchor_sheet),
        (book.filter_views, "filterViewId", home),
        (book.metadata, "metadataId", metadata_sheet),
    ):
        for each in [each for each in objects.values() if sheet_of(each) == source]:
            number = book.new_id(objects)
            objects[number] = {**_moved(each, source, target), key: number}
            if objects is book.metadata:
                book.projects[number] = book.projects[each[key]]
    for table in [table for table in book.tables.values() if home(table) == source]:
        name = book.new_text_id(book.tables)
        copy = _moved(table, source, target)
        book.tables[name] = {**copy, "tableId": name, "name": f"{table['name']}_{name}"}


def _moved(part: Any, source: int, target: int) -> Any:
    """A part of a sheet with every mention of the sheet's id replaced."""
    if isinstance(part, list):
        return [_moved(item, source, target) for item in part]
    if isinstance(part, dict):
        return {
            name: target if name == "sheetId" and item == source else _moved(item, source, target)
            for name, item in part.items()
        }
    return part


def _copy_title(book: Spreadsheet, source: Sheet) -> str:
    titles = (f"Copy of {source.title}", *(f"Copy of {source.title} {n}" for n in range(2, len(book.sheets) + 2)))
    return next(title for title in titles if book.titled(title) is None)
