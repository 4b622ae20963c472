"""How a KPI stands against its benchmark range."""

from __future__ import annotations

from enum import Enum


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
