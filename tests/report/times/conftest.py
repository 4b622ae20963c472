"""Reports with every block on time, of the sample with its days and hours and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import sample_dataset, write_report

BLOCKS = ("roi_trend", "weekly_trend", "monthly_trend", "weekday_bars", "best_times", "seasonality", "heatmap")
PAGES = """
[[tab]]
key = "overview"
title = "Overview"
kind = "dashboard"
shelves = [[{{ block = "title" }}], [{{ block = "filters" }}], {blocks}]
[[tab]]
key = "kpis"
title = "KPIs"
kind = "tables"
shelves = [[{{ block = "headline" }}], [{{ block = "by_weekday" }}], [{{ block = "by_hour" }}], [{{ block = "trend" }}]]
"""


def _book(folder: Path, *, finer: bool) -> Path:
    template = folder / "reports" / "times.toml"
    template.parent.mkdir()
    template.write_text(PAGES.format(blocks=", ".join(f'[{{ block = "{block}" }}]' for block in BLOCKS)))
    data = sample_dataset(finer=finer, campaigns=4)
    return write_report(data, folder / "report.xlsx", template="times", extra=folder)


@pytest.fixture(scope="session")
def time_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of four campaigns with daily and hourly data."""
    return _book(tmp_path_factory.mktemp("times"), finer=True)


@pytest.fixture(scope="session")
def plain_time_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of four campaigns with one row each."""
    return _book(tmp_path_factory.mktemp("plain_times"), finer=False)
