"""The workbook as a whole: names, views, paper, properties, the same bytes each time, and no half-written file."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sheetgen.errors import OutputError, RenderError
from sheetgen.formula.tree import Name
from sheetgen.render.xlsx import write_xlsx
from sheetgen.report.locale import load_locale
from sheetgen.report.model import Block, Cell, PlacedBlock, Report, Tab
from sheetgen.report.style import Ink, Role, Style
from sheetgen.report.theme import load_theme
from sheetgen.workbook.checks.check import check_package

from .conftest import Load, Part, Write


def block(key: str, *cells: Cell, **options: Any) -> Block:
    return Block(key, 4, 4, cells, **options)


def tab(title: str, *blocks: Block, **options: Any) -> Tab:
    places = tuple(PlacedBlock(each, 5 * row, 1) for row, each in enumerate(blocks))
    return Tab(title.lower(), title, places, **options)


def image(path: Path, width: int, height: int) -> Path:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x25\x63\xeb" * width for _ in range(height))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return path


def test_names_belong_to_the_workbook(write: Write, load: Load) -> None:
    page = tab("Page 1", block("total", Cell(1, 2, 5.0), names={"total_budget": (1, 2)}))
    other = tab("Other", block("use", Cell(0, 0, Name("total_budget") * 2, expected=10.0)))
    names = load(write(page, other))[0].defined_names
    assert names["total_budget"].attr_text == "'Page 1'!$D$2"


@pytest.mark.parametrize("name", ["AB12", "1st", "two words"])
def test_a_name_that_excel_refuses_is_refused_here(name: str, write: Write) -> None:
    with pytest.raises(RenderError, match=f"^defined name {name}: "):
        write(tab("Page", block("total", names={name: (0, 0)})))


@pytest.mark.parametrize("title", ["a/b", "x" * 32, "'quoted'"])
def test_a_tab_title_that_excel_refuses_is_refused_here(title: str, write: Write) -> None:
    with pytest.raises(RenderError, match=r"^tab "):
        write(tab(title, block("page")))


def test_each_tab_has_its_view(write: Write, load: Load) -> None:
    dashboard = tab("Overview", block("a"), widths=(2.0, 11.5), ink=Ink.ACCENT)
    data = tab("Data", block("b"), freeze=(1, 2), gridlines=True, zoom=85)
    book = load(write(dashboard, data, tab("Helper", block("c"), hidden=True)))[0]
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    assert [sheet.sheet_view.showGridLines is not False for sheet in book] == [False, True, False]
    assert [sheet.freeze_panes for sheet in book] == [None, "C2", None]
    assert book["Data"].sheet_view.zoomScale == 85
    assert book["Overview"].sheet_properties.tabColor.rgb == "FF" + load_theme().colors.accent[1:]
    assert book["Overview"].column_dimensions["B"].width == pytest.approx(12.29, abs=0.01)


def test_a_view_that_excel_refuses_is_refused_here(write: Write) -> None:
    with pytest.raises(RenderError, match=r"^tab 'Page': .*Zoom factor"):
        write(tab("Page", block("page"), zoom=5))


def test_the_first_tab_that_shows_is_the_one_that_opens(write: Write, load: Load) -> None:
    book = load(write(tab("Helper", block("a"), hidden=True), tab("Overview", block("b"))))[0]
    assert book.active.title == "Overview"
    assert book["Helper"].sheet_state == "hidden"


def test_rows_have_their_heights_and_merged_texts_their_room(write: Write, load: Load) -> None:
    text = "Every number is a sum of the Campaigns tab under the filters in force; KPIs are ratios of those sums. " * 2
    cells = (Cell(2, 0, text, Style(Role.TEXT), columns=4), Cell(3, 0, text, Style(Role.TEXT)))
    sheet = load(write(tab("Page", block("page", *cells, heights={0: 33.0, 2: 21.0}))))[0]["Page"]
    assert sheet.row_dimensions[1].height == 33
    assert sheet.row_dimensions[3].height > 60
    assert sheet.row_dimensions[4].height is None


def test_pages_print_one_page_wide_with_title_and_numbers(write: Write, load: Load, campaigns: Block) -> None:
    data = Tab("data", "Campaigns", (PlacedBlock(campaigns, 0, 0),), freeze=(1, 1))
    book = load(write(tab("R&D 1", block("a")), data))[0]
    for sheet in book:
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize) == ("landscape", 9)
    table = book["Campaigns"]
    assert (table.page_setup.fitToWidth or 1, table.page_setup.fitToHeight) == (1, 0)
    assert table.sheet_properties.pageSetUpPr.fitToPage
    assert book["R&D 1"].oddFooter.center.text == "R&&D 1"
    assert book["R&D 1"].oddFooter.right.text == "&P / &N"
    assert book["Campaigns"].print_title_rows == "$1:$1"
    assert book["Campaigns"].print_area == "'Campaigns'!$A$1:$G$4"


def test_a_table_too_wide_to_read_prints_on_more_pages_with_its_first_columns(
    write: Write, load: Load, campaigns: Block
) -> None:
    wide = Tab("data", "Campaigns", (PlacedBlock(campaigns, 0, 0),), widths=(60.0,) * 7, freeze=(1, 1))
    sheet = load(write(wide))[0]["Campaigns"]
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (2, "$A:$A")


def test_properties_are_the_documents_or_custom_ones(write: Write, load: Load) -> None:
    properties = {"author": "Agency", "subject": "KPIs", "created": "2025-10-01T12:00:00", "sheetgen": "0.1.0"}
    book = load(write(tab("Page", block("page")), properties=properties))[0]
    found = book.properties
    assert (found.title, found.creator, found.subject) == ("Spring report", "Agency", "KPIs")
    assert found.created.isoformat() == "2025-10-01T12:00:00"
    assert {custom.name: custom.value for custom in book.custom_doc_props.props} == {"sheetgen": "0.1.0"}


def test_the_theme_gives_excel_its_colours_and_fonts(write: Write, part: Part) -> None:
    path = write(tab("Page", block("page")), theme=load_theme("slate"))
    theme = part(path, "xl/theme/theme1.xml")
    assert theme.find(".//accent1/srgbClr").get("val") == load_theme("slate").colors.accent[1:]
    assert theme.find(".//majorFont/latin").get("typeface") == "Georgia"


def test_a_logo_stands_at_the_right_end_of_the_title(write: Write, part: Part, tmp_path: Path) -> None:
    theme = replace(load_theme(), logo=image(tmp_path / "logo.png", 200, 88), logo_alt="Example agency")
    title = block("title", Cell(0, 0, "Report", Style(Role.TITLE)), heights={0: 33.0})
    drawing = part(write(tab("Page", title, widths=(2.0, *(11.0,) * 4)), theme=theme), "xl/drawings/drawing1.xml")
    corners = [[int(edge.text()) for edge in drawing.find(f".//{corner}")] for corner in ("from", "to")]
    pixel = 9525
    # Columns are 19 and 82 pixels wide; 44 pixels high, the logo is 100 wide and ends with column E.
    assert corners == [[3, 64 * pixel, 0, 0], [5, 0, 1, 0]]
    assert drawing.find(".//cNvPr").get("descr") == "Example agency"


def test_the_same_report_gives_the_same_bytes(write: Write, campaigns: Block) -> None:
    tabs = (
        tab("Page", block("page", Cell(0, 0, 1.0, note="One."), names={"one": (0, 0)})),
        Tab("data", "Campaigns", (PlacedBlock(campaigns, 0, 0),)),
    )
    first = write(*tabs, properties={"b": "2", "a": "1"}).read_bytes()
    assert write(*tabs, properties={"b": "2", "a": "1"}).read_bytes() == first


def test_the_package_passes_its_own_check(write: Write, campaigns: Block) -> None:
    path = write(tab("Page", block("page", Cell(0, 0, 1.0))), Tab("data", "Campaigns", (PlacedBlock(campaigns, 0, 0),)))
    assert check_package(path) == ()
    assert zipfile.ZipFile(path).testzip() is None


def test_progress_counts_up_to_the_total(tmp_path: Path, campaigns: Block) -> None:
    told: list[tuple[int, int]] = []
    report = Report("R", (Tab("data", "Campaigns", (PlacedBlock(campaigns, 0, 0),)),), "EUR", "en")
    write_xlsx(
        report,
        tmp_path / "r.xlsx",
        load_theme(),
        load_locale("en", "EUR"),
        lambda done, total: told.append((done, total)),
    )
    done = [each for each, _ in told]
    assert done == sorted(done)
    assert (done[-1], {total for _, total in told}) == (42, {42})


@pytest.mark.parametrize("place", ["missing/report.xlsx", "folder"])
def test_a_place_that_cannot_be_written_is_said(place: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    report = Report("R", (tab("Page", block("page")),), "EUR", "en")
    with pytest.raises(OutputError, match=rf"{place}: cannot be written \("):
        write_xlsx(report, tmp_path / place, load_theme(), load_locale("en", "EUR"))


def test_a_refused_report_leaves_no_file(tmp_path: Path) -> None:
    report = Report("R", (tab("Page", block("page", Cell(0, 0, float("inf")))),), "EUR", "en")
    with pytest.raises(RenderError):
        write_xlsx(report, tmp_path / "r.xlsx", load_theme(), load_locale("en", "EUR"))
    assert list(tmp_path.iterdir()) == []
