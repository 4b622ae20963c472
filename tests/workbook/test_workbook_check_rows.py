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

ROWS = 40
SHEET = "xl/worksheets/sheet1.xml"
FORMULA = 'IF(Data[[#This Row],[Clicks]]>9,"much & <more>",1)'

Rewrite = Callable[[Path, dict[str, Callable[[str], str] | None]], Path]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of 40 rows: a text, a number, and a formula whose results are numbers, texts and blanks."""
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        columns = [{"header": "Name"}, {"header": "Clicks"}, {"header": "Word", "formula": f"={FORMULA}"}]
        sheet.add_table(0, 0, ROWS, 2, {"name": "Data", "columns": columns})
        for row in range(1, ROWS + 1):
            sheet.write_string(row, 0, f"Café {row}")
            if row % 7:
                sheet.write_number(row, 1, row / 3)
            sheet.write_formula(row, 2, f"={FORMULA}", None, ("much & <more> – été", 1, "")[row % 3])
        sheet.write_string(ROWS + 2, 0, "below")
    return path


def read(path: Path) -> list[AlikeRows]:
    with zipfile.ZipFile(path) as package:
        reader = RowReader(BytesIO(package.read(SHEET)), texts=44, breaks={0, 1})
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
    # Every seventh row lacks its number, so it is read on its own.
    assert [(rows.first, rows.last) for rows in read(table)] == [
        (3, 6),
        (8, 13),
        (15, 20),
        (22, 27),
        (29, 34),
        (36, 40),
    ]
    assert [rows.formulas for rows in read(table)] == [{2: FORMULA}] * 6


@pytest.mark.parametrize(
    ("number", "old", "new", "problem"),
    [
        (20, "<v>6.333333333333333</v>", "<v>1E999</v>", "Data!B20: '1E999' is not a finite number."),
        (20, "<v>6.333333333333333</v>", "<v>six</v>", "Data!B20: 'six' is not a finite number."),
        (20, "<v>6.333333333333333</v>", "<v></v>", "Data!B20: the cell has an empty value."),
        (20, ' t="s"><v>', ' t="s"><v>9', "Data!A20: the shared text 921 does not exist (there are 44)."),
        (20, ' t="s"', ' t="q"', "Data!A20: the cell's kind 'q' does not exist."),
        (20, 'r="B20"', 'r="B20" s="7"', "Data!B20: the format 7 does not exist (the workbook has 1)."),
        (20, 'r="C20"', 'r="B20"', "Data!B20: the cell is twice in the file, or out of order."),
        (20, 'r="20"', 'r="1048577"', "is not a cell of row 1048577"),
        (20, "&lt;more&gt;", "&lt;less&gt;", "Data!C20: differs from the formula of its calculated column."),
        (20, "Data[[#This Row]", "Date[[#This Row]", "Data!C20: there is no table for Date[[#This Row],[Clicks]]."),
        (20, "<f>", '<f t="array" ref="C20">', "Data: the table Data holds an array formula, which tables cannot."),
        (20, "<v>6.", "<w/><v>6.", ""),
        (25, "été</v>", "été & hiver</v>", "not well-formed"),
        (25, "été</v>", "été\x01</v>", "not well-formed"),
        (25, "été</v>", "été" + "!" * 32_767 + "</v>", "Data!C25: a text has more than 32767 characters."),
        (25, "</c></row>", "</row>", "mismatched tag"),
    ],
)
def test_what_is_wrong_in_one_of_many_rows_is_found(
    number: int, old: str, new: str, problem: str, table: Path, rewritten: Rewrite
) -> None:
    found = check_package(rewritten(table, {SHEET: changed(number, old, new)}))
    assert problem in "; ".join(found)
    assert bool(found) == bool(problem)


def test_a_row_that_is_twice_in_the_file_is_found(table: Path, rewritten: Rewrite) -> None:
    found = check_package(rewritten(table, {SHEET: lambda text: re.sub(r'(<row r="20".*?</row>)', r"\1\1", text)}))
    assert found[0] == "Data!A20: the cell is twice in the file, or out of order."


def test_a_row_like_those_of_a_table_that_stands_below_it_is_outside_of_it(table: Path, rewritten: Rewrite) -> None:
    smaller: dict[str, Callable[[str], str] | None] = {
        "xl/tables/table1.xml": lambda text: text.replace("A1:C41", "A1:C31")
    }
    found = check_package(rewritten(table, smaller))
    assert f"Data!C32: Data[[#This Row],[Clicks]] is used outside of the table's rows. In: {FORMULA}" in found
