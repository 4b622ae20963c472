"""What this machine is signed in with: Google's application default credentials."""

from __future__ import annotations

import os
import warnings
from typing import Final

import google.auth
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError, TransportError

from sheetgen.clause import Clause
from sheetgen.errors import CredentialsError, SignInError
from sheetgen.push.credentials.account import SCOPE, Account
from sheetgen.push.credentials.refusal import refusal
from sheetgen.push.credentials.way import Way, three_ways
from sheetgen.push.pace import PassingFailure

VARIABLE: Final = "GOOGLE_APPLICATION_CREDENTIALS"
PLACE: Final = Clause("default credentials")


def machine_account() -> Account:
    """The account this machine is signed in with: a key, a person through gcloud, or a workload's identity.

    Raises `CredentialsError` where there is none, `SignInError` where Google refuses it and `PassingFailure` where
    Google cannot be asked.
    """
    try:
        with warnings.catch_warnings():
            # google-auth complains of gcloud's sign-ins without a quota project: the API's answer will say it better.
            warnings.simplefilter("ignore")
            credentials, _ = google.auth.default(scopes=[SCOPE])
    except (DefaultCredentialsError, OSError) as error:
        raise CredentialsError(where=PLACE, problem=_problem(), remedy=three_ways()) from error
    except TransportError as error:
        raise PassingFailure(Clause("no connection")) from error
    except GoogleAuthError as error:
        name = Clause("the account of this machine")
        raise SignInError(account=name, reason=refusal(error), remedy=Way.MACHINE.renewal()) from error
    email = getattr(credentials, "service_account_email", None)
    return Account(credentials, email if email and "@" in email else None, way=Way.MACHINE)


def _problem() -> Clause:
    path = os.environ.get(VARIABLE)
    if path is None:
        return Clause("there are none.")
    return Clause("{variable} names {path}, which holds none that can be used.", variable=VARIABLE, path=path)
