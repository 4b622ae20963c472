"""Google as a client sees it: sign-in, the Sheets API with its access and quotas, and nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from sheetgen.engines.base import Engine
from sheetgen.engines.cellrune import CellruneEngine
from tests.google.api import Effect, Request, carry_out, is_carried_out
from tests.google.batch.draft import Caller, Draft
from tests.google.batch.run import run_batch
from tests.google.discovery import Method
from tests.google.engine import Results, Shown
from tests.google.faults import Ending, Fault, Faults, When
from tests.google.mask import Mask, project, response_mask
from tests.google.message import response_violations
from tests.google.oauth import ServiceAccount, SignIn, Token, new_service_account
from tests.google.parameters import checked_query, find_method, read_body
from tests.google.problem import (
    ApiError,
    beyond,
    insufficient_scopes,
    not_found,
    not_permitted,
    service_disabled,
    unauthenticated,
)
from tests.google.quota import Quota
from tests.google.ranges import read_range
from tests.google.spreadsheet import Spreadsheet, blank_spreadsheet
from tests.google.values import put_values
from tests.google.wire import Answer, Call, ClientKilledError, ConnectionCutError, Json

OWNER = Caller("owner@example.com", "0")
"""The person whose spreadsheets these are."""


class Role(Enum):
    """What someone may do with a spreadsheet that is shared with them."""

    READER = auto()
    WRITER = auto()


@dataclass
class CallRecord:
    """A call of the Sheets API as it came in; `status` is what the double made of it, a fault aside."""

    number: int
    method: str
    size: int
    body: Json = field(default_factory=dict)
    status: int = 0

    @property
    def kinds(self) -> list[str]:
        """The kinds of the requests in a batch, in order."""
        return [kind for request in self.body.get("requests", []) for kind in request]


class GoogleDouble:
    """Google on this machine: spreadsheets, who may see them, and a record of every call.

    `clock` gives seconds since 1970, for tokens and quotas. `engine` computes the formulas; None leaves them loading,
    for spreadsheets of more formulas than a test has time for.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.sign_in = SignIn(clock)
        self.quota = Quota(clock)
        self.faults = Faults()
        self.calls: list[CallRecord] = []
        self.refused: list[str] = []
        self.sheets_api_enabled = True
        self.engine: Engine | None = CellruneEngine()
        self._spreadsheets: dict[str, Spreadsheet] = {}
        self._roles: dict[tuple[str, str], Role] = {}
        self._results: dict[str, tuple[Spreadsheet, Results]] = {}
        self._lock = threading.RLock()

    def add_service_account(
        self, email: str = "robot@reports-123.iam.gserviceaccount.com", project: str = "123456789"
    ) -> ServiceAccount:
        """A service account that can sign in."""
        account = new_service_account(email, project)
        self.sign_in.accounts[email] = account
        return account

    def create(self, spreadsheet_id: str, *, locale: str = "en_US", title: str = "Campaigns") -> Spreadsheet:
        """A blank spreadsheet of the owner, shared with nobody."""
        self._spreadsheets[spreadsheet_id] = blank_spreadsheet(spreadsheet_id, title, locale)
        return self._spreadsheets[spreadsheet_id]

    def share(self, spreadsheet_id: str, email: str, role: Role | None) -> None:
        """Let someone read or write a spreadsheet; None takes it away."""
        self._roles.pop((spreadsheet_id, email), None)
        if role is not None:
            self._roles[spreadsheet_id, email] = role

    def spreadsheet(self, spreadsheet_id: str) -> Spreadsheet:
        """The spreadsheet as it is now."""
        return self._spreadsheets[spreadsheet_id]

    def values(self, spreadsheet_id: str, text: str, engine: Engine | None = None) -> list[list[Shown]]:
        """What the cells of a range (A1 text, a title or a name) show, by the double's own engine or another."""
        book = self._spreadsheets[spreadsheet_id]
        results = self._results_of(book) if engine is None else Results(book, engine)
        return list(results.rows(read_range(book, text)))

    def enter(self, spreadsheet_id: str, text: str, *rows: Sequence[str | float | bool | None]) -> None:
        """Type into cells as the owner does, in the spreadsheet's locale."""
        with self._lock:
            draft = Draft(self._spreadsheets[spreadsheet_id].copy(), OWNER)
            put_values(draft, text, {"values": [list(row) for row in rows]}, "USER_ENTERED")
            self._commit(draft.spreadsheet)

    def change(self, spreadsheet_id: str, *requests: Json) -> list[Json]:
        """Change a spreadsheet as the owner does in the browser; gives the replies, raises `ApiError`."""
        with self._lock:
            after, replies = run_batch(self._spreadsheets[spreadsheet_id], list(requests), OWNER)
            self._commit(after)
            return replies

    def answer(self, call: Call) -> Answer:
        """The answer to a call to any host.

        Raises `ConnectionCutError` or `ClientKilledError` where a test asked for it.
        """
        signed_in = self.sign_in.answer(call)
        if signed_in is not None:
            return signed_in
        match call.host:
            case "sheets.googleapis.com":
                return self._sheets(call)
            case "iamcredentials.googleapis.com" if call.path.endswith("/allowedLocations"):
                return Answer(200, {"locations": [], "encodedLocations": "0x0"})
            case _:
                self.refused.append(f"{call.method} https://{call.host}{call.path}")
                return ApiError(403, "PERMISSION_DENIED", f"The double does not know https://{call.host}").answer()

    def _sheets(self, call: Call) -> Answer:
        with self._lock:
            record = CallRecord(len(self.calls) + 1, call.plain_path, len(call.body))
            self.calls.append(record)
            fault = self.faults.take(record.number, _method_name(call))
        if fault is not None:
            time.sleep(fault.delay)
            if fault.when is When.BEFORE and fault.ending is not Ending.USUAL:
                return _struck(fault)
        with self._lock:
            answer = self._answer_or_error(call, record)
        record.status = answer.status
        return answer if fault is None or fault.ending is Ending.USUAL else _struck(fault)

    def _answer_or_error(self, call: Call, record: CallRecord) -> Answer:
        try:
            return self._carried_out(call, record)
        except ApiError as error:
            return error.answer()

    def _carried_out(self, call: Call, record: CallRecord) -> Answer:
        method, path = find_method(call)
        record.method = method.name
        if not is_carried_out(method):
            raise beyond(f"the method {method.name}.")
        token = self._admitted(call, method)
        mask = response_mask(call.query["fields"][0], method.response) if "fields" in call.query else {}
        query = checked_query(method, call.query)
        record.body = read_body(method, call)
        request = Request(method, path, query, record.body, mask, token.caller)
        book = self._accessible(path["spreadsheetId"], token.caller, method)
        effect = carry_out(request, book, self._results_of)
        response = _checked_response(effect, method, mask)
        if effect.spreadsheet is not book:
            self._commit(effect.spreadsheet)
        return Answer(200, response)

    def _admitted(self, call: Call, method: Method) -> Token:
        """The caller's token, when it may call the method now; a refused call counts against the quota too."""
        token = self.sign_in.token(call)
        if token is None:
            raise unauthenticated()
        if not token.scopes & method.scopes:
            raise insufficient_scopes(method.name)
        if not self.sheets_api_enabled:
            raise service_disabled(token.caller.project)
        self.quota.spend(token.caller, write=method.writes)
        return token

    def _accessible(self, spreadsheet_id: str, caller: Caller, method: Method) -> Spreadsheet:
        if spreadsheet_id not in self._spreadsheets:
            raise not_found()
        role = self._roles.get((spreadsheet_id, caller.email))
        if role is None or (method.writes and role is Role.READER):
            raise not_permitted()
        return self._spreadsheets[spreadsheet_id]

    def _commit(self, spreadsheet: Spreadsheet) -> None:
        self._spreadsheets[spreadsheet.id] = spreadsheet

    def _results_of(self, book: Spreadsheet) -> Results:
        """The results of a spreadsheet, computed once for each state of it."""
        known = self._results.get(book.id)
        if known is None or known[0] is not book:
            known = self._results[book.id] = (book, Results(book, self.engine))
        return known[1]


def _method_name(call: Call) -> str:
    try:
        return find_method(call)[0].name
    except ApiError:
        return ""


def _struck(fault: Fault) -> Answer:
    match fault.ending:
        case Ending.CUT:
            raise ConnectionCutError
        case Ending.KILL:
            raise ClientKilledError
        case _:
            return fault.answer()


def _checked_response(effect: Effect, method: Method, mask: Mask) -> Json:
    """The response as the mask shows it; one that Google does not describe is the double's mistake."""
    violations = response_violations(method.response, effect.response)
    if violations:
        raise ApiError(500, "INTERNAL", f"The double's response is not one of Google's: {'; '.join(violations)}")
    response: Json = project(effect.response, mask)
    return response
