"""The matrix: which side of the lines a campaign is on, and the order of the quadrants' campaigns."""

from __future__ import annotations

import numpy as np

from sheetgen.analysis.matrix import Quadrant, quadrant_keys, quadrants


def test_budget_and_roi_place_a_campaign() -> None:
    found = quadrants(np.array([900.0, 100.0, 900.0, 100.0]), np.array([2.0, 2.0, 0.1, 0.1]), 500, 1)
    assert list(found) == [Quadrant.STARS, Quadrant.SCALE, Quadrant.FIX, Quadrant.STOP]


def test_a_campaign_on_the_lines_counts_as_above_them() -> None:
    third = np.array([0.1 + 0.2] * 3)
    assert list(quadrants(third, np.array([0.5] * 3), 0.3, 0.5)) == [Quadrant.STARS] * 3


def test_a_campaign_without_roi_is_in_no_quadrant() -> None:
    assert np.isnan(quadrants(np.array([5.0]), np.array([np.nan]), 1, 1)).all()


def test_keys_go_by_quadrant_then_by_budget() -> None:
    places = np.array([4.0, 1.0, 1.0, 3.0, np.nan])
    keys, _ = quadrant_keys(places, np.array([90.0, 10.0, 20.0, 80.0, np.nan]))
    assert list(np.argsort(-keys[:4])) == [2, 1, 3, 0]
