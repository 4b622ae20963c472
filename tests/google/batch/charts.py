"""Charts: their sources must be cells that there are."""

from __future__ import annotations

from typing import Final

from tests.google.batch.chart_rules import check_chart
from tests.google.batch.draft import Draft, Handlers, update_mask
from tests.google.mask import updated
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.spreadsheet import Spreadsheet
from tests.google.wire import Json


def _add_chart(draft: Draft, body: Json) -> Json:
    book = draft.spreadsheet
    given = body.get("chart", {})
    number = given.get("chartId", book.new_id(book.charts))
    if number in book.charts or number in book.slicers:
        raise RefusedError(f"Cannot add chart with ID: {number}, an embedded object with that ID already exists.")
    check_chart(book, given.get("spec", {}))
    book.charts[number] = {**given, "chartId": number, "position": placed(book, given.get("position", {}))}
    return {"chart": book.charts[number]}


def _update_chart_spec(draft: Draft, body: Json) -> None:
    book, number = draft.spreadsheet, body.get("chartId", 0)
    chart = _known(book, number)
    check_chart(book, body.get("spec", {}))
    book.charts[number] = {**chart, "spec": body["spec"]}


def _update_position(draft: Draft, body: Json) -> Json:
    book, number = draft.spreadsheet, body.get("objectId", 0)
    objects = _objects(book, number)
    chart = objects[number]
    mask = update_mask(body, "OverlayPosition")
    given = body.get("newPosition", {}).get("overlayPosition", {})
    overlay = updated(chart["position"]["overlayPosition"], given, mask)
    position = placed(book, {**body.get("newPosition", {}), "overlayPosition": overlay})
    objects[number] = {**chart, "position": position}
    return {"position": position}


def _update_border(draft: Draft, body: Json) -> None:
    book, number = draft.spreadsheet, body.get("objectId", 0)
    chart = _known(book, number)
    mask = update_mask(body, "EmbeddedObjectBorder")
    book.charts[number] = {**chart, "border": updated(chart.get("border", {}), body.get("border", {}), mask)}


def _delete_object(draft: Draft, body: Json) -> None:
    number = body.get("objectId", 0)
    del _objects(draft.spreadsheet, number)[number]


HANDLERS: Final[Handlers] = {
    "addChart": _add_chart,
    "updateChartSpec": _update_chart_spec,
    "updateEmbeddedObjectPosition": _update_position,
    "updateEmbeddedObjectBorder": _update_border,
    "deleteEmbeddedObject": _delete_object,
}


def _objects(book: Spreadsheet, number: int) -> dict[int, Json]:
    """The charts or the slicers, whichever has the one with that ID."""
    if number in book.slicers:
        return book.slicers
    _known(book, number)
    return book.charts


def _known(book: Spreadsheet, number: int) -> Json:
    if number not in book.charts:
        raise RefusedError(f"No embedded object with ID: {number}")
    return book.charts[number]


def placed(book: Spreadsheet, position: Json) -> Json:
    """Where a chart or a slicer stands, with the usual size where none is given."""
    if "overlayPosition" not in position:
        raise BeyondDoubleError("a chart on a sheet of its own")
    overlay = {"widthPixels": 600, "heightPixels": 371, **position["overlayPosition"]}
    anchor = overlay.get("anchorCell", {})
    sheet = book.sheet(anchor.get("sheetId", 0))
    if anchor.get("rowIndex", 0) >= sheet.row_count or anchor.get("columnIndex", 0) >= sheet.column_count:
        raise RefusedError(f"The anchor cell is outside the grid of the sheet {sheet.title}.")
    return {"overlayPosition": {**overlay, "anchorCell": {**anchor, "sheetId": sheet.id}}}
