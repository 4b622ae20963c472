"""The action that a campaign's ROI calls for: scale up, hold, or stop."""

from __future__ import annotations

from enum import IntEnum


class Band(IntEnum):
    """Where an ROI lies between the two thresholds; a blank ROI lies nowhere."""

    NONE = 0
    SCALE = 1
    HOLD = 2
    STOP = 3


def band(roi: float | None, scale: float | None, stop: float | None) -> Band:
    """The band of an ROI, where `scale` and `stop` are the thresholds; None is no threshold."""
    if roi is None:
        return Band.NONE
    if scale is not None and roi > scale:
        return Band.SCALE
    return Band.STOP if stop is not None and roi < stop else Band.HOLD
