"""Where things are on a spreadsheet: whether a tab is as the last push left it, and whether names are free."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from sheetgen.clause import Clause
from sheetgen.errors import SheetClashError
from sheetgen.push.manifest import TabRecord
from sheetgen.push.spreadsheet import PresentSheet, PresentSpreadsheet
from sheetgen.render.sheets.ids import Ids
from sheetgen.render.sheets.model import SheetsReport, SheetsTab

OWN_ID: Final = re.compile("sg[0-9a-f]{8,16}")
"""The ID of a named range or a table of ours."""


def places_in(report: SheetsReport, tab: str) -> str:
    """A hash of where a report's named ranges are on a tab."""
    return _hash((name, at.row, at.column) for name, at in report.names.items() if at.tab == tab)


def places_on(present: PresentSpreadsheet, sheet: int) -> str:
    """A hash of where our named ranges are on a sheet now."""
    own = own_names(present)
    found = ((name, at.row, at.column) for name, at in present.names.items() if at.sheet == sheet and name in own)
    return _hash(found)


def own_names(present: PresentSpreadsheet) -> Mapping[str, str]:
    """The IDs of our named ranges by name."""
    return {name: at.id for name, at in present.names.items() if OWN_ID.fullmatch(at.id)}


def is_disturbed(present: PresentSpreadsheet, sheet: PresentSheet, record: TabRecord) -> bool:
    """Whether rows or columns of a tab were inserted, moved or deleted since it was pushed, as far as that shows."""
    is_smaller = sheet.rows < record.rows or sheet.columns < record.columns
    return is_smaller or places_on(present, sheet.id) != record.places


def has_moved_table(tab: SheetsTab, sheet: PresentSheet) -> bool:
    """Whether a native table of a tab is not where the tab has it."""
    found = {name: (table.row, table.column, table.end_row) for name, table in sheet.tables.items()}
    wanted = {table.name: (table.row, table.column, table.end_row) for table in tab.tables if table.is_native}
    return any(found.get(name) != place for name, place in wanted.items())


def require_free_names(report: SheetsReport, ids: Ids, present: PresentSpreadsheet) -> None:
    """Refuse a report some of whose tabs, named ranges or tables have the name of something of the user's.

    Raises `SheetClashError`.
    """
    own = present.own_sheets()
    foreign = {sheet.title.casefold() for sheet in present.foreign_sheets()}
    for tab in report.tabs:
        if tab.key not in own and tab.title.casefold() in foreign:
            raise SheetClashError(kind=Clause("a tab"), name=tab.title)
    for name in report.names:
        if name in present.names and present.names[name].id != ids.names[name]:
            raise SheetClashError(kind=Clause("a named range"), name=name)
    tables = {name: table.table_id for sheet in present.sheets for name, table in sheet.tables.items()}
    for name, table_id in ids.tables.items():
        if tables.get(name, table_id) != table_id:
            raise SheetClashError(kind=Clause("a table"), name=name)


def _hash(places: Iterable[tuple[str, int, int]]) -> str:
    return sha256(repr(sorted(places)).encode()).hexdigest()[:12]
