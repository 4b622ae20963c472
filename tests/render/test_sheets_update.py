"""A second push: what changed is changed in place, and what a reader typed stays, on a stand-in for the Sheets API."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from sheetgen.formula.tree import Column, Name, Span, ThisRow, call
from sheetgen.render.sheets.batch import Spreadsheet, create_report, update_report
from sheetgen.render.sheets.contents import input_values
from sheetgen.render.sheets.fingerprint import fingerprint
from sheetgen.render.sheets.ids import Ids, propose_ids
from sheetgen.render.sheets.model import SheetsReport, SheetsTab
from sheetgen.render.sheets.update import Present, PresentTable, is_rebuilt
from sheetgen.report.model import (
    Block,
    Cell,
    Chart,
    ChartKind,
    DateInput,
    NumberInput,
    PlacedBlock,
    Series,
    Tab,
    Table,
    TableColumn,
    TextInput,
)
from sheetgen.report.style import Format, Role, Style
from tests.google.double import GoogleDouble
from tests.google.fixtures import SPREADSHEET_ID

from .sheets_built import Json, for_sheets, made, of_kind, requests, sample_report, tab_of

INPUT = Style(Role.INPUT, Format.COUNT)


def campaigns(*budgets: float, extra: bool = False) -> Tab:
    values = np.array(budgets, dtype=float)
    columns = [
        TableColumn("Name", np.array([f"C{i}" for i in range(len(budgets))], dtype=object), INPUT, input=TextInput()),
        TableColumn("Start", np.full(len(budgets), 45_658.0), Style(Role.INPUT, Format.DATE), input=DateInput()),
        TableColumn("Budget", values, INPUT, input=NumberInput(low=0)),
        TableColumn("Double", values * 2, Style(), ThisRow("Campaigns", "Budget") * 2),
    ]
    if extra:
        columns.append(TableColumn("More", values, INPUT))
    table = Table("Campaigns", tuple(columns), len(budgets))
    block = Block("campaigns", len(budgets) + 1, len(columns), table=table)
    return Tab("campaigns", "Campaigns", (PlacedBlock(block, 0, 0),), freeze=(1, 0))


def overview(total: float, scale: float = 2.0, title: str = "Budget") -> Tab:
    span = Span("overview", 0, 0, 0, 0)
    chart = Chart(ChartKind.COLUMN, title, "alt", (Series("Budget", span, span),), 2, 0, 2, 2)
    cells = (
        Cell(0, 0, call("SUM", Column("Campaigns", "Budget")), Style(), expected=total),
        Cell(1, 0, scale, INPUT, input=NumberInput(low=0), columns=2),
    )
    block = Block("overview", 4, 3, cells, charts=(chart,), names={"total_budget": (0, 0), "set_scale": (1, 0)})
    return Tab("overview", "Overview", (PlacedBlock(block, 0, 0),))


@dataclass
class Sheet:
    """A spreadsheet of the stand-in with a report on it."""

    google: GoogleDouble
    ids: Ids
    last: SheetsReport

    def push(self, report: SheetsReport, changed: dict[str, set[tuple[int, int]]] | None = None) -> list[Json]:
        """Update every tab; the requests."""
        ids = propose_ids(report, known=self.ids)
        present = Spreadsheet({tab.key: self.present(tab) for tab in self.last.tabs}, self.ids.names)
        found = list(update_report(report, ids, present, changed=changed))
        self.google.change(SPREADSHEET_ID, *found)
        self.ids, self.last = ids, report
        return found

    def present(self, tab: SheetsTab) -> Present:
        """What the sheet of a tab holds."""
        tables = {
            table.name: PresentTable(
                self.ids.tables[table.name],
                table.row,
                table.column,
                table.end_row,
                tuple(column.header for column in table.columns),
            )
            for table in tab.tables
            if table.is_native
        }
        charts = {chart.key: self.ids.charts[chart.key] for chart in tab.charts}
        return Present(tab.rows, tab.columns, tuple(range(len(tab.rules))), charts, tables, is_protected=True)

    def values(self, area: str) -> list[list[object]]:
        """What cells show."""
        return [list(row) for row in self.google.values(SPREADSHEET_ID, area)]


@pytest.fixture
def sheet() -> Sheet:
    """Two campaigns of 100 and 50, pushed to a French spreadsheet."""
    report = made(overview(150.0), campaigns(100.0, 50.0))
    google, ids = GoogleDouble(), propose_ids(report)
    google.create(SPREADSHEET_ID, locale="fr_FR")
    google.change(SPREADSHEET_ID, *create_report(report, ids))
    return Sheet(google, ids, report)


def test_a_first_push_computes(sheet: Sheet) -> None:
    assert sheet.values("Overview!A1:A2") == [[150.0], [2.0]]
    assert sheet.values("Campaigns!A2:D3") == [["C0", 45658.0, 100.0, 200.0], ["C1", 45658.0, 50.0, 100.0]]


def test_what_a_reader_typed_stays(sheet: Sheet) -> None:
    sheet.google.enter(SPREADSHEET_ID, "Overview!A2", [3.0])
    sheet.google.enter(SPREADSHEET_ID, "Campaigns!C2", [70.0])
    sheet.push(made(overview(150.0, scale=9.0), campaigns(100.0, 50.0)))
    assert sheet.values("Overview!A1:A2") == [[120.0], [3.0]]
    assert sheet.values("Campaigns!C2:D3") == [[70.0, 140.0], [50.0, 100.0]]


def test_inputs_that_must_change_are_written(sheet: Sheet) -> None:
    changed = {"overview": {(1, 0)}, "campaigns": {(2, 2)}}
    sheet.push(made(overview(150.0, scale=9.0), campaigns(100.0, 80.0)), changed)
    assert sheet.values("Overview!A1:A2") == [[180.0], [9.0]]
    assert sheet.values("Campaigns!C2:D3") == [[100.0, 200.0], [80.0, 160.0]]


def test_inputs_that_change_together_are_written_together() -> None:
    tab = tab_of(made(overview(150.0), campaigns(*map(float, range(9)))), "campaigns")
    everywhere = {(row, column) for row in range(1, 10) for column in (0, 1, 2)} - {(5, 1)}
    areas = [
        (body["range"].row, body["range"].end_row, body["range"].column, body["range"].end_column)
        for body in of_kind(input_values(tab, everywhere), "updateCells")
    ]
    assert areas == [(1, 5, 0, 3), (5, 6, 0, 1), (5, 6, 2, 3), (6, 10, 0, 3)]


def test_a_table_grows_with_its_new_rows(sheet: Sheet) -> None:
    found = sheet.push(made(overview(160.0), campaigns(100.0, 50.0, 10.0)))
    assert sheet.values("Campaigns!A4:D4") == [["C2", 45658.0, 10.0, 20.0]]
    assert sheet.values("Overview!A1") == [[160.0]]
    (body,) = of_kind(found, "updateTable")
    assert body["fields"] == "range"
    assert not list(of_kind(found, "addTable"))


def test_a_table_shrinks_and_the_grid_with_it(sheet: Sheet) -> None:
    sheet.push(made(overview(100.0), campaigns(100.0)))
    book = sheet.google.spreadsheet(SPREADSHEET_ID)
    assert book.sheet(sheet.ids.sheets["campaigns"]).row_count == 2
    assert sheet.values("Overview!A1") == [[100.0]]


def test_typed_columns_are_formatted_in_new_rows_only(sheet: Sheet) -> None:
    found = sheet.push(made(overview(160.0), campaigns(100.0, 50.0, 10.0)))
    names = [next(iter(request)) for request in found]
    typed = [
        (body["range"]["startRowIndex"], body["range"]["endRowIndex"], i < names.index("updateTable"))
        for i, request in enumerate(found)
        for body in of_kind([request], "repeatCell")
        if body["range"]["sheetId"] == sheet.ids.sheets["campaigns"]
        and body["fields"] == "userEnteredFormat"
        and body["range"]["startColumnIndex"] < 2
    ]
    assert typed == [(3, 4, True)] * len(typed)


def test_a_table_with_other_columns_is_made_anew(sheet: Sheet) -> None:
    report = made(overview(30.0), campaigns(10.0, 20.0, extra=True))
    (table,) = report.tabs[1].tables
    old = PresentTable("t", 0, 0, 3, ("Name", "Start", "Budget", "Double"))
    assert is_rebuilt(table, Present(3, 4, tables={"Campaigns": old}))
    sheet.push(report)
    assert sheet.values("Campaigns!A1:E2") == [
        ["Name", "Start", "Budget", "Double", "More"],
        ["C0", 45658.0, 10, 20, 10],
    ]


def test_a_chart_keeps_its_id_and_a_readers_own_chart_stays(sheet: Sheet) -> None:
    found = sheet.push(made(overview(150.0, title="Spend"), campaigns(100.0, 50.0)))
    (body,) = of_kind(found, "updateChartSpec")
    assert body["chartId"] == sheet.ids.charts["overview.overview.0"]
    assert body["spec"]["title"] == "Spend"
    assert not list(of_kind(found, "deleteEmbeddedObject"))


def test_an_unchanged_tab_takes_no_request(sheet: Sheet) -> None:
    present = Spreadsheet({tab.key: Present(tab.rows, tab.columns) for tab in sheet.last.tabs}, sheet.ids.names)
    found = update_report(sheet.last, sheet.ids, present, unchanged={"campaigns", "charts"})
    kinds = {next(iter(request)) for request in found if f"{sheet.ids.sheets['campaigns']}" in str(request)}
    assert kinds == set()


def test_a_new_tab_joins_those_that_are_there(sheet: Sheet) -> None:
    note = Block("note", 1, 1, (Cell(0, 0, Name("total_budget"), expected=150.0),))
    other = Tab("note", "Note", (PlacedBlock(note, 0, 0),))
    report = made(overview(150.0), campaigns(100.0, 50.0), other)
    present = Spreadsheet({tab.key: sheet.present(tab) for tab in sheet.last.tabs}, sheet.ids.names)
    found = list(update_report(report, propose_ids(report, known=sheet.ids), present))
    sheet.google.change(SPREADSHEET_ID, *found)
    assert [body["properties"]["title"] for body in of_kind(found, "addSheet")] == ["Note"]
    assert sheet.values("Note") == [[150.0]]


def test_the_title_of_a_tab_is_the_readers(sheet: Sheet) -> None:
    renamed = {"properties": {"sheetId": sheet.ids.sheets["overview"], "title": "Mon tableau"}, "fields": "title"}
    sheet.google.change(SPREADSHEET_ID, {"updateSheetProperties": renamed})
    sheet.push(made(overview(150.0), campaigns(100.0, 50.0)))
    assert sheet.values("'Mon tableau'!A1") == [[150.0]]


def test_a_second_push_of_the_full_report_changes_no_value() -> None:
    report = for_sheets(sample_report(finer=False))
    google, ids = GoogleDouble(), propose_ids(report)
    google.create(SPREADSHEET_ID, locale="de_DE")
    google.change(SPREADSHEET_ID, *create_report(report, ids))
    again = Sheet(google, ids, report)
    before = again.values("Overview")
    again.push(report)
    assert again.values("Overview") == before


def test_ids_are_the_same_each_time_unless_they_are_taken() -> None:
    report = made(overview(150.0), campaigns(100.0, 50.0))
    first = propose_ids(report)
    assert propose_ids(report) == first
    other = propose_ids(report, taken=[first.sheets["overview"]])
    assert other.sheets["overview"] != first.sheets["overview"]
    assert other.sheets["campaigns"] == first.sheets["campaigns"]
    assert propose_ids(report, taken=first.sheets.values(), known=first) == first


def test_a_fingerprint_tells_a_changed_tab() -> None:
    first, same, other = (
        made(overview(150.0), campaigns(*budgets)).tabs[1] for budgets in ((100.0, 50.0), (100.0, 50.0), (100.0, 51.0))
    )
    assert fingerprint(first) == fingerprint(same)
    assert fingerprint(first) != fingerprint(other)


def test_sheets_and_names_come_before_the_formulas_that_use_them() -> None:
    kinds = [next(iter(request)) for request in requests(made(overview(150.0), campaigns(100.0, 50.0)))]
    assert kinds[:3] == ["addSheet"] * 3
    assert kinds[3:5] == ["addNamedRange"] * 2
