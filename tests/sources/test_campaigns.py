"""Rows of any grain become campaigns, days and hours."""

from __future__ import annotations

import pandas as pd
import pytest

from sheetgen.fields import CAMPAIGN_FIELDS, MEASURE_HEADERS
from tests.sources.conftest import Load, said


def days(frame: pd.DataFrame | None, *columns: str) -> list[list[object]]:
    assert frame is not None
    shown = frame.assign(Date=frame["Date"].dt.strftime("%Y-%m-%d")) if "Date" in frame else frame
    rows: list[list[object]] = shown[list(columns)].to_numpy().tolist()
    return rows


def test_the_campaign_table_has_the_canonical_columns_and_none_for_blank(load: Load) -> None:
    data = load("Campaign,Cost\nA,1\n")
    assert list(data.campaigns.columns) == [field.header for field in CAMPAIGN_FIELDS]
    assert data.campaigns["Platform"].tolist() == [None]
    assert data.campaigns["Start Date"].dtype == "datetime64[us]"
    assert data.campaigns["Clicks"].dtype == float
    assert (data.daily, data.hours) == (None, None)


def test_rows_of_ads_add_up_to_their_campaign(load: Load) -> None:
    data = load("Campaign ID,Ad ID,Clicks,Cost\n7,1,1,\n7,2,2,\n8,3,4,5\n")
    assert data.campaigns["Clicks"].tolist() == [3.0, 4.0]
    assert data.campaigns["Budget"].isna().tolist() == [True, False]


def test_flights_keep_their_first_start_and_last_end(load: Load) -> None:
    data = load("Campaign,Start,End,Cost\nA,2024-01-05,2024-01-20,1\nA,2024-01-01,2024-01-10,2\nA,2024-01-07,,3\n")
    assert data.campaigns["Start Date"].dt.day.tolist() == [1]
    assert data.campaigns["End Date"].dt.day.tolist() == [20]
    assert data.daily is None


def test_days_are_sorted_and_add_up(load: Load) -> None:
    data = load("Campaign ID,Date,Cost\nb,2024-01-02,1\nb,2024-01-01,2\na,2024-01-02,3\nb,2024-01-01,4\n")
    assert days(data.daily, "Campaign ID", "Date", "Budget") == [
        ["a", "2024-01-02", 3.0],
        ["b", "2024-01-01", 6.0],
        ["b", "2024-01-02", 1.0],
    ]
    assert data.campaigns["Campaign ID"].tolist() == ["b", "a"]
    assert data.campaigns["Budget"].tolist() == [7.0, 3.0]
    assert data.daily is not None
    assert list(data.daily.columns) == ["Campaign ID", "Date", *MEASURE_HEADERS]


def test_hours_of_days_become_hours_of_the_week(load: Load) -> None:
    data = load("Campaign,Date,Hour,Clicks\nA,2024-01-01,9,1\nA,2024-01-08,9,2\nA,2024-01-07,23,4\n")
    assert days(data.hours, "Weekday", "Hour", "Clicks") == [[1, 9, 3.0], [7, 23, 4.0]]
    assert days(data.daily, "Date", "Clicks") == [["2024-01-01", 1.0], ["2024-01-07", 4.0], ["2024-01-08", 2.0]]
    assert data.campaigns["Clicks"].tolist() == [7.0]


def test_event_times_give_day_and_hour_unless_all_are_midnight(load: Load) -> None:
    events = load("Campaign,Date,Clicks\nA,2024-01-01 10:05,1\nA,2024-01-01 10:55,2\n")
    midnights = load("Campaign,Date,Clicks\nA,2024-01-01 00:00:00,1\nA,2024-01-02 00:00:00,2\n")
    assert days(events.hours, "Weekday", "Hour", "Clicks") == [[1, 10, 3.0]]
    assert midnights.hours is None
    assert len(days(midnights.daily, "Date")) == 2


def test_weekday_and_hour_without_a_campaign_make_hours_only(load: Load) -> None:
    data = load("Day,Start Hour,Impressions\nSunday,0,5\nMonday,13,7\n")
    assert days(data.hours, "Campaign ID", "Weekday", "Hour", "Impressions") == [
        ["all-campaigns", 1, 13, 7.0],
        ["all-campaigns", 7, 0, 5.0],
    ]
    assert data.daily is None
    assert data.campaigns["Campaign Name"].tolist() == [None]
    assert len(said(data, "one_campaign")) == 1
    assert ("Day", "Weekday") in [(source.header, source.column) for source in data.sources]


def test_a_day_of_the_month_is_no_weekday(load: Load) -> None:
    data = load("Campaign,Day,Hour,Clicks\nA,1,3,1\nA,6,4,2\n")
    assert data.hours is None
    assert [before for _, _, before, _ in said(data, "not_a_date")] == ["1", "6"]


def test_weekdays_numbered_from_zero_are_left_out(load: Load) -> None:
    data = load("Campaign,Weekday,Hour,Clicks\nA,0,3,1\nA,6,4,2\n")
    assert data.hours is None
    assert len(said(data, "weekday_unclear")) == len(said(data, "hour_alone")) == 1


def test_rows_whose_start_is_their_end_are_days_and_longer_ones_flights(load: Load) -> None:
    daily = load(
        "Campaign,Reporting starts,Reporting ends,Cost\nA,2024-01-13,2024-01-13,1\nA,2024-01-14,2024-01-14,2\n"
    )
    mixed = load(
        "Campaign,Reporting starts,Reporting ends,Cost\nA,2024-01-13,2024-01-13,1\nA,2024-01-14,2024-01-16,2\n"
    )
    assert days(daily.daily, "Date", "Budget") == [["2024-01-13", 1.0], ["2024-01-14", 2.0]]
    assert mixed.daily is None


def test_a_row_without_a_date_counts_in_the_campaign_with_a_warning(load: Load) -> None:
    data = load("Campaign,Date,Cost\nA,2024-01-01,1\nA,,2\n")
    assert data.campaigns["Budget"].tolist() == [3.0]
    assert days(data.daily, "Budget") == [[1.0]]
    assert [row for row, *_ in said(data, "undated_row")] == [3]


def test_without_an_id_the_platform_and_name_make_one(load: Load) -> None:
    data = load("Platform,Campaign,Cost\nFacebook,Spring Sale,1\nTikTok,Spring Sale,2\nFacebook,Spring Sale,4\n")
    assert data.campaigns["Campaign ID"].tolist() == ["facebook-spring-sale", "tiktok-spring-sale"]
    assert data.campaigns["Budget"].tolist() == [5.0, 2.0]


def test_without_a_name_each_platform_and_type_is_one_and_the_ledger_says_so(load: Load) -> None:
    data = load("Platform,Campaign Type,Cost\nFacebook,Video,1\nFacebook,Search,2\nFacebook,Video,4\n")
    assert data.campaigns["Campaign ID"].tolist() == ["facebook-video", "facebook-search"]
    assert data.campaigns["Budget"].tolist() == [5.0, 2.0]
    assert len(said(data, "no_campaign_column")) == 1


def test_generated_ids_are_distinct_short_and_the_same_in_any_order(load: Load) -> None:
    names = ["A+B", "A-B", "😀", "🎉", "x" * 300, "x" * 299 + "y", "a b"]
    one = load("Campaign,Cost\n" + "".join(f"{name},{place}\n" for place, name in enumerate(names))).campaigns
    other = load("Campaign,Cost\n" + "".join(f"{name},{place}\n" for place, name in enumerate(names[::-1]))).campaigns
    assert one["Campaign ID"].is_unique
    assert one["Campaign ID"].str.len().max() < 70
    assert dict(zip(one["Campaign Name"], one["Campaign ID"], strict=True)) == dict(
        zip(other["Campaign Name"], other["Campaign ID"], strict=True)
    )


def test_an_id_on_two_platforms_is_two_campaigns(load: Load) -> None:
    data = load("Campaign ID,Platform,Cost\n1,Facebook,5\n1,Instagram,6\n2,Facebook,1\n")
    assert data.campaigns["Campaign ID"].tolist() == ["1-facebook", "1-instagram", "2"]
    assert said(data, "id_split") == [
        (2, "Campaign ID", "1", "1-facebook"),
        (3, "Campaign ID", "1", "1-instagram"),
    ]


def test_names_and_types_that_conflict_take_the_most_frequent(load: Load) -> None:
    data = load("Campaign ID,Campaign,Objective,Cost\n1,,Leads,1\n1,B,Sales,2\n1,A,Sales,3\n1,A,,4\n")
    assert data.campaigns[["Campaign Name", "Campaign Type"]].to_numpy().tolist() == [["A", "Sales"]]
    assert said(data, "name_conflict") == [(3, "Campaign Name", "B", "A")]
    assert said(data, "type_conflict") == [(2, "Campaign Type", "Leads", "Sales")]


@pytest.mark.parametrize(
    ("rows", "planned"),
    [
        ("A,2024-01-01,50,1\nA,2024-01-02,60,2\n", 110.0),
        ("A,,50,1\nA,,50,2\n", 50.0),
        ("A,,50,1\n", 50.0),
    ],
)
def test_planned_budgets_of_days_add_up_and_repeated_ones_count_once(load: Load, rows: str, planned: float) -> None:
    data = load(f"Campaign,Date,Budget,Spend\n{rows}")
    assert data.campaigns["Planned Budget"].tolist() == [planned]


def test_planned_budgets_that_cannot_be_added_up_are_blank(load: Load) -> None:
    data = load("Campaign,Ad set,Budget,Spend\nA,x,50,1\nA,y,70,2\nB,z,Using ad set budget,3\nC,w,9,3\n")
    assert data.campaigns["Planned Budget"].isna().tolist() == [True, True, False]
    assert said(data, "plan_unclear") == [(2, "Planned Budget", "50 to 70", "")]
    assert said(data, "budget_in_words") == [(4, "Budget", "Using ad set budget", "")]


def test_names_that_mention_platforms_are_a_hint_only(load: Load) -> None:
    data = load("Campaign,Cost\nfacebook_tier1,1\nyoutube_blogger,2\n")
    assert data.campaigns["Platform"].tolist() == [None, None]
    assert said(data, "platform_in_name") == [(0, "Platform", "Facebook, YouTube", "")]
