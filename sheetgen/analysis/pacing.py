"""Pacing: money spent against money planned, at the share of the flight that is over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.serials import Floats


@dataclass(frozen=True, eq=False)
class Pacing:
    """Per campaign, NaN where it has no plan, no dates or no spend.

    `plan` is the money for the whole flight, `elapsed` the share of its days that is over, `due` what an even pace
    would have spent by now, `projected` what the pace so far comes to at the end (NaN before the start), and `gap` by
    how much that is over the plan.
    """

    plan: Floats
    elapsed: Floats
    due: Floats
    projected: Floats
    gap: Floats


def pace(planned: Floats, spent: Floats, start: Floats, end: Floats, today: float, *, per_day: bool) -> Pacing:
    """The pacing of campaigns whose plan is for the whole flight, or `per_day`; dates are serials, both days count."""
    days = np.where(end >= start, end - start + 1, np.nan)
    known = (planned > 0) & ~np.isnan(spent) & ~np.isnan(days)
    plan = np.where(known, planned * days if per_day else planned, np.nan)
    elapsed = np.where(known, np.clip((today - start + 1) / days, 0.0, 1.0), np.nan)
    projected: Floats = np.divide(spent, elapsed, out=np.full(len(spent), np.nan), where=known & (elapsed > 0))
    return Pacing(plan, elapsed, plan * elapsed, projected, projected - plan)
