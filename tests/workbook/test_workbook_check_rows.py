"""Rows that differ in their values only: read faster, and no less strictly."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from sheetgen.workbook.checks.check import check_package
from sheetgen.workbook.checks.rows import AlikeRows, RowReader

ROWS = 120
LACKING = 77
"""The row that lacks a cell; others have a blank one."""
SHEET = "xl/worksheets/sheet1.xml"
FORMULA = 'IF(Data[[#This Row],[Clicks]]>9,"much & <more>",1)'

Rewrite = Callable[[Path, dict[str, Callable[[str], str] | None]], Path]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of 120 rows: a text, a number, and a formula whose results are numbers, texts and blanks."""
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        count = book.add_format({"num_format": "#,##0"})
        columns = [{"header": "Name"}, {"header": "Clicks"}, {"header": "Word", "formula": f"={FORMULA}"}]
        sheet.add_table(0, 0, ROWS, 2, {"name": "Data", "columns": columns})
        for row in range(1, ROWS + 1):
            sheet.write_string(row, 0, f"Café {row}")
            if row % 7:
                sheet.write_number(row, 1, row / 3, count)
            elif row != LACKING:
                sheet.write_blank(row, 1, None, count)
            sheet.write_formula(row, 2, f"={FORMULA}", None, ("much & <more> – été", 1, "")[row % 3])
        sheet.write_string(ROWS + 2, 0, "below")
    return path


def read(path: Path) -> list[AlikeRows]:
    with zipfile.ZipFile(path) as package:
        reader = RowReader(BytesIO(package.read(SHEET)), texts=124, breaks={0, 1})
    return [rows for rows in reader.rows() if isinstance(rows, AlikeRows)]


def changed(number: int, old: str, new: str) -> Callable[[str], str]:
    """A worksheet's text with `old` as `new` in a row."""

    def change(text: str) -> str:
        found = re.search(rf'<row r="{number}".*?</row>', text)
        assert found is not None
        assert old in found[0]
        return text.replace(found[0], found[0].replace(old, new, 1))

    return change


def test_a_sound_table_has_no_problem_and_its_rows_are_alike(table: Path) -> None:
    assert check_package(table) == ()
    assert read(table) == [AlikeRows(41, 76, {2: FORMULA}), AlikeRows(78, 120, {2: FORMULA})]


@pytest.mark.parametrize(
    ("number", "old", "new", "problem"),
    [
        (60, "<v>19.66666666666667</v>", "<v>1E999</v>", "Data!B60: '1E999' is not a finite number."),
        (60, "<v>19.66666666666667</v>", "<v>six</v>", "Data!B60: 'six' is not a finite number."),
        (60, "<v>19.66666666666667</v>", "<v></v>", "Data!B60: the cell has an empty value."),
        (60, ' t="s"><v>', ' t="s"><v>9', "Data!A60: the shared text 961 does not exist (there are 124)."),
        (60, ' t="s"', ' t="q"', "Data!A60: the cell's kind 'q' does not exist."),
        (60, 'r="B60" s="1"', 'r="B60" s="7"', "Data!B60: the format 7 does not exist (the workbook has 2)."),
        (60, 'r="C60"', 'r="B60"', "Data!B60: the cell is twice in the file, or out of order."),
        (60, 'r="60"', 'r="1048577"', "is not a cell of row 1048577"),
        (60, "&lt;more&gt;", "&lt;less&gt;", "Data!C60: differs from the formula of its calculated column."),
        (60, "Data[[#This Row]", "Date[[#This Row]", "Data!C60: there is no table for Date[[#This Row],[Clicks]]."),
        (60, "<f>", '<f t="array" ref="C60">', "Data: the table Data holds an array formula, which tables cannot."),
        (60, "<v>19.", "<w/><v>19.", ""),
        (61, "été</v>", "été & hiver</v>", "not well-formed"),
        (61, "été</v>", "été\x01</v>", "not well-formed"),
        (61, "été</v>", "été" + "!" * 32_767 + "</v>", "Data!C61: a text has more than 32767 characters."),
        (61, "</c></row>", "</row>", "mismatched tag"),
    ],
)
def test_what_is_wrong_in_one_of_many_rows_is_found(
    number: int, old: str, new: str, problem: str, table: Path, rewritten: Rewrite
) -> None:
    found = check_package(rewritten(table, {SHEET: changed(number, old, new)}))
    assert problem in "; ".join(found)
    assert bool(found) == bool(problem)


def test_a_row_that_is_twice_in_the_file_is_found(table: Path, rewritten: Rewrite) -> None:
    found = check_package(rewritten(table, {SHEET: lambda text: re.sub(r'(<row r="60".*?</row>)', r"\1\1", text)}))
    assert found[0] == "Data!A60: the cell is twice in the file, or out of order."


def test_a_row_like_those_of_a_table_that_stands_below_it_is_outside_of_it(table: Path, rewritten: Rewrite) -> None:
    smaller: dict[str, Callable[[str], str] | None] = {
        "xl/tables/table1.xml": lambda text: text.replace("A1:C121", "A1:C91")
    }
    found = check_package(rewritten(table, smaller))
    assert f"Data!C92: Data[[#This Row],[Clicks]] is used outside of the table's rows. In: {FORMULA}" in found
