"""Edits typed on the command line reach the right cell, and nothing else of the file changes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sheetgen.errors import OptionError, OutputError
from sheetgen.workbook.cells import read_book
from sheetgen.workbook.edit import Edit, edit_book, parse_edit

Rewrite = Callable[[Path, dict[str, Callable[[str], str] | None]], Path]


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("Campaigns!C2=1234", Edit("Campaigns", 1, 2, 1234)),
        ("campaigns!$c$2=-1.5e3", Edit("Campaigns", 1, 2, -1500)),
        ("'Résumé 1'!B3=", Edit("Résumé 1", 2, 1, None)),
        ("Résumé 1!B3=0", Edit("Résumé 1", 2, 1, 0)),
        ("set_roi_scale=3", Edit("Résumé 1", 2, 1, 3)),
        ("SET_ROI_SCALE=high", Edit("Résumé 1", 2, 1, "high")),
        ("Campaigns!B2=2025-03-01", Edit("Campaigns", 1, 1, 45717)),
        ("Campaigns!C2=2025-03-01", Edit("Campaigns", 1, 2, "2025-03-01")),
        ("Campaigns!B2=2025-02-30", Edit("Campaigns", 1, 1, "2025-02-30")),
        ("Campaigns!A2=007", Edit("Campaigns", 1, 0, "007")),
        ("Campaigns!C2=a=b!c", Edit("Campaigns", 1, 2, "a=b!c")),
        ("Campaigns!C2==1+1", Edit("Campaigns", 1, 2, "=1+1")),
        ("Campaigns!C2=nan", Edit("Campaigns", 1, 2, "nan")),
        ("Campaigns!C2=1_000", Edit("Campaigns", 1, 2, "1_000")),
        ("Campaigns!J9=5", Edit("Campaigns", 8, 9, 5)),
    ],
)
def test_edits_mean_a_cell_and_a_value(campaigns: Path, text: str, edit: Edit) -> None:
    assert parse_edit(text, read_book(campaigns)) == edit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Campains!C2=1", "a cell of one of the tabs Campaigns, Résumé 1"),
        ("Campaigns!C0=1", "'C0' is not one"),
        ("Campaigns!XFE1=1", "'XFE1' is not one"),
        ("Campaigns!E2=1", "Campaigns!E2 holds a formula; edit one of its inputs"),
        ("total_clicks=1", "'Résumé 1'!B2 holds a formula; edit one of its inputs"),
        ("Campaigns!C1=Views", "Campaigns!C1 is a header of the table Campaigns"),
        ("roi_scale=1", "one of the names set_roi_scale, total_clicks"),
        ("Campaigns!C2", "Tab!Cell=value or name=value"),
        ("", "Tab!Cell=value or name=value"),
    ],
)
def test_edits_that_cannot_be_done_say_what_can(campaigns: Path, text: str, said: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse_edit(text, read_book(campaigns))
    assert said in str(caught.value)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_only_the_edited_sheet_changes(campaigns: Path, tmp_path: Path) -> None:
    target = tmp_path / "edited.xlsx"
    edit_book(campaigns, [Edit("Campaigns", 1, 2, 1234)], target)
    before, after = parts(campaigns), parts(target)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}
    name = "xl/worksheets/sheet1.xml"
    assert after[name] == before[name].replace(b'<c r="C2"><v>1000</v></c>', b'<c r="C2"><v>1234</v></c>')


def test_cells_take_values_of_every_kind_and_keep_their_format(campaigns: Path, tmp_path: Path) -> None:
    target = tmp_path / "edited.xlsx"
    edits = [
        Edit("Campaigns", 1, 0, 'é <"&> _x0041_ \x07'),
        Edit("Campaigns", 1, 1, 45717),
        Edit("Campaigns", 2, 2, None),
        Edit("Campaigns", 2, 3, 0.1 + 0.2),
        Edit("Campaigns", 2, 3, 1e300),
    ]
    edit_book(campaigns, edits, target)
    sheet = read_book(target).sheets[0]
    assert sheet.cells[1, 0].value == 'é <"&> _x0041_ \x07'
    assert sheet.value(2, 2) is None
    assert sheet.value(2, 3) == 1e300
    assert sheet.cells[1, 4].formula is not None
    # openpyxl, a reader that is not ours, shows a date: the cell kept its format.
    assert openpyxl.load_workbook(target)["Campaigns"]["B2"].value.isoformat() == "2025-03-01T00:00:00"


@pytest.mark.parametrize(
    ("row", "column"), [(0, 0), (0, 6), (1, 5), (2, 9), (3, 0), (9, 3)], ids=lambda number: str(number)
)
def test_absent_cells_are_inserted_in_order(tmp_path: Path, row: int, column: int) -> None:
    path, target = tmp_path / "sparse.xlsx", tmp_path / "edited.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        sheet.write_number(1, 2, 1)
        sheet.write_number(1, 6, 2)
        sheet.write_number(4, 1, 3)
    edit_book(path, [Edit("S", row, column, "new"), Edit("S", 20, 0, 4), Edit("S", 20, 2, None)], target)
    cells = read_book(target).sheets[0].cells
    assert list(cells) == sorted({(1, 2), (1, 6), (4, 1), (row, column), (20, 0), (20, 2)})
    assert cells[row, column].value == "new"
    assert cells[1, 6].value == 2
    assert openpyxl.load_workbook(target)["S"].cell(row + 1, column + 1).value == "new"


@pytest.mark.parametrize(
    "rows",
    [
        "<sheetData/>",
        '<sheetData><row r="2"/></sheetData>',
        '<sheetData><row r="2"><c r="B2" s="0"/></row></sheetData>',
        '<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>x</t></is></c></row><row r="3"/></sheetData>',
        '<sheetData><row r="3"><c r="C3"><v>1</v></c></row></sheetData >',
    ],
)
def test_every_shape_of_row_takes_a_cell(tmp_path: Path, rewritten: Rewrite, rows: str) -> None:
    path, target = tmp_path / "shapes.xlsx", tmp_path / "edited.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S")
    shaped = rewritten(path, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("<sheetData/>", rows)})
    edit_book(shaped, [Edit("S", 1, 1, 7.5)], target)
    assert read_book(target).sheets[0].cells[1, 1].value == 7.5
    assert openpyxl.load_workbook(target)["S"]["B2"].value == 7.5


def test_prefixed_sheets_take_prefixed_cells(tmp_path: Path, rewritten: Rewrite) -> None:
    path, target = tmp_path / "prefixed.xlsx", tmp_path / "edited.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S").write_number(0, 0, 1)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def prefixed(xml: str) -> str:
        body = xml[xml.index("<worksheet") :].replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        return body.replace(f'xmlns="{main}"', f'xmlns:x="{main}"')

    edit_book(
        rewritten(path, {"xl/worksheets/sheet1.xml": prefixed}), [Edit("S", 0, 0, "a"), Edit("S", 5, 5, 2)], target
    )
    assert openpyxl.load_workbook(target)["S"]["A1"].value == "a"
    assert openpyxl.load_workbook(target)["S"]["F6"].value == 2


def test_target_that_cannot_be_written(campaigns: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        edit_book(campaigns, [], tmp_path / "no folder" / "edited.xlsx")
