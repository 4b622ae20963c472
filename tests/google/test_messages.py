"""Requests as proto3's JSON form allows them, checked against Google's own description."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import gspread
import pytest

from tests.google.bodies import write
from tests.google.discovery import document
from tests.google.fixtures import SPREADSHEET_ID, Desk
from tests.google.message import response_violations

URL = f"https://sheets.googleapis.com/v4/spreadsheets/{SPREADSHEET_ID}"


def test_the_description_is_the_one_its_notice_names() -> None:
    notice = (Path(__file__).parent / "vendor" / "NOTICE").read_text(encoding="utf-8")

    assert re.findall(r"revision (\d+)", notice) == [document()["revision"]]


def test_proto_names_and_numbers_as_text_are_read(desk: Desk) -> None:
    properties = {"sheet_id": "7", "title": "KPIs", "grid_properties": {"row_count": 5.0, "columnCount": 2}}
    desk.send({"add_sheet": {"properties": properties}})

    shown = desk.get("sheets.properties(sheetId,gridProperties)")["sheets"][1]["properties"]
    assert shown == {"sheetId": 7, "gridProperties": {"rowCount": 5, "columnCount": 2}}


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"nonsense": "1"}, "Cannot bind query parameter. Field 'nonsense' could not be found in request message."),
        ({"includeGridData": "yes"}, "Invalid value at 'include_grid_data' (TYPE_BOOL), \"yes\""),
    ],
)
def test_parameters_are_checked(desk: Desk, parameters: dict[str, str], sentence: str) -> None:
    with pytest.raises(gspread.exceptions.APIError, match=re.escape(sentence)):
        desk.get(**parameters)


@pytest.mark.parametrize("body", [b"{", b'{"requests": [}', b'{"requests": [{"deleteSheet": {"sheetId": NaN}}]}'])
def test_a_body_must_be_json(desk: Desk, body: bytes) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="Invalid JSON payload received"):
        desk.client.request("post", f"{URL}:batchUpdate", data=body)


def test_a_body_has_a_greatest_size(desk: Desk) -> None:
    body = json.dumps({"requests": [write(0, 0, 0, ["x" * 10_500_000])]}).encode()

    with pytest.raises(gspread.exceptions.APIError, match="Request payload size exceeds the limit: 10485760 bytes"):
        desk.client.request("post", f"{URL}:batchUpdate", data=body)


def test_a_body_may_be_compressed(desk: Desk) -> None:
    body = gzip.compress(json.dumps({"requests": [write(0, 0, 0, [3])]}).encode())

    desk.client.request("post", f"{URL}:batchUpdate", data=body, headers={"Content-Encoding": "gzip"})

    assert desk.shown("A1") == [[3.0]]


@pytest.mark.parametrize("method", ["developerMetadata:search", "values:batchGetByDataFilter"])
def test_a_method_that_the_double_has_not_is_loud(desk: Desk, method: str) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="The double does not do this") as refusal:
        desk.client.request("post", f"{URL}/{method}", json={})

    assert refusal.value.response.status_code == 501


def test_a_response_must_be_one_of_googles() -> None:
    wrong = {"spreadsheetId": 5, "sheet": [], "properties": {"autoRecalc": "NEVER"}}

    assert response_violations("Spreadsheet", wrong) == [
        "Invalid value at 'spreadsheet_id' (TYPE_STRING), 5",
        'Invalid JSON payload received. Unknown name "sheet": Cannot find field.',
        "Invalid value at 'properties.auto_recalc' "
        '(type.googleapis.com/google.apps.sheets.v4.SpreadsheetProperties.AutoRecalc), "NEVER"',
    ]
