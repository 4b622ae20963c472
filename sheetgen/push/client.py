"""The Sheets API of one spreadsheet: few calls, limited in time, tried again where that may help."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import gspread
import requests
from google.auth.exceptions import RefreshError, TransportError
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL, SPREADSHEET_VALUES_BATCH_UPDATE_URL
from gspread.urls import SPREADSHEET_VALUES_BATCH_URL as VALUES_URL

from sheetgen.clause import Clause
from sheetgen.errors import (
    ApiDisabledError,
    SheetAccessError,
    SheetNotFoundError,
    SheetsRefusalError,
    SheetsServiceError,
    SignInError,
)
from sheetgen.push.credentials import Account

Json = dict[str, Any]
Params = dict[str, str | int | bool | float | list[str] | None]

TIMEOUT: Final = (10.0, 200.0)
"""Seconds to connect, and to wait for an answer: Google itself stops after 180."""

TRIES: Final = 5
LONGEST: Final = 300.0
"""Seconds that all tries of a call may take."""

MINUTE: Final = 60.0
HEADERS: Final = {"Content-Type": "application/json"}
SECRET: Final = re.compile(r"ya29\.[\w.-]+|1//[\w-]{20,}|-----BEGIN[^-]*PRIVATE KEY-----.*", re.DOTALL)
"""Access tokens, refresh tokens and private keys."""


def _unseen(_seconds: float, _reason: str) -> None:
    return None


@dataclass(frozen=True)
class Pace:
    """How a client waits: `told` hears of each wait before it starts, in seconds and with the reason."""

    told: Callable[[float, str], None] = _unseen
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    jitter: Callable[[], float] = random.random


class _PassingFailure(Exception):  # noqa: N818
    """A failure that may be over soon: what it was, and how long Google asks to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


@dataclass
class SheetsClient:
    """The calls on one spreadsheet; `calls` and `sent` count them and the bytes of their bodies."""

    http: gspread.HTTPClient
    spreadsheet_id: str
    account: str
    pace: Pace = field(default_factory=Pace)
    calls: int = 0
    sent: int = 0

    def get(self, fields: str) -> Json:
        """Those fields of the spreadsheet, tables not repeated among its bands."""
        parameters: Params = {"fields": fields, "excludeTablesInBandedRanges": "true"}
        return self._call("get", SPREADSHEET_URL % self.spreadsheet_id, parameters)

    def read_values(self, ranges: Sequence[str], *, as_results: bool = False) -> list[list[list[Any]]]:
        """The rows of each range, as A1 text or name: numbers plain, dates as serials, formulas as text or results."""
        shown = "UNFORMATTED_VALUE" if as_results else "FORMULA"
        parameters: Params = {"ranges": list(ranges), "valueRenderOption": shown, "fields": "valueRanges.values"}
        answer = self._call("get", VALUES_URL % self.spreadsheet_id, parameters)
        found = answer.get("valueRanges", [])
        return [each.get("values", []) for each in found] + [[]] * (len(ranges) - len(found))

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
        started = self.pace.clock()
        for tries in range(1, TRIES + 1):
            try:
                return self._once(method, address, parameters, body)
            except _PassingFailure as failure:
                wait = self._wait(failure, tries)
                is_last = tries == TRIES or self.pace.clock() - started + wait > LONGEST
                if not is_last:
                    self.pace.told(wait, failure.reason)
                    self.pace.sleep(wait)
                if is_done():
                    return {}
                if is_last:
                    raise SheetsServiceError(reason=failure.reason, tries=tries) from failure
        raise AssertionError("the last try returns or raises")

    def _wait(self, failure: _PassingFailure, tries: int) -> float:
        asked = 2.0 ** (tries - 1) if failure.wait is None else failure.wait
        return asked + self.pace.jitter()

    def _once(self, method: str, address: str, parameters: Params, body: bytes | None) -> Json:
        self.calls += 1
        self.sent += len(body or b"")
        headers = None if body is None else HEADERS
        try:
            # Not HTTPClient.request: its exception trips over errors that are not in Google's form.
            response = self.http.session.request(
                method, address, params=parameters, data=body, headers=headers, timeout=TIMEOUT
            )
        except (requests.ConnectionError, requests.Timeout, TransportError) as error:
            raise _PassingFailure(Clause("no connection")) from error
        except RefreshError as error:
            if error.retryable:
                raise _PassingFailure(Clause("no connection")) from error
            raise SignInError(account=self.account, reason=_refusal(error)) from error
        if response.ok:
            return dict(response.json())
        raise self._problem(response)

    def _problem(self, response: requests.Response) -> Exception:
        """What is wrong, by status and structure: Google's sentences change."""
        status, error = response.status_code, _error(response)
        reasons = [detail for detail in error.get("details", []) if isinstance(detail, dict)]
        message = _without_secrets(str(error.get("message", response.reason)))
        if status in (408, 429) or status >= 500:
            return _PassingFailure(f"{status} {error.get('status', response.reason)}", self._asked_wait(response))
        if status == 401:
            return SignInError(account=self.account, reason=message)
        if status == 404:
            return SheetNotFoundError(sheet=self.spreadsheet_id)
        if status == 403:
            return self._forbidden(reasons)
        return SheetsRefusalError(reason=message)

    def _forbidden(self, details: Iterable[Mapping[str, Any]]) -> Exception:
        reasons = {str(each["reason"]): each.get("metadata", {}) for each in details if "reason" in each}
        if "SERVICE_DISABLED" in reasons:
            return ApiDisabledError(project=reasons["SERVICE_DISABLED"].get("consumer", "?"))
        if "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in reasons:
            return SignInError(account=self.account, reason=Clause("the sign-in does not cover Google Sheets"))
        return SheetAccessError(account=self.account, sheet=self.spreadsheet_id)

    def _asked_wait(self, response: requests.Response) -> float | None:
        """Seconds that Google asks for: quotas start anew each minute."""
        asked = response.headers.get("Retry-After", "")
        if asked.isdigit():
            return float(asked)
        return MINUTE - self.pace.clock() % MINUTE if response.status_code == 429 else None


def connect(account: Account, spreadsheet_id: str, pace: Pace) -> SheetsClient:
    """A client that signs in as the account when it is first used."""
    return SheetsClient(gspread.HTTPClient(account.credentials), spreadsheet_id, account.name, pace)


def compact(part: object) -> bytes:
    """JSON without a byte too many."""
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _error(response: requests.Response) -> Mapping[str, Any]:
    try:
        error = response.json()["error"]
    except (ValueError, KeyError, TypeError):
        return {}
    return error if isinstance(error, dict) else {"message": error}


def _refusal(error: RefreshError) -> str:
    """What the token endpoint says, without the answer it comes from."""
    return _without_secrets(str(error.args[0])) if error.args else type(error).__name__


def _without_secrets(text: str) -> str:
    return SECRET.sub("…", text)
