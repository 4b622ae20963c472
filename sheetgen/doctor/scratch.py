"""The hidden tab on which questions are asked of Google: all that is written is on it, and it goes at the end."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from sheetgen.errors import ScratchTabError, SheetgenError, SheetsRefusalError
from sheetgen.push.client import Json, SheetsClient, compact
from sheetgen.push.commit import encode_batch
from sheetgen.push.manifest import create_metadata
from sheetgen.push.spreadsheet import parse_spreadsheet

TITLE: Final = "_sheetgen_doctor"
COPY: Final = "_sheetgen_doctor_copy"
MARK: Final = "sheetgen.doctor"
"""The key of the developer metadata that tells a scratch tab, whatever it is called."""

ROWS: Final = 100
COLUMNS: Final = 12
FIRST_ID: Final = 1_500_000_000
SPREAD: Final = 600_000
"""IDs begin at a random one of so many: what was made before has others."""

SETTLING: Final = 2.0
"""Seconds in which a request that was cut off arrives, if it does."""

SHEETS: Final = "sheets(properties(sheetId,gridProperties(rowCount,columnCount)),developerMetadata.metadataKey)"


@dataclass
class Scratch:
    """The scratch tab: `sheet` is its ID, `decimal` the decimal sign of the spreadsheet's locale."""

    client: SheetsClient
    sheet: int
    decimal: str = "."
    _last: int = field(default=0, init=False)
    _is_open: bool = field(default=False, init=False)

    def number(self) -> int:
        """An ID that nothing has yet."""
        self._last += 1
        return self.sheet + self._last

    def cells(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Json:
        """A range of the tab."""
        return {
            "sheetId": self.sheet,
            "startRowIndex": row,
            "startColumnIndex": column,
            "endRowIndex": row + rows,
            "endColumnIndex": column + columns,
        }

    def write(self, row: int, column: int, *rows: list[Json], fields: str = "userEnteredValue") -> Json:
        """The request that writes those fields of cells, rows of `CellData`."""
        start = {"sheetId": self.sheet, "rowIndex": row, "columnIndex": column}
        return {"updateCells": {"start": start, "rows": [{"values": row} for row in rows], "fields": fields}}

    def send(self, *requests: Json) -> None:
        """Carry out a batch, once.

        Raises `SheetsRefusalError` where Google refuses it.
        """
        self.send_body(encode_batch(iter(requests)))

    def send_body(self, body: bytes, fields: str = "spreadsheetId", *, compressed: bool = False) -> Json:
        """The answer to a batchUpdate of that body, those fields of it."""
        self._is_open = True
        answer: Json = {}
        try:
            answer = self.client.update_once(body, fields, compressed=compressed)
            self._is_open = False
        except SheetsRefusalError:
            self._is_open = False
            raise
        return answer

    def enter_values(self, area: str, rows: list[list[Any]]) -> None:
        """Write values as they are to a range of the tab, in the way of values.batchUpdate."""
        data = [{"range": f"{TITLE}!{area}", "values": rows}]
        self.client.write_values(compact({"valueInputOption": "RAW", "data": data}))

    def results(self, area: str) -> list[list[Any]]:
        """What the cells of a range of the tab hold, formulas their results."""
        return self.client.read_values([f"{TITLE}!{area}"], as_results=True)[0]

    def shown(self, area: str, fields: str) -> Json:
        """Those fields of the first cell of a range of the tab."""
        found = self.client.get(f"sheets.data.rowData.values({fields})", [f"{TITLE}!{area}"])
        cell: Json = found["sheets"][0]["data"][0]["rowData"][0]["values"][0]
        return cell

    def free_cells(self, most: int) -> int:
        """The cells that the spreadsheet has left of `most`."""
        sheets = parse_spreadsheet(self.client.get(SHEETS)).sheets
        return most - sum(sheet.cells for sheet in sheets)

    def make(self) -> None:
        """Add the tab, and find out the decimal sign."""
        grid = {"rowCount": ROWS, "columnCount": COLUMNS}
        properties = {"sheetId": self.sheet, "title": TITLE, "hidden": True, "gridProperties": grid}
        half: Json = {"userEnteredValue": {"numberValue": 0.5}}
        half["userEnteredFormat"] = {"numberFormat": {"type": "NUMBER", "pattern": "0.0"}}
        written = self.write(0, 0, [half], fields="userEnteredValue,userEnteredFormat.numberFormat")
        self.send(
            {"addSheet": {"properties": properties}}, create_metadata(MARK, TITLE, {"sheetId": self.sheet}), written
        )
        self.decimal = self.shown("A1", "formattedValue").get("formattedValue", "0.5").strip("05") or "."

    def remove(self) -> None:
        """Delete every scratch tab, this one and those that were left behind.

        Raises `ScratchTabError` where that fails.
        """
        try:
            if self._is_open:
                # A request was cut off that may yet arrive and add a tab.
                self.client.pace.sleep(SETTLING)
            remove_scratch(self.client)
        except SheetgenError as problem:
            raise ScratchTabError(tab=TITLE, reason=problem) from problem


def is_scratch(sheet: Json) -> bool:
    """Whether a sheet of an answer, with its developer metadata, is a scratch tab."""
    return any(each.get("metadataKey") == MARK for each in sheet.get("developerMetadata", []))


@contextmanager
def scratch_tab(client: SheetsClient) -> Iterator[Scratch]:
    """A scratch tab that is removed when the block ends, however it does.

    Raises `ScratchTabError` where it cannot be removed, and what the client raises.
    """
    remove_scratch(client)
    scratch = Scratch(client, FIRST_ID + random.randrange(SPREAD) * 1_000)
    try:
        scratch.make()
        yield scratch
    finally:
        with _uninterrupted():
            scratch.remove()


def remove_scratch(client: SheetsClient) -> None:
    """Delete the scratch tabs that are there, tried again where that may help."""
    found = _scratch_sheets(client)
    if found:
        body = encode_batch({"deleteSheet": {"sheetId": number}} for number in found)
        client.batch_update(body, lambda: not _scratch_sheets(client))


def _scratch_sheets(client: SheetsClient) -> list[int]:
    return [each["properties"].get("sheetId", 0) for each in client.get(SHEETS).get("sheets", []) if is_scratch(each)]


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let no second Ctrl-C in between."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
