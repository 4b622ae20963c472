"""The address that opens a new report of Looker Studio on a tab of a spreadsheet."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

HOST: Final = "lookerstudio.google.com"
"""Looker Studio was Data Studio and is so again; its links still go here."""


def looker_link(spreadsheet_id: str, sheet: int, title: str) -> str:
    """The link; who follows it must have access to the spreadsheet."""
    parameters = {
        "c.mode": "edit",
        "r.reportName": title,
        "ds.connector": "googleSheets",
        "ds.spreadsheetId": spreadsheet_id,
        "ds.worksheetId": str(sheet),
        "ds.hasHeader": "true",
        "ds.datasourceName": title,
    }
    return f"https://{HOST}/reporting/create?{urlencode(parameters)}"


def sheet_link(spreadsheet_id: str, sheet: int) -> str:
    """The address of a tab."""
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}/edit#gid={sheet}"
