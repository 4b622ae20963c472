"""Native tables: columns that fill by themselves, with the values that pandas expects."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sheetgen.errors import RenderError
from sheetgen.report.model import Block, PlacedBlock, Tab, Table, TableColumn
from sheetgen.report.style import Format, Role, Style

from .conftest import Load, Part, Write

CTR = (
    'IF(Campaigns[[#This Row],[Impressions]]=0,"",Campaigns[[#This Row],[Clicks]]/Campaigns[[#This Row],[Impressions]])'
)


def data_tab(block: Block) -> Tab:
    return Tab("data", "Campaigns", (PlacedBlock(block, 2, 1),), freeze=(3, 2), gridlines=True)


def test_a_table_has_its_name_place_headers_and_filter(campaigns: Block, write: Write, load: Load) -> None:
    table = load(write(data_tab(campaigns)))[0]["Campaigns"].tables["Campaigns"]
    assert (table.ref, table.autoFilter.ref, table.headerRowCount) == ("B3:H6", "B3:H6", 1)
    headers = ["Campaign Name", "Start Date", "Budget", "Impressions", "Clicks", "CTR", "Row No"]
    assert table.column_names == headers


def test_a_calculated_column_is_one_formula_in_the_table_and_in_each_cell(
    campaigns: Block, write: Write, load: Load
) -> None:
    formulas, values = load(write(data_tab(campaigns)))
    sheet = formulas["Campaigns"]
    columns = {column.name: column for column in sheet.tables["Campaigns"].tableColumns}
    assert columns["CTR"].calculatedColumnFormula.attr_text == CTR
    assert columns["Clicks"].calculatedColumnFormula is None
    assert [sheet[f"G{row}"].value for row in (4, 5, 6)] == ["=" + CTR] * 3
    assert [values["Campaigns"][f"G{row}"].value for row in (4, 5, 6)] == [0.025, None, 0.005]


def test_texts_stay_texts_and_gaps_stay_empty(campaigns: Block, write: Write, load: Load) -> None:
    sheet = load(write(data_tab(campaigns)))[0]["Campaigns"]
    assert [(sheet[f"B{row}"].value, sheet[f"B{row}"].data_type) for row in (4, 5, 6)] == [
        ("Été", "s"),
        ("=cmd()", "s"),
        (None, "n"),
    ]
    assert [sheet[f"D{row}"].value for row in (4, 5, 6)] == [500, 250.5, None]


def test_new_rows_get_the_columns_format(campaigns: Block, write: Write, part: Part) -> None:
    path = write(data_tab(campaigns))
    columns = part(path, "xl/tables/table1.xml").findall(".//tableColumn")
    assert all(column.get("dataDxfId") is not None for column in columns)


def test_columns_have_width_note_and_may_hide(campaigns: Block, write: Write, load: Load) -> None:
    sheet = load(write(data_tab(campaigns)))[0]["Campaigns"]
    assert sheet.column_dimensions["B"].width == pytest.approx(30.71, abs=0.01)
    assert (sheet.column_dimensions["C"].hidden, sheet.column_dimensions["H"].hidden) == (False, True)
    assert sheet["D3"].comment.text == "The money invested."


@pytest.mark.parametrize(
    ("header", "lines"), [("CTR", 1), ("Cost Per Conversion", 2), ("Cost Per New Customer Won Back", 3)]
)
def test_a_header_row_has_room_for_its_lines_and_the_filter_button(
    header: str, lines: int, write: Write, load: Load
) -> None:
    column = TableColumn(header, np.array([1.0]), Style(format=Format.NUMBER), width=12.0)
    block = Block("data", 2, 1, table=Table("Data", (column,), 1))
    sheet = load(write(Tab("data", "Data", (PlacedBlock(block, 0, 0),))))[0]["Data"]
    # A line of 9 points takes 12, Excel's button 15.
    assert sheet.row_dimensions[1].height == pytest.approx(lines * 12 + 15, abs=2)


def test_input_columns_take_only_what_they_say_and_are_unlocked(campaigns: Block, write: Write, load: Load) -> None:
    sheet = load(write(data_tab(campaigns)))[0]["Campaigns"]
    rules = {str(rule.sqref): (rule.type, rule.prompt) for rule in sheet.data_validations.dataValidation}
    assert rules == {"C4:C6": ("date", None), "D4:D6": ("decimal", None)}
    assert (sheet["D4"].protection.locked, sheet["G4"].protection.locked) == (False, True)


def test_numbers_that_are_texts_get_no_green_corner(campaigns: Block, write: Write, part: Part) -> None:
    path = write(data_tab(campaigns))
    quiet = part(path, "xl/worksheets/sheet1.xml").findall(".//ignoredError")
    assert {"numberStoredAsText": "1", "sqref": "A1:H6"} in [element.attributes for element in quiet]


@pytest.mark.parametrize(
    ("name", "headers", "problem"),
    [
        ("Two Words", ("A", "B"), "cannot contain spaces"),
        ("T1", ("A", "B"), "looks like a cell name"),
        ("Data", ("Clicks", "clicks"), "Duplicate header"),
    ],
)
def test_a_table_that_excel_refuses_is_refused_here(
    name: str, headers: tuple[str, ...], problem: str, write: Write
) -> None:
    columns = tuple(TableColumn(header, np.array([1.0]), Style()) for header in headers)
    block = Block("data", 2, 2, table=Table(name, columns, 1))
    with pytest.raises(RenderError, match=f"^Data: table {name}: .*{problem}"):
        write(Tab("data", "Data", (PlacedBlock(block, 0, 0),)))


def test_a_value_that_no_cell_holds_is_refused_with_its_row(write: Write) -> None:
    bad = TableColumn("Bad", np.array([1.0, np.inf, 2.0]), Style(Role.INPUT, Format.NUMBER))
    table = Table("Data", (bad,), 3)
    with pytest.raises(RenderError, match=r"^Campaigns!B5: cannot be written \(the number inf\)"):
        write(data_tab(Block("data", 4, 1, table=table)))


def test_two_tables_never_overlap(campaigns: Block, write: Write) -> None:
    assert campaigns.table is not None
    twin = replace(campaigns, key="twin", table=replace(campaigns.table, name="Twin"))
    tab = Tab("data", "Data", (PlacedBlock(campaigns, 0, 0), PlacedBlock(twin, 3, 0)))
    with pytest.raises(RenderError, match=r"^Data: table Twin: .*overlaps"):
        write(tab)
