"""The account of a person: signed in once in the browser, and renewed in silence from then on."""

from __future__ import annotations

from functools import partial

from google.auth.exceptions import RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import CredentialsError, SignInError
from sheetgen.push.credentials.account import SCOPE, Account
from sheetgen.push.credentials.addresses import TOKEN_ADDRESS
from sheetgen.push.credentials.desktop import BAD_CLIENT, CREATE, DesktopClient
from sheetgen.push.credentials.file import exposure
from sheetgen.push.credentials.prompt import Prompt
from sheetgen.push.credentials.refusal import refusal, refusal_code
from sheetgen.push.credentials.sign_in import sign_in
from sheetgen.push.credentials.store import Store
from sheetgen.push.credentials.way import Way
from sheetgen.push.pace import TIMEOUT, Pace, PassingFailure, keep_trying


def personal_account(client: DesktopClient, store: Store, prompt: Prompt | None, pace: Pace) -> Account:
    """The account of whoever signed in with a client, or signs in now.

    Raises `CredentialsError` where nobody is signed in and there is no `prompt`, and what signing in raises.
    """
    token = store.load(client.id)
    credentials = _renewed(client, token, prompt, pace) if token else None
    if credentials is None:
        credentials = sign_in(client, _required(prompt, client), pace)
    is_new = credentials.refresh_token not in (None, token)
    warnings = _keep(store, client, credentials.refresh_token) if is_new else ()
    return Account(credentials, None, (*exposure(client.path), *warnings), Way.BROWSER)


def _required(prompt: Prompt | None, client: DesktopClient) -> Prompt:
    if prompt is None:
        problem = Clause("nobody is signed in with this OAuth client.")
        remedy = Clause("Sign in with it: sheetgen push opens the browser.")
        raise CredentialsError(where=client.path, problem=problem, remedy=remedy)
    return prompt


def _renewed(client: DesktopClient, token: str, prompt: Prompt | None, pace: Pace) -> Credentials | None:
    """Fresh credentials of an earlier sign-in; None where Google no longer accepts it."""
    credentials = Credentials(None, token, None, TOKEN_ADDRESS, client.id, client.secret, scopes=[SCOPE])
    try:
        keep_trying(lambda: _refresh(credentials), pace)
    except RefreshError as error:
        if refusal_code(error) in BAD_CLIENT:
            name = Clause("the OAuth client of {path}", path=client.path)
            raise SignInError(account=name, reason=refusal(error), remedy=CREATE) from error
        if prompt:
            prompt.say("The earlier sign-in has ended ({reason}).", reason=refusal(error))
        return None
    return credentials


def _refresh(credentials: Credentials) -> None:
    try:
        credentials.refresh(partial(Request(), timeout=TIMEOUT))
    except TransportError as error:
        raise PassingFailure(Clause("no connection")) from error
    except RefreshError as error:
        if error.retryable:
            raise PassingFailure(refusal(error)) from error
        raise


def _keep(store: Store, client: DesktopClient, token: str) -> tuple[Clause, ...]:
    """Keep a sign-in for the next time; a warning where that cannot be."""
    try:
        store.save(client.id, token)
    except OSError as error:
        reason = system_clause(error)
        text = "{folder}: the sign-in cannot be kept there ({reason}), so it is asked for each time."
        return (Clause(text, folder=store.folder, reason=reason),)
    return ()
