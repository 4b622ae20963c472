"""How a KPI stands against its benchmark range."""

from __future__ import annotations

from enum import Enum

import numpy as np

from sheetgen.analysis.groups import sheet_text
from sheetgen.analysis.serials import Floats


class Standing(Enum):
    """Where a value lies, in the words a reader sees (English; translated by the report)."""

    NONE = ""
    GOOD_ABOVE = "▲ above range"
    GOOD_BELOW = "▼ below range, good"
    INSIDE = "● in range"
    BAD_BELOW = "▼ below range"
    BAD_ABOVE = "▲ above range, high"
    REACHED = "▲ target reached"
    MISSED = "▼ under target"
    OVER = "▲ over target"

    @property
    def brief(self) -> str:
        """The standing in a word or two, for cards."""
        if self is Standing.NONE:
            return ""
        if self is Standing.INSIDE:
            return "in range"
        if self in (Standing.REACHED, Standing.MISSED, Standing.OVER):
            return "beats target" if self is Standing.REACHED else "misses target"
        return "beats range" if self in GOOD else "misses range"


GOOD = (Standing.GOOD_ABOVE, Standing.GOOD_BELOW, Standing.REACHED)
BAD = (Standing.BAD_BELOW, Standing.BAD_ABOVE)
"""A lone target that is missed is not bad: it is where to get to."""


def standing(value: float | None, low: float | None, high: float | None, better: str) -> Standing:
    """The standing of a value: against a range when both ends are given, else against the one as a target."""
    if value is None or (low is None and high is None) or better == "none":
        return Standing.NONE
    higher = better == "higher"
    if low is None or high is None:
        target = low or high or 0.0
        if higher:
            return Standing.REACHED if value > target else Standing.MISSED
        return Standing.REACHED if value < target else Standing.OVER
    if value < low:
        return Standing.BAD_BELOW if higher else Standing.GOOD_BELOW
    if value > high:
        return Standing.GOOD_ABOVE if higher else Standing.BAD_ABOVE
    return Standing.INSIDE


def spread(values: Floats, low: float | None, high: float | None) -> tuple[int, int, int] | None:
    """How many values lie below, in and above the range, or below, at and above a lone target.

    None without a benchmark, and for a range that ends before it begins.
    """
    ends = [end for end in (low, high) if end is not None]
    if not ends or ends[0] > ends[-1]:
        return None
    known = values[~np.isnan(values)]
    # A criterion such as "<0.02" is a text, which holds 15 digits of its number.
    below = int(np.sum(known < float(sheet_text(ends[0]))))
    above = int(np.sum(known > float(sheet_text(ends[-1]))))
    return below, len(known) - below - above, above
