"""How dashboards print: on one sheet where that can be read, else with breaks between rows of blocks."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.report.conftest import sample_dataset, write_report


def test_the_executive_page_prints_on_one_sheet(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        write_report(sample_dataset(finer=True), tmp_path / "report.xlsx", template="executive")
    )
    assert len(book["Overview"].row_breaks.brk) == 0
    assert book["Overview"].page_setup.scale >= 60


def test_a_long_page_breaks_above_a_row_of_blocks(finer_book: Path) -> None:
    page = openpyxl.load_workbook(finer_book)["Analysis"]
    assert len(page.row_breaks.brk) >= 2
