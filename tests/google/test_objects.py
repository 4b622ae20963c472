"""Sheets and what stands on them: masks, copies, and what goes when a sheet is cut or deleted."""

from __future__ import annotations

import gspread
import pytest

from tests.google.bodies import (
    add_column_chart,
    add_metadata,
    add_name,
    add_rule,
    add_sheet,
    add_table,
    cell,
    repeat,
    set_sheet,
    span,
    write,
)
from tests.google.double import Role
from tests.google.fixtures import Desk
from tests.google.transport import http_client
from tests.google.wire import Json


def cells(desk: Desk, text: str, fields: str = "userEnteredValue,userEnteredFormat,note,dataValidation") -> list[Json]:
    """The data of the cells in a row."""
    shown = desk.get(f"sheets.data.rowData.values({fields})", ranges=text)
    rows = shown["sheets"][0]["data"][0].get("rowData", [{}])
    return list(rows[0].get("values", []))


def sheet(desk: Desk, sheet_id: int) -> Json:
    """A sheet as the API shows it."""
    shown = desk.get(excludeTablesInBandedRanges=True)["sheets"]
    return next(each for each in shown if each["properties"]["sheetId"] == sheet_id)


def test_a_mask_resets_what_it_names_and_the_data_lacks(desk: Desk) -> None:
    bold = {"textFormat": {"bold": True, "italic": True}, "horizontalAlignment": "RIGHT"}
    desk.send(repeat(span(0, 0, 0, 1, 1), "*", **cell("x"), note="n", userEnteredFormat=bold))

    desk.send(repeat(span(0, 0, 0, 1, 1), "note,userEnteredFormat.textFormat.bold"))

    kept = {"textFormat": {"italic": True}, "horizontalAlignment": "RIGHT"}
    assert cells(desk, "A1") == [{**cell("x"), "userEnteredFormat": kept}]


def test_a_range_to_update_is_cleared_where_no_data_is_given(desk: Desk) -> None:
    desk.send(write(0, 0, 0, ["a", "b"], ["c", "d"]))

    body = {"range": span(0, 0, 0, 2, 2), "rows": [{"values": [cell("A")]}], "fields": "userEnteredValue"}
    desk.send({"updateCells": body})

    assert desk.shown("A1:B2") == [["A", None], [None, None]]


def test_cells_are_appended_below_the_last_value(desk: Desk) -> None:
    desk.send(add_sheet(7, "Log", rows=1), write(7, 0, 0, ["a"]))

    desk.send({"appendCells": {"sheetId": 7, "rows": [{"values": [cell("b")]}], "fields": "userEnteredValue"}})

    assert desk.shown("Log!A1:A2") == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("spreadsheetId", {"spreadsheetId": "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"}),
        ("properties(title,locale)", {"properties": {"title": "Campaigns", "locale": "en_US"}}),
        ("sheets.properties.title", {"sheets": [{"properties": {"title": "Sheet1"}}]}),
        ("sheets/properties/sheet_id,properties.title", {
            "properties": {"title": "Campaigns"}, "sheets": [{"properties": {"sheetId": 0}}]
        }),
        ("sheets(properties(gridProperties/rowCount),charts)", {
            "sheets": [{"properties": {"gridProperties": {"rowCount": 1000}}}]
        }),
    ],
)  # fmt: skip
def test_a_response_shows_the_fields_of_its_mask(desk: Desk, fields: str, shown: Json) -> None:
    assert desk.get(fields) == shown


def test_a_mask_names_fields_that_there_are(desk: Desk) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="Request contains an invalid argument") as refusal:
        desk.get("sheets.properties.name")

    assert refusal.value.error["details"][0]["fieldViolations"][0]["description"] == (
        "Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.properties.name'."
    )


def test_the_answer_to_a_batch_can_show_the_spreadsheet(desk: Desk) -> None:
    body = {
        "requests": [write(0, 0, 0, [2, "=A1*3"])],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["A1:B1"],
        "responseIncludeGridData": True,
    }

    shown = desk.client.batch_update(desk.spreadsheet_id, body)["updatedSpreadsheet"]

    values = shown["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert values[1]["effectiveValue"] == {"numberValue": 6}


def test_a_sheet_moves_to_an_index_that_counts_it_where_it_is(desk: Desk) -> None:
    desk.send(add_sheet(1, "A"), add_sheet(2, "B"), add_sheet(3, "C", index=0))
    assert [each["properties"]["title"] for each in desk.get()["sheets"]] == ["C", "Sheet1", "A", "B"]

    desk.send(set_sheet(3, "index", index=3))

    assert [each["properties"]["title"] for each in desk.get()["sheets"]] == ["Sheet1", "A", "C", "B"]


def test_a_smaller_grid_cuts_what_stands_on_it(desk: Desk) -> None:
    desk.send(
        add_sheet(7, "Data", rows=10, columns=3),
        write(7, 8, 0, ["gone"]),
        add_table("t", "Campaigns", span(7, 0, 0, 9, 2), "Name", "Budget"),
        add_rule(span(7, 0, 0, 10, 1), "NOT_BLANK"),
        add_rule(span(7, 6, 0, 10, 1), "NOT_BLANK"),
    )

    desk.send(set_sheet(7, "gridProperties(rowCount,columnCount)", gridProperties={"rowCount": 5, "columnCount": 3}))

    shown = sheet(desk, 7)
    assert shown["tables"][0]["range"] == span(7, 0, 0, 5, 2)
    assert [rule["ranges"] for rule in shown["conditionalFormats"]] == [[span(7, 0, 0, 5, 1)]]
    desk.send({"appendDimension": {"sheetId": 7, "dimension": "ROWS", "length": 5}})
    assert desk.shown("Data!A9") == [[None]]


def test_what_stands_on_a_sheet_goes_with_it(desk: Desk) -> None:
    desk.send(
        add_sheet(7, "Data"),
        add_column_chart(5, span(7, 0, 0, 3, 1), span(7, 0, 1, 3, 2)),
        add_metadata(9, "sheetgen.tab", "data", sheetId=7),
        add_table("t", "Campaigns", span(7, 0, 0, 3, 2), "Name", "Budget"),
        add_name("n", "inputs", span(7, 0, 0, 1, 1)),
    )

    desk.send({"deleteSheet": {"sheetId": 7}})

    desk.send(
        add_sheet(7, "Data"),
        add_column_chart(5, span(7, 0, 0, 3, 1), span(7, 0, 1, 3, 2)),
        add_metadata(9, "sheetgen.tab", "data", sheetId=7),
        add_table("t", "Campaigns", span(7, 0, 0, 3, 2), "Name", "Budget"),
    )
    assert desk.get("namedRanges") == {"namedRanges": [{"namedRangeId": "n", "name": "inputs"}]}


def test_a_table_writes_its_headers_and_shows_as_banding_too(desk: Desk) -> None:
    desk.send(add_table("t", "Campaigns", span(0, 0, 0, 3, 3), "Name", "Budget"))

    assert desk.shown("A1:C1") == [["Name", "Budget", "Column 3"]]
    assert desk.get("sheets.bandedRanges.bandedRangeReference")["sheets"][0]["bandedRanges"] == [
        {"bandedRangeReference": "t"}
    ]
    assert "bandedRanges" not in sheet(desk, 0)


def test_a_table_is_resized_in_place(desk: Desk) -> None:
    desk.send(add_table("t", "Campaigns", span(0, 0, 0, 3, 2), "Name", "Budget"))

    desk.send({"updateTable": {"table": {"tableId": "t", "range": span(0, 0, 0, 9, 2)}, "fields": "range"}})

    table = sheet(desk, 0)["tables"][0]
    assert (table["range"]["endRowIndex"], [each["columnName"] for each in table["columnProperties"]]) == (
        9,
        ["Name", "Budget"],
    )


def test_merged_cells_keep_the_first_value(desk: Desk) -> None:
    desk.send(write(0, 0, 0, ["title", "gone"]), {"mergeCells": {"range": span(0, 0, 0, 1, 3)}})
    assert desk.shown("A1:C1") == [["title", None, None]]

    with pytest.raises(gspread.exceptions.APIError, match="You must select all cells in a merged range"):
        desk.send({"unmergeCells": {"range": span(0, 0, 0, 1, 2)}})
    desk.send({"unmergeCells": {"range": span(0, 0, 0, 2, 4)}})
    assert "merges" not in sheet(desk, 0)


def test_pasted_values_are_values(desk: Desk) -> None:
    desk.send(add_sheet(7, "Data"), write(0, 0, 0, [2, "=A1*3", True]))
    desk.client.values_update(desk.spreadsheet_id, "D1", {"valueInputOption": "RAW"}, {"values": [["=1+1"]]})

    source, target = span(0, 0, 0, 1, 4), span(7, 1, 1, 3, 5)
    desk.send({"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_VALUES"}})

    values = [cell(2), cell(6), cell(True), {"userEnteredValue": {"stringValue": "=1+1"}}]
    assert [cells(desk, "Data!B2:E2"), cells(desk, "Data!B3:E3")] == [values, values]


def test_pasted_formulas_move_along(desk: Desk) -> None:
    desk.send(write(0, 0, 0, [2, "=A1*3"], [5]))

    desk.send({"copyPaste": {"source": span(0, 0, 1, 1, 2), "destination": span(0, 1, 1, 2, 2)}})

    assert desk.shown("B2") == [[15.0]]


def test_metadata_of_a_project_is_seen_by_it_alone(desk: Desk) -> None:
    private = {"metadataId": 3, "metadataKey": "k", "visibility": "PROJECT", "location": {"spreadsheet": True}}
    desk.send({"createDeveloperMetadata": {"developerMetadata": private}}, add_metadata(4, "shared"))
    other = desk.google.add_service_account("other@elsewhere-1.iam.gserviceaccount.com", project="987654321")
    desk.google.share(desk.spreadsheet_id, other.email, Role.READER)

    client = http_client(desk.google, other)
    found = client.spreadsheets_get(desk.spreadsheet_id, {"fields": "developerMetadata.metadataId"})

    assert found == {"developerMetadata": [{"metadataId": 4}]}
    assert len(desk.get()["developerMetadata"]) == 2


def test_metadata_is_found_by_its_key(desk: Desk) -> None:
    desk.send(add_metadata(3, "sheetgen.manifest", "1"), add_metadata(4, "other", "1"))
    lookup = {"developerMetadataLookup": {"metadataKey": "sheetgen.manifest"}}

    new = {"developerMetadata": {"metadataValue": "2"}, "dataFilters": [lookup], "fields": "metadataValue"}
    desk.send({"updateDeveloperMetadata": new})
    desk.send({"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": 4}}}})

    assert [each["metadataValue"] for each in desk.get()["developerMetadata"]] == ["2"]


def test_a_charts_id_stays_when_its_specification_changes(desk: Desk) -> None:
    desk.send(add_column_chart(5, span(0, 0, 0, 3, 1), span(0, 0, 1, 3, 2)))
    domain = {"sourceRange": {"sources": [span(0, 0, 0, 3, 1)]}}

    desk.send({"updateChartSpec": {"chartId": 5, "spec": {"pieChart": {"domain": domain, "series": domain}}}})
    corner = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 4}}}
    desk.send({"updateEmbeddedObjectPosition": {"objectId": 5, "newPosition": corner, "fields": "anchorCell"}})

    chart = sheet(desk, 0)["charts"][0]
    assert (chart["chartId"], list(chart["spec"])) == (5, ["pieChart"])
    assert chart["position"]["overlayPosition"] == {
        **corner["overlayPosition"],
        "widthPixels": 600,
        "heightPixels": 371,
    }


def test_cells_that_someone_protects_are_not_the_accounts_to_write(desk: Desk) -> None:
    lock = {"range": span(0, 0, 0, 1, 2)}
    desk.google.change(desk.spreadsheet_id, {"addProtectedRange": {"protectedRange": lock}})

    with pytest.raises(gspread.exceptions.APIError, match="You are trying to edit a protected cell or object"):
        desk.send(write(0, 0, 1, [1]))
    desk.send(write(0, 1, 1, [1]))
    assert "requestingUserCanEdit" not in sheet(desk, 0)["protectedRanges"][0]


def test_cells_under_a_protection_that_only_warns_may_be_edited(desk: Desk) -> None:
    desk.send({"addProtectedRange": {"protectedRange": {"range": span(0, 0, 0, 1, 2), "warningOnly": True}}})

    assert sheet(desk, 0)["protectedRanges"][0]["requestingUserCanEdit"] is True


def test_a_drop_down_and_its_source(desk: Desk) -> None:
    desk.send(add_sheet(7, "Lists"))
    desk.send(drop_down("=Lists!$A$1:$A$5"))
    source = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Lists!$A$1:$A$5"}]}
    assert cells(desk, "A1") == [{"dataValidation": {"condition": source, "strict": True}}]

    with pytest.raises(gspread.exceptions.APIError, match=r"Invalid ConditionValue.userEnteredValue: =Missing!\$A"):
        desk.send(drop_down("=Missing!$A$1:$A$5"))


def drop_down(source: str) -> Json:
    """A request for a drop-down list in A1."""
    condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": source}]}
    return {"setDataValidation": {"range": span(0, 0, 0, 1, 1), "rule": {"condition": condition, "strict": True}}}


def test_the_owner_types_in_the_browser(desk: Desk) -> None:
    desk.google.enter(desk.spreadsheet_id, "B2", ["1.5", "=B2*2"])

    assert desk.shown("B2:C2") == [[1.5, 3.0]]
