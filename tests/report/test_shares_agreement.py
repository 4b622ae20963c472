"""An outside engine and pandas agree on shares, flows and clouds, whatever a reader picks, filters and edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from .built import dataset
from .conftest import assert_agrees, write_report

BLOCKS = ("budget_pie", "funnel", "waterfall", "budget_roi_scatter", "bubble", "type_shares", "type_performance")
PAGE = """
[[tab]]
key = "overview"
title = "Overview"
kind = "dashboard"
shelves = [[{{ block = "filters" }}], {shelves}]
"""


def measures(k: int) -> dict[str, float]:
    money = {"Budget": 1000.25 / k, "Revenue": 1234.56 * k}
    return money | {"Impressions": 900.0 * k, "Reach": 500, "Clicks": 70, "Engagement": 33 * k, "Conversions": k - 1}


def campaign(k: int, platform: str | None, kind: str | None) -> dict[str, object]:
    names = {"Campaign Name": f"Name {k}", "Platform": platform, "Campaign Type": kind}
    return {**names, "Start Date": f"2025-01-0{k}", "End Date": f"2025-01-1{k}", **measures(k)}


CAMPAIGNS = [
    campaign(1, "Facebook", "Awareness"),
    campaign(2, "Instagram", "Engagement"),
    campaign(3, "Facebook", "Conversion"),
    campaign(4, None, None),
    campaign(5, "TikTok", "Conversion"),
]
HALVES = [
    {
        "Campaign ID": f"C{k}",
        "Date": f"2025-01-{tens}{k}",
        **{header: value / 2 for header, value in measures(k).items()},
    }
    for k in range(1, 6)
    for tens in (0, 1)
]


@pytest.fixture(scope="module", params=[None, HALVES], ids=["plain", "daily"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shares")
    (folder / "reports").mkdir()
    shelves = ", ".join(f'[{{ block = "{block}" }}]' for block in BLOCKS)
    (folder / "reports" / "page.toml").write_text(PAGE.format(shelves=shelves), encoding="utf-8")
    data = dataset(CAMPAIGNS, request.param)
    return write_report(data, folder / "page.xlsx", template="page", extra=folder)


@pytest.mark.parametrize(
    "edits",
    [
        (),
        ("pie_by=Campaign", "waterfall_by=Platform", "set_top_n=3", "set_roi_scale=", "Campaigns!G3=999999"),
        ("pie_by=campaign type", "waterfall_by=Campaign Type", "Campaigns!M3=-5000", "Campaigns!M4=0"),
        ("pie_by=", "waterfall_by=nothing", "filter_platform=Facebook", "Campaigns!G2=", "Campaigns!I2="),
        ("filter_from=2025-01-03", "filter_to=2025-01-12", "Campaigns!B3=*?~ 😀 and more than thirty characters"),
        ("filter_platform=Nowhere", "pie_by=Campaign"),
        ("Campaigns!D2=Conversion", "Campaigns!D3=New", "Campaigns!C6=Facebook", "waterfall_by=Platform"),
        tuple(f"Campaigns!K{row}=" for row in range(2, 7)),
        tuple(f"Campaigns!{column}{row}=" for column in "IKM" for row in range(2, 7)),
    ],
)
def test_sheet_and_pandas_agree(page: Path, edits: tuple[str, ...]) -> None:
    assert_agrees(page, *edits)
