"""Several files make one report, and nothing counts twice."""

from __future__ import annotations

import pytest

from sheetgen.sources.load import ReadOptions, load_dataset
from tests.sources.conftest import Load, Write, said

CAMPAIGNS = "Campaign ID,Campaign Name,Platform,Budget,Clicks\n1,A,Facebook,100,10\n2,B,Instagram,50,5\n"
HOURS = "Campaign ID,Date,Hour,Budget,Clicks\n1,2024-01-01,3,40,4\n1,2024-01-02,4,60,6\n2,2024-01-02,3,50,5\n"
DAYS = "Campaign ID,Date,Budget,Clicks\n1,2024-01-01,40,4\n1,2024-01-02,60,6\n2,2024-01-02,50,5\n"


def test_campaigns_of_several_files_stand_together(load: Load) -> None:
    data = load("Campaign,Spend\nA,1\n", "campaign_name;cost\nB;2,5\n")
    assert data.campaigns["Budget"].tolist() == [1.0, 2.5]
    assert data.files == ("file1.csv", "file2.csv")


def test_months_of_one_campaign_add_up(load: Load) -> None:
    header = "Campaign ID,Start,End,Spend\n"
    data = load(f"{header}1,2024-01-01,2024-01-31,5\n", f"{header}1,2024-02-01,2024-02-29,7\n")
    assert data.campaigns["Budget"].tolist() == [12.0]
    assert data.campaigns["End Date"].dt.month.tolist() == [2]


@pytest.mark.parametrize("swap", [False, True])
def test_a_campaign_file_and_its_hours_make_one_report(load: Load, swap: bool) -> None:
    data = load(*((HOURS, CAMPAIGNS) if swap else (CAMPAIGNS, HOURS)))
    campaigns = data.campaigns.set_index("Campaign ID").loc[["1", "2"]]
    assert campaigns["Budget"].tolist() == [100.0, 50.0]
    assert campaigns["Campaign Name"].tolist() == ["A", "B"]
    assert campaigns["Start Date"].dt.day.tolist() == [1, 2]
    assert data.daily is not None
    assert data.hours is not None
    assert data.daily["Budget"].sum() == data.hours["Budget"].sum() == 150
    assert said(data, "totals_differ") == []
    assert data.ledger.rows_used == 5


def test_days_and_hours_of_the_same_campaigns_count_once(load: Load) -> None:
    data = load(DAYS, HOURS, CAMPAIGNS)
    assert data.campaigns["Budget"].sum() == 150
    assert data.daily is not None
    assert data.hours is not None
    assert data.daily["Clicks"].sum() == data.hours["Clicks"].sum() == 15


def test_totals_that_differ_are_said_by_measure_and_left_as_they_are(load: Load) -> None:
    data = load(CAMPAIGNS, HOURS.replace(",50,5", ",49,5"))
    assert said(data, "totals_differ") == [(0, "Budget", "150", "149")]
    assert data.campaigns["Budget"].sum() == 150
    assert data.daily is not None
    assert data.daily["Budget"].sum() == 149


def test_a_campaign_that_only_the_detail_has_is_appended(load: Load) -> None:
    data = load(CAMPAIGNS, HOURS + "3,2024-01-03,5,7,1\n")
    assert data.campaigns["Campaign ID"].tolist() == ["1", "2", "3"]
    assert data.campaigns["Budget"].tolist() == [100.0, 50.0, 7.0]
    assert said(data, "only_in_detail") == [(5, "Campaign ID", "", "3")]


def test_a_field_that_only_the_detail_has_is_filled(load: Load) -> None:
    data = load(CAMPAIGNS, "Campaign ID,Date,Revenue\n1,2024-01-01,9\n2,2024-01-01,8\n")
    assert data.campaigns["Revenue"].tolist() == [9.0, 8.0]
    assert said(data, "filled_from_detail") == [(0, "Revenue", "", "2 campaigns")]


def test_detail_that_only_names_its_campaign_finds_the_id(load: Load) -> None:
    data = load(CAMPAIGNS, "Campaign,Day,Spend\nA,2024-01-01,100\nB,2024-01-01,50\n")
    assert data.campaigns["Campaign ID"].tolist() == ["1", "2"]
    assert data.daily is not None
    assert data.daily["Campaign ID"].tolist() == ["1", "2"]


def test_detail_of_a_name_on_two_platforms_finds_its_own(load: Load) -> None:
    data = load(
        "Campaign,Platform,Spend\nA,Facebook,100\nA,Instagram,50\n",
        "Campaign,Platform,Day,Spend\nA,facebook,2024-01-01,100\nA,instagram,2024-01-01,50\n",
    )
    assert data.campaigns["Budget"].tolist() == [100.0, 50.0]
    assert data.daily is not None
    assert data.daily["Budget"].tolist() == [100.0, 50.0]


def test_files_that_disagree_about_a_platform_do_not_split_the_campaign(load: Load) -> None:
    data = load(CAMPAIGNS, "Campaign ID,Platform,Day,Budget\n1,Meta,2024-01-01,100\n2,Instagram,2024-01-01,50\n")
    assert data.campaigns["Platform"].tolist() == ["Facebook", "Instagram"]
    assert data.campaigns["Budget"].tolist() == [100.0, 50.0]
    assert said(data, "platform_conflict") == [(2, "Platform", "Meta", "Facebook")]


def test_weekday_hours_go_where_dated_hours_are(load: Load) -> None:
    data = load(HOURS, "Campaign ID,Day of week,Hour,Clicks\n1,Monday,3,9\n9,Monday,3,2\n")
    assert data.hours is not None
    assert data.hours["Clicks"].sum() == 17
    assert [row for row, *_ in said(data, "hours_repeated")] == [2]
    assert (data.ledger.rows_in, data.ledger.rows_used) == (5, 4)


def test_files_of_the_same_name_are_told_apart_by_their_path(write: Write) -> None:
    first = write("a.csv", "Campaign,Spend\nA,1\n")
    (first.parent / "b").mkdir()
    second = write("b/a.csv", "Campaign,Spend\nB,oops\n")
    data = load_dataset([first, second], ReadOptions())
    assert [line.file for line in data.ledger.lines if line.code == "not_a_number"] == [str(second)]


def test_a_file_without_a_row_left_does_not_stop_the_others(load: Load) -> None:
    data = load("Campaign,Spend\nA,1\n", "Campaign,Spend\nTotal,1\n")
    assert data.campaigns["Budget"].tolist() == [1.0]
    assert data.ledger.rows_dropped == 1


def test_a_month_as_a_whole_and_days_of_another_month_add_up(load: Load) -> None:
    data = load(
        "Campaign ID,Start,End,Spend,Clicks\n1,2024-01-01,2024-01-31,5,1\n2,2024-01-01,2024-01-31,6,2\n",
        "Campaign ID,Date,Spend,Clicks\n1,2024-02-01,7,3\n1,2024-02-02,8,4\n2,2024-01-30,6,2\n",
    )
    assert data.campaigns[["Budget", "Clicks"]].to_numpy().tolist() == [[20, 8], [6, 2]]
    assert [after for *_, after in said(data, "days_added")] == ["1"]
    assert said(data, "totals_differ") == []
