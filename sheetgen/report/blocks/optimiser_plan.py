"""The optimiser's numbers from pandas: the segments with their exponents, and the plan for all campaigns."""

from __future__ import annotations

import numpy as np

from sheetgen.analysis.allocation import MOST_CUT, MOST_RAISE, Bounds
from sheetgen.analysis.campaign_goals import Goal
from sheetgen.analysis.exponent import Trust
from sheetgen.analysis.plan import Assumptions, Plan, Scenario, make_plan
from sheetgen.analysis.response import ASSUMED_EXPONENT, within_exponents
from sheetgen.analysis.segments import (
    MOST_SEGMENTS,
    MOST_WEEKS,
    Segment,
    make_segment,
    segment_number,
    weeks_of,
    whole_weeks,
)
from sheetgen.analysis.serials import Floats
from sheetgen.inputs import EXPONENT_NAMES, SEGMENT_NAMES, TOTAL_TO_ALLOCATE
from sheetgen.report.blocks.advice_groups import goal_values
from sheetgen.report.blocks.periods import Periods
from sheetgen.report.context import Context
from sheetgen.report.remembered import remembered

BOUNDED, WIDE = "Bounded", "Wide"
SCENARIOS = (BOUNDED, WIDE)
BOUND_SETTINGS = {BOUNDED: ("set_bound_down", "set_bound_up"), WIDE: ("set_wide_down", "set_wide_up")}
WEEKS_BLOCK = "segment_weeks"


def bounds_of(ctx: Context, scenario: str) -> Bounds:
    """The bounds of a scenario, within what the optimiser can do."""
    down, up = (ctx.inputs.number(name) or 0.0 for name in BOUND_SETTINGS[scenario])
    return Bounds(min(MOST_CUT, max(0.0, down)), min(MOST_RAISE, max(0.0, up)))


def assumed_exponent(ctx: Context) -> float:
    """The exponent of segments that have none of their own."""
    given = ctx.inputs.number("set_exponent")
    return ASSUMED_EXPONENT if given is None else within_exponents(given)


def segment_count(ctx: Context) -> int:
    """How many segments the report lists."""
    return min(ctx.shape.types, MOST_SEGMENTS)


def segment_weeks_shown(ctx: Context) -> Periods:
    """The weeks that exponents are estimated from, the latest of many; none without daily data."""
    return Periods(WEEKS_BLOCK, 1, "week", min(ctx.shape.weeks, MOST_WEEKS), latest=True)


def week_starts_of(ctx: Context) -> list[float]:
    """The first days of these weeks."""
    weeks = segment_weeks_shown(ctx)
    return weeks.first_days(ctx) if weeks.count else []


@remembered
def segments_of(ctx: Context) -> tuple[Segment, ...]:
    """The segments as the report lists them."""
    starts = week_starts_of(ctx)
    whole = whole_weeks(ctx.live, starts)
    days = ctx.days if starts else None
    trust = Trust(ctx.inputs.number("set_fit_periods") or 0.0, ctx.inputs.number("set_fit_margin") or 0.0)
    found = []
    for label_name, exponent_name in list(zip(SEGMENT_NAMES, EXPONENT_NAMES, strict=True))[: segment_count(ctx)]:
        label = ctx.inputs.text(label_name)
        number = segment_number(label, ctx.live.campaigns, ctx.unset)
        weeks = weeks_of(number, days, starts, whole)
        typed = ctx.inputs.number(exponent_name)
        found.append(make_segment(label or None, number, weeks, typed, trust, assumed_exponent(ctx)))
    return tuple(found)


@remembered
def plan_of(ctx: Context) -> Plan:
    """The plan for all campaigns under the filters and inputs."""
    assumed = Assumptions(bounds_of(ctx, BOUNDED), bounds_of(ctx, WIDE), ctx.inputs.number(TOTAL_TO_ALLOCATE))
    is_awareness = np.asarray(goal_values(ctx) == Goal.AWARENESS, dtype=np.float64)
    return make_plan(ctx.facts, _exponents(ctx), is_awareness, assumed)


def scenario_of(ctx: Context, scenario: str) -> Scenario:
    """One of the plan's scenarios."""
    return plan_of(ctx).bounded if scenario == BOUNDED else plan_of(ctx).wide


def _exponents(ctx: Context) -> Floats:
    """The exponent of each campaign: that of the first segment with its type."""
    by_number = {segment.number: segment.exponent for segment in reversed(segments_of(ctx))}
    assumed = assumed_exponent(ctx)
    numbers = ctx.live.campaigns["Type No"].to_numpy(dtype=float)
    return np.array([by_number.get(number, assumed) for number in numbers], dtype=np.float64)
