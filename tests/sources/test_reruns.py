"""Files that report on the same campaigns and days: nothing counts twice, and figures that differ are asked about."""

from __future__ import annotations

import pytest

from sheetgen.errors import OptionError, OverlapError
from tests.sources.conftest import Load, said

HEADER = "Campaign name,Day,Amount spent (USD),Clicks (all)\n"
EARLY = f"{HEADER}A,2025-03-01,10,1\nA,2025-03-02,20,2\n"
LATE = f"{HEADER}A,2025-03-02,25,3\nA,2025-03-03,30,4\n"


def test_other_figures_for_a_day_are_refused_with_both_files_the_campaign_and_the_day(load: Load) -> None:
    with pytest.raises(OverlapError) as refusal:
        load(EARLY, LATE)
    text = str(refusal.value)
    for fact in ("file2.csv", "file1.csv", "'A'", "2025-03-02", "Budget is 25 here and 20", "--overlap last"):
        assert fact in text


def test_the_file_given_last_counts(load: Load) -> None:
    data = load(EARLY, LATE, overlap="last")
    assert data.daily is not None
    assert data.daily["Budget"].tolist() == [10, 25, 30]
    assert data.campaigns[["Budget", "Clicks"]].to_numpy().tolist() == [[65, 8]]
    assert [row for row, *_ in said(data, "repeated_by_file")] == [3]
    assert (data.ledger.rows_in, data.ledger.rows_used) == (4, 3)
    swapped = load(LATE, EARLY, overlap="last")
    assert swapped.campaigns["Budget"].tolist() == [60]


def test_parts_of_one_whole_add_up_with_a_warning(load: Load) -> None:
    data = load(EARLY, LATE, overlap="add")
    assert data.campaigns["Budget"].tolist() == [85]
    assert (0, "Budget", "file1.csv", "") in said(data, "overlap_added")


def test_an_overlap_that_is_none_is_refused(load: Load) -> None:
    with pytest.raises(OptionError, match="refuse, last, add"):
        load(EARLY, overlap="newest")


def test_the_same_rows_count_once(load: Load) -> None:
    data = load(EARLY, EARLY + "A,2025-03-03,30,4\n")
    assert data.campaigns["Budget"].tolist() == [60]
    assert len(said(data, "duplicate_row")) == 2


def test_the_same_figures_under_other_headers_count_once(load: Load) -> None:
    data = load("campaign,date,cost,clicks\nA,2025-03-01,10,1\n", "Campaign,Day,Clicks,Revenue\nA,2025-03-01,1,90\n")
    assert data.campaigns[["Budget", "Clicks", "Revenue"]].to_numpy().tolist() == [[10, 1, 90]]
    assert said(data, "repeated_field") == [(0, "Clicks", "1 rows", "file1.csv")]


@pytest.mark.parametrize("column", ["Ad set name", "Age", "Country", "Account name"])
def test_parts_of_a_campaign_in_a_file_each_add_up(load: Load, column: str) -> None:
    header = f"Campaign name,Day,{column},Amount spent (USD),Clicks (all)\n"
    data = load(f"{header}A,2025-03-01,x,10,1\n", f"{header}A,2025-03-01,y,20,2\n")
    assert data.campaigns["Budget"].tolist() == [30]


def test_one_day_by_age_and_again_by_gender_is_one_day(load: Load) -> None:
    ages = "Campaign name,Day,Age,Amount spent (USD)\nA,2025-03-01,18-24,10\nA,2025-03-01,25-34,20\n"
    genders = "Campaign name,Day,Gender,Amount spent (USD)\nA,2025-03-01,male,12\nA,2025-03-01,female,18\n"
    assert load(ages, genders).campaigns["Budget"].tolist() == [30]
    with pytest.raises(OverlapError):
        load(ages, genders.replace("18\n", "19\n"))


def test_breakdown_rows_inside_a_file_add_up(load: Load) -> None:
    rows = "Campaign name,Day,Age,Amount spent (USD)\nA,2025-03-01,18-24,10\nA,2025-03-01,18-24,20\n"
    assert load(rows).campaigns["Budget"].tolist() == [30]


def test_a_campaign_name_on_two_platforms_is_two_campaigns(load: Load) -> None:
    google = "Campaign,Day,Cost,Impr.\nA,2025-03-01,7,100\n"
    assert sorted(load(EARLY, google).campaigns["Budget"]) == [7, 30]


REPORT = "Campaign name,Reporting starts,Reporting ends,Amount spent (USD),Clicks (all)\n"


def test_months_that_follow_each_other_add_up(load: Load) -> None:
    march, april = f"{REPORT}A,2025-03-01,2025-03-31,10,1\n", f"{REPORT}A,2025-04-01,2025-04-30,20,2\n"
    assert load(april, march).campaigns["Budget"].tolist() == [30]


def test_periods_that_overlap_are_refused(load: Load) -> None:
    first, second = f"{REPORT}A,2025-03-01,2025-03-31,10,1\n", f"{REPORT}A,2025-03-01,2025-04-15,14,2\n"
    with pytest.raises(OverlapError, match="2025-03-01 – 2025-0"):
        load(first, second)
    assert load(first, second, overlap="last").campaigns["Budget"].tolist() == [14]


def test_files_without_dates_are_refused_where_they_differ(load: Load) -> None:
    with pytest.raises(OverlapError, match="without dates"):
        load("Campaign,Spend\nA,1\n", "Campaign,Spend\nA,2\n")


def test_three_runs_of_one_day(load: Load) -> None:
    runs = [f"{HEADER}A,2025-03-01,{spend},1\n" for spend in (10, 11, 12)]
    assert load(*runs, overlap="last").campaigns[["Budget", "Clicks"]].to_numpy().tolist() == [[12, 1]]
