"""The self-check catches damage to native tables and defined names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

ProblemsAfter = Callable[[str, str, str], str]

TABLE, DAILY = "xl/tables/table1.xml", "xl/tables/table2.xml"
BOOK, PAGE, DATA = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
MERGED = '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>'


@pytest.mark.parametrize(
    ("new_name", "said"),
    [
        ("CAMPAIGNS", "2 tables are named 'campaigns'"),
        ("By day", "'By day' is not made of letters, digits, underscores and points alone"),
        ("1day", "'1day' is not made of letters"),
        ("Q1", "'Q1' could be read as a cell"),
        ("R1C1", "'R1C1' could be read as a cell"),
        ("c", "'c' could be read as a cell"),
        ("", "has 0 characters"),
        ("D" * 256, "has 256 characters"),
        ("Total", "has the name of a defined name"),
    ],
)
def test_bad_table_names(problems_after: ProblemsAfter, new_name: str, said: str) -> None:
    new = f'name="{new_name}" displayName="{new_name}"'
    assert said in problems_after(DAILY, 'name="Daily" displayName="Daily"', new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name="Daily" displayName', 'name="Days" displayName', "The table Daily has a second name, 'Days'"),
        ('id="2" name="Daily"', 'id="1" name="Daily"', "The table id '1' is used 2 times"),
        ('id="2" name="Daily"', 'id="0" name="Daily"', "The table id '0' is used 1 times"),
        (' ref="F1:G3" totals', ' ref="G3:F1" totals', "its range 'G3:F1' is not one"),
        ("F1:G3", "F1:G1", "it has no data row"),
        ('id="2" name="Daily"', 'headerRowCount="0" id="2" name="Daily"', "it has no header row"),
        ('<autoFilter ref="F1:G3"/>', '<autoFilter ref="F1:H3"/>', "its filter covers F1:H3"),
        ("F1:G3", "F1:H3", "it is 3 columns wide but lists 2"),
        ('tableColumns count="2"', 'tableColumns count="3"', "said to be 3"),
        ('name="Date"', 'name="Day"', "Campaigns!F1 reads 'Date', the column is headed 'Day'"),
        ('name="Date"', f'name="{"x" * 256}"', "a header has 256 characters"),
        ('name="Date"', 'name="COST_x000a_per day"', "2 columns are headed"),
        ('id="2" name="Cost', 'id="1" name="Cost', "two columns have the same id"),
        ("F1:G3", "D2:E3", "the tables Campaigns and Daily overlap"),
        ("<tableStyleInfo", "<extLst/><tableStyleInfo", "<tableStyleInfo> comes after <extLst>"),
    ],
)
def test_damaged_table(problems_after: ProblemsAfter, old: str, new: str, said: str) -> None:
    assert said in problems_after(DAILY, old, new)


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (DATA, '<c r="F1" t="s">', '<c r="F1">', "the header cell Campaigns!F1 is no text"),
        (DATA, "<pageMargins", f"{MERGED}<pageMargins", "cells of the table Campaigns are merged"),
        (DATA, '<tablePart r:id="rId2"/>', "", "Campaigns: lists 1 tables but has 2"),
        (DATA, '<c r="D2"><f>', '<c r="D2"><f t="array" ref="D2">', "holds an array formula, which tables cannot"),
        (TABLE, "[Reach %]])", "[Clicks]])", "(and 2 more cells of the column)"),
        (PAGE, 'ref="A2:C2"', 'ref="A1:A2"', "the merged cells A1:C1 and A1:A2 overlap"),
        (PAGE, 'ref="A2:C2"', 'ref="A2"', "a merged range is not a range of several cells"),
    ],
)
def test_table_and_sheet_that_disagree(problems_after: ProblemsAfter, part: str, old: str, new: str, said: str) -> None:
    assert said in problems_after(part, old, new)


def test_calculated_column_with_other_cells_is_told_once(problems_after: ProblemsAfter) -> None:
    problems = problems_after(DATA, "[Reach %]])", "[Clicks]])")
    assert (
        problems == "Campaigns!D2: differs from the formula of its calculated column (and 2 more cells of the column)."
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name="total"', 'name="to tal"', "The name 'to tal' is not made of letters"),
        ('name="total"', 'name="AB12"', "The name 'AB12' could be read as a cell"),
        ('name="local" localSheetId="1"', 'name="TOTAL"', "The name total is defined 2 times"),
        ("Overview!$B$3<", "Gone!$B$3<", "The name total: there is no tab 'Gone'"),
        ("Overview!$B$3<", "=Overview!$B$3<", "The name total: the formula begins with an equals sign"),
        ("Overview!$B$3<", "Overview!$B$3+<", "The name total: the formula is not complete"),
        ("Overview!$B$3<", "#REF!<", "The name total: a reference leads nowhere"),
        ('localSheetId="1"', 'localSheetId="7"', "belongs to a sheet that does not exist"),
    ],
)
def test_damaged_names(problems_after: ProblemsAfter, old: str, new: str, said: str) -> None:
    assert said in problems_after(BOOK, old, new)
