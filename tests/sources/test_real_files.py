"""Real exports: their totals are the published or independently computed ones of TRUTH.csv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sheetgen.errors import WideTableError
from sheetgen.sources.load import ReadOptions, load_dataset
from tests.sources.conftest import said

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
COLUMNS = {
    "impressions": "Impressions",
    "reach (naive sum, not unique people)": "Reach",
    "clicks": "Clicks",
    "spend": "Budget",
    "conversions": "Conversions",
    "revenue": "Revenue",
    "interactions": "Engagement",
    "engagement (salvaram+compartilharam+comentaram)": "Engagement",
}

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")


def truth(file: str) -> dict[str, float]:
    """Column to total, of the measures that TRUTH.csv has for the file."""
    with (DATA / "TRUTH.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["file"] == file and row["metric"] in COLUMNS]
    return {COLUMNS[row["metric"]]: float(row["value"]) for row in rows if row["value"].replace(".", "").isdigit()}


@pytest.mark.parametrize(
    ("file", "campaigns", "days"),
    [
        ("kag_conversion/KAG_conversion_data.csv", 3, None),
        ("global_ads_performance/global_ads_performance_dataset.csv", 12, 1451),
        ("launch_308/Marketing.csv", 11, 308),
        ("small_multichannel_afnan/marketing_campaign_dataset.csv", 16, 360),
        ("ab_control_test/control_group.csv", 1, 30),
        ("improvado_3_platforms/01_facebook_ads.csv", 4, 110),
        ("improvado_3_platforms/02_google_ads.csv", 4, 110),
        ("improvado_3_platforms/03_tiktok_ads.csv", 4, 110),
        ("meta_pt_hoerique/campanhas_Meta_ads.csv", 17, None),
        ("gads_induscrusher/Campaign report.csv", 2, None),
    ],
)
def test_totals_campaigns_and_days(file: str, campaigns: int, days: int | None) -> None:
    data = load_dataset([DATA / file], ReadOptions())
    wanted = truth(file)
    assert len(wanted) >= 3
    assert {column: data.campaigns[column].sum() for column in wanted} == pytest.approx(wanted, rel=0, abs=0.01)
    assert (len(data.campaigns), None if data.daily is None else len(data.daily)) == (campaigns, days)
    if data.daily is not None:
        assert {column: data.daily[column].sum() for column in wanted} == pytest.approx(wanted, rel=0, abs=0.01)


def test_total_conversions_are_taken_and_approved_ones_offered() -> None:
    data = load_dataset([DATA / "kag_conversion/KAG_conversion_data.csv"], ReadOptions())
    assert (0, "Conversions", "Approved_Conversion", "Total_Conversion") in said(data, "alternative_column")
    approved = ReadOptions(mapping=(("Approved_Conversion", "Conversions"),))
    data = load_dataset([DATA / "kag_conversion/KAG_conversion_data.csv"], approved)
    assert dict(zip(data.campaigns["Campaign ID"], data.campaigns["Conversions"], strict=True)) == {
        "916": 24,
        "936": 183,
        "1178": 872,
    }


def test_exports_of_three_platforms_make_one_report() -> None:
    files = sorted((DATA / "improvado_3_platforms").glob("*.csv"))
    data = load_dataset(files, ReadOptions())
    assert len(data.campaigns) == 12
    assert data.campaigns["Budget"].sum() == pytest.approx(18292.0 + 37686.2 + 74266.7)
    assert [line.row for line in data.ledger.lines if line.code == "short_row"] == [7]


def test_hours_of_the_week_without_a_campaign() -> None:
    data = load_dataset([DATA / "gads_hourly_toolworld/day_hour.csv"], ReadOptions())
    assert data.hours is not None
    assert data.hours["Impressions"].sum() == 1_194_273
    peak = data.hours.nlargest(1, "Impressions")[["Weekday", "Hour", "Impressions"]]
    assert peak.to_numpy().tolist() == [[6, 10, 27_521]]


def test_results_by_their_indicator_and_clicks_of_any_kind_from_meta() -> None:
    file = DATA / "meta_en_fbadstats/example_PerfClk_AgeGender.csv"
    data = load_dataset([file], ReadOptions())
    wanted = truth("meta_en_fbadstats/example_PerfClk_AgeGender.csv")
    assert {column: data.campaigns[column].sum() for column in wanted} == pytest.approx(wanted, rel=0, abs=0.01)
    assert data.currency == "USD"
    assert (0, "Clicks", "Link Clicks", "Clicks (All)") in said(data, "alternative_column")
    link = load_dataset([file], ReadOptions(mapping=(("Link Clicks", "Clicks"),)))
    assert link.campaigns["Clicks"].sum() == 370


def test_a_wide_table_is_refused_with_its_channels() -> None:
    with pytest.raises(WideTableError, match="facebook_S"):
        load_dataset([DATA / "robyn_weekly/dt_simulated_weekly.csv"], ReadOptions())
