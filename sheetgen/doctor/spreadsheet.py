"""Checks of the spreadsheet: its locale, the room in it, what is left of its notes, its tabs and their protection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from sheetgen.clause import Clause
from sheetgen.doctor.access import check_writing
from sheetgen.doctor.finding import Finding, Subject
from sheetgen.doctor.scratch import is_scratch
from sheetgen.errors import PushStateError, SheetgenError
from sheetgen.push.client import Json, SheetsClient
from sheetgen.push.layout import is_disturbed
from sheetgen.push.limits import Limits
from sheetgen.push.manifest import MOST, Manifest
from sheetgen.push.spreadsheet import FIELDS, PresentSheet, PresentSpreadsheet, parse_spreadsheet

OURS: Final = Subject.SPREADSHEET
REPORT: Final = 60_000
"""Cells of a report besides those that grow with the data, at most."""

CAMPAIGN: Final = 110
DAY: Final = 42
"""Cells that a campaign takes on all tabs together, and a day of a campaign: about, and no less."""

PROTECTIONS: Final = "sheets(properties.sheetId,protectedRanges(protectedRangeId,warningOnly,requestingUserCanEdit))"


def check_spreadsheet(client: SheetsClient) -> Iterator[Finding]:
    """What is found of the client's spreadsheet; nothing on it changes."""
    try:
        found = client.get(f"properties(title,locale,timeZone),{FIELDS}")
    except SheetgenError as problem:
        yield OURS.refused("read", problem)
        return
    properties = found.get("properties", {})
    title, account = properties.get("title", ""), client.account
    yield OURS.ok("read", Clause('{account} may read "{title}".', account=account, title=title))
    yield check_writing(client)
    yield _locale(properties)
    sheets = parse_spreadsheet({"sheets": found.get("sheets", [])}).sheets
    yield _room(sum(sheet.cells for sheet in sheets))
    yield _notes(found.get("developerMetadata", []))
    yield from _left_overs([sheet for sheet in sheets if sheet.is_staging])
    yield from _scratch([sheet["properties"]["title"] for sheet in found.get("sheets", []) if is_scratch(sheet)])
    try:
        present = parse_spreadsheet(found)
    except PushStateError as problem:
        yield OURS.refused("tabs", problem)
        return
    yield from _tabs(present, client)


def _locale(properties: Json) -> Finding:
    found = Clause(
        "locale {locale}, time zone {zone}: numbers and dates typed there are read its way; what sheetgen writes "
        "means the same in every locale.",
        locale=properties.get("locale", "?"),
        zone=properties.get("timeZone", "?"),
    )
    return OURS.ok("locale", found)


def _room(cells: int) -> Finding:
    most = Limits().cells
    free = most - cells
    taken = Clause(
        "{cells:,} of {most:,} cells are taken, which leaves room for a new report of about {campaigns:,} campaigns, "
        "or of {days:,} rows of campaign and day.",
        cells=cells,
        most=most,
        campaigns=_about(free, CAMPAIGN),
        days=_about(free, DAY),
    )
    if free >= 2 * REPORT:
        return OURS.ok("room", taken)
    remedy = Clause("Delete tabs, or rows and columns that are empty (they count too), or push to another spreadsheet.")
    return OURS.warning("room", taken, remedy)


def _about(free: int, cells: int) -> int:
    """How many rows of so many cells a new report may have, in hundreds."""
    return max(free - REPORT, 0) // (100 * cells) * 100


def _notes(metadata: Iterable[Json]) -> Finding:
    """How much developer metadata the spreadsheet has: what a push notes is there."""
    size = sum(len(each.get("metadataKey", "")) + len(each.get("metadataValue", "")) for each in metadata)
    found = Clause("{size:,} of 30,000 characters of notes are used.", size=size)
    if size <= MOST:
        return OURS.ok("notes", found)
    return OURS.warning("notes", found, Clause("Take another spreadsheet, or a template with fewer tabs and charts."))


def _left_overs(staging: Sequence[PresentSheet]) -> Iterator[Finding]:
    if staging:
        text = Clause(
            "a push left hidden tabs behind ({tabs}; {cells:,} cells), or is under way. The report is as before it.",
            tabs=", ".join(sheet.title for sheet in staging),
            cells=sum(sheet.cells for sheet in staging),
        )
        yield OURS.warning("staging", text, Clause("If none is under way, push again: that removes them."))


def _scratch(titles: Sequence[str]) -> Iterator[Finding]:
    if titles:
        text = Clause("sheetgen doctor --live left hidden tabs behind ({tabs}).", tabs=", ".join(titles))
        yield OURS.warning("scratch", text, Clause("Run it again: that removes them."))


def _tabs(present: PresentSpreadsheet, client: SheetsClient) -> Iterator[Finding]:
    own, foreign = present.own_sheets(), present.foreign_sheets()
    if present.manifest is None:
        yield OURS.ok("tabs", Clause("no report was pushed to it yet; your own tabs: {count}.", count=len(foreign)))
        return
    missing = [key for key in present.manifest.tabs if key not in own]
    moved = [sheet.title for key, sheet in own.items() if is_disturbed(present, sheet, present.manifest.tabs[key])]
    if missing:
        text = Clause("tabs of the report were deleted ({tabs}).", tabs=", ".join(missing))
        yield OURS.warning("tabs", text, Clause("Push again: it makes them anew."))
    elif moved:
        text = Clause("rows, columns or named cells were moved on {tabs}.", tabs=", ".join(moved))
        remedy = Clause("Undo that, or have the tabs made anew with sheetgen push --edits overwrite.")
        yield OURS.warning("tabs", text, remedy)
    else:
        yield OURS.ok(
            "tabs",
            Clause("tabs of the report: {own}, all in place; your own: {foreign}.", own=len(own), foreign=len(foreign)),
        )
    yield from _locked(present, present.manifest, client)


def _locked(present: PresentSpreadsheet, manifest: Manifest, client: SheetsClient) -> Iterator[Finding]:
    """The report's tabs on which someone, by a protection that is not ours, keeps the account from writing."""
    try:
        sheets = client.get(PROTECTIONS).get("sheets", [])
    except SheetgenError as problem:
        yield OURS.refused("protection", problem)
        return
    ours = {record.protection for record in manifest.tabs.values()}
    titles = {sheet.id: sheet.title for sheet in present.own_sheets().values()}
    numbers = [sheet.get("properties", {}).get("sheetId", 0) for sheet in sheets if _is_locked(sheet, ours)]
    if locked := [titles[number] for number in numbers if number in titles]:
        text = Clause(
            "someone protects cells of {tabs} from {account}.", tabs=", ".join(locked), account=client.account
        )
        remedy = Clause("In Google Sheets, Data, Protect sheets and ranges: add {account}.", account=client.account)
        yield OURS.warning("protection", text, remedy)


def _is_locked(sheet: Json, ours: Collection[int]) -> bool:
    others = [each for each in sheet.get("protectedRanges", []) if each.get("protectedRangeId") not in ours]
    return any(not each.get("warningOnly") and not each.get("requestingUserCanEdit") for each in others)
