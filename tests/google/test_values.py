"""Reading and writing plain values."""

from __future__ import annotations

from typing import Any

import gspread
import pytest

from tests.google.bodies import add_name, add_sheet, repeat, span, write
from tests.google.fixtures import Desk, new_desk
from tests.google.oauth import ServiceAccount

RAW = {"valueInputOption": "RAW"}
TYPED = {"valueInputOption": "USER_ENTERED"}
PLAIN = {"valueRenderOption": "UNFORMATTED_VALUE"}


def put(desk: Desk, text: str, rows: list[list[Any]], params: dict[str, str] = RAW) -> dict[str, Any]:
    answer: dict[str, Any] = desk.client.values_update(desk.spreadsheet_id, text, dict(params), {"values": rows})
    return answer


def read(desk: Desk, text: str, params: dict[str, str] = PLAIN) -> Any:
    return desk.client.values_get(desk.spreadsheet_id, text, dict(params)).get("values")


def test_raw_values_are_never_read_as_typed(desk: Desk) -> None:
    answer = put(desk, "A1", [["=1+1", "01", "5%", True, 2.5]])

    assert read(desk, "A1:E1") == [["=1+1", "01", "5%", True, 2.5]]
    assert (answer["updatedRange"], answer["updatedCells"]) == ("Sheet1!A1:E1", 5)


@pytest.mark.parametrize(
    ("locale", "typed", "value"),
    [
        ("en_US", "1.5", 1.5),
        ("en_US", "1,234.5", 1234.5),
        ("en_US", "1,5", "1,5"),
        ("fr_FR", "1,5", 1.5),
        ("fr_FR", "1.5", "1.5"),
        ("fr_FR", "1 234,5", 1234.5),
        ("de_DE", "1.234,5", 1234.5),
        ("en_US", "12%", 0.12),
        ("en_US", "$3", 3),
        ("en_US", "3/4/2025", 45720),
        ("en_GB", "3/4/2025", 45750),
        ("fr_FR", "2025-03-04", 45720),
        ("en_US", "true", True),
        ("fr_FR", "VRAI", True),
        ("en_US", "'=1+1", "=1+1"),
        ("fr_FR", "=1,5*2", 3),
        ("en_US", "31/31/2025", "31/31/2025"),
    ],
)
def test_typed_values_are_read_by_the_locale(
    service_account: ServiceAccount, locale: str, typed: str, value: object
) -> None:
    desk = new_desk(service_account, locale)

    put(desk, "A1", [[typed]], TYPED)

    assert read(desk, "A1") == [[value]]


def test_a_null_leaves_its_cell_and_an_empty_text_clears_it(desk: Desk) -> None:
    put(desk, "A1:C1", [["a", "b", "c"]])

    put(desk, "A1:C1", [[None, "", "C"]])

    assert read(desk, "A1:C1") == [["a", "", "C"]]


def test_blank_ends_are_left_out(desk: Desk) -> None:
    put(desk, "A1", [["a", None, None], [], ["", "b"]])

    assert read(desk, "A1:D9") == [["a"], [], ["", "b"]]
    assert read(desk, "E1:F9") is None


def test_columns_can_be_the_major_dimension(desk: Desk) -> None:
    body = {"values": [["a", "b"], [1]], "majorDimension": "COLUMNS"}
    desk.client.values_update(desk.spreadsheet_id, "A1:B2", dict(RAW), body)

    assert read(desk, "A1:B2") == [["a", 1], ["b"]]
    assert read(desk, "A1:B2", {**PLAIN, "majorDimension": "COLUMNS"}) == [["a", "b"], [1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("'My data'!A1:B1", "'My data'!A1:B1"),
        ("'MY DATA'!B:B", "'My data'!B1:B10"),
        ("My data", "'My data'!A1:E10"),
        ("'My data'!A2:B", "'My data'!A2:B10"),
        ("'My data'!2:3", "'My data'!A2:E3"),
        ("inputs", "'My data'!B2:B4"),
        ("B3", "Sheet1!B3"),
        ("'My data'!C4:A2", "'My data'!A2:C4"),
    ],
)
def test_ranges_can_be_said_in_many_ways(desk: Desk, text: str, found: str) -> None:
    desk.send(add_sheet(7, "My data"), add_name("n1", "inputs", span(7, 1, 1, 4, 2)))

    assert desk.client.values_get(desk.spreadsheet_id, text)["range"] == found


@pytest.mark.parametrize(
    ("text", "rows", "sentence"),
    [
        ("T!A1:C10", [[1]], "Unable to parse range: T!A1:C10"),
        ("Sheet1!A100000", [[1]], "Range (Sheet1!A100000) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("A1:B1", [[1, 2, 3]], "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]"),
        ("A1:B1", [[1], [2]], "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"),
        ("A1", [["x" * 50_001]], "Your input contains more than the maximum of 50000 characters in a single cell."),
        ("A1", [[{"a": 1}]], "Invalid values[0][0]: struct_value"),
    ],
)
def test_values_that_are_refused(desk: Desk, text: str, rows: list[list[Any]], sentence: str) -> None:
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        put(desk, text, rows)

    assert refusal.value.error["message"] == sentence


def test_values_need_an_option(desk: Desk) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="'valueInputOption' is required but not specified"):
        put(desk, "A1", [[1]], {})


def test_several_ranges_are_written_together_or_not_at_all(desk: Desk) -> None:
    good, bad = {"range": "A1", "values": [[1]]}, {"range": "Nowhere!A1", "values": [[1]]}
    with pytest.raises(gspread.exceptions.APIError, match=r"Invalid data\[1\]: Unable to parse range: Nowhere!A1"):
        desk.client.values_batch_update(desk.spreadsheet_id, {**RAW, "data": [good, bad]})
    assert desk.shown("A1") == [[None]]

    answer = desk.client.values_batch_update(desk.spreadsheet_id, {**RAW, "data": [good, {**good, "range": "C3"}]})
    assert (answer["totalUpdatedCells"], answer["totalUpdatedSheets"]) == (2, 1)
    found = desk.client.values_batch_get(desk.spreadsheet_id, ["A1", "C3"], dict(PLAIN))
    assert [each["values"] for each in found["valueRanges"]] == [[[1]], [[1]]]


def test_values_are_appended_below_the_last(desk: Desk) -> None:
    desk.send(add_sheet(7, "Log", rows=2, columns=2))
    put(desk, "Log!A1", [["a"], ["b"]])

    answer = desk.client.values_append(desk.spreadsheet_id, "Log!A1:B1", dict(RAW), {"values": [["c", "d", "e"]]})

    assert answer["updates"]["updatedRange"] == "Log!A3:C3"
    assert answer["tableRange"] == "Log!A1:B2"
    assert read(desk, "Log!A1:C3") == [["a"], ["b"], ["c", "d", "e"]]


def test_clearing_keeps_the_looks(desk: Desk) -> None:
    desk.send(write(0, 0, 0, [1, 2]), repeat(span(0, 0, 0, 1, 1), "note", note="keep"))

    desk.client.values_clear(desk.spreadsheet_id, "A1")
    desk.client.values_batch_clear(desk.spreadsheet_id, body={"ranges": ["B1"]})

    assert read(desk, "A1:B1") is None
    assert desk.get("sheets.data.rowData.values.note", ranges="A1")["sheets"][0]["data"][0]["rowData"] == [
        {"values": [{"note": "keep"}]}
    ]


@pytest.mark.parametrize(
    ("locale", "pattern", "value", "text"),
    [
        ("en_US", "0.0%", 0.125, "12.5%"),
        ("fr_FR", "0.0%", 0.125, "12,5%"),
        ("en_US", "#,##0.00", 1234.5, "1,234.50"),
        ("de_DE", "#,##0.00", 1234.5, "1.234,50"),
        ("en_US", "yyyy-mm-dd", 45720, "2025-03-04"),
        ("fr_FR", "dd/mm/yyyy", 45720, "04/03/2025"),
        ("fr_FR", None, 0.5, "0,5"),
    ],
)
def test_formatted_values(
    service_account: ServiceAccount, locale: str, pattern: str | None, value: float, text: str
) -> None:
    desk = new_desk(service_account, locale)
    look = {"numberFormat": {"type": "NUMBER", "pattern": pattern}} if pattern else {}
    desk.send(write(0, 0, 0, [value]), repeat(span(0, 0, 0, 1, 1), "userEnteredFormat", userEnteredFormat=look))

    assert read(desk, "A1", {}) == [[text]]
