"""All checks in order: each subject is looked at as far as the ones before it allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sheetgen.doctor.access import NOWHERE, check_api
from sheetgen.doctor.account import check_account
from sheetgen.doctor.computer import check_computer
from sheetgen.doctor.finding import Finding
from sheetgen.doctor.spreadsheet import check_spreadsheet
from sheetgen.push.client import SheetsClient
from sheetgen.push.pace import Pace


@dataclass
class Examination:
    """What to look at: `sheet` is the ID of a spreadsheet; `client` is there once the account has signed in."""

    sheet: str | None = None
    credentials: Path | None = None
    output: Path = Path("output")
    templates: Path | None = None
    pace: Pace = field(default_factory=Pace)
    client: SheetsClient | None = field(default=None, init=False)

    def run(self) -> Iterator[Finding]:
        """What is found, one by one."""
        yield from check_computer(self.output, self.templates)
        is_needed = bool(self.sheet or self.credentials)
        signed_in = check_account(self.credentials, self.sheet or NOWHERE, self.pace, is_needed=is_needed)
        yield from signed_in.findings
        self.client = signed_in.client
        if self.client is not None:
            yield from check_spreadsheet(self.client) if self.sheet else (check_api(self.client),)
