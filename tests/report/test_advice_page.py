"""Recommendations, matrix, pacing and outlook: campaigns made by hand, and agreement after edits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetgen.dataset import Dataset
from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.ledger import Ledger
from sheetgen.verify import verify_workbook
from sheetgen.workbook.cells import Book, read_book

from .conftest import sample_dataset, write_report

TEMPLATE = """
[[tab]]
key = "optimization"
title = "Optimization"
kind = "dashboard"
shelves = [
    [{ block = "actions_table", columns = 12 }],
    [{ block = "action_counts", columns = 12 }],
    [{ block = "matrix", columns = 12 }],
    [{ block = "pacing", columns = 12 }],
    [{ block = "outlook_revenue", columns = 6 }, { block = "outlook_roi", columns = 6 }],
]

[[tab]]
key = "settings"
title = "Settings"
kind = "form"
shelves = [[{ block = "settings" }], [{ block = "goals" }], [{ block = "benchmarks" }]]

[[tab]]
key = "overview"
title = "Overview"
kind = "dashboard"
shelves = [[{ block = "filters", columns = 12 }]]
"""

HEADERS = ["Platform", "Campaign Type", "Budget", "Impressions", "Reach", "Clicks", "Engagement", "Conversions"]
ROWS = {
    "winner": ("Meta", "Sales", 1000, 50_000, 40_000, 900, 800, 40, 4000),
    "loser": ("Meta", "Sales", 800, 50_000, 40_000, 900, 800, 10, 300),
    "tired": ("Meta", "Sales", 700, 80_000, 20_000, 1400, 800, 30, 1400),
    "dull": ("Meta", "Sales", 600, 50_000, 40_000, 300, 800, 20, 1200),
    "modest": ("TikTok", "Sales", 500, 50_000, 40_000, 900, 800, 20, 800),
    "tiny": ("Meta", "Sales", 50, 5_000, 4_000, 99, 80, 1, 500),
    "seen": ("Meta", "Brand_Awareness", 400, 200_000, 100_000, 20, 80, 0, 0),
    "dear": ("Meta", "Brand_Awareness", 900, 100_000, 60_000, 20, 80, 0, 0),
}
"""Name, then the columns; the last is revenue."""


def hand_made() -> Dataset:
    rows = pd.DataFrame.from_dict(ROWS, orient="index", columns=[*HEADERS, "Revenue"])
    rows = rows.astype(dict.fromkeys([*HEADERS[2:], "Revenue"], float)).reset_index(names="Campaign Name")
    rows["Campaign ID"] = [f"c{k}" for k in range(len(rows))]
    rows["Start Date"], rows["End Date"] = pd.Timestamp(2025, 1, 1), pd.Timestamp(2025, 1, 10)
    rows["Planned Budget"] = rows["Budget"] * 2
    return Dataset(rows, ledger=Ledger((), len(rows), len(rows)))


def written(data: Dataset, folder: Path) -> Path:
    (folder / "reports").mkdir()
    (folder / "reports" / "full.toml").write_text(TEMPLATE, encoding="utf-8")
    return write_report(data, folder / "report.xlsx", extra=folder)


@pytest.fixture(scope="module")
def hand_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(hand_made(), tmp_path_factory.mktemp("hand"))


@pytest.fixture(scope="module")
def sample_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = sample_dataset(finer=False, campaigns=12)
    planned = data.campaigns.assign(**{"Planned Budget": data.campaigns["Budget"] * np.linspace(0.6, 1.8, 12)})
    return written(replace(data, campaigns=planned), tmp_path_factory.mktemp("sample"))


def page(book: Book) -> list[list[str]]:
    """The texts of the page, row by row."""
    sheet = book.sheet("Optimization")
    assert sheet is not None
    rows: dict[int, list[str]] = {}
    for (row, _), cell in sorted(sheet.cells.items()):
        if isinstance(cell.value, str) and cell.value:
            rows.setdefault(row, []).append(cell.value)
    return list(rows.values())


def action_of(book: Book) -> dict[str, str]:
    table = book.tables["Campaigns"]
    sheet = book.sheet(table.tab)
    assert sheet is not None
    name, action = (table.column + table.headers.index(header) for header in ("Campaign Name", "Action"))
    rows = range(table.first_row, table.last_row + 1)
    return {str(sheet.value(row, name)): str(sheet.value(row, action)) for row in rows}


def test_each_campaign_gets_the_action_that_its_numbers_ask_for(hand_book: Path) -> None:
    assert action_of(read_book(hand_book)) == {
        "winner": "Scale up",
        "loser": "Stop or cut",
        "tired": "Refresh creatives",
        "dull": "Improve CTR",
        "modest": "Test new formats",
        "tiny": "Not enough data",
        "seen": "Scale up",
        "dear": "Stop or cut",
    }


def test_the_reasons_hold_the_numbers(hand_book: Path) -> None:
    told = {row[1]: row[-1] for row in page(read_book(hand_book)) if len(row) == 4}
    assert told["winner"] == "ROI of 300% is above 200%: raise its budget in steps while that holds."
    assert told["loser"].startswith("ROI of -63% is below 50% and 500 EUR more went out than came in")
    assert told["tired"].startswith("Each person saw it 4.0 times, above 3.5")
    # 900 + 900 + 1400 + 300 + 99 clicks on 235,000 impressions.
    assert told["dull"].startswith("CTR of 0.60% is 61% below the 1.53% of Meta, Sales")
    assert told["modest"].startswith("TikTok has the lowest ROI of the platforms (60%)")
    # 1,300 of budget on 300,000 impressions.
    assert told["seen"].startswith("CPM of 2.00 EUR is 54% below the average of 4.33 EUR; 100,000 people reached")
    assert told["dear"].startswith("CPM of 9.00 EUR is 108% above the average of 4.33 EUR")


def test_the_matrix_counts_only_campaigns_judged_by_roi(hand_book: Path) -> None:
    # 3,650 of budget over six campaigns; ROI of 8,200 on it is 125%.
    rows = page(read_book(hand_book))
    note = next(row[0] for row in rows if row[0].startswith("Large:"))
    assert note == (
        "Large: at least the average budget of 608 EUR. High: a ROI of at least 125%. Campaigns: 6. "
        "Left out, as not judged by ROI or without one: 2."
    )


def test_pacing_tells_what_the_plan_leaves(hand_book: Path) -> None:
    rows = page(read_book(hand_book))
    note = next(row[0] for row in rows if row[0].startswith("By "))
    assert note == (
        "By 10 January 2025, 100% of the flights and 50% of the plan are gone; not started yet: 0. "
        "At this pace they end at 4,950 EUR against 9,900 EUR planned."
    )


def test_one_month_is_no_history_to_look_ahead_from(hand_book: Path) -> None:
    texts = [text for row in page(read_book(hand_book)) for text in row]
    assert "No outlook: 0 complete months, and a line takes at least 8." in texts
    assert "Too little history to look ahead: no line is drawn rather than a made-up one." in texts


def test_without_a_plan_the_pacing_says_so(tmp_path: Path) -> None:
    book = read_book(written(sample_dataset(finer=False, campaigns=3), tmp_path))
    texts = [text for row in page(book) for text in row]
    assert "No pacing to show: the source has no planned budget beside the money spent." in texts


@st.composite
def edits(draw: st.DrawFn) -> str:
    cell = f"Campaigns!{draw(st.sampled_from('GHIJKM'))}{draw(st.integers(2, 9))}"
    number = draw(st.sampled_from(["0", "", "1234.56", "50000", "3"]))
    choices = (
        st.just(f"{cell}={number}"),
        st.sampled_from(["Reach", "sales", "New", "", "link clicks"]).map("Campaigns!D4={}".format),
        st.sampled_from(["Meta", "Facebook", "TikTok", "All", "Nowhere"]).map("filter_platform={}".format),
        st.sampled_from(["2025-01-05", "2025-02-10", ""]).map("filter_from={}".format),
        st.sampled_from(["Awareness", "engagement", "Conversion", ""]).map("goal_1={}".format),
        st.sampled_from(["", "0.01", "3", "-0.5"]).map("set_roi_scale={}".format),
        st.sampled_from(["", "0.9"]).map("set_roi_stop={}".format),
        st.sampled_from(["", "0", "5000"]).map("set_min_clicks={}".format),
        st.sampled_from(["", "0", "0.9"]).map("set_cost_low={}".format),
        st.sampled_from(["1", "1.3", ""]).map("set_max_frequency={}".format),
        st.sampled_from(["0", "1"]).map("set_judge_all_by_roi={}".format),
        st.sampled_from(["", "sales, x", "Conversion"]).map("set_awareness_types={}".format),
        st.sampled_from(["", "0", "1.5"]).map("matrix_roi={}".format),
        st.sampled_from(["", "2025-01-03", "2024-01-01", "2025-02-20"]).map("pacing_date={}".format),
        st.sampled_from(["0", "1"]).map("set_planned_per_day={}".format),
    )
    chosen: str = draw(st.one_of(*choices))
    return chosen


@pytest.mark.parametrize("name", ["hand_book", "sample_book"])
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(edits(), min_size=1, max_size=8))
def test_sheet_and_pandas_agree_after_random_edits(
    name: str, request: pytest.FixtureRequest, changes: list[str]
) -> None:
    assert_agrees_in(request.getfixturevalue(name), changes)


def assert_agrees_in(path: Path, changes: list[str]) -> None:
    """As `assert_agrees`, with the templates beside the workbook."""
    (found,) = verify_workbook(path, [CellruneEngine()], changes, path.parent)
    assert not found.unavailable
    assert [difference.sentence for difference in found.comparison.differences] == []


def monthly(months: int) -> Dataset:
    """A campaign a month with revenue that grows by 100 a month and stands 50 above or below that in turn."""
    starts = pd.date_range("2022-01-01", periods=months, freq="MS")
    k = np.arange(months)
    rows = pd.DataFrame(
        {
            "Campaign ID": [f"c{n}" for n in k],
            "Campaign Name": [f"Month {n}" for n in k],
            "Platform": "Meta",
            "Campaign Type": "Sales",
            "Start Date": starts,
            "End Date": starts + pd.offsets.MonthEnd(0),
            "Budget": 1000.0,
            **dict.fromkeys(("Impressions", "Reach", "Clicks", "Engagement", "Conversions"), 1000.0),
            "Revenue": 2000.0 + 100 * k + np.where(k % 2, 50, -50),
        }
    )
    return Dataset(rows, ledger=Ledger((), months, months))


def test_months_are_looked_ahead_from_and_agree(tmp_path: Path) -> None:
    path = written(monthly(26), tmp_path)
    texts = [text for row in page(read_book(path)) for text in row]
    assert any(text.startswith("A straight line through 26 complete months") for text in texts)
    assert any("times the index of the month" in text for text in texts)
    assert_agrees_in(path, [])
    assert_agrees_in(path, ["filter_to=2022-11-15", "Campaigns!M5=9000", "set_outlook_confidence=0.95"])
