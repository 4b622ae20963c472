"""Cards, contrast, winners, benchmarks and insights: both computations agree after edits of what they read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from .conftest import assert_agrees, sample_dataset, write_report

PAGE = """
[[tab]]
key = "overview"
title = "Overview"
kind = "dashboard"
shelves = [
    [{ block = "filters" }],
    [{ block = "cards" }],
    [{ block = "insights" }],
    [{ block = "contrast", columns = 8 }, { block = "contrast_tests", columns = 4 }],
    [{ block = "winners_losers" }],
    [{ block = "benchmark_table" }],
]
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Reports of the one page, with and without daily data."""
    folder = tmp_path_factory.mktemp("comparisons")
    (folder / "reports").mkdir()
    (folder / "reports" / "full.toml").write_text(PAGE, encoding="utf-8")
    sample = replace(sample_dataset(finer=True, campaigns=5), hours=None)
    return [
        write_report(data, folder / f"{name}.xlsx", extra=folder)
        for name, data in (("daily", sample), ("plain", replace(sample, daily=None)))
    ]


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param(["contrast_a=TikTok", "contrast_b=google ads", "set_confidence=0.5"], id="other sides"),
        pytest.param(["filter_from=2025-02-10", "filter_to=2025-02-20", "bench_ctr_low="], id="days"),
        pytest.param(["filter_platform=Facebook", "set_top_n=3", "bench_roas_high=2"], id="one platform"),
        pytest.param(["filter_from=2025-01-10", "contrast_b=", "set_confidence="], id="nothing before"),
        pytest.param(
            ["Campaigns!G2=0", "Campaigns!J3=0", "Campaigns!M4=", "Campaigns!C5=a*b", "contrast_a=a*b"], id="odd data"
        ),
    ],
)
def test_both_computations_agree(books: list[Path], edits: list[str]) -> None:
    for book in books:
        assert_agrees(book, *edits)
