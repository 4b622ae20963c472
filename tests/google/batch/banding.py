"""Alternating colours, and the filter of a sheet."""

from __future__ import annotations

from typing import Final

from tests.google.batch.draft import Draft, Handlers, update_mask
from tests.google.mask import updated
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.spreadsheet import Spreadsheet, grid_range, home
from tests.google.wire import Json


def _add_banding(draft: Draft, body: Json) -> Json:
    book = draft.spreadsheet
    given = body.get("bandedRange", {})
    number = given.get("bandedRangeId", book.new_id(book.banded_ranges))
    if number in book.banded_ranges:
        raise RefusedError(f"Cannot add banded range with ID: {number}, a banded range with that ID already exists.")
    book.banded_ranges[number] = _checked(book, given, number)
    return {"bandedRange": book.banded_ranges[number]}


def _update_banding(draft: Draft, body: Json) -> None:
    book, given = draft.spreadsheet, body.get("bandedRange", {})
    mask = update_mask(body, "BandedRange")
    number = given.get("bandedRangeId", 0)
    book.banded_ranges[number] = _checked(book, updated(_known(book, number), given, mask), number)


def _delete_banding(draft: Draft, body: Json) -> None:
    number = body.get("bandedRangeId", 0)
    _known(draft.spreadsheet, number)
    del draft.spreadsheet.banded_ranges[number]


def _set_basic_filter(draft: Draft, body: Json) -> None:
    given = body.get("filter", {})
    if "tableId" in given or given.get("criteria") or given.get("filterSpecs") or given.get("sortSpecs"):
        raise BeyondDoubleError("a filter of a table, or one with criteria")
    area = draft.spreadsheet.area(given.get("range", {}))
    draft.spreadsheet.sheet(area.sheet).basic_filter = {"range": grid_range(area)}


def _clear_basic_filter(draft: Draft, body: Json) -> None:
    draft.spreadsheet.sheet(body.get("sheetId", 0)).basic_filter = None


HANDLERS: Final[Handlers] = {
    "addBanding": _add_banding,
    "updateBanding": _update_banding,
    "deleteBanding": _delete_banding,
    "setBasicFilter": _set_basic_filter,
    "clearBasicFilter": _clear_basic_filter,
}


def _known(book: Spreadsheet, number: int) -> Json:
    if number not in book.banded_ranges:
        raise RefusedError(f"No banded range with ID: {number}")
    return book.banded_ranges[number]


def _checked(book: Spreadsheet, given: Json, number: int) -> Json:
    area = book.area(given.get("range", {}))
    if not given.get("rowProperties") and not given.get("columnProperties"):
        raise RefusedError("At least one of rowProperties or columnProperties must be specified.")
    others = [each for key, each in book.banded_ranges.items() if key != number] + list(book.tables.values())
    if any(home(each) == area.sheet and book.area(each["range"]).overlaps(area) for each in others):
        raise RefusedError(
            "You cannot add alternating background colors to a range that already has alternating background colors."
        )
    return {**given, "bandedRangeId": number, "range": grid_range(area)}
