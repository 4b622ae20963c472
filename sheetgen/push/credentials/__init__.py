"""Signing in to Google with a service account, as a person, or as this machine; never for more than one scope."""

from __future__ import annotations

from sheetgen.push.credentials.account import SCOPE, Account
from sheetgen.push.credentials.load import load_account
from sheetgen.push.credentials.prompt import Prompt
from sheetgen.push.credentials.sign_out import SignedOut, sign_out
from sheetgen.push.credentials.store import Store
from sheetgen.push.credentials.way import Way

__all__ = ["SCOPE", "Account", "Prompt", "SignedOut", "Store", "Way", "load_account", "sign_out"]
