"""Developer metadata of the spreadsheet, a sheet, a row or a column.

That an id already taken is refused is documented for other objects only: it is assumed here.
"""

from __future__ import annotations

from typing import Final

from tests.google.batch.draft import Draft, Handlers, update_mask
from tests.google.mask import updated
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.spreadsheet import Spreadsheet, metadata_sheet
from tests.google.wire import Json

_MAX_SIZE: Final = 30_000
"""Characters of all keys and values of the spreadsheet, and of those of each sheet."""


def _create(draft: Draft, body: Json) -> Json:
    book = draft.spreadsheet
    given = body.get("developerMetadata", {})
    number = given.get("metadataId", book.new_id(book.metadata))
    if number in book.metadata:
        raise RefusedError(f"Cannot create developer metadata with ID: {number}, that ID already exists.")
    book.metadata[number] = _checked(book, given, number)
    book.projects[number] = draft.caller.project
    _require_room(book)
    return {"developerMetadata": book.metadata[number]}


def _update(draft: Draft, body: Json) -> Json:
    book, given = draft.spreadsheet, body.get("developerMetadata", {})
    mask = update_mask(body, "DeveloperMetadata")
    chosen = [number for each in body.get("dataFilters", []) for number in _matches(draft, each)]
    if not body.get("dataFilters"):
        raise RefusedError("Must specify at least one data filter.")
    for number in chosen:
        book.metadata[number] = _checked(book, updated(book.metadata[number], given, mask), number)
    _require_room(book)
    return {"developerMetadata": [book.metadata[number] for number in chosen]}


def _delete(draft: Draft, body: Json) -> Json:
    chosen = _matches(draft, body.get("dataFilter", {}))
    return {"deletedDeveloperMetadata": [draft.spreadsheet.metadata.pop(number) for number in chosen]}


HANDLERS: Final[Handlers] = {
    "createDeveloperMetadata": _create,
    "updateDeveloperMetadata": _update,
    "deleteDeveloperMetadata": _delete,
}


def visible_metadata(book: Spreadsheet, project: str) -> list[Json]:
    """The metadata that a project sees: all of the document's, and its own."""
    return [
        each
        for number, each in book.metadata.items()
        if each["visibility"] == "DOCUMENT" or book.projects[number] == project
    ]


def _checked(book: Spreadsheet, given: Json, number: int) -> Json:
    if number < 1:
        raise RefusedError("metadataId must be positive.")
    if not given.get("metadataKey"):
        raise RefusedError("Developer metadata must always have a key specified.")
    if given.get("visibility", "").endswith("UNSPECIFIED") or "visibility" not in given:
        raise RefusedError("Developer metadata must always have visibility specified.")
    location = given.get("location", {})
    if "dimensionRange" in location:
        raise BeyondDoubleError("developer metadata of rows and columns")
    if "sheetId" in location:
        book.sheet(location["sheetId"])
        place = {"locationType": "SHEET", "sheetId": location["sheetId"]}
    elif location.get("spreadsheet"):
        place = {"locationType": "SPREADSHEET", "spreadsheet": True}
    else:
        raise RefusedError("Developer metadata must always have a location specified.")
    return {**given, "metadataId": number, "location": place}


def _require_room(book: Spreadsheet) -> None:
    sizes: dict[int | None, int] = {}
    for each in book.metadata.values():
        place = metadata_sheet(each)
        sizes[place] = sizes.get(place, 0) + len(each["metadataKey"]) + len(each.get("metadataValue", ""))
    if max(sizes.values(), default=0) > _MAX_SIZE:
        raise RefusedError(f"Developer metadata exceeds the limit of {_MAX_SIZE} characters.")


def _matches(draft: Draft, data_filter: Json) -> list[int]:
    """The ids that a filter selects among the metadata the caller sees."""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is None:
        raise BeyondDoubleError("a data filter without developerMetadataLookup")
    if "metadataLocation" in lookup or "locationMatchingStrategy" in lookup:
        raise BeyondDoubleError("a developerMetadataLookup by place")
    seen = visible_metadata(draft.spreadsheet, draft.caller.project)
    return [each["metadataId"] for each in seen if all(_facts(each).get(name) == lookup[name] for name in lookup)]


def _facts(metadata: Json) -> Json:
    return {**metadata, "locationType": metadata["location"]["locationType"]}
