"""Protected ranges."""

from __future__ import annotations

from typing import Final

from tests.google.batch.draft import Draft, Handlers, update_mask
from tests.google.mask import updated
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.spreadsheet import Spreadsheet, grid_range
from tests.google.wire import Json

_BOUNDS: Final = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")


def _add_protected_range(draft: Draft, body: Json) -> Json:
    book = draft.spreadsheet
    given = body.get("protectedRange", {})
    number = given.get("protectedRangeId", book.new_id(book.protected_ranges))
    if number in book.protected_ranges:
        raise RefusedError(
            f"Cannot add protected range with ID: {number}, a protected range with that ID already exists."
        )
    book.protected_ranges[number] = _checked(draft, given, number)
    return {"protectedRange": book.protected_ranges[number]}


def _update_protected_range(draft: Draft, body: Json) -> None:
    book, given = draft.spreadsheet, body.get("protectedRange", {})
    mask = update_mask(body, "ProtectedRange")
    number = given.get("protectedRangeId", 0)
    changed = updated(_known(book, number), given, mask)
    book.protected_ranges[number] = _checked(draft, changed, number)


def _delete_protected_range(draft: Draft, body: Json) -> None:
    number = body.get("protectedRangeId", 0)
    _known(draft.spreadsheet, number)
    del draft.spreadsheet.protected_ranges[number]


HANDLERS: Final[Handlers] = {
    "addProtectedRange": _add_protected_range,
    "updateProtectedRange": _update_protected_range,
    "deleteProtectedRange": _delete_protected_range,
}


def _known(book: Spreadsheet, number: int) -> Json:
    if number not in book.protected_ranges:
        raise RefusedError(f"No protected range with ID: {number}")
    return book.protected_ranges[number]


def _checked(draft: Draft, given: Json, number: int) -> Json:
    book = draft.spreadsheet
    if "namedRangeId" in given or "tableId" in given:
        raise BeyondDoubleError("protecting a named range or a table")
    if "range" not in given:
        raise RefusedError("A protected range needs a range.")
    area = book.area(given["range"])
    whole = not any(bound in given["range"] for bound in _BOUNDS)
    free = [grid_range(book.area(each)) for each in given.get("unprotectedRanges", [])]
    if any(each["sheetId"] != area.sheet for each in free) or (free and not whole):
        raise RefusedError("Unprotected ranges are only supported on protected sheets.")
    if given.get("warningOnly") and given.get("editors"):
        raise RefusedError("Editors are not supported with warning only protection.")
    protection = {**given, "protectedRangeId": number}
    protection["range"] = {"sheetId": area.sheet} if whole else grid_range(area)
    if not given.get("warningOnly") and not given.get("editors"):
        protection["editors"] = {"users": [draft.caller.email]}
    if free:
        protection["unprotectedRanges"] = free
    return protection
