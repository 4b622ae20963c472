"""Formulas as a spreadsheet's locale reads them, and as they follow what happens around them."""

from __future__ import annotations

import pytest

from sheetgen.engines.libreoffice import LibreOfficeEngine, find_soffice
from sheetgen.values import SheetError
from tests.google.bodies import add_name, add_sheet, add_table, repeat, set_sheet, span, write
from tests.google.engine import Results
from tests.google.fixtures import Desk, new_desk
from tests.google.oauth import ServiceAccount

READINGS = [
    ("en_US", "=SUM(1;2)", 3.0, "=SUM(1,2)"),
    ("en_US", "=SUM(1,2)", 3.0, "=SUM(1,2)"),
    ("en_US", "=ROUND(2.55;1)", 2.6, "=ROUND(2.55,1)"),
    ("en_US", "=SUM({1,2;3,4})", 10.0, "=SUM({1,2;3,4})"),
    ("fr_FR", "=SUM(1;2)", 3.0, "=SUM(1;2)"),
    ("fr_FR", "=SUM(1,2)", 1.2, "=SUM(1,2)"),
    ("fr_FR", "=SUM({1\\2;3\\4})", 10.0, "=SUM({1\\2;3\\4})"),
    ("fr_FR", "=5/100", 0.05, "=5/100"),
    ("de_DE", '=IF(1,5>1;"ja";"nein")', "ja", '=IF(1,5>1;"ja";"nein")'),
    ("de_DE", "=IF(TRUE,1,2)", SheetError("#ERROR!"), "=IF(TRUE,1,2)"),
    ("fr_FR", "=ROUND(2.55;1)", SheetError("#ERROR!"), "=ROUND(2.55;1)"),
    ("en_US", "=IF(1;2", SheetError("#ERROR!"), "=IF(1;2"),
    ("en_US", "=SUM(1;+)", SheetError("#ERROR!"), "=SUM(1;+)"),
    ("en_US", "=1/0", SheetError("#DIV/0!"), "=1/0"),
    ("en_US", '=IF(1=1;"";1)', "", '=IF(1=1,"",1)'),
    ("en_US", "=nothing+1", SheetError("#NAME?"), "=nothing+1"),
    ("en_US", "=NORMSDIST(-1*ABS(0))", 0.5, "=NORMSDIST(-1*ABS(0))"),
    ("en_US", "=NORM.DIST(0;0;1;TRUE)", 0.5, "=NORM.DIST(0,0,1,TRUE)"),
    ("en_US", "=IFS(1>2;1;2>1;2)", 2.0, "=IFS(1>2,1,2>1,2)"),
    ("en_US", "=SORTBY(B1:B2;B1:B2)", SheetError("#NAME?"), "=SORTBY(B1:B2,B1:B2)"),
    ("en_US", "=-2^2", 4.0, "=-2^2"),
    ("en_US", "=50%", 0.5, "=50%"),
]


@pytest.mark.parametrize(("locale", "entered", "value", "read_back"), READINGS)
def test_the_locale_decides_what_a_formula_says(
    service_account: ServiceAccount, locale: str, entered: str, value: object, read_back: str
) -> None:
    desk = new_desk(service_account, locale)

    desk.send(write(0, 0, 0, [entered]))

    assert desk.shown("Sheet1!A1") == [[value]]
    text = desk.get("sheets.data.rowData.values.userEnteredValue", ranges="Sheet1!A1")
    assert text["sheets"][0]["data"][0]["rowData"][0]["values"][0]["userEnteredValue"]["formulaValue"] == read_back


def test_a_column_of_a_table_is_named_by_its_header(desk: Desk) -> None:
    desk.send(
        add_table("t", "Campaigns", span(0, 4, 0, 7, 2), "Name", "Budget"),
        write(0, 5, 0, ["a", 100], ["b", 50]),
        write(0, 0, 0, ["=SUM(campaigns[BUDGET])", "=SUM(Campaigns[Revenue])"]),
    )

    assert desk.shown("A1:B1") == [[150.0, SheetError("#REF!")]]


def test_a_repeated_formula_moves_along(desk: Desk) -> None:
    desk.send(
        write(0, 0, 0, [1, 10], [2, 20], [3, 30]),
        repeat(span(0, 0, 2, 3, 4), "userEnteredValue", userEnteredValue={"formulaValue": "=$A1*B$1"}),
    )

    assert desk.shown("C1:D3") == [[10.0, 10.0], [20.0, 20.0], [30.0, 30.0]]
    cells = desk.client.values_get(desk.spreadsheet_id, "C3:D3", {"valueRenderOption": "FORMULA"})
    assert cells["values"] == [["=$A3*B$1", "=$A3*C$1"]]


def test_formulas_follow_a_sheet_that_is_renamed(desk: Desk) -> None:
    desk.send(add_sheet(7, "Data"), write(7, 0, 0, [5]), write(0, 0, 0, ["=Data!A1"]))

    desk.send(set_sheet(7, "title", title="Mes données"))

    assert desk.shown("Sheet1!A1") == [[5.0]]
    cells = desk.client.values_get(desk.spreadsheet_id, "Sheet1!A1", {"valueRenderOption": "FORMULA"})
    assert cells["values"] == [["='Mes données'!A1"]]


def test_a_reference_needs_its_sheet_when_it_is_written(desk: Desk) -> None:
    desk.send(write(0, 0, 0, ["=Data!A1"]), add_sheet(7, "Data"), write(7, 0, 0, [5]))

    assert desk.shown("Sheet1!A1") == [[SheetError("#REF!")]]


def test_a_reference_is_lost_with_its_sheet(desk: Desk) -> None:
    desk.send(add_sheet(7, "Data"), write(7, 0, 0, [5]), write(0, 0, 0, ["=Data!A1", "=IFERROR(SUM(Data!A1:B2);-1)"]))

    desk.send({"deleteSheet": {"sheetId": 7}})

    assert desk.shown("A1:B1") == [[SheetError("#REF!"), -1.0]]


def test_a_name_may_come_after_the_formula(desk: Desk) -> None:
    desk.send(write(0, 0, 0, ["=total_budget*2", 21]), add_name("n1", "total_budget", span(0, 0, 1, 1, 2)))

    assert desk.shown("A1") == [[42.0]]


def test_errors_and_truth_values_have_their_types(desk: Desk) -> None:
    desk.send(write(0, 0, 0, ["=NA()", "=1=1", "=1/4"]))

    data = desk.get("sheets.data.rowData.values.effectiveValue", ranges="A1:C1")["sheets"][0]["data"][0]
    assert [cell["effectiveValue"] for cell in data["rowData"][0]["values"]] == [
        {"errorValue": {"type": "N_A", "message": "#N/A"}},
        {"boolValue": True},
        {"numberValue": 0.25},
    ]


@pytest.mark.libreoffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_a_second_engine_agrees(desk: Desk) -> None:
    soffice = find_soffice()
    assert soffice is not None
    desk.send(
        add_sheet(7, "Q1 'draft'"),
        write(7, 0, 0, ["a", 2], ["b", 3], ["a", 4]),
        write(0, 0, 0, ["=SUMIFS('Q1 ''draft'''!B1:B3;'Q1 ''draft'''!A1:A3;\"a\")", "=A1/100", "=SUM({1,2;3,4})"]),
    )

    results = Results(desk.spreadsheet, LibreOfficeEngine(soffice))
    assert next(results.rows(desk.spreadsheet.area(span(0, 0, 0, 1, 3)))) == [6.0, 0.06, 10.0]
    assert desk.shown("A1:C1") == [[6.0, 0.06, 10.0]]


def test_a_function_that_the_engine_lacks_is_loud(desk: Desk) -> None:
    desk.send(write(0, 0, 0, ["=SPARKLINE(B1:C1)", "=1+1"]))

    assert desk.shown("B1") == [[2.0]]
    with pytest.raises(Exception, match="SPARKLINE"):
        desk.shown("A1")


def test_without_an_engine_formulas_are_loading(desk: Desk) -> None:
    desk.google.engine = None
    desk.send(write(0, 0, 0, [2, "=A1*3"]))

    assert desk.shown("A1:B1") == [[2.0, SheetError("Loading...")]]
    shown = desk.get("sheets.data.rowData.values.effectiveValue", ranges="B1")["sheets"][0]["data"][0]["rowData"]
    assert shown[0]["values"][0]["effectiveValue"]["errorValue"]["type"] == "LOADING"
