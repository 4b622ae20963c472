"""Who signs in to Google."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from google.auth.credentials import Credentials

from sheetgen.clause import Clause
from sheetgen.push.credentials.way import Way

SCOPE: Final = "https://www.googleapis.com/auth/spreadsheets"
"""The one permission that is ever asked for."""


@dataclass(frozen=True)
class Account:
    """Who signs in: `email` as far as it is known, and `warnings` about how its secrets are kept."""

    credentials: Credentials
    email: str | None
    warnings: tuple[Clause, ...] = ()
    way: Way = Way.KEY

    @property
    def name(self) -> str:
        """The account as sentences call it."""
        return self.email or Clause("the account you signed in with")
