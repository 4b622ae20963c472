"""The outlook: scipy's regression and the textbook's prediction interval, seasons that were put in, and refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sheetgen.analysis.outlook import AHEAD, FEWEST, find_season, fit

CALENDAR = [month % 12 + 1 for month in range(60)]


def test_the_line_and_its_interval_are_those_of_the_textbook() -> None:
    y = np.array([120.0, 131.0, 118.0, 150.0, 149.0, 161.0, 158.0, 177.0, 169.0, 190.0])
    x = np.arange(1.0, 11.0)
    line = stats.linregress(x, y)
    residual = math.sqrt(np.sum((y - line.intercept - line.slope * x) ** 2) / 8)
    found = fit(y, find_season(y, CALENDAR[:10], monthly=True), CALENDAR[:10])
    assert found is not None
    assert found.r_squared == pytest.approx(line.rvalue**2)
    assert found.is_clear == (line.pvalue < 0.05)
    for ahead in range(1, AHEAD + 1):
        at = 10.0 + ahead
        half = stats.t.ppf(0.9, 8) * residual * math.sqrt(1 + 1 / 10 + (at - 5.5) ** 2 / 82.5)
        assert found.at(at, 1, 0.2) == pytest.approx((line.intercept + line.slope * at, half))


def test_periods_that_are_left_out_keep_their_place() -> None:
    y = np.array([10.0, np.nan, 30.0, 40.0, np.nan, 60.0, 70.0, 80.0, 90.0, 100.0])
    found = fit(y, find_season(y, CALENDAR[:10], monthly=True), CALENDAR[:10])
    assert found is not None
    assert found.n == 8
    assert found.at(11.0, 1, 0.2) == pytest.approx((110.0, 0.0))


def test_fewer_than_eight_periods_give_no_line() -> None:
    y = np.arange(float(FEWEST - 1))
    assert fit(y, find_season(y, CALENDAR[:7], monthly=True), CALENDAR[:7]) is None


def test_values_that_do_not_vary_are_repeated_without_a_claim() -> None:
    y = np.full(9, 333.33)
    found = fit(y, find_season(y, CALENDAR[:9], monthly=True), CALENDAR[:9])
    assert found is not None
    assert found.r_squared is None
    assert not found.is_clear
    assert found.at(10.0, 1, 0.2) == pytest.approx((333.33, 0.0))


def test_a_season_that_was_put_in_is_found() -> None:
    months, wave = CALENDAR[:36], 1 + 0.4 * np.sin(np.arange(12) * np.pi / 6)
    y = 500.0 * wave[np.array(months) - 1]
    season = find_season(y, months, monthly=True)
    assert season.is_known
    found = fit(y, season, months)
    assert found is not None
    assert np.mean(season.indices) == pytest.approx(1)
    assert [found.at(37.0 + k, months[k], 0.2)[0] for k in range(12)] == pytest.approx(list(500 * wave), rel=0.06)


@pytest.mark.parametrize(
    ("values", "monthly"),
    [(np.full(23, 9.0), True), (np.full(36, 9.0), False), (np.linspace(100, -50, 36), True)],
    ids=["23 months", "weeks", "a line below zero"],
)
def test_no_season_from_too_little(values: np.ndarray, monthly: bool) -> None:
    season = find_season(values, CALENDAR[: len(values)], monthly=monthly)
    assert not season.is_known
    assert list(season.indices) == [1.0] * 12


def test_the_interval_holds_as_many_cases_as_it_says() -> None:
    random = np.random.default_rng(7)
    hits = 0
    for _ in range(400):
        y = 100 + 5 * np.arange(1.0, 14.0) + random.normal(0, 10, 13)
        found = fit(y[:12], find_season(y[:12], CALENDAR[:12], monthly=False), CALENDAR[:12])
        assert found is not None
        centre, half = found.at(13.0, 1, 0.2)
        hits += abs(y[12] - centre) <= half
    assert 0.74 < hits / 400 < 0.86
