"""LibreOffice must not compute in threads what reads sums: it leaves them stale (seen in 7.4 from 100 rows on)."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from sheetgen.engines.catalog import engine_named
from sheetgen.engines.libreoffice import find_soffice
from sheetgen.verify import verify_workbook
from tests.report.conftest import sample_dataset, write_report


def test_columns_that_read_beyond_their_row_use_match(finer_book: Path) -> None:
    book = openpyxl.load_workbook(finer_book)
    beyond = re.compile(
        "|".join([r"\w+!\$", r"Campaigns\[(?!\[#This)", *(rf"\b{name}\b" for name in book.defined_names)])
    )
    for tab in ("Campaigns", "Daily", "Hours"):
        for head, cell in zip(book[tab][1], book[tab][2], strict=True):
            # Both read inputs and a place alone, which no column waits for.
            if cell.data_type == "f" and head.value not in ("Row No", "Budget") and beyond.search(cell.value):
                assert "MATCH(" in cell.value, (tab, head.value)


@pytest.mark.libreoffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_enough_campaigns_for_threads_agree_after_edits(tmp_path: Path) -> None:
    path = write_report(sample_dataset(finer=False, campaigns=130), tmp_path / "report.xlsx")
    edits = ("filter_platform=Instagram", "set_bound_up=0.5", "set_exponent=0.6")
    (found,) = verify_workbook(path, [engine_named("libreoffice")], edits)
    assert [difference.sentence for difference in found.comparison.differences] == []
