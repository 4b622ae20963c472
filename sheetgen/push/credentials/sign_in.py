"""Signing in: a person lets sheetgen edit their spreadsheets, in the browser."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, Protocol

from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import InstalledAppFlow
from oauthlib.oauth2 import OAuth2Error

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import SignInUnfinishedError
from sheetgen.push.credentials.account import SCOPE
from sheetgen.push.credentials.addresses import AUTH_ADDRESS, TOKEN_ADDRESS
from sheetgen.push.credentials.browser import open_browser
from sheetgen.push.credentials.desktop import BAD_CLIENT, CREATE, DesktopClient
from sheetgen.push.credentials.pasted import read_pasted
from sheetgen.push.credentials.prompt import Prompt
from sheetgen.push.credentials.redirect import Pages, Redirect
from sheetgen.push.pace import TIMEOUT, Pace, PassingFailure, keep_trying
from sheetgen.redaction import without_secrets

AGAIN: Final = Clause("Run the same command again and press Continue or Allow.")
TICK_BOX: Final = Clause("Run the same command again, and tick the box for Google Sheets.")
BLOCKED: Final = Clause(
    "Run the same command again. If Google says that access is blocked, add your account under Google Auth Platform, "
    "Audience, Test users."
)
NO_WAY_BACK: Final = Clause(
    "The browser could not come back to sheetgen. Let a firewall allow that, or use a service account."
)


def sign_in(client: DesktopClient, prompt: Prompt, pace: Pace) -> Credentials:
    """The credentials of the person who signs in.

    Raises `SignInUnfinishedError` where they do not, and `SheetsServiceError` where Google is out of reach.
    """
    state = secrets.token_urlsafe(32)
    flow = _flow(client, state)
    with _redirect(state, prompt) as redirect:
        flow.redirect_uri = redirect.address
        address, _ = flow.authorization_url(access_type="offline", prompt="select_account consent")
        _ask(address, prompt, redirect)
        arrival = _arrival(redirect, prompt.patience)
    return _credentials(client, keep_trying(lambda: _exchanged(flow, arrival), pace))


def _flow(client: DesktopClient, state: str) -> InstalledAppFlow:
    # The file's own addresses may be old ones of Google's.
    content = {
        "client_id": client.id,
        "client_secret": client.secret,
        "auth_uri": AUTH_ADDRESS,
        "token_uri": TOKEN_ADDRESS,
    }
    flow = InstalledAppFlow.from_client_config(
        {"installed": content}, [SCOPE], state=state, autogenerate_code_verifier=True
    )
    flow.oauth2session.register_compliance_hook("access_token_response", _require_answer)
    return flow


@contextmanager
def _redirect(state: str, prompt: Prompt) -> Iterator[Redirect]:
    say = prompt.language
    pages = Pages(
        allowed=say("You are signed in. Close this page; sheetgen goes on in the terminal."),
        denied=say("Access was not allowed. Close this page; the terminal says what to do."),
        stray=say("This page belongs to another sign-in. Close it."),
    )
    try:
        redirect = Redirect(state, pages)
    except OSError as error:
        problem = Clause("no port of this computer can be listened to ({reason}).", reason=system_clause(error))
        raise SignInUnfinishedError(problem=problem, remedy=NO_WAY_BACK) from error
    with redirect:
        yield redirect


def _ask(address: str, prompt: Prompt, redirect: Redirect) -> None:
    if prompt.opens_browser and open_browser(address):
        prompt.say("Sign in to Google in the browser that opens. If none does, go to this address:")
        prompt.tell(address)
        return
    prompt.say("Sign in to Google: open this address in a browser, on this computer or another.")
    prompt.tell(address)
    prompt.say(
        "On another computer the last page cannot be shown: copy its address, which begins with {start}, paste it here "
        "and press Enter.",
        start=redirect.address,
    )
    read_pasted(partial(_take_pasted, redirect, prompt))


def _take_pasted(redirect: Redirect, prompt: Prompt, line: str) -> bool:
    """Take an address that was pasted; whether it is the right one."""
    is_right = redirect.take(line)
    if not is_right:
        prompt.say("That is not the address of the last page of this sign-in.")
    return is_right


def _arrival(redirect: Redirect, patience: float) -> str:
    try:
        return redirect.wait(patience)
    except TimeoutError as error:
        problem = Clause("nobody did so within {minutes:g} minutes.", minutes=round(patience / 60, 2))
        raise SignInUnfinishedError(problem=problem, remedy=BLOCKED) from error


class _Response(Protocol):
    status_code: int
    reason: str


def _require_answer(response: _Response) -> _Response:
    if response.status_code in (408, 429) or response.status_code >= 500:
        raise PassingFailure(f"{response.status_code} {response.reason}")
    return response


def _exchanged(flow: InstalledAppFlow, arrival: str) -> Mapping[str, Any]:
    """The tokens that Google gives for the code in that address."""
    try:
        token: Mapping[str, Any] = flow.fetch_token(
            authorization_response=arrival, include_client_id=True, timeout=TIMEOUT
        )
    except OAuth2Error as error:
        raise _refusal(error) from error
    except OSError as error:
        raise PassingFailure(Clause("no connection")) from error
    except Warning as change:
        # oauthlib's word for other permissions than those asked for.
        token = vars(change)["token"]
    if SCOPE not in token.get("scope", [SCOPE]):
        problem = Clause("the permission for Google Sheets was not given.")
        raise SignInUnfinishedError(problem=problem, remedy=TICK_BOX)
    return token


def _refusal(error: OAuth2Error) -> SignInUnfinishedError:
    if error.error == "access_denied":
        return SignInUnfinishedError(problem=Clause("access was denied in the browser."), remedy=AGAIN)
    reason = without_secrets(f"{error.error}: {error.description}" if error.description else str(error.error))
    remedy = CREATE if error.error in BAD_CLIENT else BLOCKED
    return SignInUnfinishedError(problem=Clause("Google refused it ({reason}).", reason=reason), remedy=remedy)


def _credentials(client: DesktopClient, token: Mapping[str, Any]) -> Credentials:
    made = Credentials(
        token["access_token"],
        refresh_token=token.get("refresh_token"),
        token_uri=TOKEN_ADDRESS,
        client_id=client.id,
        client_secret=client.secret,
        scopes=[SCOPE],
    )
    made.expiry = datetime.fromtimestamp(token["expires_at"], UTC).replace(tzinfo=None)
    return made
