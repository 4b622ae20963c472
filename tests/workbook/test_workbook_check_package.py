"""The self-check passes a sound workbook, and catches damage to its package, sheets and cells."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sheetgen.errors import NotAReportError, UnreadableFileError
from sheetgen.workbook.checks.check import check_package

ProblemsAfter = Callable[[str, str, str], str]

TYPES, BOOK, STYLES = "[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"
BOOK_RELS, PAGE_RELS = "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"
PAGE, DATA, DRAWING = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/drawings/drawing1.xml"


def test_a_sound_workbook_has_no_problem(sound: Path) -> None:
    assert check_package(sound) == ()


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (STYLES, "</styleSheet>", "", "xl/styles.xml: not well-formed"),
        (PAGE, "</worksheet>", "", "The file is damaged"),
        (PAGE, "NA()", "NA()\x01", "The file is damaged"),
        (TYPES, 'Extension="png"', 'Extension="gif"', "image1.png: has no content type"),
        (TYPES, "/xl/styles.xml", "/xl/styles9.xml", "types xl/styles9.xml, which is missing"),
        (TYPES, "table+xml", "sheet+xml", "but a table ends in table+xml"),
        (BOOK_RELS, "sheet2.xml", "sheet9.xml", "leads to xl/worksheets/sheet9.xml, which is missing"),
        (BOOK_RELS, "relationships/styles", "relationships/other", "no relationship to a styles part"),
        (PAGE_RELS, 'Id="rId2"', 'Id="rId1"', "the id 'rId1' is used 2 times"),
        (PAGE, '<drawing r:id="rId2"', '<drawing r:id="rId9"', "<drawing> refers to the relationship rId9"),
        (PAGE, '<legacyDrawing r:id="rId3"', '<legacyDrawing r:id="rId9"', "<legacyDrawing> refers to"),
        (PAGE, '<hyperlink ref="B10" r:id="rId1"', '<hyperlink ref="B10" r:id="rId9"', "<hyperlink> refers to"),
        (DATA, '<tablePart r:id="rId2"', '<tablePart r:id="rId9"', "<tablePart> refers to the relationship rId9"),
        (BOOK, 'r:id="rId2"', 'r:id="rId9"', "<sheet> refers to the relationship rId9"),
        (DRAWING, 'r:id="rId2"', 'r:id="rId9"', "<chart> refers to the relationship rId9"),
        (DRAWING, 'r:embed="rId1"', 'r:embed="rId9"', "<blip> refers to the relationship rId9"),
    ],
)
def test_damaged_package(problems_after: ProblemsAfter, part: str, old: str, new: str, said: str) -> None:
    assert said in problems_after(part, old, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name="Overview"', f'name="{"O" * 32}"', "the title has 32 characters"),
        ('name="Overview"', 'name=""', "the title has 0 characters"),
        ('name="Overview"', 'name="CAMPAIGNS"', "campaigns: 2 sheets have this title"),
        ('name="Overview"', 'name="Cost/day"', "Cost/day: a title cannot hold"),
        ('name="Overview"', 'name="\'Overview"', "'Overview: a title cannot hold"),
        ('name="Overview"', 'name="History"', "History: the title is reserved"),
        ('sheetId="2"', 'sheetId="1"', "The sheet id 1 is used 2 times"),
        ('sheetId="1"', 'sheetId="1" state="hidden"', "The active tab 0 is hidden"),
        ("sheetId=", 'state="hidden" sheetId=', "no visible sheet"),
        ("<sheets>", "<calcPr/><sheets>", "<sheets> comes after <calcPr>"),
    ],
)
def test_damaged_sheets(problems_after: ProblemsAfter, old: str, new: str, said: str) -> None:
    assert said in problems_after(BOOK, old, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<c r="B8" s="2">', '<c r="B8" s="99">', "Overview!B8: the format 99 does not exist"),
        ('<c r="B7" t="s"><v>', '<c r="B7" t="s"><v>99', "Overview!B7: the shared text 99"),
        ("<v>45658</v>", "<v>NaN</v>", "Overview!B8: 'NaN' is not a finite number"),
        ("<v>45658</v>", "<v>1e999</v>", "Overview!B8: '1e999' is not a finite number"),
        ("<v>45658</v>", "<v>soon</v>", "Overview!B8: 'soon' is not a finite number"),
        ("<v>45658</v>", "<v></v>", "Overview!B8: the cell has an empty value"),
        ("<v>#N/A</v>", "<v>#LOST!</v>", "Overview!B5: '#LOST!' is not an error"),
        ("-1</f><v>1</v>", "-1</f><v>YES</v>", "Overview!B6: 'YES' is not a truth value"),
        (
            't="e"><f>NA()</f><v>#N/A',
            f't="str"><f>NA()</f><v>{"x" * 32768}',
            "B5: a text has more than 32767 characters",
        ),
        ('t="b"', 't="bool"', "Overview!B6: the cell's kind 'bool' does not exist"),
        ("</f><v>30</v>", "</f>", "Overview!B3: the formula has no cached value"),
        ('r="C1"', 'r="B1"', "Overview!B1: the cell is twice in the file, or out of order"),
        ('r="B1"', 'r="D1"', "Overview!C1: the cell is twice in the file, or out of order"),
        ('r="B7"', 'r="B9"', "'B9' is not a cell of row 7"),
        ('r="B7"', 'r="XFE7"', "Overview!XFE7: the cell is outside of the sheet"),
        ("<sheetViews>", "<pageSetup/><sheetViews>", "<sheetViews> comes after <pageSetup>"),
        ("<sheetData>", "<rows/><sheetData>", "<rows> does not belong here"),
    ],
)
def test_damaged_cells(problems_after: ProblemsAfter, old: str, new: str, said: str) -> None:
    assert said in problems_after(PAGE, old, new)


def test_rows_out_of_order(problems_after: ProblemsAfter) -> None:
    problems = problems_after(PAGE, '<row r="10" spans="1:3" x14ac:dyDescent="0.25"><c r="B10"', '<row r="4"><c r="B4"')
    assert "Overview!B4: the cell is twice in the file, or out of order" in problems


def test_long_text(problems_after: ProblemsAfter) -> None:
    assert "more than 32767 characters" in problems_after("xl/sharedStrings.xml", "<t>a</t>", f"<t>{'x' * 32768}</t>")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fontId="1"', 'fontId="77"', "fontId 77 does not exist"),
        ('<xf numFmtId="164"', '<xf numFmtId="199"', "the number format 199 does not exist"),
        ("<borders", "<cellXfs/><borders", "<borders> comes after <cellXfs>"),
    ],
)
def test_damaged_formats(problems_after: ProblemsAfter, old: str, new: str, said: str) -> None:
    assert said in problems_after(STYLES, old, new)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (TYPES, "[Content_Types].xml: is missing"),
        ("_rels/.rels", "no workbook part"),
        (BOOK, "no workbook part"),
        (STYLES, "leads to xl/styles.xml, which is missing"),
        (BOOK_RELS, "<sheet> refers to the relationship rId1, which is missing"),
        ("xl/tables/table1.xml", "leads to xl/tables/table1.xml, which is missing"),
        ("xl/charts/chart1.xml", "leads to xl/charts/chart1.xml, which is missing"),
    ],
)
def test_missing_parts(sound: Path, tmp_path: Path, part: str, said: str) -> None:
    target = tmp_path / "incomplete.xlsx"
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            if name != part:
                copy.writestr(name, source.read(name))
    assert said in "\n".join(check_package(target))


def test_part_that_is_twice_in_the_archive(sound: Path, tmp_path: Path) -> None:
    target = tmp_path / "twice.xlsx"
    target.write_bytes(sound.read_bytes())
    with zipfile.ZipFile(target, "a") as copy, pytest.warns(UserWarning, match="Duplicate name"):
        copy.writestr(STYLES, copy.read(STYLES))
    assert check_package(target) == ("xl/styles.xml: is in the archive 2 times.",)


@pytest.mark.parametrize("part", [b"xl/worksheets/sheet1.xml", b"xl/media/image1.png"])
def test_flipped_bytes(sound: Path, tmp_path: Path, part: bytes) -> None:
    content = bytearray(sound.read_bytes())
    start = content.index(part) + len(part)
    content[start : start + 20] = bytes(20)
    target = tmp_path / "flipped.xlsx"
    target.write_bytes(content)
    (problem,) = check_package(target)
    assert problem.startswith("The file is damaged")


def test_no_workbook_at_all(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        check_package(tmp_path / "none.xlsx")
    (tmp_path / "text.xlsx").write_text("Campaign ID,Budget")
    with pytest.raises(NotAReportError):
        check_package(tmp_path / "text.xlsx")
