"""Dates as people write them, one order of day and month per column."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from sheetgen.errors import AmbiguousDatesError
from sheetgen.sources.calendar import scan_hours, scan_weekdays
from sheetgen.sources.dates import DateOrder, load_date_marks, scan_dates
from sheetgen.sources.table import RawColumn
from tests.sources.conftest import Load, said

MARKS = load_date_marks()


def moment(text: str, order: DateOrder = DateOrder.DAY_FIRST) -> str:
    scan = scan_dates(RawColumn("Date", pa.array([text])), MARKS)
    return str(scan.settled(order)[0].astype("datetime64[m]"))


@pytest.mark.parametrize(
    "text",
    [
        "2024-08-05",
        "2024/8/5",
        "2024.08.05",
        "20240805",
        "2024年8月5日",
        "45509",
        "Aug 5, 2024",
        "August 5 2024",
        "5 Aug 2024",
        "5-Aug-24",
        "5. August 2024",
        "5 août 2024",
        "lundi 5 août 2024",
        "Monday, August 5, 2024",
        "5 de agosto de 2024",
        "5th August 2024",
        "2024-08-05T00:00:00Z",
        "2024-08-05 00:00:00+02:00",
    ],
)
def test_a_date_that_reads_one_way(text: str) -> None:
    assert moment(text) == moment(text, DateOrder.MONTH_FIRST) == "2024-08-05T00:00"


@pytest.mark.parametrize("text", ["5/8/2024", "05/08/2024", "5.08.2024", "05-08-2024", "5/8/24", "05. 08. 2024"])
def test_a_date_that_reads_both_ways(text: str) -> None:
    assert moment(text, DateOrder.DAY_FIRST) == "2024-08-05T00:00"
    assert moment(text, DateOrder.MONTH_FIRST) == "2024-05-08T00:00"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2024-08-05 13:05", "13:05"),
        ("2024-08-05T13:05:59.123", "13:05"),
        ("8/5/2024 1:05 PM", "13:05"),
        ("8/5/2024, 12:00 AM", "00:00"),
        ("45509.5", "12:00"),
    ],
)
def test_a_date_with_a_time(text: str, time: str) -> None:
    assert moment(text, DateOrder.MONTH_FIRST) == f"2024-08-05T{time}"


@pytest.mark.parametrize("text", ["31/02/2024", "2024-13-01", "0000-00-00", "2024", "soon", "1/2", "12345678", "1.5"])
def test_what_is_no_date_is_bad(text: str) -> None:
    assert scan_dates(RawColumn("Date", pa.array(["2024-01-01", text])), MARKS).bad.tolist() == [False, True]


def test_two_digit_years_are_of_this_century_up_to_68() -> None:
    assert [moment(f"31/12/{year}")[:4] for year in ("00", "68", "69", "99")] == ["2000", "2068", "1969", "1999"]


def test_a_day_above_12_decides_for_the_column(load: Load) -> None:
    day_first = load("Campaign,Date,Cost\nA,03/04/2024,1\nA,13/04/2024,2\n")
    month_first = load("Campaign,Date,Cost\nA,03/04/2024,1\nA,04/13/2024,2\n")
    assert day_first.campaigns["Start Date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-04-03"]
    assert month_first.campaigns["Start Date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-03-04"]


def test_dates_that_all_read_both_ways_are_refused_with_both_readings(load: Load) -> None:
    message = r"'Date'.*03/04/2024 is 2024-04-03 or 2024-03-04.*--dayfirst or --monthfirst"
    with pytest.raises(AmbiguousDatesError, match=message) as caught:
        load("Campaign,Date,Cost\nA,03/04/2024,1\nA,05/06/2024,2\n")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("dayfirst", "first"), [(True, "2024-04-03"), (False, "2024-03-04")])
def test_the_option_settles_it(load: Load, dayfirst: bool, first: str) -> None:
    data = load("Campaign,Date,Cost\nA,03/04/2024,1\nA,05/06/2024,2\n", dayfirst=dayfirst)
    assert data.campaigns["Start Date"].dt.strftime("%Y-%m-%d").tolist() == [first]


def test_the_option_does_not_bend_a_column_that_reads_one_way(load: Load) -> None:
    data = load("Campaign,Date,Cost\nA,03/04/2024,1\nA,13/04/2024,2\n", dayfirst=False)
    assert data.campaigns["End Date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-04-13"]
    assert data.campaigns["Start Date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-04-03"]


def test_dates_that_read_the_same_both_ways_need_no_option(load: Load) -> None:
    data = load("Campaign,Date,Cost\nA,03/03/2024,1\nA,05/05/2024,2\n")
    assert data.campaigns["End Date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-05-05"]


def test_the_end_column_settles_the_start_column(load: Load) -> None:
    data = load("Campaign,Start,End,Cost\nA,03/04/2024,30/04/2024,1\nB,05/06/2024,06/07/2024,2\n")
    assert data.campaigns["Start Date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-04-03", "2024-06-05"]
    assert said(data, "dates_settled") == [(0, "Start", "03/04/2024", "day first: as in End")]


def test_a_column_of_both_orders_warns_unless_a_date_reads_both_ways(load: Load) -> None:
    rows = "Campaign,Date,Cost\nA,13/04/2024,1\nA,04/14/2024,2\n"
    data = load(rows)
    assert data.campaigns["End Date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-04-14"]
    assert said(data, "mixed_dates") == [(0, "Date", "", "")]
    with pytest.raises(AmbiguousDatesError):
        load(rows + "A,01/02/2024,3\n")


def test_text_that_is_no_date_is_blank_with_a_line_and_null_marks_without(load: Load) -> None:
    data = load("Campaign,Start,End,Cost\nA,2024-01-01,Ongoing,1\nB,2024-01-01,soon,2\n")
    assert data.campaigns["End Date"].isna().all()
    assert said(data, "not_a_date") == [(3, "End", "soon", "")]


def test_hours_of_the_day() -> None:
    texts = ["0", "13", "7.0", "13:00", "1 PM", "12 AM", "12pm", "00:00:00 - 00:59:59", "24", "13 pm", "x", ""]
    scan = scan_hours(RawColumn("Hour", pa.array(texts)), MARKS.nulls)
    assert scan.values[:8].tolist() == [0, 13, 7, 13, 13, 0, 12, 0]
    assert np.isnan(scan.values[8:]).all()
    assert scan.bad.tolist() == [False] * 8 + [True, True, True, False]


def test_days_of_the_week_in_several_languages() -> None:
    texts = ["Monday", "sun", "Sun.", "mardi", "Mittwoch", "sábado", "1", "7", "8", "someday", ""]
    scan = scan_weekdays(RawColumn("Weekday", pa.array(texts)), MARKS.nulls, MARKS.weekdays)
    assert scan.values[:8].tolist() == [1, 7, 7, 2, 3, 6, 1, 7]
    assert scan.bad.tolist() == [False] * 8 + [True, True, False]
