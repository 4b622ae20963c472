"""A workbook tells what was edited in it since it was made, whoever saved it."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sheetgen import api
from sheetgen.engines.libreoffice import find_soffice
from sheetgen.errors import NotAReportError
from sheetgen.report.record import TITLE
from sheetgen.workbook.cells import read_book
from sheetgen.workbook.place import Place

from .conftest import EXPORT, Desk, Told, Typed, build_desk, row_of, told


@pytest.mark.parametrize(
    ("export", "lang", "template"),
    [
        (EXPORT, "fr", "full"),
        (EXPORT, "en", "executive"),
        ("Campaign Name,Platform,Budget,Revenue\nSpring,Instagram,1234.56,2000\nSummer,,,\n", "en", "full"),
        ("Campaign Name,Spend,Budget\n=1+1,10,20\n'quoted,0.1,30\nA\u00a0“b”,3,1e-7\n", "en", "full"),
    ],
)
def test_a_report_as_it_was_made_has_no_edits(export: str, lang: str, template: str, tmp_path: Path) -> None:
    assert build_desk(tmp_path, export, lang, template).pull() == api.Pulled(())


EDITS: tuple[tuple[str, Typed, Told], ...] = (
    ("Campaigns!G2", 150, ("campaign", "C1", "Budget", "100", "150")),
    ("Campaigns!E2", datetime(2024, 12, 31), ("campaign", "C1", "Start Date", "2025-01-01", "2024-12-31")),
    ("Campaigns!B3", "Summer sale", ("campaign", "C2", "Campaign Name", "Summer", "Summer sale")),
    ("Campaigns!G3", None, ("campaign", "C2", "Budget", "200", "")),
    ("Campaigns!A4", "C9", ("campaign", "C3", "Campaign ID", "C3", "C9")),
    ("Campaigns!G5", "two", ("campaign", "C4", "Budget", "25", "two")),
    ("filter_platform", "TikTok", ("input", "", "filter_platform", "All", "TikTok")),
    ("filter_from", datetime(2025, 1, 2), ("input", "", "filter_from", "", "2025-01-02")),
    ("set_roi_scale", 3, ("input", "", "set_roi_scale", "2", "3")),
    ("bench_roas_low", 4.5, ("input", "", "bench_roas_low", "", "4.5")),
    ("optimiser_total", 400, ("input", "", "optimiser_total", "", "400")),
)


@pytest.mark.parametrize("is_by_openpyxl", [False, True])
def test_edits_say_where_and_what_was_there(is_by_openpyxl: bool, desk: Desk) -> None:
    edits = [(target, value) for target, value, _ in EDITS]
    plans: list[tuple[str, Typed]] = [
        (f"Campaigns!{desk.column('Lock')}5", "Yes"),
        (f"Campaigns!{desk.column('Scenario Budget')}5", 80),
    ]
    (desk.edit_with_openpyxl if is_by_openpyxl else desk.edit)(*edits, *plans)
    expected = {edit for _, _, edit in EDITS}
    expected |= {("campaign", "C4", "Lock", "", "Yes"), ("campaign", "C4", "Scenario Budget", "", "80")}
    assert set(told(desk.pull().edits)) == expected


def test_values_typed_over_formulas_are_told_as_such(desk: Desk) -> None:
    desk.edit_with_openpyxl((f"Campaigns!{desk.column('CTR')}3", 0.5), ("total_budget", 1000))
    kinds = {(kind, campaign, before, after) for kind, campaign, _, before, after in told(desk.pull().edits)}
    assert kinds == {("formula", "", "375", "1000"), ("formula", "C2", "0.0125", "0.5")}


def test_rows_typed_under_the_table_are_campaigns_added(desk: Desk) -> None:
    desk.edit_with_openpyxl(("Campaigns!B6", "Extra"), ("Campaigns!G6", 10), ("Campaigns!A7", 77), ("Campaigns!G7", 20))
    assert told(desk.pull().edits) == [
        ("added", "", "Campaign Name", "", "Extra"),
        ("added", "", "Budget", "", "10"),
        ("added", "77", "Campaign ID", "", "77"),
        ("added", "77", "Budget", "", "20"),
    ]


def test_a_row_cleared_is_a_campaign_deleted(desk: Desk) -> None:
    desk.edit(*((cell, None) for cell in row_of(3)))
    assert told(desk.pull().edits) == [("deleted", "C2", "", "", "")]


def test_the_order_of_campaigns_is_no_edit(desk: Desk) -> None:
    book = read_book(desk.report)
    values = {row: [book.value(Place("Campaigns", row - 1, column)) for column in range(13)] for row in (2, 5)}
    edits = [pair for row, other in ((2, 5), (5, 2)) for pair in zip(row_of(row), values[other], strict=True)]
    desk.edit(*((cell, value) for cell, value in edits if isinstance(value, str | float | None)))
    assert book.column("Campaigns", "Campaign ID") != read_book(desk.report).column("Campaigns", "Campaign ID")
    assert desk.pull().edits == ()


@pytest.mark.parametrize(
    ("edits", "notice"),
    [
        ([("Campaigns!A6", "C1"), ("Campaigns!G6", 5)], "row 6: the ID C1 is there already"),
        ([("Campaigns!G6", 5)], "row 6: the row has neither ID nor name"),
        ([("Campaigns!G2", "=50*2")], "Campaigns!G2 holds a formula without a result"),
        ([("set_roi_scale", "=1+1")], "holds a formula without a result"),
        ([("Daily!D2", 4001)], "Daily: Impressions no longer add up"),
    ],
)
def test_what_is_no_edit_is_said(edits: list[tuple[str, Typed]], notice: str, desk: Desk) -> None:
    desk.edit_with_openpyxl(*edits)
    found = desk.pull()
    assert found.edits == ()
    (said,) = found.notices
    assert notice in said


def test_a_page_with_a_row_inserted_is_not_searched_for_formulas(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.report)
    book["KPIs"].insert_rows(1)
    for name in [name for name, it in book.defined_names.items() if it.attr_text.startswith("KPIs!")]:
        tab, _, cell = book.defined_names[name].attr_text.partition("!")
        moved = openpyxl.worksheet.cell_range.CellRange(cell.replace("$", ""))
        moved.shift(row_shift=1)
        book.defined_names[name].attr_text = f"{tab}!{moved.coord}"
    book.save(desk.report)
    found = desk.pull()
    assert found.edits == ()
    assert [notice for notice in found.notices if notice.startswith("KPIs: rows or columns were inserted")]


def test_a_report_that_lost_its_memory_is_refused(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.report)
    sheet = book[TITLE]
    text = "".join(str(sheet.cell(row, 1).value) for row in range(2, sheet.max_row + 1))
    sheet.delete_rows(2, sheet.max_row)
    sheet.cell(2, 1).value = text.replace('"baseline"', '"other"')
    book.save(desk.report)
    with pytest.raises(NotAReportError, match="does not remember what it was made with"):
        desk.pull()


@pytest.mark.libreoffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saved_tells_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.edit_with_openpyxl(
        ("Campaigns!G2", "=50*3"), ("Campaigns!B3", "Été"), ("Campaigns!B6", "Extra"), ("set_roi_stop", 0.75)
    )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(find_soffice()), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, str(desk.report)], check=True, capture_output=True, timeout=120)
    found = api.pull(tmp_path / "saved" / desk.report.name)
    assert found.notices == ()
    assert told(found.edits) == [
        ("input", "", "set_roi_stop", "0.5", "0.75"),
        ("campaign", "C1", "Budget", "100", "150"),
        ("campaign", "C2", "Campaign Name", "Summer", "Été"),
        ("added", "", "Campaign Name", "", "Extra"),
    ]
