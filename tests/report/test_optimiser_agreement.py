"""The optimiser's pages recalculated outside: equal to NumPy's values after any edit, in one recalculation."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetgen.dataset import Dataset
from sheetgen.engines.catalog import engine_named
from sheetgen.engines.libreoffice import find_soffice
from sheetgen.verify import verify_workbook
from sheetgen.workbook.cells import Book, read_book

from .conftest import assert_agrees, sample_dataset, write_report

TEMPLATE = """
[[tab]]
key = "optimization"
title = "Optimization"
kind = "dashboard"
shelves = [
    [{ block = "filters", columns = 12 }],
    [{ block = "optimiser_inputs", columns = 12 }],
    [{ block = "allocation_cards", columns = 12 }],
    [{ block = "allocation_summary", columns = 6 }, { block = "allocation_chart", columns = 6 }],
    [{ block = "allocation_table", columns = 12 }],
    [{ block = "response_curve", columns = 6 }, { block = "what_if", columns = 6 }],
    [{ block = "potential", columns = 12 }],
    [{ block = "held_campaigns", columns = 6 }],
    [{ block = "exponents", columns = 12 }],
]
"""


def write_book(data: Dataset, folder: Path) -> Path:
    (folder / "reports").mkdir()
    (folder / "reports" / "optimiser.toml").write_text(TEMPLATE, encoding="utf-8")
    return write_report(data, folder / "optimiser.xlsx", template="optimiser", extra=folder)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One row per campaign, nothing finer."""
    return write_book(sample_dataset(finer=False), tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def daily(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With daily data, but no hours."""
    data = sample_dataset(finer=True, campaigns=5)
    return write_book(Dataset(data.campaigns, data.daily, ledger=data.ledger), tmp_path_factory.mktemp("daily"))


def cell(book: Book, header: str, row: int) -> str:
    """The address of a campaign's cell, for an edit; rows count from 2 as the sheet does."""
    number = book.tables["Campaigns"].headers.index(header)
    letters = chr(65 + number) if number < 26 else chr(64 + number // 26) + chr(65 + number % 26)
    return f"Campaigns!{letters}{row}"


COLUMNS = {
    "Budget": ["0", "", "1234.56", "0.05", "1000000", "70.05"],
    "Revenue": ["0", "", "98765.43", "0.01"],
    "Conversions": ["0", "", "5"],
    "Campaign Type": ["Awareness", "sales", ""],
    "Lock": ["Yes", ""],
    "Scenario Budget": ["0", "1000", ""],
}
INPUTS = {
    "optimiser_total": ["0", "", "10000", "39305.41", "1000000000"],
    "set_bound_down": ["0", "", "0.5", "0.99", "2"],
    "set_bound_up": ["0", "0.1", "5", "200"],
    "set_wide_up": ["", "0.125"],
    "set_exponent": ["0.2", "0.95", "", "7"],
    "exponent_1": ["0.4", "3", ""],
    "segment_1": ["Awareness", "", "Nothing", "(not set)"],
    "set_fit_periods": ["4", ""],
    "set_roi_stop": ["", "3"],
    "curve_campaign": ["C0002", "nobody", ""],
    "filter_platform": ["Facebook", "Nowhere", "All"],
    "filter_from": ["2025-02-10", ""],
}


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, int, str]]:
    """Column or name, row (0 for a name) and value."""
    found = {}
    for _ in range(draw(st.integers(1, 7))):
        what = draw(st.sampled_from([*COLUMNS, *INPUTS]))
        row = draw(st.integers(2, 6)) if what in COLUMNS else 0
        found[what, row] = draw(st.sampled_from({**COLUMNS, **INPUTS}[what]))
    return [(what, row, value) for (what, row), value in found.items()]


def written(book: Path, changes: list[tuple[str, int, str]]) -> list[str]:
    known = read_book(book)
    return [f"{cell(known, what, row) if row else what}={value}" for what, row, value in changes]


def test_as_built(plain: Path, daily: Path) -> None:
    assert assert_agrees(plain).passed
    assert assert_agrees(daily).passed


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=edits())
def test_after_random_edits(plain: Path, changes: list[tuple[str, int, str]]) -> None:
    assert_agrees(plain, *written(plain, changes))


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=edits())
def test_after_random_edits_of_daily_data(daily: Path, changes: list[tuple[str, int, str]]) -> None:
    assert_agrees(daily, *written(daily, changes))


def test_total_and_check(plain: Path) -> None:
    book = read_book(plain)
    budget = sum(float(str(value)) for value in _column(book, "Bounded Budget"))
    total = book.value(book.names["total_budget"])
    assert round(budget, 2) == total == round(float(sample_dataset(finer=False).campaigns["Budget"].sum()), 2)


def _column(book: Book, header: str) -> list[object]:
    place = book.tables["Campaigns"]
    sheet = book.sheet(place.tab)
    assert sheet is not None
    column = place.column + place.headers.index(header)
    return [sheet.value(row, column) for row in range(place.first_row, place.last_row + 1)]


@pytest.mark.libreoffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_is_right_at_once(plain: Path) -> None:
    changes = [
        ("Budget", 3, "1234.56"),
        ("Lock", 4, "Yes"),
        ("optimiser_total", 0, "41000"),
        ("set_exponent", 0, "0.6"),
    ]
    (found,) = verify_workbook(plain, [engine_named("libreoffice")], written(plain, changes))
    assert [difference.sentence for difference in found.comparison.differences] == []
