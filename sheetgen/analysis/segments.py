"""Segments: the campaign types, each with its own exponent, estimated from its weeks or given by the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheetgen.analysis.dimension import listed
from sheetgen.analysis.exponent import Fit, Trust, Verdict, fit_exponent, logarithms
from sheetgen.analysis.live import Live, first_rows
from sheetgen.analysis.response import within_exponents
from sheetgen.analysis.serials import Floats

MOST_SEGMENTS = 8
MOST_WEEKS = 26
"""Half a year: further back, a curve may have been another one."""

ABSENT = -1.0
"""The number of a segment that no campaign has."""

_TYPE, _NUMBER = "Campaign Type", "Type No"


def first_segments(campaigns: pd.DataFrame, unset: str) -> list[str]:
    """The labels of the types with the largest budgets, which a new report lists."""
    rows = campaigns.assign(**{_NUMBER: first_rows(campaigns[_TYPE])})
    count = rows[_NUMBER].nunique()
    return [str(label) for label in listed(rows, _TYPE, _NUMBER, count, unset).labels[:MOST_SEGMENTS]]


@dataclass(frozen=True, eq=False)
class Weeks:
    """A segment's weeks: sums of budget and revenue, and their logarithms, NaN in weeks that do not count."""

    budget: Floats
    revenue: Floats
    ln_budget: Floats
    ln_revenue: Floats


@dataclass(frozen=True, eq=False)
class Segment:
    """A type by its number (the row of its first campaign, 0 for none set), its fit and the exponent in force."""

    label: str | None
    number: float
    weeks: Weeks
    fit: Fit
    verdict: Verdict
    exponent: float


def segment_number(label: str, campaigns: pd.DataFrame, unset: str) -> float:
    """The number of the type with that label, letter case aside."""
    same = campaigns[_TYPE].map(lambda known: isinstance(known, str) and known.casefold() == label.casefold())
    if label and same.any():
        return float(np.argmax(same.to_numpy())) + 1
    return 0.0 if label.casefold() == unset.casefold() else ABSENT


def whole_weeks(live: Live, starts: Sequence[float]) -> Floats:
    """1 for each week that lies within the data and the filters from end to end, else 0."""
    if live.daily is None or not len(live.daily):
        return np.zeros(len(starts))
    first = max(float(live.daily["Date"].min()), live.scope.first)
    last = min(float(live.daily["Date"].max()), live.scope.last)
    return np.array([float(start >= first and start + 6 <= last) for start in starts])


def weeks_of(number: float, days: pd.DataFrame | None, starts: Sequence[float], whole: Floats) -> Weeks:
    """The weeks of the type with that number, from the daily rows in the filters."""
    if days is None:
        nothing = np.array([])
        return Weeks(nothing, nothing, nothing, nothing)
    own = days[days[_NUMBER] == number]
    sums = own.groupby("Week")[["Budget", "Revenue"]].sum().reindex(list(starts)).fillna(0.0)
    budget, revenue = (sums[header].to_numpy(dtype=float) for header in ("Budget", "Revenue"))
    return Weeks(budget, revenue, *logarithms(np.where(whole == 1, budget, np.nan), revenue))


def make_segment(
    label: str | None, number: float, weeks: Weeks, typed: float | None, trust: Trust, assumed: float
) -> Segment:
    """The segment with the exponent in force: the reader's, else a good enough estimate, else the assumed one."""
    fit = fit_exponent(weeks.ln_budget, weeks.ln_revenue)
    verdict = fit.verdict(trust) if typed is None else Verdict.TYPED
    found = fit.slope if verdict is Verdict.USED else typed
    exponent = assumed if found is None else within_exponents(found)
    return Segment(label, number, weeks, fit, verdict, exponent)
