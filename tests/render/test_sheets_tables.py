"""Tables for Google Sheets: by columns, native where the report has them, large ones by chunks."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from sheetgen.errors import RenderError
from sheetgen.formula.tree import ThisRow
from sheetgen.render.sheets.batch import create_report
from sheetgen.render.sheets.ids import propose_ids
from sheetgen.report.model import (
    Block,
    DateInput,
    Input,
    NumberInput,
    PlacedBlock,
    Tab,
    Table,
    TableColumn,
    TextInput,
    Values,
)
from sheetgen.report.style import Format, Role, Style

from .sheets_built import Json, made, of_kind, requests, tab_of


def tab(block: Block) -> Tab:
    return Tab("campaigns", "Campaigns", (PlacedBlock(block, 0, 0),), freeze=(1, 1))


def named(header: str, values: Values, *, formula: bool = False) -> TableColumn:
    tree = ThisRow("Big", "Clicks") * 2 if formula else None
    return TableColumn(header, values, Style(Role.INPUT, Format.COUNT), tree, input=None)


def big(rows: int) -> Tab:
    numbers = np.arange(rows, dtype=float)
    columns = (*(named(f"Clicks{i or ''}", numbers) for i in range(12)), named("Double", numbers * 2, formula=True))
    return tab(Block("big", rows + 1, len(columns), table=Table("Big", columns, rows)))


def test_a_table_is_native_with_the_types_of_its_inputs(campaigns: Block) -> None:
    block = Block("campaigns", 4, 2, table=campaigns.table)
    (body,) = of_kind(requests(made(tab(block))), "addTable")
    table = body["table"]
    assert table["name"] == "Campaigns"
    assert (table["range"]["startRowIndex"], table["range"]["endRowIndex"]) == (0, 4)
    types = {each["columnName"]: each.get("columnType") for each in table["columnProperties"]}
    assert types == {
        "Campaign Name": None,
        "Start Date": "DATE",
        "Budget": None,
        "Impressions": None,
        "Clicks": None,
        "CTR": None,
        "Row No": None,
    }


def test_texts_have_a_type_and_no_column_has_both_type_and_validation() -> None:
    inputs: dict[str, Input] = {"Name": TextInput(), "Day": DateInput(), "Clicks": NumberInput(low=0)}
    values: Values = np.array([1.0])
    columns = tuple(TableColumn(header, values, Style(Role.INPUT), input=each) for header, each in inputs.items())
    report = made(tab(Block("t", 2, 3, table=Table("T", columns, 1))))
    (table,) = tab_of(report, "campaigns").tables
    assert [(column.type, column.validation is not None) for column in table.columns] == [
        ("TEXT", False),
        ("DATE", False),
        (None, True),
    ]


def test_a_calculated_column_is_one_request(campaigns: Block) -> None:
    formulas = {
        body["cell"]["userEnteredValue"]["formulaValue"]: body["range"]
        for body in of_kind(requests(made(tab(campaigns))), "repeatCell")
        if body["fields"] == "userEnteredValue"
    }
    assert set(formulas) == {'=IF($D2=0;"";$E2/$D2)', "=ROW()-1"}
    place = formulas["=ROW()-1"]
    assert (place["startRowIndex"], place["endRowIndex"], place["startColumnIndex"]) == (1, 4, 6)


def test_data_are_what_they_are_and_blanks_are_empty(campaigns: Block) -> None:
    bodies = [body for body in of_kind(requests(made(tab(campaigns))), "updateCells") if len(body["rows"]) == 3]
    (data,) = bodies
    assert data["fields"] == "userEnteredValue"
    assert [row["values"][0] for row in data["rows"]] == [
        {"userEnteredValue": {"stringValue": "Été"}},
        {"userEnteredValue": {"stringValue": "=cmd()"}},
        {},
    ]
    assert [row["values"][2] for row in data["rows"]] == [
        {"userEnteredValue": {"numberValue": 500}},
        {"userEnteredValue": {"numberValue": 250.5}},
        {},
    ]


def test_the_table_comes_after_what_google_guards_in_typed_columns(campaigns: Block) -> None:
    kinds = [next(iter(request)) for request in requests(made(tab(campaigns)))]
    assert kinds.index("addTable") > max(
        i for i, kind in enumerate(kinds) if kind in ("updateCells", "repeatCell", "setDataValidation")
    )


def test_headers_carry_notes_and_helper_columns_are_hidden(campaigns: Block) -> None:
    found = requests(made(tab(campaigns)))
    header = next(body for body in of_kind(found, "updateCells") if "userEnteredFormat" in body["fields"])
    assert [cell.get("note") for cell in header["rows"][0]["values"]][2] == "The money invested."
    hidden = [
        body["range"]["startIndex"]
        for body in of_kind(found, "updateDimensionProperties")
        if body["properties"] == {"hiddenByUser": True}
    ]
    assert hidden == [6]


def test_the_columns_of_inputs_stay_unprotected(campaigns: Block) -> None:
    inputs = tab_of(made(tab(campaigns)), "campaigns").inputs
    assert [(each.row, each.column, each.end_row, each.end_column) for each in inputs] == [(1, 0, 4, 5)]


def test_the_grid_has_just_the_rows_and_columns_in_use(campaigns: Block) -> None:
    (body,) = of_kind(requests(made(tab(campaigns))), "addSheet")
    grid = body["properties"]["gridProperties"]
    assert (grid["rowCount"], grid["columnCount"]) == (4, 7)
    assert (grid["frozenRowCount"], grid["frozenColumnCount"]) == (1, 1)


def test_a_large_table_comes_in_chunks_that_together_are_all_of_it() -> None:
    report = made(big(10_000))
    chunks = [body for body in of_kind(requests(report), "updateCells") if body["fields"] == "userEnteredValue"]
    rows = [row for body in chunks for row in body["rows"]]
    assert len(chunks) > 1
    assert [row["values"][11]["userEnteredValue"]["numberValue"] for row in rows] == list(range(10_000))


def test_a_large_table_is_never_in_memory_as_a_whole() -> None:
    report = made(big(20_000))
    ids = propose_ids(report)
    tracemalloc.start()
    for _ in create_report(report, ids):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    cells = 20_000 * 12
    assert peak < cells * 150, "less than what one dictionary a cell would take"


def test_staged_data_are_left_out() -> None:
    report = made(big(50))
    found = list(create_report(report, propose_ids(report), staged={"Big"}))
    assert [body for body in of_kind(found, "updateCells") if body["fields"] == "userEnteredValue"] == []
    (table,) = tab_of(report, "campaigns").tables
    (run,) = table.data_runs()
    assert run.values(48, 50) == [[48.0] * 12, [49.0] * 12]


def test_a_number_that_no_cell_holds_is_refused() -> None:
    columns = (TableColumn("Clicks", np.array([np.inf]), Style(Role.INPUT)),)
    with pytest.raises(RenderError, match="Campaigns: T: "):
        requests(made(tab(Block("t", 2, 1, table=Table("T", columns, 1)))))


def validation(found: list[Json], header: int) -> Json:
    rules = [body for body in of_kind(found, "setDataValidation") if body["range"]["startColumnIndex"] == header]
    (rule,) = rules
    condition: Json = rule["rule"]["condition"]
    return condition


def test_bounded_numbers_keep_their_bounds(campaigns: Block) -> None:
    assert validation(requests(made(tab(campaigns))), 2) == {
        "type": "NUMBER_GREATER_THAN_EQ",
        "values": [{"userEnteredValue": "=0"}],
    }
