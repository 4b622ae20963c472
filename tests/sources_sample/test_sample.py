"""The sample: exact sums, bounds in every row, realistic averages, options."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from sheetgen.errors import OptionError
from sheetgen.sources.sample import Sample, SampleOptions, generate_sample

IDENTITY = ["Campaign ID", "Campaign Name", "Platform", "Campaign Type"]
MEASURES = ["Budget", "Impressions", "Reach", "Clicks", "Engagement", "Conversions", "Revenue"]
MONEY = ("Budget", "Revenue")


def _exact_sums(hours: pd.DataFrame, measure: str) -> list[Decimal]:
    exact = hours[measure].map(lambda value: Decimal(str(value)))
    return exact.groupby(hours["Campaign ID"]).sum().tolist()


def _ratio(frame: pd.DataFrame, by: str, above: str, below: str) -> pd.Series:
    sums = frame.groupby(by)[[above, below]].sum()
    return sums[above] / sums[below]


def _roi(frame: pd.DataFrame) -> pd.Series:
    return frame["Revenue"] / frame["Budget"] - 1


def test_campaigns_have_the_canonical_columns_in_order(sample: Sample) -> None:
    assert list(sample.campaigns.columns) == [*IDENTITY, "Start Date", "End Date", *MEASURES]
    assert sample.campaigns["Campaign ID"].tolist()[:2] == ["C0001", "C0002"]
    assert len(sample.campaigns) == 60


def test_hours_have_their_columns_and_types(sample: Sample) -> None:
    assert list(sample.hours.columns) == [*IDENTITY, "Date", "Hour", *MEASURES]
    assert [sample.hours[measure].dtype.kind for measure in MEASURES] == list("fiiiiif")
    assert sample.hours["Date"].dtype.kind == "M"


@pytest.mark.parametrize("measure", MEASURES)
def test_hours_add_up_to_campaigns_exactly(sample: Sample, measure: str) -> None:
    assert _exact_sums(sample.hours, measure) == [Decimal(str(value)) for value in sample.campaigns[measure]]


@pytest.mark.parametrize("seed", range(2, 6))
def test_few_short_campaigns_add_up_exactly(seed: int) -> None:
    options = SampleOptions(campaigns=3, start=date(2024, 2, 27), end=date(2024, 3, 1), seed=seed)
    sample = generate_sample(options)
    for measure in MEASURES:
        assert _exact_sums(sample.hours, measure) == [Decimal(str(value)) for value in sample.campaigns[measure]]


def test_money_is_whole_cents(sample: Sample) -> None:
    for table in (sample.campaigns, sample.hours):
        for measure in MONEY:
            assert (table[measure] == table[measure].round(2)).all()


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [("Reach", "Impressions"), ("Clicks", "Impressions"), ("Engagement", "Impressions"), ("Conversions", "Clicks")],
)
def test_no_row_is_impossible(large_sample: Sample, smaller: str, larger: str) -> None:
    for table in (large_sample.campaigns, large_sample.hours):
        assert (table[smaller] >= 0).all()
        assert (table[smaller] <= table[larger]).all()


def test_hours_are_unique_hours_of_the_flight_with_impressions(sample: Sample) -> None:
    hours = sample.hours.merge(sample.campaigns[["Campaign ID", "Start Date", "End Date"]], on="Campaign ID")
    assert not hours.duplicated(["Campaign ID", "Date", "Hour"]).any()
    assert hours["Date"].between(hours["Start Date"], hours["End Date"]).all()
    assert hours["Hour"].between(0, 23).all()
    assert (hours["Impressions"] > 0).all()


def test_flights_last_7_to_60_days_and_spread_over_the_period(sample: Sample) -> None:
    start, end = sample.campaigns["Start Date"], sample.campaigns["End Date"]
    assert ((end - start).dt.days + 1).between(7, 60).all()
    assert start.min() >= pd.Timestamp(2025, 1, 1)
    assert end.max() <= pd.Timestamp(2025, 6, 30)
    assert set(start.dt.month) >= {1, 2, 3, 4, 5}
    assert start.is_monotonic_increasing


def test_a_period_of_one_day_makes_flights_of_one_day() -> None:
    day = date(2025, 3, 8)
    sample = generate_sample(SampleOptions(campaigns=1, start=day, end=day))
    assert sample.campaigns[["Start Date", "End Date"]].iloc[0].tolist() == [pd.Timestamp(day)] * 2
    assert len(sample.hours) == 24


def test_the_same_options_give_the_same_sample_and_other_seeds_another(sample: Sample) -> None:
    again, other = generate_sample(SampleOptions()), generate_sample(SampleOptions(seed=2))
    pd.testing.assert_frame_equal(again.campaigns, sample.campaigns)
    pd.testing.assert_frame_equal(again.hours, sample.hours)
    assert (other.campaigns["Budget"] != sample.campaigns["Budget"]).all()
    assert set(other.campaigns["Campaign Name"]).isdisjoint(sample.campaigns["Campaign Name"])


def test_global_randomness_is_left_alone() -> None:
    random.seed(4)
    np.random.seed(4)
    expected = random.random(), np.random.random()
    random.seed(4)
    np.random.seed(4)
    generate_sample(SampleOptions(campaigns=2))
    assert (random.random(), np.random.random()) == expected


def test_facebook_and_instagram_dominate(sample: Sample) -> None:
    shares = sample.campaigns["Platform"].value_counts(normalize=True)
    assert shares["Facebook"] + shares["Instagram"] == pytest.approx(0.70, abs=0.04)
    assert set(shares.index) == {"Facebook", "Instagram", "TikTok", "Google Ads", "LinkedIn"}
    assert set(sample.campaigns["Campaign Type"]) == {"Awareness", "Engagement", "Conversion"}


def test_awareness_is_cheap_reaches_more_and_converts_less(large_sample: Sample) -> None:
    campaigns = large_sample.campaigns
    cpm = _ratio(campaigns, "Campaign Type", "Budget", "Impressions") * 1000
    reach_for_money = _ratio(campaigns, "Campaign Type", "Reach", "Budget")
    conversion_rate = _ratio(campaigns, "Campaign Type", "Conversions", "Clicks")
    assert cpm["Awareness"] < cpm["Engagement"] < cpm["Conversion"]
    assert reach_for_money["Awareness"] > reach_for_money["Conversion"]
    assert conversion_rate["Awareness"] < conversion_rate["Engagement"] < conversion_rate["Conversion"]


def test_instagram_and_engagement_campaigns_engage_more(large_sample: Sample) -> None:
    by_platform = _ratio(large_sample.campaigns, "Platform", "Engagement", "Reach")
    by_type = _ratio(large_sample.campaigns, "Campaign Type", "Engagement", "Reach")
    assert by_platform.idxmax() == "Instagram"
    assert by_type.idxmax() == "Engagement"


def test_rates_are_those_of_real_accounts(large_sample: Sample) -> None:
    campaigns = large_sample.campaigns
    assert (campaigns["Clicks"] / campaigns["Impressions"]).between(0.0039, 0.0301).all()
    assert (campaigns["Impressions"] / campaigns["Reach"]).between(1.09, 4.01).all()
    assert (campaigns["Budget"] / campaigns["Clicks"]).quantile([0.05, 0.95]).between(0.3, 3).all()
    selling = campaigns[campaigns["Campaign Type"] == "Conversion"]
    assert (selling["Conversions"] / selling["Clicks"]).quantile([0.05, 0.95]).between(0.01, 0.08).all()


def test_a_few_campaigns_win_or_lose_and_the_rest_are_ordinary(large_sample: Sample) -> None:
    roi = _roi(large_sample.campaigns)
    assert 0.04 < (roi < -0.5).mean() < 0.12
    assert 0.03 < (roi > 3).mean() < 0.12
    assert roi.between(-0.2, 2.5).mean() > 0.75


def test_returns_diminish_with_budget(large_sample: Sample) -> None:
    usual = large_sample.campaigns[_roi(large_sample.campaigns).between(-0.4, 2.8)]
    segments = pd.get_dummies(usual[["Platform", "Campaign Type"]], dtype=float).to_numpy()
    design = np.column_stack([segments, np.log(usual["Budget"])])
    elasticity = np.linalg.lstsq(design, np.log(usual["Revenue"].to_numpy()))[0][-1]
    assert elasticity == pytest.approx(0.75, abs=0.07)


def test_budgets_are_log_normal(large_sample: Sample) -> None:
    logs = np.log(large_sample.campaigns["Budget"])
    assert np.exp(logs.median()) == pytest.approx(2500, rel=0.1)
    assert logs.std() == pytest.approx(0.75, abs=0.08)
    assert abs(logs.skew()) < 0.3


def test_platforms_keep_their_own_hours_and_days(large_sample: Sample) -> None:
    hours = large_sample.hours
    by_hour = hours.pivot_table(index="Hour", columns="Platform", values="Impressions", aggfunc="sum")
    assert by_hour["LinkedIn"].idxmax() in range(8, 12)
    assert by_hour["Instagram"].idxmax() in range(19, 23)
    assert (by_hour.idxmin().isin(range(2, 5))).all()
    weekend = hours[hours["Date"].dt.day_of_week >= 5].groupby("Platform")["Impressions"].sum()
    share = weekend / hours.groupby("Platform")["Impressions"].sum()
    assert share["LinkedIn"] < 0.18 < 2 / 7 < share["Instagram"]


def test_people_buy_in_the_evening(large_sample: Sample) -> None:
    rate = _ratio(large_sample.hours, "Hour", "Conversions", "Clicks")
    assert rate[[20, 21, 22]].mean() > 1.5 * rate[[2, 3, 4]].mean()


def test_the_end_of_the_year_is_dear_and_sells() -> None:
    year = SampleOptions(campaigns=400, start=date(2024, 1, 1), end=date(2024, 12, 31), seed=3)
    hours = generate_sample(year).hours
    months = hours.assign(Month=hours["Date"].dt.month)
    cpm, rate = _ratio(months, "Month", "Budget", "Impressions"), _ratio(months, "Month", "Conversions", "Clicks")
    assert cpm[[11, 12]].mean() > 1.15 * cpm[[1, 2]].mean()
    assert rate[[11, 12]].mean() > 1.1 * rate[[1, 2]].mean()


def test_names_are_unique_and_read_brand_theme_format_audience(large_sample: Sample) -> None:
    names = large_sample.campaigns["Campaign Name"]
    assert names.is_unique
    assert names.str.count(" – ").between(3, 4).all()
    themes = names.str.split(" – ").str[1]
    assert set(large_sample.campaigns.loc[themes == "Easter Weekend", "Start Date"].dt.month) <= {3, 4}


def test_french_names_are_french_and_leave_the_numbers_alone(sample: Sample) -> None:
    french = generate_sample(SampleOptions(lang="fr"))
    pd.testing.assert_frame_equal(french.campaigns[MEASURES], sample.campaigns[MEASURES])
    text = "\n".join(french.campaigns["Campaign Name"])
    assert "Soldes d’hiver" in text
    assert "Prospection" in text
    assert "Winter Sale" not in text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (SampleOptions(campaigns=0), "--campaigns: 0 is not allowed. Allowed: a whole number from 1 to 10,000."),
        (SampleOptions(seed=-1), "--seed: -1 is not allowed. Allowed: a whole number from 0."),
        (SampleOptions(lang="de"), "--lang: 'de' is not allowed. Allowed: en, fr."),
        (
            SampleOptions(start=date(2025, 2, 1), end=date(2025, 1, 31)),
            "--end: '2025-01-31' is not allowed. Allowed: a date from --start, 2025-02-01, on.",
        ),
    ],
)
def test_an_impossible_option_is_refused(options: SampleOptions, sentence: str) -> None:
    with pytest.raises(OptionError) as caught:
        generate_sample(options)
    assert str(caught.value) == sentence
