"""Campaigns in four quadrants: their budget against the average budget, and their ROI against a line."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from sheetgen.analysis.serials import Floats

ALIKE = 1e-9
"""Differences below this share of a line are the noise of adding up: such a campaign is on the line."""


class Quadrant(IntEnum):
    """Where a campaign lies, in the order of the numbers that the sheet holds; on a line counts as above it."""

    STARS = 1
    SCALE = 2
    FIX = 3
    STOP = 4


def quadrants(budget: Floats, roi: Floats, budget_line: float, roi_line: float) -> Floats:
    """The number of the quadrant of each campaign, NaN for one without budget or ROI."""
    pays = roi + ALIKE >= roi_line
    is_large = budget * (1 + ALIKE) >= budget_line
    above = np.where(is_large, Quadrant.STARS, Quadrant.SCALE)
    below = np.where(is_large, Quadrant.FIX, Quadrant.STOP)
    return np.where(np.isnan(budget) | np.isnan(roi), np.nan, np.where(pays, above, below))


def quadrant_keys(found: Floats, budget_keys: Floats) -> tuple[Floats, float]:
    """Keys that rank the quadrants in their order and inside each the largest budget first, and the step between them.

    `budget_keys` rank the budgets without ties.
    """
    known = budget_keys[~np.isnan(budget_keys)]
    span = 2 * float(np.max(known)) if known.size else 0.0
    return budget_keys - (found - 1) * span, span
