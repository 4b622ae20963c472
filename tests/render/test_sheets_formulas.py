"""Every formula for Google Sheets, read as a locale does and recalculated outside, gives what pandas expects."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetgen.compare import Comparison, compare
from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.errors import UnsupportedFormulaError
from sheetgen.expected import expected_values
from sheetgen.formula.to_sheets import to_sheets_condition
from sheetgen.formula.tree import At, Column, Name, Node, ThisRow, call, eq
from sheetgen.render.sheets.feeds import with_feeds
from sheetgen.report.model import Report
from tests.formula.test_formula_targets import Book as Places

from .sheets_book import Book, in_locale
from .sheets_built import for_sheets, requests, sample_report


@pytest.fixture(scope="module")
def plain_report() -> Report:
    return sample_report(finer=False)


def recalculated(report: Report, book: Book, path: Path, locale: str) -> Comparison:
    found = CellruneEngine().recalculate(book.save(path, locale))
    assert not found.unavailable
    return compare(expected_values(with_feeds(report)[0]), found.values)


@pytest.mark.parametrize("locale", ["en_US", "fr_FR", "de_DE"])
def test_every_formula_agrees_with_pandas(plain_report: Report, locale: str, tmp_path: Path) -> None:
    book = Book().apply(requests(for_sheets(plain_report)))
    found = recalculated(plain_report, book, tmp_path / "sheets.xlsx", locale)
    assert [difference.sentence for difference in found.differences] == []
    assert found.count > 4_000


def test_every_formula_agrees_with_days_and_hours(tmp_path: Path) -> None:
    report = sample_report(finer=True)
    book = Book().apply(requests(for_sheets(report)))
    found = recalculated(report, book, tmp_path / "sheets.xlsx", "fr_FR")
    assert [difference.sentence for difference in found.differences] == []
    assert found.count > 20_000


def test_a_wrong_formula_is_found(plain_report: Report, tmp_path: Path) -> None:
    book = Book().apply(requests(for_sheets(plain_report)))
    for written in book.cells.values():
        if "formulaValue" in written:
            written["formulaValue"] = written["formulaValue"].replace("$K2/", "$J2/")
    assert recalculated(plain_report, book, tmp_path / "sheets.xlsx", "en_US").differences


READINGS = {
    '=IF(A1=0;"";5/100)': '=IF(A1=0,"",5/100)',
    '="a;b, 1.5"&A1': '="a;b, 1.5"&A1',
    "=SUM('Q1; 2'!$A$1:$B2)": "=SUM('Q1; 2'!$A$1:$B2)",
}


@pytest.mark.parametrize(("written", "read"), READINGS.items())
@pytest.mark.parametrize("locale", ["en_US", "fr_FR", "de_DE"])
def test_a_formula_without_decimals_and_commas_reads_alike_everywhere(written: str, read: str, locale: str) -> None:
    assert in_locale(written, locale) == read


@pytest.mark.parametrize("formula", ["=0.5*A1", "=SUM(A1,2)", "=INDEX({1;2};1)", "=Campaigns[Clicks]"])
def test_what_reads_otherwise_in_french_is_refused(formula: str) -> None:
    with pytest.raises(ValueError, match=r"fr_FR|everywhere"):
        in_locale(formula, "fr_FR")


CONDITIONS = [
    (eq(At("Overview", 0, 0), Name("heat_no")), 'B3=INDIRECT("heat_no")'),
    (call("AND", eq(Name("a"), ""), eq(At("Overview", 1, 0), 0.5)), 'AND(INDIRECT("a")="";B4=(5/10))'),
]


@pytest.mark.parametrize(("tree", "text"), CONDITIONS)
def test_a_conditional_format_sees_names_through_indirect(tree: Node, text: str) -> None:
    assert to_sheets_condition(tree, Places(), "Overview") == text


@pytest.mark.parametrize("place", [At("Settings", 0, 0), Column("Campaigns", "Clicks"), ThisRow("Campaigns", "Clicks")])
def test_a_conditional_format_sees_no_other_tab(place: Node) -> None:
    with pytest.raises(UnsupportedFormulaError, match=r"place of another tab\. Give the cell a defined name"):
        to_sheets_condition(eq(place, 0), Places(), "Overview")
