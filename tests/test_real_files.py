"""Real exports, from file to workbook: the headline cells hold the true totals, and outside engines agree with them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from sheetgen.engines.libreoffice import find_soffice
from tests.conftest import Cli, run

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")

FILES = (
    "kag_conversion/KAG_conversion_data.csv",
    "global_ads_performance/global_ads_performance_dataset.csv",
    "launch_308/Marketing.csv",
    "small_multichannel_afnan/marketing_campaign_dataset.csv",
)
TOTALS = {
    "spend": "total_budget",
    "impressions": "total_impressions",
    "clicks": "total_clicks",
    "conversions": "total_conversions",
    "revenue": "total_revenue",
}
PERCENTS = {"CTR %": "kpi_ctr", "conversion rate %": "kpi_conversion_rate", "ROI %": "kpi_roi"}
RATIOS = {"CPC": "kpi_cpc", "CPM": "kpi_cpm", "CPA": "kpi_cost_per_conversion", "ROAS": "kpi_roas"}


def truth(file: str) -> dict[str, float]:
    """What TRUTH.csv has computed for a whole file, by the defined name of its cell; percentages as ratios."""
    with (DATA / "TRUTH.csv").open(encoding="utf-8", newline="") as lines:
        rows = {
            row["metric"]: row["value"]
            for row in csv.DictReader(lines)
            if row["file"] == file and row["source"] == "computed"
        }
    values = {name: float(rows[metric]) for metric, name in (TOTALS | RATIOS).items() if metric in rows}
    return values | {name: float(rows[metric]) / 100 for metric, name in PERCENTS.items() if metric in rows}


def named_values(report: Path) -> Mapping[str, object]:
    """What a reader sees in each cell that has a defined name."""
    book = openpyxl.load_workbook(report, data_only=True)
    places = {name: next(defined.destinations) for name, defined in book.defined_names.items()}
    return {name: book[tab][cell].value for name, (tab, cell) in places.items()}


@pytest.fixture(scope="module", params=FILES)
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def report(file: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("real") / "report.xlsx"
    result = run("build", DATA / file, "-o", path)
    assert result.exit_code == 0, result.stderr
    return path


def test_headline_cells_hold_the_truth(file: str, report: Path) -> None:
    wanted, found = truth(file), named_values(report)
    assert len(wanted) >= 9
    for name, value in wanted.items():
        allowed = 0.01 if name.startswith("total_") else 1e-4 * abs(value)
        assert found[name] == pytest.approx(value, rel=0, abs=allowed), name


def test_what_the_source_lacks_is_blank(file: str, report: Path) -> None:
    missing = ("total_reach", "total_engagement", "kpi_frequency", "kpi_engagement_rate")
    found = named_values(report)
    assert [found[name] for name in missing] == [None] * 4, file


def test_embedded_engine_agrees(cli: Cli, report: Path) -> None:
    result = cli("verify", report, "--engine", "cellrune")
    assert result.exit_code == 0, result.stdout


@pytest.mark.libreoffice
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_agrees(cli: Cli, report: Path) -> None:
    result = cli("verify", report, "--engine", "libreoffice")
    assert result.exit_code == 0, result.stdout


def test_two_builds_are_the_same_bytes(cli: Cli, file: str, report: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    assert cli("build", DATA / file, "-o", again).exit_code == 0
    assert again.read_bytes() == report.read_bytes()
