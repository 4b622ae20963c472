"""Signing out: sign-ins are forgotten here and revoked at Google."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from google.auth.exceptions import TransportError
from google.auth.transport.requests import Request

from sheetgen.clause import Clause
from sheetgen.errors import SheetsServiceError
from sheetgen.push.credentials.addresses import REVOKE_ADDRESS
from sheetgen.push.credentials.store import Store
from sheetgen.push.pace import TIMEOUT, Pace, PassingFailure, keep_trying


@dataclass(frozen=True)
class SignedOut:
    """How many sign-ins were forgotten on this computer, and how many of them Google could not be told of."""

    forgotten: int
    unrevoked: int


def sign_out(store: Store, pace: Pace) -> SignedOut:
    """Forget all sign-ins on this computer, and let Google revoke them."""
    results = [token is None or _is_revoked(token, pace) for token in store.empty()]
    return SignedOut(len(results), results.count(False))


def _is_revoked(token: str, pace: Pace) -> bool:
    try:
        keep_trying(lambda: _revoke(token), pace)
    except SheetsServiceError:
        return False
    return True


def _revoke(token: str) -> None:
    body, headers = urlencode({"token": token}).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        send = partial(Request(), timeout=TIMEOUT)
        answer = send(REVOKE_ADDRESS, method="POST", body=body, headers=headers)
    except TransportError as error:
        raise PassingFailure(Clause("no connection")) from error
    # Any other refusal says that the sign-in had ended already.
    if answer.status in (408, 429) or answer.status >= 500:
        raise PassingFailure(str(answer.status))
