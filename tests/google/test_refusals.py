"""What Google refuses, each with its sentence and without any effect."""

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
    repeat,
    set_sheet,
    span,
    write,
)
from tests.google.fixtures import Desk
from tests.google.wire import Json

AREA = span(1, 0, 0, 3, 2)
BASE = [
    add_sheet(1, "Data", rows=10, columns=5),
    add_name("n1", "total_budget", span(1, 0, 0, 1, 1)),
    add_table("t1", "Campaigns", span(1, 5, 0, 8, 2), "Name", "Budget"),
    add_column_chart(5, span(1, 0, 0, 3, 1), span(1, 0, 1, 3, 2)),
    add_metadata(9, "sheetgen.generation", "1"),
    {"addProtectedRange": {"protectedRange": {"protectedRangeId": 4, "range": {"sheetId": 1}, "warningOnly": True}}},
]

SENTENCES: dict[str, tuple[Json, str]] = {
    "unknown field": (
        {"addSheet": {"title": "X"}},
        "Invalid JSON payload received. Unknown name \"title\" at 'requests[1].add_sheet': Cannot find field.",
    ),
    "wrong type": (
        {"deleteSheet": {"sheetId": "one"}},
        "Invalid value at 'requests[1].delete_sheet.sheet_id' (TYPE_INT32), \"one\"",
    ),
    "number beyond 32 bits": (
        {"deleteSheet": {"sheetId": 2**31}},
        "Invalid value at 'requests[1].delete_sheet.sheet_id' (TYPE_INT32), 2147483648",
    ),
    "two kinds in one request": (
        {"deleteSheet": {"sheetId": 1}, "addSheet": {}},
        "Invalid value at 'requests[1]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'",
    ),
    "no kind": ({}, "Invalid requests[1]: No request set."),
    "no mask": (
        repeat(AREA, "", userEnteredValue={"numberValue": 1}),
        "Invalid requests[1].repeatCell: At least one field must be listed in 'fields'. (Use '*' to indicate all "
        "fields.)",
    ),
    "unknown field in a mask": (
        repeat(AREA, "userEnteredValues"),
        "Invalid requests[1].repeatCell: Invalid field: userEnteredValues",
    ),
    "title taken, in another case": (
        add_sheet(2, "DATA"),
        'Invalid requests[1].addSheet: A sheet with the name "DATA" already exists. Please enter another name.',
    ),
    "title too long": (
        add_sheet(2, "x" * 101),
        "Invalid requests[1].addSheet: The sheet name cannot be greater than 100 characters.",
    ),
    "id of a sheet taken": (
        add_sheet(1, "Other"),
        "Invalid requests[1].addSheet: Cannot add sheet with ID: 1, a sheet with that ID already exists.",
    ),
    "more than ten million cells": (
        add_sheet(2, "Big", rows=400_000, columns=25),
        "Invalid requests[1].addSheet: This action would increase the number of cells in the workbook above the limit "
        "of 10000000 cells.",
    ),
    "unknown sheet": (
        set_sheet(3, "title", title="X"),
        "Invalid requests[1].updateSheetProperties: No sheet with id: 3",
    ),
    "unknown grid": (
        repeat(span(3, 0, 0, 1, 1), "note", note="x"),
        "Invalid requests[1].repeatCell: No grid with id: 3",
    ),
    "beyond the grid": (
        write(1, 10, 0, [1, 2, 3]),
        "Invalid requests[1].updateCells: Range (Data!A11:C11) exceeds grid limits. Max rows: 10, max columns: 5",
    ),
    "more rows than the range": (
        {"updateCells": {"range": span(1, 0, 0, 1, 1), "rows": [{}, {}], "fields": "note"}},
        "Invalid requests[1].updateCells: Requested writing within range [Data!A1], but tried writing to row [2]",
    ),
    "too much text": (
        write(1, 0, 0, ["x" * 50_001]),
        "Invalid requests[1].updateCells: Your input contains more than the maximum of 50000 characters in a single "
        "cell.",
    ),
    "all rows frozen": (
        set_sheet(1, "gridProperties.frozenRowCount", gridProperties={"frozenRowCount": 10}),
        "Invalid requests[1].updateSheetProperties: You can't freeze all visible rows on the sheet.",
    ),
    "all sheets hidden": (
        set_sheet(1, "hidden", hidden=True),
        "Invalid requests[1].updateSheetProperties: You can't hide all the sheets in a document.",
    ),
    "last sheet deleted": (
        {"deleteSheet": {"sheetId": 1}},
        "Invalid requests[1].deleteSheet: You can't remove all the sheets in a document.",
    ),
    "name of a range taken": (
        add_name("n2", "Total_Budget", AREA),
        'Invalid requests[1].addNamedRange: A named range with the name "Total_Budget" already exists.',
    ),
    "name that is an address": (
        add_name("n2", "kpi1", AREA),
        "Invalid requests[1].addNamedRange: Invalid name: kpi1",
    ),
    "id of a chart taken": (
        add_column_chart(5, span(1, 0, 0, 3, 1), span(1, 0, 1, 3, 2)),
        "Invalid requests[1].addChart: Cannot add chart with ID: 5, an embedded object with that ID already exists.",
    ),
    "chart on cells that are not there": (
        add_column_chart(6, span(1, 0, 0, 11, 1), span(1, 0, 1, 11, 2)),
        "Invalid requests[1].addChart: Range (Data!A1:A11) exceeds grid limits. Max rows: 10, max columns: 5",
    ),
    "chart source two wide": (
        add_column_chart(6, AREA, AREA),
        "Invalid requests[1].addChart: A source range of a chart must be one row high or one column wide.",
    ),
    "id of metadata taken": (
        add_metadata(9, "sheetgen.generation", "2"),
        "Invalid requests[1].createDeveloperMetadata: Cannot create developer metadata with ID: 9, that ID already "
        "exists.",
    ),
    "too much metadata": (
        add_metadata(10, "manifest", "x" * 30_000),
        "Invalid requests[1].createDeveloperMetadata: Developer metadata exceeds the limit of 30000 characters.",
    ),
    "name of a table taken": (
        add_table("t2", "CAMPAIGNS", AREA),
        'Invalid requests[1].addTable: A table with the name "CAMPAIGNS" already exists.',
    ),
    "tables that overlap": (
        add_table("t2", "Daily", span(1, 7, 0, 9, 2)),
        "Invalid requests[1].addTable: The table overlaps the table Campaigns.",
    ),
    "rule about another sheet": (
        add_rule(span(1, 0, 0, 3, 1), "CUSTOM_FORMULA", "=Elsewhere!A1>0"),
        "Invalid requests[1].addConditionalFormatRule: Conditional format rule cannot reference a different sheet.",
    ),
    "rule with a value missing": (
        add_rule(AREA, "NUMBER_BETWEEN", "1"),
        "Invalid requests[1].addConditionalFormatRule: BooleanCondition type NUMBER_BETWEEN cannot have 1 "
        "ConditionValues.",
    ),
    "rule with a decimal of another locale": (
        add_rule(AREA, "NUMBER_GREATER", "0,5"),
        "Invalid requests[1].addConditionalFormatRule: Invalid ConditionValue.userEnteredValue: 0,5",
    ),
    "rule that there is not": (
        {"deleteConditionalFormatRule": {"sheetId": 1, "index": 0}},
        "Invalid requests[1].deleteConditionalFormatRule: No conditional format on sheet: 1 at index: 0",
    ),
    "merge across the frozen rows": (
        {"mergeCells": {"range": span(1, 0, 3, 2, 5)}},
        "Invalid requests[1].mergeCells: You can't merge frozen and non-frozen rows.",
    ),
    "part of a protected sheet free": (
        {"addProtectedRange": {"protectedRange": {"range": AREA, "unprotectedRanges": [AREA]}}},
        "Invalid requests[1].addProtectedRange: Unprotected ranges are only supported on protected sheets.",
    ),
    "banding over a table": (
        {"addBanding": {"bandedRange": {"range": span(1, 5, 0, 8, 2), "rowProperties": {"firstBandColorStyle": {}}}}},
        "Invalid requests[1].addBanding: You cannot add alternating background colors to a range that already has "
        "alternating background colors.",
    ),
}


@pytest.fixture
def laid_out(desk: Desk) -> Desk:
    """A spreadsheet with one sheet, and one of each kind of object on it."""
    freeze = set_sheet(1, "gridProperties.frozenRowCount", gridProperties={"frozenRowCount": 1})
    desk.send(*BASE, freeze, {"deleteSheet": {"sheetId": 0}})
    return desk


@pytest.mark.parametrize("name", SENTENCES)
def test_a_refused_request_undoes_the_batch(laid_out: Desk, name: str) -> None:
    request, sentence = SENTENCES[name]
    before = laid_out.get()

    with pytest.raises(gspread.exceptions.APIError) as refusal:
        laid_out.send(write(1, 0, 0, ["changed"]), request)

    assert refusal.value.error["message"] == sentence
    assert (refusal.value.response.status_code, refusal.value.error["status"]) == (400, "INVALID_ARGUMENT")
    assert laid_out.get() == before
    assert laid_out.shown("Data!A1") == [[None]]


def test_every_wrong_field_is_named(laid_out: Desk) -> None:
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        laid_out.send({"addSheet": {"a": 1}}, {"addSheet": {"properties": {"b": 1}}})

    violations = refusal.value.error["details"][0]["fieldViolations"]
    assert [violation["field"] for violation in violations] == [
        "requests[0].add_sheet",
        "requests[1].add_sheet.properties",
    ]


def test_an_empty_batch_is_refused(desk: Desk) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="Must specify at least one request"):
        desk.send()


@pytest.mark.parametrize(
    "request_of_a_kind",
    [{"randomizeRange": {"range": AREA}}, {"findReplace": {"find": "a"}}, {"insertComment": {}}, {"addDataSource": {}}],
)
def test_a_kind_that_the_double_has_not_is_loud(laid_out: Desk, request_of_a_kind: Json) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="The double does not do this") as refusal:
        laid_out.send(request_of_a_kind)

    assert refusal.value.response.status_code == 501
