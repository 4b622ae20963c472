"""Questions about values: pasted, past the grid, many at once, and as number formats show them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from sheetgen.clause import Clause
from sheetgen.doctor.objects import AS_SENT
from sheetgen.doctor.question import ACCEPTED, REFUSED, Found, Question
from sheetgen.doctor.scratch import COLUMNS, ROWS, Scratch
from sheetgen.errors import SheetsRefusalError
from sheetgen.push.client import Json
from sheetgen.push.commit import encode_batch
from sheetgen.push.limits import Limits

LONGEST_TEXT: Final = 49_000
"""Characters, below the 50,000 that a cell takes."""

MANY_ROWS: Final = 100_000
SECONDS: Final = 180.0
"""What Google lets a call take."""

MIXED: Final = ["=1+1", True, 1.5]
PASTED: Final = Clause("pasted values of a text that looks like a formula, a truth value and a number")
WITHIN: Final = Clause("within {seconds:.0f} s", seconds=SECONDS)
PERCENTAGE: Final = Clause("0.125 in the number format {pattern}", pattern="0.0%")
EURO: Final = "#,##0.00 [$€]"


def _pasted(scratch: Scratch) -> Found:
    scratch.enter_values("A20:C20", [MIXED])
    _paste(scratch, scratch.cells(19, 0, columns=3), scratch.cells(20, 0, columns=3))
    rows = scratch.results("A21:C21")
    return Found(json.dumps(rows[0] if rows else []))


def _paste(scratch: Scratch, source: Json, destination: Json) -> None:
    scratch.send({"copyPaste": {"source": source, "destination": destination, "pasteType": "PASTE_VALUES"}})


def _pasted_text(scratch: Scratch) -> Found:
    coordinate = {"sheetId": scratch.sheet, "rowIndex": 21, "columnIndex": 0}
    scratch.send({"pasteData": {"coordinate": coordinate, "data": "15E-1", "type": "PASTE_VALUES", "delimiter": "\t"}})
    rows = scratch.results("A22")
    return Found(json.dumps(rows[0][0] if rows and rows[0] else None))


def _past_the_grid(scratch: Scratch) -> Found:
    try:
        scratch.enter_values(f"A{ROWS + 1}:A{ROWS + 1}", [[1]])
    except SheetsRefusalError as refusal:
        return Found(REFUSED, str(refusal.facts["reason"]))
    return Found(ACCEPTED)


def _large(size: int, *, compressed: bool = False) -> Callable[[Scratch], Found]:
    """A question that sends a batch of about so many bytes."""

    def ask(scratch: Scratch) -> Found:
        cells = [{"userEnteredValue": {"stringValue": "x" * LONGEST_TEXT}}] * COLUMNS
        rows = size // (LONGEST_TEXT * COLUMNS) + 1
        body = encode_batch(iter([scratch.write(30, 0, *[cells] * rows)]))
        try:
            scratch.send_body(body, compressed=compressed)
        except SheetsRefusalError as refusal:
            return Found(REFUSED, str(refusal.facts["reason"]))
        return Found(ACCEPTED, f"{len(body):,} B")

    return ask


def _as_percentage(scratch: Scratch) -> Found:
    _format(scratch, "0.0%", 0.125)
    return Found(str(scratch.shown("A50", "formattedValue").get("formattedValue", "")))


def _as_euros(scratch: Scratch) -> Found:
    _format(scratch, EURO, 1234.5)
    kept = scratch.shown("A50", "userEnteredFormat.numberFormat.pattern")
    pattern = kept.get("userEnteredFormat", {}).get("numberFormat", {}).get("pattern", "")
    return Found(AS_SENT) if pattern == EURO else Found(Clause("changed"), pattern)


def _format(scratch: Scratch, pattern: str, value: float) -> None:
    number_format = {"numberFormat": {"type": "NUMBER", "pattern": pattern}}
    cell = {"userEnteredValue": {"numberValue": value}, "userEnteredFormat": number_format}
    scratch.send(scratch.write(49, 0, [cell], fields="userEnteredValue,userEnteredFormat.numberFormat"))


def _many(scratch: Scratch) -> Found | None:
    """The seconds that pasting as many values takes as a large report has; None without room for them."""
    if scratch.free_cells(Limits().cells) < 2 * MANY_ROWS * COLUMNS:
        return None
    grid = {"rowCount": MANY_ROWS, "columnCount": 2 * COLUMNS}
    properties = {"sheetId": scratch.sheet, "gridProperties": grid}
    source = scratch.cells(0, 0, rows=MANY_ROWS, columns=COLUMNS)
    ones = {"userEnteredValue": {"numberValue": 1}}
    scratch.send(
        {"updateSheetProperties": {"properties": properties, "fields": "gridProperties(rowCount,columnCount)"}},
        {"repeatCell": {"range": source, "cell": ones, "fields": "userEnteredValue"}},
    )
    started = scratch.client.pace.clock()
    _paste(scratch, source, scratch.cells(0, COLUMNS, rows=MANY_ROWS, columns=COLUMNS))
    seconds = scratch.client.pace.clock() - started
    return Found(WITHIN if seconds <= SECONDS else Clause("longer"), f"{seconds:.1f} s")


QUESTIONS: Final = (
    Question(5, PASTED, json.dumps(MIXED), _pasted),
    Question(5, Clause("pasted text of a number without a decimal sign, {text}", text="15E-1"), "1.5", _pasted_text),
    Question(6, Clause("values below the last row of the grid"), REFUSED, _past_the_grid),
    Question(7, Clause("batch of 8 MB"), ACCEPTED, _large(Limits().body)),
    Question(7, Clause("batch compressed with gzip"), ACCEPTED, _large(0, compressed=True)),
    Question(12, PERCENTAGE, "12.5%", _as_percentage, with_comma="12,5%"),
    Question(12, Clause("number format with the sign of the euro"), AS_SENT, _as_euros),
    Question(5, Clause("pasting 1,200,000 values"), WITHIN, _many),
)
