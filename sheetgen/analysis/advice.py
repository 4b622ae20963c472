"""What to do with each campaign: the first rule that applies, and the number that made it apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum

import numpy as np
import pandas as pd

from sheetgen.analysis.campaign_goals import Goal
from sheetgen.analysis.groups import kpi_value, sums_by
from sheetgen.analysis.serials import Floats
from sheetgen.kpis import Kpi

FEWEST_TO_COMPARE = 2
"""A campaign or platform is compared with an average of at least so many."""


class Action(Enum):
    """What to do, in the words a reader sees (English; translated by the report)."""

    SCALE = "Scale up"
    STOP = "Stop or cut"
    REFRESH = "Refresh creatives"
    CTR = "Improve CTR"
    FORMATS = "Test new formats"
    KEEP = "Keep"
    UNKNOWN = "Not enough data"


class Reason(IntEnum):
    """Why, in the order of the numbers that the sheet holds."""

    ROI_HIGH = 1
    COST_LOW = 2
    ROI_LOW = 3
    COST_HIGH = 4
    FATIGUE = 5
    CTR_LOW = 6
    WEAK_PLATFORM = 7
    FINE = 8
    NO_BUDGET = 9
    FEW_RESULTS = 10
    NO_MEASURE = 11


ACTIONS: dict[Reason, Action] = {
    Reason.ROI_HIGH: Action.SCALE,
    Reason.COST_LOW: Action.SCALE,
    Reason.ROI_LOW: Action.STOP,
    Reason.COST_HIGH: Action.STOP,
    Reason.FATIGUE: Action.REFRESH,
    Reason.CTR_LOW: Action.CTR,
    Reason.WEAK_PLATFORM: Action.FORMATS,
    Reason.FINE: Action.KEEP,
    Reason.NO_BUDGET: Action.UNKNOWN,
    Reason.FEW_RESULTS: Action.UNKNOWN,
    Reason.NO_MEASURE: Action.UNKNOWN,
}
LAST_TO_DO = Reason.WEAK_PLATFORM
"""The last of the reasons that ask for something to be done."""


@dataclass(frozen=True)
class Limits:
    """The thresholds in force."""

    roi_scale: float
    roi_stop: float
    min_clicks: float
    min_impressions: float
    cost_low: float
    cost_high: float
    ctr_margin: float
    max_frequency: float


@dataclass(frozen=True, eq=False)
class Evidence:
    """Per campaign, NaN where unknown: its goal, measures and KPIs, and how far it is from its group's average.

    `measure` is the KPI of its goal; the gaps are relative to the average; `on_weak_platform` holds True or False.
    """

    in_filter: Floats
    goal: Floats
    budget: Floats
    impressions: Floats
    engagement: Floats
    clicks: Floats
    frequency: Floats
    measure: Floats
    cost_gap: Floats
    ctr_gap: Floats
    on_weak_platform: np.ndarray


def judge(found: Evidence, limits: Limits) -> Floats:
    """The number of the first `Reason` that applies to each campaign, NaN outside the filters."""
    by_roi = found.goal == Goal.CONVERSION
    seeks_clicks = found.goal != Goal.AWARENESS
    few = (
        ((found.goal == Goal.AWARENESS) & (found.impressions < limits.min_impressions))
        | ((found.goal == Goal.ENGAGEMENT) & (found.engagement < limits.min_clicks))
        | (by_roi & (found.clicks < limits.min_clicks))
    )
    rules: list[tuple[np.ndarray, float]] = [
        (found.in_filter == 0, np.nan),
        (np.isnan(found.budget) | (found.budget <= 0), Reason.NO_BUDGET),
        (few, Reason.FEW_RESULTS),
        (by_roi & (found.measure > limits.roi_scale), Reason.ROI_HIGH),
        (found.cost_gap < -limits.cost_low, Reason.COST_LOW),
        (by_roi & (found.measure < limits.roi_stop), Reason.ROI_LOW),
        (found.cost_gap > limits.cost_high, Reason.COST_HIGH),
        (found.frequency > limits.max_frequency, Reason.FATIGUE),
        (seeks_clicks & (found.ctr_gap < -limits.ctr_margin), Reason.CTR_LOW),
        (seeks_clicks & found.on_weak_platform, Reason.WEAK_PLATFORM),
        (np.isnan(found.measure), Reason.NO_MEASURE),
    ]
    tests, numbers = [test for test, _ in rules], [float(number) for _, number in rules]
    return np.asarray(np.select(tests, numbers, float(Reason.FINE)), dtype=np.float64)


def relative_gap(values: Floats, averages: Floats) -> Floats:
    """How far each value is from its average, as a share of the average; NaN where either is unknown or it is zero."""
    known = ~np.isnan(averages) & (averages != 0)
    shares: Floats = np.divide(values, averages, out=np.full(len(values), np.nan), where=known)
    return shares - 1


@dataclass(frozen=True, eq=False)
class Group:
    """A group of campaigns: its summed measures by header, its KPI, and how many campaigns have that KPI."""

    sums: dict[str, float | None]
    value: float | None
    count: float = 0.0


def groups(
    facts: pd.DataFrame, kpi: Kpi | None, keys: Floats, wanted: Sequence[float | None], measure: Floats | None = None
) -> list[Group]:
    """The group of the campaigns with each wanted key; `measure` is what is counted."""
    keyed = facts.assign(Key=keys)
    known = keys[~np.isnan(measure)] if measure is not None else np.array([])
    return [
        Group(sums, None if kpi is None else kpi_value(kpi, sums), float(np.sum(known == key)))
        for key, sums in zip(wanted, sums_by(keyed, "Key", wanted), strict=True)
    ]


def references(of_platforms: Sequence[Group], overall: Group) -> list[float | None]:
    """What the campaigns of each platform are compared with: their average, or that of all platforms where too few."""
    general = overall.value if overall.count >= FEWEST_TO_COMPARE else None
    return [group.value if group.count >= FEWEST_TO_COMPARE else general for group in of_platforms]


def weakest(values: Sequence[float | None]) -> int | None:
    """The position of the lowest known value, the first of equals; None where there is nothing to compare."""
    known = [value for value in values if value is not None]
    return list(values).index(min(known)) if len(known) >= FEWEST_TO_COMPARE else None
