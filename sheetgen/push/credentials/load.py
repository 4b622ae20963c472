"""The account of a credentials file, or of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from sheetgen.clause import Clause
from sheetgen.errors import CredentialsError
from sheetgen.push.credentials.account import SCOPE, Account
from sheetgen.push.credentials.addresses import require_official
from sheetgen.push.credentials.desktop import read_desktop_client
from sheetgen.push.credentials.file import exposure, read_credentials
from sheetgen.push.credentials.machine import machine_account
from sheetgen.push.credentials.person import personal_account
from sheetgen.push.credentials.prompt import Prompt
from sheetgen.push.credentials.store import Store
from sheetgen.push.credentials.way import Way, three_ways
from sheetgen.push.pace import Pace, keep_trying


def load_account(path: Path | None, prompt: Prompt | None = None, pace: Pace | None = None) -> Account:
    """The account of a credentials file, or the one this machine is signed in with.

    A desktop client's file takes a person: one who is signed in already, or else the `prompt` asks for it. Raises
    `CredentialsError` for a file that holds none or where nobody is signed in, `SignInError` where Google refuses,
    `SignInUnfinishedError` where the person does not sign in, and `SheetsServiceError` where Google is out of reach.
    """
    pace = pace or Pace()
    if path is None:
        return keep_trying(machine_account, pace)
    content = read_credentials(path)
    if client := read_desktop_client(path, content):
        return personal_account(client, Store(), prompt, pace)
    try:
        credentials, way = _from_content(path, content)
    except (GoogleAuthError, ValueError, KeyError) as error:
        problem = Clause("the credentials in it are incomplete or damaged.")
        raise CredentialsError(where=path, problem=problem, remedy=three_ways()) from error
    return Account(credentials, content.get("client_email"), exposure(path), way)


def _from_content(path: Path, content: dict[str, Any]) -> tuple[Credentials, Way]:
    require_official(path, content)
    match content.get("type"):
        case "service_account":
            made, way = service_account.Credentials.from_service_account_info(content, scopes=[SCOPE]), Way.KEY
        case "authorized_user":
            made, way = user.Credentials.from_authorized_user_info(content, scopes=[SCOPE]), Way.MACHINE
        case kind:
            raise CredentialsError(where=path, problem=_kind_problem(kind), remedy=three_ways())
    if not isinstance(made, Credentials):
        raise ValueError("no credentials")
    return made, way


def _kind_problem(kind: object) -> Clause:
    if kind in ("external_account", "external_account_authorized_user", "impersonated_service_account"):
        return Clause(
            "credentials of the kind {kind!r} may name programs and addresses, so they are not read from an option. "
            "Name the file in the variable GOOGLE_APPLICATION_CREDENTIALS.",
            kind=kind,
        )
    return Clause("credentials of the kind {kind!r} are not read from a file.", kind=kind)
