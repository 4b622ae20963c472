"""What the cards compare: which two periods, what falls into them and how the change reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sheetgen.analysis.previous import growth, points, window_sums, windows
from sheetgen.analysis.serials import to_serial
from sheetgen.dataset import Dataset
from sheetgen.values import Value

from .built import built, context, dataset, live, row_starting, rows_of


def days_of(first: str, last: str) -> Dataset:
    """One campaign with a row for each day, budget 1 and revenue 2."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    dates = [start + timedelta(days=k) for k in range((end - start).days + 1)]
    days = [{"Campaign ID": "C1", "Date": day.isoformat(), "Budget": 1, "Revenue": 2} for day in dates]
    total = len(dates)
    campaign = {"Platform": "Facebook", "Start Date": first, "End Date": last}
    return dataset([campaign | {"Budget": total, "Revenue": 2 * total}], days)


def serial(text: str) -> float:
    return to_serial(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("data", "period", "before"),
    [
        pytest.param("2025-01-01 2025-02-28", "2025-02-01 2025-02-28", "2025-01-01 2025-01-31", id="two whole months"),
        pytest.param("2025-01-01 2025-03-12", "2025-03-01 2025-03-12", "2025-02-01 2025-02-12", id="month not over"),
        pytest.param("2025-01-01 2025-03-30", "2025-03-01 2025-03-30", "2025-02-01 2025-02-28", id="shorter before"),
        pytest.param("2025-01-07 2025-02-28", "2025-02-07 2025-02-28", "2025-01-07 2025-01-31", id="data begin late"),
        pytest.param("2025-01-01 2025-03-03", "2025-02-01 2025-02-28", "2025-01-01 2025-01-31", id="month just begun"),
    ],
)
def test_the_last_month_is_compared_with_the_one_before(data: str, period: str, before: str) -> None:
    found = windows(live(days_of(*data.split())))
    assert found.comparable
    assert (found.first, found.last) == tuple(map(serial, period.split()))
    assert (found.before_first, found.before_last) == tuple(map(serial, before.split()))


def test_data_of_one_month_have_nothing_to_compare() -> None:
    assert not windows(live(days_of("2025-01-05", "2025-01-30"))).comparable


def test_a_date_filter_is_compared_with_as_many_days_before() -> None:
    chosen = {"filter_from": serial("2025-02-10"), "filter_to": serial("2025-02-20")}
    found = windows(live(days_of("2025-01-01", "2025-03-31"), **chosen))
    assert found.comparable
    assert (found.before_first, found.before_last) == (serial("2025-01-30"), serial("2025-02-09"))


def test_a_filter_beyond_the_data_ends_with_them() -> None:
    found = windows(live(days_of("2025-01-01", "2025-01-31"), filter_from=serial("2025-01-22")))
    assert (found.first, found.last) == (serial("2025-01-22"), serial("2025-01-31"))
    assert (found.before_first, found.before_last) == (serial("2025-01-12"), serial("2025-01-21"))


def test_most_of_the_days_before_must_be_in_the_data() -> None:
    data = days_of("2025-01-01", "2025-03-31")
    assert windows(live(data, filter_from=serial("2025-02-05"))).comparable is False
    assert windows(live(data, filter_from=serial("2025-02-10"))).comparable is True


def test_daily_rows_are_summed_between_the_days_whatever_the_date_filter() -> None:
    tables = live(days_of("2025-01-01", "2025-01-31"), filter_from=serial("2025-01-20"))
    found = window_sums(tables, serial("2025-01-04"), serial("2025-01-13"))
    assert found["Budget"] == 10
    assert found["Revenue"] == 20
    assert found["Clicks"] is None


def test_only_the_selected_platform_is_summed() -> None:
    tables = live(days_of("2025-01-01", "2025-01-31"), filter_platform="Instagram")
    assert window_sums(tables, serial("2025-01-04"), serial("2025-01-13"))["Budget"] is None


FLIGHTS = (
    {"Budget": 100, "Start Date": "2025-01-27", "End Date": "2025-02-05"},
    {"Budget": 50, "Start Date": "2025-02-10", "End Date": "2025-02-28"},
)


def test_flights_are_spread_evenly_without_daily_data() -> None:
    tables = live(dataset(FLIGHTS))
    assert window_sums(tables, serial("2025-01-01"), serial("2025-01-31"))["Budget"] == pytest.approx(50)
    assert window_sums(tables, serial("2025-02-01"), serial("2025-02-28"))["Budget"] == pytest.approx(100)


def test_with_dates_whole_campaigns_count_by_their_start() -> None:
    tables = live(dataset(FLIGHTS), filter_from=serial("2025-02-01"))
    assert window_sums(tables, serial("2025-01-01"), serial("2025-01-31"))["Budget"] == 100


def test_change_of_a_measure_is_in_percent_and_of_a_percentage_in_points() -> None:
    assert growth(449, 400) == 12.3
    assert growth(5, 0) is None
    assert points(0.0212, 0.0188, 2) == 0.24


def months(january: dict[str, float], february: dict[str, float]) -> Dataset:
    """One campaign with a row on each month's first and last day, the latter all zero."""
    totals = {header: january[header] + february[header] for header in january}
    zero = dict.fromkeys(january, 0.0)
    days = [
        {"Campaign ID": "C1", "Date": "2025-01-01", **january},
        {"Campaign ID": "C1", "Date": "2025-01-31", **zero},
        {"Campaign ID": "C1", "Date": "2025-02-01", **february},
        {"Campaign ID": "C1", "Date": "2025-02-28", **zero},
    ]
    return dataset([{"Platform": "Facebook", "Start Date": "2025-01-01", "End Date": "2025-02-28", **totals}], days)


def notes(data: Dataset, label: str, **inputs: Value) -> list[Value]:
    """What stands under a card's value: the change and the standing."""
    cells = built("cards", data, **inputs).cells
    (card,) = (cell for cell in cells if cell.content == label)
    places = {(card.row + 2, card.column), (card.row + 2, card.column + 1)}
    return [cell.value for cell in cells if (cell.row, cell.column) in places]


MONTHS = months(
    {"Budget": 100, "Revenue": 350, "Clicks": 400, "Impressions": 40_000, "Conversions": 0},
    {"Budget": 125, "Revenue": 500, "Clicks": 449, "Impressions": 40_000, "Conversions": 3},
)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Budget", ["▲ 25.0%", None]),
        ("Clicks", ["▲ 12.3%", None]),
        ("ROI", ["▲ 50.0 pts", "beats target"]),
        ("CPC", ["▲ 11.4%", "beats range"]),
        ("CTR", ["▲ 0.12 pts", "in range"]),
        ("Impressions", ["no change", None]),
        ("Conversions", ["▲ from 0", None]),
        ("Cost Per Conversion", [None, None]),
    ],
)
def test_notes_of_a_card(label: str, expected: list[Value]) -> None:
    assert notes(MONTHS, label) == expected


def test_the_page_says_what_is_compared() -> None:
    assert rows_of(built("cards", MONTHS))[-1] == [
        "▲ ▼ Last month in the data, 1 February 2025 – 28 February 2025, "
        "against the month before, 1 January 2025 – 31 January 2025."
    ]
    narrow = built("cards", MONTHS, filter_from=serial("2025-01-10"))
    assert rows_of(narrow)[-1] == ["No change shown: the data do not reach back over as many days before these."]


def test_without_dates_there_is_no_comparison() -> None:
    undated = dataset([{"Platform": "Facebook", "Budget": 100, "Revenue": 300, "Clicks": 150}])
    assert context(undated).shape.periods == 0
    assert notes(undated, "CPC") == [None, "in range"]
    assert row_starting(built("previous", undated), "Comparable") == [0]
