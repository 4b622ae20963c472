"""Slicers and filter views: what a user sees of a range, which changes nothing in its cells."""

from __future__ import annotations

from typing import Final

from tests.google.batch.charts import placed
from tests.google.batch.draft import Draft, Handlers, update_mask
from tests.google.mask import updated
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.spreadsheet import Spreadsheet, grid_range
from tests.google.wire import Json

_SELECTS: Final = ("criteria", "filterSpecs", "sortSpecs")


def _add_slicer(draft: Draft, body: Json) -> Json:
    book, given = draft.spreadsheet, body.get("slicer", {})
    number = given.get("slicerId", book.new_id(book.charts | book.slicers))
    if number in book.charts or number in book.slicers:
        raise RefusedError(f"Cannot add slicer with ID: {number}, an embedded object with that ID already exists.")
    position = placed(book, given.get("position", {}))
    book.slicers[number] = {
        "slicerId": number,
        "spec": _checked_spec(book, given.get("spec", {})),
        "position": position,
    }
    return {"slicer": book.slicers[number]}


def _update_slicer(draft: Draft, body: Json) -> None:
    book, number = draft.spreadsheet, body.get("slicerId", 0)
    if number not in book.slicers:
        raise RefusedError(f"No slicer with ID: {number}")
    mask = update_mask(body, "SlicerSpec")
    spec = updated(book.slicers[number]["spec"], body.get("spec", {}), mask)
    book.slicers[number] = {**book.slicers[number], "spec": _checked_spec(book, spec)}


def _add_filter_view(draft: Draft, body: Json) -> Json:
    book, given = draft.spreadsheet, body.get("filter", {})
    number = given.get("filterViewId", book.new_id(book.filter_views))
    if number in book.filter_views:
        raise RefusedError(f"Cannot add filter view with ID: {number}, a filter view with that ID already exists.")
    book.filter_views[number] = _checked_view(book, given, number)
    return {"filter": book.filter_views[number]}


def _update_filter_view(draft: Draft, body: Json) -> None:
    book, given = draft.spreadsheet, body.get("filter", {})
    number = given.get("filterViewId", 0)
    changed = updated(_known_view(book, number), given, update_mask(body, "FilterView"))
    book.filter_views[number] = _checked_view(book, changed, number)


def _delete_filter_view(draft: Draft, body: Json) -> None:
    number = body.get("filterId", 0)
    _known_view(draft.spreadsheet, number)
    del draft.spreadsheet.filter_views[number]


def _duplicate_filter_view(draft: Draft, body: Json) -> Json:
    book = draft.spreadsheet
    view, number = _known_view(book, body.get("filterId", 0)), book.new_id(book.filter_views)
    book.filter_views[number] = {**view, "filterViewId": number, "title": f"Copy of {view['title']}"}
    return {"filter": book.filter_views[number]}


HANDLERS: Final[Handlers] = {
    "addSlicer": _add_slicer,
    "updateSlicerSpec": _update_slicer,
    "addFilterView": _add_filter_view,
    "updateFilterView": _update_filter_view,
    "deleteFilterView": _delete_filter_view,
    "duplicateFilterView": _duplicate_filter_view,
}


def _checked_spec(book: Spreadsheet, spec: Json) -> Json:
    """The spec of a slicer, whose column counts from the first of its range."""
    area = book.area(spec.get("dataRange", {}))
    if not 0 <= spec.get("columnIndex", 0) < area.width:
        raise RefusedError("The column of a slicer must be in its data range.")
    return {**spec, "dataRange": grid_range(area)}


def _known_view(book: Spreadsheet, number: int) -> Json:
    if number not in book.filter_views:
        raise RefusedError(f"No filter view with ID: {number}")
    return book.filter_views[number]


def _checked_view(book: Spreadsheet, given: Json, number: int) -> Json:
    if "namedRangeId" in given or "tableId" in given or any(given.get(name) for name in _SELECTS):
        raise BeyondDoubleError("a filter view of a name or a table, or one that hides or sorts rows")
    if "range" not in given:
        raise RefusedError("A filter view needs a range.")
    view = {**given, "filterViewId": number, "range": grid_range(book.area(given["range"]))}
    return {"title": f"Filter {len(book.filter_views) + 1}"} | view
