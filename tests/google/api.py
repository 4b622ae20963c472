"""The methods of the Sheets API that the double carries out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.google.batch.draft import Caller, Draft
from tests.google.batch.run import run_batch
from tests.google.discovery import Method
from tests.google.engine import Results
from tests.google.mask import Mask
from tests.google.problem import BeyondDoubleError, RefusedError, beyond, invalid
from tests.google.resource import View, resource
from tests.google.spreadsheet import Spreadsheet
from tests.google.values import Rendering, append_values, clear_values, get_values, put_values
from tests.google.wire import Json


@dataclass(frozen=True)
class Request:
    """A call of a method, read and checked: path and query parameters by name, the body without nulls."""

    method: Method
    path: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    body: Json
    mask: Mask
    caller: Caller

    def one(self, name: str, usual: str = "") -> str:
        """A query parameter that is given at most once."""
        return self.query.get(name, [usual])[0]

    def truth(self, name: str) -> bool:
        """A truth value among the query parameters."""
        return self.one(name).lower() == "true"

    def rendering(self) -> Rendering:
        """How values are to be read."""
        return Rendering(
            self.one("valueRenderOption", "FORMATTED_VALUE"),
            self.one("dateTimeRenderOption", "SERIAL_NUMBER"),
            self.one("majorDimension", "ROWS"),
        )


@dataclass(frozen=True)
class Effect:
    """What a method does: the spreadsheet after it (the same one if it only reads), and its response."""

    spreadsheet: Spreadsheet
    response: Json


ResultsOf = Callable[[Spreadsheet], Results]
"""Gives the results of a spreadsheet as it is."""


def carry_out(request: Request, book: Spreadsheet, results_of: ResultsOf) -> Effect:
    """Carry out a method on a spreadsheet, which itself stays as it is.

    Raises `ApiError`, or `KeyError` for a method that the double has not.
    """
    handler = _HANDLERS[request.method.name.removeprefix("sheets.spreadsheets.")]
    try:
        return handler(request, book, results_of)
    except RefusedError as refusal:
        raise invalid(str(refusal)) from refusal
    except BeyondDoubleError as limit:
        raise beyond(str(limit)) from limit


def _get(request: Request, book: Spreadsheet, results_of: ResultsOf) -> Effect:
    view = View(
        request.caller.project,
        request.mask,
        request.query.get("ranges", []),
        request.truth("includeGridData"),
        request.truth("excludeTablesInBandedRanges"),
        request.caller.email,
    )
    return Effect(book, resource(book, results_of(book), view))


def _batch_update(request: Request, book: Spreadsheet, results_of: ResultsOf) -> Effect:
    after, replies = run_batch(book, request.body.get("requests", []), request.caller)
    response: Json = {"spreadsheetId": book.id, "replies": replies}
    if request.body.get("includeSpreadsheetInResponse"):
        view = View(
            request.caller.project,
            request.mask.get("updatedSpreadsheet", {}),
            request.body.get("responseRanges", []),
            request.body.get("responseIncludeGridData", False),
            email=request.caller.email,
        )
        response["updatedSpreadsheet"] = resource(after, results_of(after), view)
    return Effect(after, response)


def _values_get(request: Request, book: Spreadsheet, results_of: ResultsOf) -> Effect:
    return Effect(book, get_values(book, results_of(book), request.path["range"], request.rendering()))


def _values_batch_get(request: Request, book: Spreadsheet, results_of: ResultsOf) -> Effect:
    ranges = request.query.get("ranges", [])
    results = results_of(book)
    found = [get_values(book, results, text, request.rendering()) for text in ranges]
    return Effect(book, {"spreadsheetId": book.id, "valueRanges": found} if found else {"spreadsheetId": book.id})


def _values_update(request: Request, book: Spreadsheet, _: ResultsOf) -> Effect:
    option = _input_option(request.one("valueInputOption"))
    draft = _draft(request, book)
    response = put_values(draft, request.path["range"], request.body, option)
    return _written(draft, response, with_values=request.truth("includeValuesInResponse"))


def _values_append(request: Request, book: Spreadsheet, _: ResultsOf) -> Effect:
    option = _input_option(request.one("valueInputOption"))
    draft = _draft(request, book)
    response = append_values(draft, request.path["range"], request.body, option)
    return _written(draft, response, with_values=request.truth("includeValuesInResponse"))


def _values_batch_update(request: Request, book: Spreadsheet, _: ResultsOf) -> Effect:
    option = _input_option(request.body.get("valueInputOption", ""))
    draft = _draft(request, book)
    responses = []
    for i, value_range in enumerate(request.body.get("data", [])):
        try:
            responses.append(put_values(draft, value_range.get("range", ""), value_range, option))
        except RefusedError as refusal:
            raise invalid(f"Invalid data[{i}]: {refusal}") from refusal
    totals = {
        "spreadsheetId": book.id,
        "responses": responses,
        "totalUpdatedSheets": len({each["updatedRange"].rpartition("!")[0] for each in responses}),
        "totalUpdatedRows": sum(each["updatedRows"] for each in responses),
        "totalUpdatedColumns": sum(each["updatedColumns"] for each in responses),
        "totalUpdatedCells": sum(each["updatedCells"] for each in responses),
    }
    return _written(draft, totals, with_values=request.body.get("includeValuesInResponse", False))


def _values_clear(request: Request, book: Spreadsheet, _: ResultsOf) -> Effect:
    draft = _draft(request, book)
    cleared = clear_values(draft, request.path["range"])
    return _written(draft, {"spreadsheetId": book.id, "clearedRange": cleared})


def _values_batch_clear(request: Request, book: Spreadsheet, _: ResultsOf) -> Effect:
    draft = _draft(request, book)
    cleared = [clear_values(draft, text) for text in request.body.get("ranges", [])]
    return _written(draft, {"spreadsheetId": book.id, "clearedRanges": cleared})


_HANDLERS: Final[Mapping[str, Callable[[Request, Spreadsheet, ResultsOf], Effect]]] = {
    "get": _get,
    "batchUpdate": _batch_update,
    "values.get": _values_get,
    "values.batchGet": _values_batch_get,
    "values.update": _values_update,
    "values.append": _values_append,
    "values.batchUpdate": _values_batch_update,
    "values.clear": _values_clear,
    "values.batchClear": _values_batch_clear,
}


def is_carried_out(method: Method) -> bool:
    """Whether the double has the method."""
    return method.name.removeprefix("sheets.spreadsheets.") in _HANDLERS


def _draft(request: Request, book: Spreadsheet) -> Draft:
    return Draft(book.copy(), request.caller)


def _written(draft: Draft, response: Json, *, with_values: bool = False) -> Effect:
    if with_values:
        raise beyond("includeValuesInResponse.")
    return Effect(draft.spreadsheet, response)


def _input_option(option: str) -> str:
    if option not in ("RAW", "USER_ENTERED"):
        raise RefusedError("'valueInputOption' is required but not specified")
    return option
