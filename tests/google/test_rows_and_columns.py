"""Rows and columns that a user inserts and deletes, and the sheets that they copy."""

from __future__ import annotations

import gspread
import pytest

from sheetgen.values import SheetError
from tests.google.bodies import (
    add_column_chart,
    add_metadata,
    add_name,
    add_rule,
    add_sheet,
    add_table,
    repeat,
    set_sheet,
    span,
    write,
)
from tests.google.fixtures import Desk
from tests.google.wire import Json


def lines(kind: str, dimension: str, start: int, end: int, sheet_id: int = 0) -> Json:
    """A request about rows or columns."""
    return {kind: {"range": {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}}}


def formulas(desk: Desk, text: str) -> object:
    """What is entered in the cells of a range."""
    return desk.client.values_get(desk.spreadsheet_id, text, {"valueRenderOption": "FORMULA"})["values"]


@pytest.mark.parametrize(
    ("change", "formula"),
    [
        (lines("insertDimension", "ROWS", 0, 2, 7), "=SUM(Data!A3:A5)+Data!$B$4"),
        (lines("insertDimension", "ROWS", 1, 2, 7), "=SUM(Data!A1:A4)+Data!$B$3"),
        (lines("insertDimension", "ROWS", 3, 4, 7), "=SUM(Data!A1:A3)+Data!$B$2"),
        (lines("insertDimension", "COLUMNS", 1, 2, 7), "=SUM(Data!A1:A3)+Data!$C$2"),
        (lines("deleteDimension", "ROWS", 0, 1, 7), "=SUM(Data!A1:A2)+Data!$B$1"),
        (lines("deleteDimension", "ROWS", 1, 2, 7), "=SUM(Data!A1:A2)+#REF!"),
        (lines("deleteDimension", "COLUMNS", 0, 1, 7), "=SUM(#REF!)+Data!$A$2"),
        (lines("deleteDimension", "ROWS", 4, 6, 7), "=SUM(Data!A1:A3)+Data!$B$2"),
    ],
)
def test_references_follow_their_cells(desk: Desk, change: Json, formula: str) -> None:
    desk.send(add_sheet(7, "Data"), write(0, 0, 0, ["=SUM(Data!A1:A3)+Data!$B$2"]))

    desk.send(change)

    assert formulas(desk, "Sheet1!A1") == [[formula]]


def test_cells_move_with_their_values_and_formulas(desk: Desk) -> None:
    desk.send(write(0, 0, 0, [1, "=A1*10"], [2, "=A2*10"], [3, "=A3*10"]))

    desk.google.change(desk.spreadsheet_id, lines("insertDimension", "ROWS", 1, 2))
    desk.google.change(desk.spreadsheet_id, lines("deleteDimension", "ROWS", 0, 1))

    assert desk.shown("A1:B4") == [[None, None], [2.0, 20.0], [3.0, 30.0], [None, None]]
    assert desk.spreadsheet.sheets[0].row_count == 1000


def test_objects_move_with_their_cells(desk: Desk) -> None:
    desk.send(
        add_name("n", "inputs", span(0, 4, 0, 6, 1)),
        add_table("t", "Campaigns", span(0, 0, 0, 4, 2), "Name", "Budget"),
        add_column_chart(5, span(0, 1, 0, 4, 1), span(0, 1, 1, 4, 2)),
        add_rule(span(0, 0, 0, 4, 2), "NOT_BLANK"),
        {"mergeCells": {"range": span(0, 8, 0, 9, 3)}},
    )

    desk.send(lines("insertDimension", "ROWS", 2, 5))

    shown = desk.get(excludeTablesInBandedRanges=True)
    sheet = shown["sheets"][0]
    assert shown["namedRanges"][0]["range"] == span(0, 7, 0, 9, 1)
    assert sheet["tables"][0]["range"] == span(0, 0, 0, 7, 2)
    assert sheet["conditionalFormats"][0]["ranges"] == [span(0, 0, 0, 7, 2)]
    assert sheet["merges"] == [span(0, 11, 0, 12, 3)]
    series = sheet["charts"][0]["spec"]["basicChart"]["series"][0]["series"]["sourceRange"]["sources"]
    assert series == [span(0, 1, 1, 7, 2)]


def test_a_name_whose_cells_are_deleted_is_an_error(desk: Desk) -> None:
    desk.send(add_name("n", "inputs", span(0, 4, 0, 6, 1)), write(0, 0, 0, ["=SUM(inputs)"]))

    desk.send(lines("deleteDimension", "ROWS", 4, 6))

    assert desk.get("namedRanges") == {"namedRanges": [{"namedRangeId": "n", "name": "inputs"}]}
    assert desk.shown("A1") == [[SheetError("#REF!")]]


def test_all_rows_cannot_be_deleted(desk: Desk) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="You can't delete all the rows on the sheet"):
        desk.send(lines("deleteDimension", "ROWS", 0, 1000))


def test_sizes_are_those_of_each_row_and_column(desk: Desk) -> None:
    columns = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 3}
    hide = {"range": columns, "properties": {"pixelSize": 40, "hiddenByUser": True}, "fields": "pixelSize,hiddenByUser"}

    desk.send({"updateDimensionProperties": hide}, lines("insertDimension", "COLUMNS", 0, 1))
    desk.send({"updateDimensionProperties": {**hide, "properties": {}, "fields": "hiddenByUser"}})

    data = desk.get("sheets.data.columnMetadata", ranges="A1:E1")["sheets"][0]["data"][0]
    assert data["columnMetadata"] == [
        {"pixelSize": 100},
        {"pixelSize": 100},
        {"pixelSize": 40},
        {"pixelSize": 40, "hiddenByUser": True},
        {"pixelSize": 100},
    ]


def test_a_copied_sheet_has_objects_of_its_own(desk: Desk) -> None:
    desk.send(
        set_sheet(0, "title", title="Data"),
        write(0, 5, 0, ["x"]),
        add_table("t", "Campaigns", span(0, 0, 0, 4, 2), "Name", "Budget"),
        add_column_chart(5, span(0, 1, 0, 4, 1), span(0, 1, 1, 4, 2)),
        add_metadata(9, "sheetgen.tab", "data", sheetId=0),
    )

    desk.google.change(desk.spreadsheet_id, {"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 8}})

    copy, original = desk.get()["sheets"]
    assert copy["properties"] | {"index": 1} == {
        **original["properties"],
        "sheetId": 8,
        "title": "Copy of Data",
    }
    assert copy["charts"][0]["spec"]["basicChart"]["series"][0]["series"]["sourceRange"]["sources"] == [
        span(8, 1, 1, 4, 2)
    ]
    assert copy["charts"][0]["chartId"] != 5
    assert copy["tables"][0]["name"] != "Campaigns"
    assert [each["metadataValue"] for each in copy["developerMetadata"]] == ["data"]
    assert desk.shown("'Copy of Data'!A6") == [["x"]]


def test_rows_are_sorted_with_their_formulas(desk: Desk) -> None:
    desk.send(write(0, 1, 0, ["b", 2, "=B2*10"], [None, 9, "=B3*10"], ["a", 2, "=B4*10"], ["c", 3, "=B5*10"]))
    specs = [{"dimensionIndex": 2, "sortOrder": "DESCENDING"}, {"dimensionIndex": 0, "sortOrder": "ASCENDING"}]

    desk.send({"sortRange": {"range": span(0, 1, 0, 5, 3), "sortSpecs": specs}})

    assert desk.shown("A2:C5") == [[None, 9.0, 90.0], ["c", 3.0, 30.0], ["a", 2.0, 20.0], ["b", 2.0, 20.0]]
    assert formulas(desk, "C2") == [["=B2*10"]]


def test_a_hundred_thousand_rows_are_staged_and_committed_at_once(desk: Desk) -> None:
    last = 100_000
    desk.google.engine = None
    desk.send(add_sheet(7, "Staging", rows=last, columns=3), add_sheet(8, "Data", rows=last, columns=4))
    rows = [[f"C{n}", n, n / 4] for n in range(last)]
    stage = {"range": "Staging!A1:C100000", "values": rows}
    desk.client.values_batch_update(desk.spreadsheet_id, {"valueInputOption": "RAW", "data": [stage]})
    source, target = span(7, 0, 0, last, 3), span(8, 0, 0, last, 3)
    commit = [
        {"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_VALUES"}},
        repeat(span(8, 0, 3, last, 4), "userEnteredValue", userEnteredValue={"formulaValue": "=B1+C1"}),
        {"deleteSheet": {"sheetId": 7}},
    ]

    with pytest.raises(gspread.exceptions.APIError, match="No sheet with id: 7"):
        desk.send(*commit, {"deleteSheet": {"sheetId": 7}})
    assert desk.shown("Data!A100000") == [[None]]
    desk.send(*commit)

    assert formulas(desk, "Data!A100000:D100000") == [["C99999", 99999, 24999.75, "=B100000+C100000"]]
