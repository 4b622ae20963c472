"""A small data set, and reports of it that an outside engine checks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sheetgen.dataset import Dataset
from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.fields import MEASURE_HEADERS
from sheetgen.inputs import load_settings
from sheetgen.kpis import load_kpis
from sheetgen.language import load_language
from sheetgen.ledger import Ledger
from sheetgen.render.xlsx import write_xlsx
from sheetgen.report.build import build_report
from sheetgen.report.catalog import KNOWN_BLOCKS
from sheetgen.report.locale import load_locale
from sheetgen.report.recipe import Recipe, first_inputs
from sheetgen.report.shape import shape_of
from sheetgen.report.template import load_report_template
from sheetgen.report.theme import load_theme
from sheetgen.sources.sample import SampleOptions, generate_sample
from sheetgen.verify import Verification, verify_workbook

Verify = Callable[..., Verification]


def sample_dataset(*, finer: bool, campaigns: int = 12) -> Dataset:
    """Sample campaigns, with their days and hours if `finer`."""
    sample = generate_sample(SampleOptions(campaigns, date(2025, 1, 6), date(2025, 3, 31), seed=3))
    measures = list(MEASURE_HEADERS)
    rows = sample.campaigns.astype(dict.fromkeys(measures, float))
    for header in ("Start Date", "End Date"):
        rows[header] = pd.to_datetime(rows[header])
    ledger = Ledger((), len(rows), len(rows))
    if not finer:
        return Dataset(rows, ledger=ledger)
    hours = sample.hours.astype(dict.fromkeys(measures, float))
    hours["Date"] = pd.to_datetime(hours["Date"])
    hours["Weekday"] = hours["Date"].dt.day_of_week + 1
    daily = hours.groupby(["Campaign ID", "Date"], as_index=False)[measures].sum()
    by_hour = hours.groupby(["Campaign ID", "Weekday", "Hour"], as_index=False)[measures].sum()
    return Dataset(rows, daily, by_hour, ledger)


def write_report(
    data: Dataset, path: Path, *, lang: str = "en", template: str = "full", extra: Path | None = None
) -> Path:
    """Write the report of a dataset as `sheetgen build` does."""
    recipe = Recipe(
        template=load_report_template(template, KNOWN_BLOCKS, extra),
        kpis=load_kpis(extra),
        settings=load_settings(extra),
        language=load_language(lang, extra),
        shape=shape_of(data),
        currency="EUR",
        title="Test report",
    )
    report = build_report(data, first_inputs(recipe, data), recipe)
    write_xlsx(report, path, load_theme("default"), load_locale(lang, "EUR"))
    return path


@pytest.fixture(scope="session")
def finer_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with daily and hourly data."""
    return write_report(sample_dataset(finer=True), tmp_path_factory.mktemp("finer") / "report.xlsx")


@pytest.fixture(scope="session")
def plain_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with one row per campaign and nothing finer."""
    return write_report(sample_dataset(finer=False), tmp_path_factory.mktemp("plain") / "report.xlsx")


@pytest.fixture(params=["finer_book", "plain_book"])
def book(request: pytest.FixtureRequest) -> Path:
    """Each of the two reports."""
    path: Path = request.getfixturevalue(request.param)
    return path


def assert_agrees(path: Path, *edits: str) -> Verification:
    """An outside engine and pandas agree on every formula after the edits."""
    (found,) = verify_workbook(path, [CellruneEngine()], edits)
    assert not found.unavailable
    assert [difference.sentence for difference in found.comparison.differences] == []
    return found
