"""The ledger on the Data Quality tab: kinds with their lines and money, and a table that does not grow with them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from sheetgen import api
from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.ledger import Ledger, LedgerLine, Severity
from sheetgen.report.blocks.issues import MOST_OF_A_KIND
from sheetgen.verify import verify_workbook

BAD = 120
"""Rows of 10.00 each whose clicks are no number."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issues")
    rows = [f"A{place},10.00,oops" for place in range(BAD)]
    text = "\n".join(["Campaign,Cost,Clicks", *rows, "B,5.50,1", "B,5.50,1", "Total,1205.50,1"])
    source, path = folder / "dirty.csv", folder / "report.xlsx"
    source.write_text(text + "\n", encoding="utf-8")
    api.build([source], api.BuildOptions(path))
    return path


def issues(book: Path) -> dict[str, tuple[object, ...]]:
    """Lines, severity, spend and first rows by code."""
    rows = list(openpyxl.load_workbook(book, data_only=True)["Data Quality"].iter_rows(min_col=2, values_only=True))
    start = next(place for place, row in enumerate(rows) if row[:2] == ("Code", "Lines"))
    found = {}
    for row in rows[start + 1 :]:
        if row[5] is None:
            break
        found[str(row[0])] = row[1:5]
    return found


def test_lines_money_and_first_rows_of_each_kind(book: Path) -> None:
    found = issues(book)
    assert found["not_a_number"] == (BAD, "warning", 1200, "2, 3, 4, 5 …")
    assert found["duplicate_row"] == (1, "dropped", 5.5, "123")
    assert found["total_row"] == (1, "dropped", 1205.5, "124")
    assert list(found)[:2] == ["duplicate_row", "total_row"]


def test_the_table_shows_the_first_lines_of_each_kind(book: Path) -> None:
    tab = openpyxl.load_workbook(book)["Data Quality"]
    top, bottom = tab.tables["Ledger"].ref.replace("$", "").split(":")
    codes = [row[0] for row in tab.iter_rows(tab[top].row + 1, tab[bottom].row, 2, 2, values_only=True)]
    assert codes.count("not_a_number") == MOST_OF_A_KIND
    assert codes[0] == "duplicate_row"


def test_the_sums_are_live_and_hold_what_the_table_leaves_out(book: Path) -> None:
    (found,) = verify_workbook(book, [CellruneEngine()])
    assert found.passed


def test_kinds_stand_gravest_first() -> None:
    def line(code: str, severity: Severity) -> LedgerLine:
        return LedgerLine(code, severity, "", 0, "", "", "", "")

    lines = (
        line("a", Severity.INFO),
        line("b", Severity.WARNING),
        line("c", Severity.DROPPED),
        line("b", Severity.INFO),
    )
    assert [(issue.code, issue.count) for issue in Ledger(lines).issues()] == [("c", 1), ("b", 2), ("a", 1)]
