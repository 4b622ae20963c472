"""A workbook reads back the same, whichever program saved it."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sheetgen.errors import DamagedFileError, EncryptedFileError, NotAReportError, SheetgenError, UnreadableFileError
from sheetgen.values import SheetError, Value
from sheetgen.workbook.cells import Book, StoredCell, read_book
from sheetgen.workbook.place import Place

Rewrite = Callable[[Path, dict[str, Callable[[str], str] | None]], Path]


def values(book: Book, tab: str) -> dict[tuple[int, int], Value]:
    sheet = book.sheet(tab)
    assert sheet is not None
    return {place: cell.value for place, cell in sheet.cells.items()}


def test_cells_hold_formula_and_cached_value(campaigns: Path) -> None:
    cells = values(read_book(campaigns), "Campaigns")
    assert cells[1, 0] == "Été"
    assert cells[1, 1] == 45658
    assert cells[1, 4] == 0.025
    assert cells[2, 4] is None


def test_formula_results_keep_their_kind(campaigns: Path) -> None:
    page = read_book(campaigns).sheet("résumé 1")
    assert page is not None
    assert page.cells[1, 1] == StoredCell("SUM(Campaigns[Clicks])", 25, 0)
    assert page.cells[2, 1].formula is None
    assert page.cells[3, 1].value is True
    assert page.cells[4, 1].value == SheetError("#N/A")


def test_table_gives_its_place_headers_and_formulas(campaigns: Path) -> None:
    table = read_book(campaigns).tables["Campaigns"]
    assert (table.tab, table.header_row, table.first_row, table.last_row, table.column) == ("Campaigns", 0, 1, 2, 0)
    assert table.headers == ("Campaign Name", "Start Date", "Impressions", "Clicks", "CTR")
    assert list(table.formulas) == ["CTR"]
    assert table.formulas["CTR"].startswith("IF(Campaigns[[#This Row],[Impressions]]=0")


def test_column_gives_one_value_per_data_row(campaigns: Path) -> None:
    book = read_book(campaigns)
    assert book.column("Campaigns", "Clicks") == [25, 0]
    assert book.column("Campaigns", "CTR") == [0.025, None]


def test_names_of_single_cells_are_kept_apart(campaigns: Path) -> None:
    book = read_book(campaigns)
    assert book.names == {"total_clicks": Place("Résumé 1", 1, 1), "set_roi_scale": Place("Résumé 1", 2, 1)}
    assert book.ranges == {"everything": "Campaigns!$A$1:$E$3"}


def test_properties_include_the_custom_ones(campaigns: Path) -> None:
    properties = read_book(campaigns).properties
    assert properties["title"] == "Spring"
    assert properties["sheetgen"] == "0.1.0"


@pytest.mark.parametrize("text", ["=1+1", " spaced ", "a\nb", "عربي", "😀", "<&>", "'quoted", "0012"])
def test_texts_survive(tmp_path: Path, text: str) -> None:
    path = tmp_path / "texts.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S").write_string(0, 0, text)
    assert values(read_book(path), "S") == {(0, 0): text}


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("_x0041_", "A"),
        ("_x005F_x0041_", "_x0041_"),
        ("a_x000D_b", "a\rb"),
        ("_xD83D__xDE00_", "😀"),
        ("_x41_ _X0041_", "_x41_ _X0041_"),
    ],
)
def test_escapes_read_as_spreadsheets_show_them(tmp_path: Path, rewritten: Rewrite, stored: str, shown: str) -> None:
    path = tmp_path / "escapes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S").write_string(0, 0, "text")
    changed = rewritten(path, {"xl/sharedStrings.xml": lambda xml: xml.replace("text", stored)})
    assert values(read_book(changed), "S") == {(0, 0): shown}


def test_openpyxl_workbook_reads(tmp_path: Path) -> None:
    path = tmp_path / "openpyxl.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["a", 1.5, True, datetime.datetime(2025, 3, 1), None, "=B1*2", "#N/A"])
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.save(path)
    read = read_book(path)
    assert values(read, "Sheet") == {
        (0, 0): "a",
        (0, 1): 1.5,
        (0, 2): True,
        (0, 3): 45717,
        (0, 5): None,
        (0, 6): SheetError("#N/A"),
    }
    assert [(sheet.title, sheet.state) for sheet in read.sheets] == [("Sheet", "visible"), ("Hidden", "hidden")]
    sheet = read.sheets[0]
    assert sheet.cells[0, 5].formula == "B1*2"
    assert sheet.cells[0, 3].style in read.formats.dates
    assert sheet.cells[0, 1].style not in read.formats.dates


@pytest.mark.parametrize(
    ("code", "shows_date"),
    [
        ("d mmm yyyy", True),
        ("[$-40C]mmmm yyyy;@", True),
        ("[h]:mm", True),
        ("yyyy-mm-dd", True),
        ('0.0" days"', False),
        ('#,##0 "€"', False),
        ("[Red]0.00", False),
        ('0.00"×"', False),
        ("General", False),
        ('0;-0;0;"–"', False),
    ],
)
def test_date_formats_are_told_from_numbers(tmp_path: Path, code: str, shows_date: bool) -> None:
    path = tmp_path / "formats.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S").write_number(0, 0, 1, book.add_format({"num_format": code, "bold": True}))
    read = read_book(path)
    assert (read.sheets[0].cells[0, 0].style in read.formats.dates) is shows_date


SHARED = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1+SUM(A:A)&amp;"A1"</f>'
    '<v>1</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
    '<row r="3"><c r="B3" t="str"><f t="shared" si="0"/><v></v></c></row>'
)


def test_shared_formulas_are_written_out(tmp_path: Path, rewritten: Rewrite) -> None:
    path = tmp_path / "shared.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S").write_number(0, 0, 1)
    sheet = "xl/worksheets/sheet1.xml"
    changed = rewritten(path, {sheet: lambda xml: xml[: xml.index("<row")] + SHARED + xml[xml.index("</sheetData>") :]})
    cells = read_book(changed).sheets[0].cells
    assert cells[1, 1] == StoredCell('A2*$A$1+SUM(A:A)&"A1"', 2, 0)
    assert cells[2, 1] == StoredCell('A3*$A$1+SUM(A:A)&"A1"', None, 0)


def test_positions_may_be_left_out(tmp_path: Path, rewritten: Rewrite) -> None:
    path = tmp_path / "bare.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S").write_number(0, 0, 1)
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row r='4'><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    sheet = "xl/worksheets/sheet1.xml"
    changed = rewritten(path, {sheet: lambda xml: xml[: xml.index("<row")] + rows + xml[xml.index("</sheetData>") :]})
    assert values(read_book(changed), "S") == {(0, 0): 1, (0, 1): 2, (3, 0): 3, (4, 0): 4}


def test_inline_texts_and_rich_texts_read_without_phonetics(tmp_path: Path, rewritten: Rewrite) -> None:
    path = tmp_path / "inline.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S").write_number(0, 0, 1)
    inline = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>Cam</t></r><r><t>paign</t></r><rPh><t>x</t></rPh></is></c>'
        '<c r="B1" t="d"><v>2025-03-01T12:00:00</v></c></row>'
    )
    sheet = "xl/worksheets/sheet1.xml"
    changed = rewritten(path, {sheet: lambda xml: xml[: xml.index("<row")] + inline + xml[xml.index("</sheetData>") :]})
    assert values(read_book(changed), "S") == {(0, 0): "Campaign", (0, 1): 45717.5}


def test_shared_rich_texts_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "rich.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("S").write_rich_string(0, 0, "Cam", book.add_format({"bold": True}), "paign")
    assert values(read_book(path), "S") == {(0, 0): "Campaign"}


def test_workbook_without_formats_reads(campaigns: Path, rewritten: Rewrite) -> None:
    unstyled = rewritten(campaigns, {"xl/_rels/workbook.xml.rels": lambda xml: xml.replace("/styles", "/other")})
    assert values(read_book(unstyled), "Campaigns") == values(read_book(campaigns), "Campaigns")
    assert read_book(unstyled).formats.dates == frozenset()


def test_strict_namespaces_prefixes_and_absolute_targets_read(campaigns: Path, rewritten: Rewrite) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def strict(xml: str) -> str:
        return xml.replace(main, "http://purl.oclc.org/ooxml/spreadsheetml/main")

    def prefixed(xml: str) -> str:
        body = xml[xml.index("<workbook") :].replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
        return body.replace(f'xmlns="{main}"', f'xmlns:x="{main}"')

    def absolute(xml: str) -> str:
        return xml.replace('Target="worksheets', 'Target="/xl/worksheets')

    changes = {"xl/workbook.xml": prefixed, "xl/worksheets/sheet1.xml": strict, "xl/_rels/workbook.xml.rels": absolute}
    changed = read_book(rewritten(campaigns, dict(changes)))
    assert values(changed, "Campaigns") == values(read_book(campaigns), "Campaigns")
    assert changed.names == read_book(campaigns).names


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_workbook_reads(campaigns: Path, tmp_path: Path) -> None:
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path / "out"), str(campaigns)], check=True, capture_output=True)
    book, saved = read_book(campaigns), read_book(tmp_path / "out" / campaigns.name)
    assert values(saved, "Campaigns") == values(book, "Campaigns")
    assert values(saved, "Résumé 1") == values(book, "Résumé 1")
    assert saved.tables["Campaigns"].headers == book.tables["Campaigns"].headers
    assert saved.names == book.names


def error_of(path: Path) -> type[SheetgenError]:
    with pytest.raises(SheetgenError) as caught:
        read_book(path)
    assert str(path) in str(caught.value)
    return type(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    assert error_of(tmp_path / "none.xlsx") is UnreadableFileError


def test_folder(tmp_path: Path) -> None:
    assert error_of(tmp_path) is UnreadableFileError


@pytest.mark.parametrize(
    "content", [b"", b"Campaign ID,Budget\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900)]
)
def test_other_formats(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(content)
    assert error_of(path) is NotAReportError


def test_encrypted_workbook(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900) + "EncryptedPackage".encode("utf-16-le"))
    assert error_of(path) is EncryptedFileError


def test_archive_with_a_password(campaigns: Path) -> None:
    content = bytearray(campaigns.read_bytes())
    # Bit 0 of an entry's flags, 8 bytes into the archive's listing of it, says that the entry is encrypted.
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    campaigns.write_bytes(content)
    assert error_of(campaigns) is EncryptedFileError


@pytest.mark.parametrize("kept", [30, 2000, -60])
def test_truncated_workbook(campaigns: Path, kept: int) -> None:
    campaigns.write_bytes(campaigns.read_bytes()[:kept])
    assert error_of(campaigns) is DamagedFileError


def test_flipped_bytes(campaigns: Path) -> None:
    content = bytearray(campaigns.read_bytes())
    start = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[start : start + 40] = bytes(40)
    campaigns.write_bytes(content)
    assert error_of(campaigns) is DamagedFileError


def test_zip_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("photo.txt", "not a sheet")
    assert error_of(path) is DamagedFileError


@pytest.mark.parametrize(
    ("part", "damage"),
    [
        ("xl/worksheets/sheet1.xml", lambda xml: xml[:-20]),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace("<v>45658</v>", "<v>soon</v>")),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace('t="s"><v>0</v>', 't="s"><v>999</v>')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace('r="A2"', 'r="$"')),
        ("xl/workbook.xml", lambda xml: xml.replace('r:id="rId1"', 'r:id="rId77"')),
        ("xl/workbook.xml", lambda xml: xml.replace("<workbook", "<!DOCTYPE x []><workbook")),
        ("xl/workbook.xml", lambda xml: xml.replace("UTF-8", "UTF-9")),
        ("xl/tables/table1.xml", lambda xml: xml.replace('ref="A1:E3"', 'ref="E3:A1"')),
        ("xl/sharedStrings.xml", None),
    ],
)
def test_damaged_parts(campaigns: Path, rewritten: Rewrite, part: str, damage: Callable[[str], str] | None) -> None:
    assert error_of(rewritten(campaigns, {part: damage})) is DamagedFileError
