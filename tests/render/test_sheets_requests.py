"""Every request is a message of the Sheets API, by Google's own description of it."""

from __future__ import annotations

import json

import pytest

from sheetgen.render.sheets.batch import Spreadsheet, update_report
from sheetgen.render.sheets.ids import propose_ids
from sheetgen.render.sheets.model import SheetsReport
from sheetgen.render.sheets.update import Present, PresentTable
from tests.google.message import read_message

from .sheets_built import Json, for_sheets, of_kind, requests, sample_report


@pytest.fixture(scope="module")
def report() -> SheetsReport:
    return for_sheets(sample_report(finer=True))


def updates(report: SheetsReport) -> list[Json]:
    """All requests of a push onto sheets that hold the report already, but for a chart and a table's last row."""
    ids = propose_ids(report)
    sheets = {}
    for tab in report.tabs:
        tables = {
            table.name: PresentTable("t", table.row, table.column, table.end_row - 1, headers)
            for table in tab.tables
            for headers in [tuple(column.header for column in table.columns)]
            if table.is_native
        }
        charts = {chart.key: ids.charts[chart.key] for chart in tab.charts[1:]} | {"gone": 1}
        rules = tuple(range(len(tab.rules)))
        sheets[tab.key] = Present(tab.rows - 1, tab.columns, rules, charts, tables, is_protected=True)
    names = {"gone": "id", "total_budget": "id"}
    return list(update_report(report, ids, Spreadsheet(sheets, names)))


def test_a_new_report_is_valid(report: SheetsReport) -> None:
    for request in requests(report):
        read_message("Request", request)


def test_an_update_is_valid(report: SheetsReport) -> None:
    found = updates(report)
    for request in found:
        read_message("Request", request)
    kinds = {next(iter(request)) for request in found}
    assert kinds >= {"updateTable", "addChart", "updateChartSpec", "deleteEmbeddedObject", "deleteNamedRange"}


def test_requests_are_json_and_hold_no_place_without_an_id(report: SheetsReport) -> None:
    ids = set(propose_ids(report).sheets.values())
    text = json.dumps(requests(report), allow_nan=False)
    found = {int(part.split(",")[0].rstrip("}")) for part in text.split('"sheetId": ')[1:]}
    assert found == ids


def test_no_formula_has_a_comma_a_decimal_or_an_array(report: SheetsReport) -> None:
    text = json.dumps(requests(report))
    formulas = [json.loads(f'"{part}') for part in _texts_after(text, '"formulaValue": "')]
    assert len(formulas) > 3_000
    bare = [piece for formula in formulas for piece in formula.split('"')[::2]]
    assert [piece for piece in bare if {",", "{", "\\"} & set(piece)] == []


def _texts_after(text: str, mark: str) -> list[str]:
    decoder = json.JSONDecoder()
    return [json.dumps(decoder.raw_decode('"' + part)[0])[1:] for part in text.split(mark)[1:]]


def test_a_report_of_sixteen_tabs_has_all_that_excel_has(report: SheetsReport) -> None:
    found = requests(report)
    assert len(list(of_kind(found, "addSheet"))) == len(report.tabs) == 16
    assert len(list(of_kind(found, "addChart"))) == 16
    names = {body["namedRange"]["name"] for body in of_kind(found, "addNamedRange")}
    assert {"total_budget", "kpi_roi", "filter_platform", "set_roi_scale"} <= names
    assert len(list(of_kind(found, "addProtectedRange"))) == 16
