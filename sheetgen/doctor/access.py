"""Checks of the way to the spreadsheet: whether the Sheets API is on, and whether the account may read and write."""

from __future__ import annotations

from typing import Final

from sheetgen.clause import Clause
from sheetgen.doctor.finding import Finding, Subject
from sheetgen.errors import SheetgenError, SheetNotFoundError, SheetsRefusalError
from sheetgen.push.client import SheetsClient
from sheetgen.push.commit import encode_batch
from sheetgen.push.manifest import delete_metadata

NOWHERE: Final = "sheetgen-doctor-asks-for-a-spreadsheet-that-is-none"
"""An ID that no spreadsheet has: Google says so only to who may use the API."""

NO_KEY: Final = "sheetgen.doctor.nothing"
"""A key that no developer metadata have: deleting them takes the right to write, and changes nothing."""


def check_api(client: SheetsClient) -> Finding:
    """Whether the project of the credentials may use the Sheets API; the client's spreadsheet is `NOWHERE`."""
    try:
        client.get("spreadsheetId")
    except SheetNotFoundError:
        pass
    except SheetgenError as problem:
        return Subject.ACCOUNT.refused("api", problem)
    return Subject.ACCOUNT.ok("api", Clause("the Google Sheets API is switched on. Give --sheet-id to check a sheet."))


def check_writing(client: SheetsClient) -> Finding:
    """Whether the account may write, as far as that shows without writing."""
    try:
        client.update_once(encode_batch(iter([delete_metadata(metadataKey=NO_KEY)])))
    except SheetsRefusalError as problem:
        found = Clause(
            "whether {account} may write does not show without writing ({reason}).",
            account=client.account,
            reason=str(problem.facts["reason"]),
        )
        return Subject.SPREADSHEET.warning("write", found, Clause("Try it with --live."))
    except SheetgenError as problem:
        return Subject.SPREADSHEET.refused("write", problem)
    found = Clause("{account} may write: a request that changes nothing was taken.", account=client.account)
    return Subject.SPREADSHEET.ok("write", found)
