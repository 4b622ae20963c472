"""Credentials for Google Sheets: a file, or what the machine is signed in with; never more than one scope."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import google.auth
from google.auth.credentials import Credentials
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import CredentialsError

SCOPE: Final = "https://www.googleapis.com/auth/spreadsheets"
TOKEN_ADDRESSES: Final = frozenset(
    {"https://oauth2.googleapis.com/token", "https://accounts.google.com/o/oauth2/token"}
)
"""Where keys may be sent: a file that names another address could be made to steal them."""

DEFAULT: Final = Clause("default credentials")
GET_A_KEY: Final = Clause(
    "Give the key file of a service account with --credentials, or sign in: "
    "gcloud auth application-default login --scopes=https://www.googleapis.com/auth/spreadsheets"
)


@dataclass(frozen=True)
class Account:
    """Who signs in: `email` as far as it is known, and `warnings` about how the key is kept."""

    credentials: Credentials
    email: str | None
    warnings: tuple[Clause, ...] = ()

    @property
    def name(self) -> str:
        """The account as sentences call it."""
        return self.email or Clause("the account you signed in with")


def load_account(path: Path | None) -> Account:
    """The account of a credentials file, or the one this machine is signed in with.

    Raises `CredentialsError` for a file that holds none, or where there is no sign-in.
    """
    if path is None:
        return _default_account()
    content = _read(path)
    try:
        credentials = _from_content(path, content)
    except (GoogleAuthError, ValueError, KeyError) as error:
        problem = Clause("the credentials in it are incomplete or damaged.")
        raise CredentialsError(where=path, problem=problem, remedy=GET_A_KEY) from error
    return Account(credentials, content.get("client_email"), tuple(_warnings(path)))


def _default_account() -> Account:
    try:
        credentials, _ = google.auth.default(scopes=[SCOPE])
    except (DefaultCredentialsError, OSError) as error:
        raise CredentialsError(where=DEFAULT, problem=Clause("there are none."), remedy=GET_A_KEY) from error
    email = getattr(credentials, "service_account_email", None)
    return Account(credentials, email if email and "@" in email else None)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        problem = Clause("cannot be read ({reason}).", reason=system_clause(error))
        raise CredentialsError(where=path, problem=problem, remedy=GET_A_KEY) from error
    except ValueError as error:
        problem = Clause("this is no JSON file of credentials.")
        raise CredentialsError(where=path, problem=problem, remedy=GET_A_KEY) from error
    if not isinstance(content, dict):
        raise CredentialsError(where=path, problem=Clause("this is no JSON file of credentials."), remedy=GET_A_KEY)
    return content


def _from_content(path: Path, content: dict[str, Any]) -> Credentials:
    address = content.get("token_uri", next(iter(TOKEN_ADDRESSES)))
    if address not in TOKEN_ADDRESSES:
        problem = Clause("it would send the key to {address}, which is not Google.", address=address)
        raise CredentialsError(where=path, problem=problem, remedy=Clause("Download the key from Google again."))
    match content.get("type"):
        case "service_account":
            made = service_account.Credentials.from_service_account_info(content, scopes=[SCOPE])
        case "authorized_user":
            made = user.Credentials.from_authorized_user_info(content, scopes=[SCOPE])
        case kind:
            problem = Clause("credentials of the kind {kind!r} are not read from a file.", kind=kind)
            raise CredentialsError(where=path, problem=problem, remedy=GET_A_KEY)
    if not isinstance(made, Credentials):
        raise ValueError("no credentials")
    return made


def _warnings(path: Path) -> list[Clause]:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return [Clause("{path}: others on this computer can read this key. Run: chmod 600 {path}", path=path)]
    return []
