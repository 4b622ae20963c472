"""The three ways to sign in to Google, and what helps where one of them fails."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from sheetgen.clause import Clause

GCLOUD: Final = (
    "gcloud auth application-default login --client-id-file=client_secret.json "
    "--scopes=https://www.googleapis.com/auth/cloud-platform,https://www.googleapis.com/auth/spreadsheets"
)
"""Signs a machine in: gcloud's own client is not let near spreadsheets, and its scope is always asked for."""


class Way(Enum):
    """A service account's key, a person's browser, or what the machine is signed in with."""

    KEY = auto()
    BROWSER = auto()
    MACHINE = auto()

    def renewal(self) -> Clause:
        """What to do when Google no longer takes the sign-in."""
        match self:
            case Way.KEY:
                return Clause(
                    "Check that the service account and its key still exist, or make a new key: Google Cloud console, "
                    "IAM & Admin, Service Accounts, Keys, Add key."
                )
            case Way.BROWSER:
                return Clause("Sign in again: run sheetgen logout, then the same command.")
            case Way.MACHINE:
                return Clause("Sign in again: {command}", command=GCLOUD)

    def sharing(self, account: str, sheet: str) -> Clause:
        """How the account comes to edit the spreadsheet of that ID."""
        address = f"https://docs.google.com/spreadsheets/d/{sheet}"
        if "@" in account:
            return Clause("In Google Sheets press Share, add {account} as Editor, and run again.", account=account)
        if self is Way.BROWSER:
            return Clause(
                "A program that may see nothing but spreadsheets is not told which account you chose. Open {address} "
                "in the browser. If another account of yours can edit it, run sheetgen logout, then the same command, "
                "and choose that one; if none can, ask its owner to share it with you as Editor.",
                address=address,
            )
        return Clause(
            "Open {address} in the browser. If another account of yours can edit it, sign in with that one; if none "
            "can, ask its owner to share it with you as Editor.",
            address=address,
        )


def three_ways() -> Clause:
    """How to sign in, each way on a line of its own."""
    return Clause(
        "There are three ways to sign in, which the README shows step by step:\n"
        "  a service account: --credentials service-account.json, its key\n"
        "  your Google account: --credentials client_secret.json, an OAuth client of the type Desktop app; it opens "
        "the browser\n"
        "  this machine: GOOGLE_APPLICATION_CREDENTIALS, the account of a Google Cloud machine, or {command}",
        command=GCLOUD,
    )
