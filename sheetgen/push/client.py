"""The Sheets API of one spreadsheet: few calls, limited in time, tried again where that may help."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, NamedTuple

import gspread
import requests
from google.auth.exceptions import GoogleAuthError, TransportError
from google.auth.transport.requests import AuthorizedSession, Request
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL, SPREADSHEET_VALUES_BATCH_UPDATE_URL
from gspread.urls import SPREADSHEET_VALUES_BATCH_URL as VALUES_URL

from sheetgen.clause import Clause
from sheetgen.errors import (
    ApiDisabledError,
    ClockError,
    OfficeFileError,
    SheetAccessError,
    SheetNotFoundError,
    SheetsRefusalError,
    SheetsServiceError,
    SignInError,
)
from sheetgen.push.clock import Clocks
from sheetgen.push.credentials.account import Account
from sheetgen.push.credentials.refusal import refusal
from sheetgen.push.credentials.way import Way
from sheetgen.push.pace import TIMEOUT, PassingFailure, keep_trying
from sheetgen.push.pace import Pace as Pace
from sheetgen.redaction import without_secrets

Json = dict[str, Any]
Params = dict[str, str | int | bool | float | list[str] | None]

MINUTE: Final = 60.0
HEADERS: Final = {"Content-Type": "application/json"}
COMPRESSED: Final = {**HEADERS, "Content-Encoding": "gzip"}
CUT: Final = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
"""No connection, or one that ends before the answer does."""

LIBRARY: Final = "https://console.cloud.google.com/apis/library/sheets.googleapis.com"
PROJECT_REASONS: Final = frozenset({"USER_PROJECT_DENIED", "CONSUMER_INVALID"})
"""Why Google turns away an account whatever is shared with it: the project that its calls count for."""

OTHER_PROJECT: Final = Clause("Do what Google says there, or take credentials of another project.")


CONSTANTS: Final = (
    "sheets(properties.sheetId,data(startRow,startColumn,"
    "rowData.values.userEnteredValue(numberValue,stringValue,boolValue)))"
)
"""Of cells only what is no formula: the formulas themselves would be a thousand times as much to read."""


class Constant(NamedTuple):
    """A value in a cell: the ID of its sheet, its 0-based row and column."""

    sheet: int
    row: int
    column: int
    value: float | str | bool


@dataclass(frozen=True)
class Exchange:
    """A request of the Sheets API and the answer to it, which took so many `seconds`; bodies as they were sent."""

    method: str
    address: str
    parameters: Params
    sent: bytes
    status: int
    answer: bytes
    seconds: float


def _unheard(_exchange: Exchange) -> None:
    return None


def _unrenewed() -> None:
    return None


@dataclass
class SheetsClient:
    """The calls on one spreadsheet; `calls` and `sent` count them and the bytes of their bodies.

    `heard` is told of each answer that came, and `renew` fetches a token.
    """

    http: gspread.HTTPClient
    spreadsheet_id: str
    account: str
    pace: Pace = field(default_factory=Pace)
    calls: int = 0
    sent: int = 0
    way: Way = Way.KEY
    clocks: Clocks = field(default_factory=lambda: Clocks(time.time))
    heard: Callable[[Exchange], None] = _unheard
    renew: Callable[[], None] = _unrenewed

    def sign_in(self) -> None:
        """Fetch a token now, once.

        Raises `SignInError` where Google gives none, and `SheetsServiceError` where it cannot be asked.
        """
        try:
            self.renew()
        except TransportError as error:
            raise SheetsServiceError(reason=Clause("no connection"), tries=1) from error
        except GoogleAuthError as error:
            if error.retryable:
                raise SheetsServiceError(reason=refusal(error), tries=1) from error
            raise self._sign_in_problem(refusal(error)) from error

    def get(self, fields: str, ranges: Sequence[str] = ()) -> Json:
        """Those fields of the spreadsheet, of those ranges if any are given; tables not repeated among its bands."""
        parameters: Params = {"fields": fields, "excludeTablesInBandedRanges": "true"}
        if ranges:
            parameters["ranges"] = list(ranges)
        return self._call("get", SPREADSHEET_URL % self.spreadsheet_id, parameters)

    def read_values(self, ranges: Sequence[str], *, as_results: bool = False) -> list[list[list[Any]]]:
        """The rows of each range, as A1 text or name: numbers plain, dates as serials, formulas as text or results."""
        shown = "UNFORMATTED_VALUE" if as_results else "FORMULA"
        parameters: Params = {"ranges": list(ranges), "valueRenderOption": shown, "fields": "valueRanges.values"}
        answer = self._call("get", VALUES_URL % self.spreadsheet_id, parameters)
        found = answer.get("valueRanges", [])
        return [each.get("values", []) for each in found] + [[]] * (len(ranges) - len(found))

    def read_constants(self, ranges: Sequence[str]) -> Iterator[Constant]:
        """The cells of the ranges, as A1 text, that hold a value and no formula."""
        parameters: Params = {"ranges": list(ranges), "fields": CONSTANTS}
        answer = self._call("get", SPREADSHEET_URL % self.spreadsheet_id, parameters)
        for sheet in answer.get("sheets", []):
            for data in sheet.get("data", []):
                yield from _constants(sheet["properties"].get("sheetId", 0), data)

    def write_values(self, body: bytes) -> None:
        """Carry out a values.batchUpdate; writing the same twice does no harm."""
        address = SPREADSHEET_VALUES_BATCH_UPDATE_URL % self.spreadsheet_id
        self._call("post", address, {"fields": "spreadsheetId"}, body)

    def batch_update(self, body: bytes, is_done: Callable[[], bool] = lambda: False) -> None:
        """Carry out a batchUpdate, all of it or nothing.

        After a failure that leaves open whether it took effect, `is_done` is asked before another try.
        """
        address = SPREADSHEET_BATCH_UPDATE_URL % self.spreadsheet_id
        self._call("post", address, {"fields": "spreadsheetId"}, body, is_done)

    def update_once(self, body: bytes, fields: str = "spreadsheetId", *, compressed: bool = False) -> Json:
        """Those fields of the answer to a batchUpdate that is not tried again; `compressed` sends it with gzip.

        Raises a `SheetgenError` as the other calls do.
        """
        address = SPREADSHEET_BATCH_UPDATE_URL % self.spreadsheet_id
        try:
            if not compressed:
                return self._once("post", address, {"fields": fields}, body)
            return self._once("post", address, {"fields": fields}, gzip.compress(body), COMPRESSED)
        except PassingFailure as failure:
            raise SheetsServiceError(reason=failure.reason, tries=1) from failure

    def _call(
        self,
        method: str,
        address: str,
        parameters: Params,
        body: bytes | None = None,
        is_done: Callable[[], bool] = lambda: False,
    ) -> Json:
        """The answer to a call.

        Raises a `SheetgenError` that says what Google refuses, or that it keeps failing.
        """
        return keep_trying(
            lambda: self._once(method, address, parameters, body), self.pace, lambda: {} if is_done() else None
        )

    def _once(
        self,
        method: str,
        address: str,
        parameters: Params,
        body: bytes | None,
        headers: Mapping[str, str] = HEADERS,
    ) -> Json:
        self.calls += 1
        self.sent += len(body or b"")
        started = self.pace.clock()
        try:
            # Not HTTPClient.request: its exception trips over errors that are not in Google's form.
            response = self.http.session.request(
                method, address, params=parameters, data=body, headers=headers if body else None, timeout=TIMEOUT
            )
        except (*CUT, TransportError) as error:
            raise PassingFailure(Clause("no connection")) from error
        except GoogleAuthError as error:
            if error.retryable:
                raise PassingFailure(Clause("no connection")) from error
            raise self._sign_in_problem(refusal(error)) from error
        seconds = self.pace.clock() - started
        content = response.content
        self.heard(Exchange(method, address, parameters, body or b"", response.status_code, content, seconds))
        if response.ok:
            return dict(response.json())
        raise self._problem(response)

    def _problem(self, response: requests.Response) -> Exception:
        """What is wrong, by status and structure: Google's sentences change."""
        status, error = response.status_code, _error(response)
        reasons = [detail for detail in error.get("details", []) if isinstance(detail, dict)]
        message = without_secrets(str(error.get("message", response.reason)))
        if status in (408, 429) or status >= 500:
            return PassingFailure(f"{status} {error.get('status', response.reason)}", self._asked_wait(response))
        if status == 401:
            return self._sign_in_problem(message)
        if status == 404:
            return SheetNotFoundError(sheet=self.spreadsheet_id)
        if status == 403:
            return self._forbidden(reasons, message)
        if error.get("status") == "FAILED_PRECONDITION":
            return OfficeFileError(sheet=self.spreadsheet_id)
        return SheetsRefusalError(reason=message)

    def _sign_in_problem(self, reason: str) -> SignInError:
        shift = self.clocks.shift()
        # What a person was given in the browser holds whatever the clock shows.
        if shift and self.way is not Way.BROWSER:
            return ClockError(account=self.account, reason=reason, shift=shift)
        return SignInError(account=self.account, reason=reason, remedy=self.way.renewal())

    def _forbidden(self, details: Iterable[Mapping[str, Any]], message: str) -> Exception:
        reasons = {str(each["reason"]): each.get("metadata", {}) for each in details if "reason" in each}
        if "SERVICE_DISABLED" in reasons:
            return _disabled(str(reasons["SERVICE_DISABLED"].get("consumer", "")))
        if "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in reasons:
            reason = Clause("the sign-in does not cover Google Sheets")
            return SignInError(account=self.account, reason=reason, remedy=self.way.renewal())
        if PROJECT_REASONS & set(reasons):
            return SignInError(account=self.account, reason=message, remedy=OTHER_PROJECT)
        remedy = self.way.sharing(self.account, self.spreadsheet_id)
        return SheetAccessError(account=self.account, sheet=self.spreadsheet_id, remedy=remedy)

    def _asked_wait(self, response: requests.Response) -> float | None:
        """Seconds that Google asks for: quotas start anew each minute."""
        asked = response.headers.get("Retry-After", "")
        if asked.isdigit():
            return float(asked)
        return MINUTE - self.pace.clock() % MINUTE if response.status_code == 429 else None


def connect(account: Account, spreadsheet_id: str, pace: Pace) -> SheetsClient:
    """A client that signs in as the account when it is first used."""
    clocks = Clocks(pace.clock)

    def hear(response: requests.Response, *_: Any, **__: Any) -> None:
        clocks.hear(response.headers)

    tokens = requests.Session()
    tokens.hooks["response"].append(hear)
    request = Request(tokens)
    session = AuthorizedSession(account.credentials, auth_request=request)
    http = gspread.HTTPClient(account.credentials, session=session)
    return SheetsClient(
        http,
        spreadsheet_id,
        account.name,
        pace,
        way=account.way,
        clocks=clocks,
        renew=partial(account.credentials.refresh, request),
    )


def compact(part: object) -> bytes:
    """JSON without a byte too many."""
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _constants(sheet: int, data: Json) -> Iterator[Constant]:
    for row, line in enumerate(data.get("rowData", []), start=data.get("startRow", 0)):
        for column, cell in enumerate(line.get("values", []), start=data.get("startColumn", 0)):
            for value in cell.get("userEnteredValue", {}).values():
                yield Constant(sheet, row, column, value)


def _error(response: requests.Response) -> Mapping[str, Any]:
    try:
        error = response.json()["error"]
    except (ValueError, KeyError, TypeError):
        return {}
    return error if isinstance(error, dict) else {"message": error}


def _disabled(consumer: str) -> ApiDisabledError:
    """The API is off in a project, `projects/123`."""
    number = consumer.rpartition("/")[2]
    page = f"{LIBRARY}?project={number}" if number.isdigit() else LIBRARY
    return ApiDisabledError(project=consumer or "?", page=page)
