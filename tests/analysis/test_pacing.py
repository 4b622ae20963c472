"""Pacing: money spent so far against an even pace over the flight."""

from __future__ import annotations

import numpy as np
import pytest

from sheetgen.analysis.pacing import Pacing, pace

NAN = np.nan


def one(planned: float, spent: float, start: float, end: float, today: float, *, per_day: bool = False) -> Pacing:
    flight = np.array([start]), np.array([end])
    return pace(np.array([planned]), np.array([spent]), *flight, today, per_day=per_day)


def test_half_of_the_flight_and_six_tenths_of_the_money() -> None:
    found = one(planned=1000, spent=600, start=101, end=110, today=105)
    assert found.elapsed[0] == 0.5
    assert found.due[0] == 500
    assert found.projected[0] == 1200
    assert found.gap[0] == 200


def test_a_plan_per_day_is_for_each_day_of_the_flight() -> None:
    found = one(planned=50, spent=600, start=101, end=110, today=110, per_day=True)
    assert found.plan[0] == 500
    assert found.gap[0] == 100


def test_before_its_first_day_a_campaign_has_a_plan_but_no_projection() -> None:
    found = one(planned=1000, spent=0, start=101, end=110, today=100)
    assert found.elapsed[0] == 0
    assert np.isnan(found.projected[0])


def test_after_its_last_day_what_is_spent_is_what_it_comes_to() -> None:
    found = one(planned=1000, spent=900, start=101, end=110, today=400)
    assert (found.elapsed[0], found.gap[0]) == (1, -100)


@pytest.mark.parametrize(
    ("planned", "spent", "start", "end"),
    [(NAN, 5, 1, 9), (0, 5, 1, 9), (5, NAN, 1, 9), (5, 5, NAN, 9), (5, 5, 1, NAN), (5, 5, 9, 1)],
)
def test_a_campaign_without_plan_spend_or_flight_is_left_out(
    planned: float, spent: float, start: float, end: float
) -> None:
    found = one(planned, spent, start, end, today=5)
    assert np.isnan([found.plan[0], found.elapsed[0], found.projected[0], found.gap[0]]).all()
