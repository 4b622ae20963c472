"""The plan: which campaigns may move, the recommended budgets in two scenarios, and the reader's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from sheetgen.analysis.allocation import Allocation, Bounds, allocate, cent
from sheetgen.analysis.response import Curves, result_at, scale_of
from sheetgen.analysis.serials import Floats
from sheetgen.fields import LOCK, SCENARIO_BUDGET


class Held(IntEnum):
    """Why a campaign keeps its budget; the first reason that applies counts."""

    FREE = 0
    OUTSIDE = 1
    LOCKED = 2
    NO_BUDGET = 3
    NO_REVENUE = 4
    AWARENESS = 5
    NO_CONVERSIONS = 6


@dataclass(frozen=True)
class Assumptions:
    """What the reader may change: the two scenarios' bounds, and the total to allocate (None is the current one)."""

    bounded: Bounds
    wide: Bounds
    total: float | None


@dataclass(frozen=True, eq=False)
class Scenario:
    """A recommendation per campaign row; campaigns that are held keep their budget.

    `at_low` and `at_high` are 1 where the campaign is held, `rounded` is NaN there; `carrier` is a 1-based row or 0.
    """

    allocation: Allocation
    at_low: Floats
    at_high: Floats
    rounded: Floats
    carrier: float
    budgets: Floats


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything the optimiser knows, one entry per campaign row; blanks count as 0."""

    start: Floats
    exponent: Floats
    scale: Floats
    conversion_scale: Floats
    held: Floats
    free: Floats
    marginal: Floats
    total: float
    target: float
    bounded: Scenario
    wide: Scenario
    typed: Floats
    own: Floats

    @property
    def movable(self) -> int:
        """How many campaigns may move."""
        return int(np.sum(self.held == Held.FREE))

    def gain(self, budgets: Floats) -> float:
        """How much more revenue the campaigns bring with these budgets, to the cent."""
        return cent(_change(self.scale, self.exponent, self.start, budgets))

    def conversion_gain(self, budgets: Floats) -> float:
        """How many more conversions they bring, to the hundredth."""
        return cent(_change(self.conversion_scale, self.exponent, self.start, budgets))


def _change(scale: Floats, exponent: Floats, before: Floats, after: Floats) -> float:
    return float(np.sum(result_at(scale, exponent, after) - result_at(scale, exponent, before)))


def make_plan(facts: pd.DataFrame, exponent: Floats, is_awareness: Floats, assumed: Assumptions) -> Plan:
    """The plan for campaigns under the filters; `exponent` and `is_awareness` have one entry per row."""
    start, revenue, conversions = (_amounts(facts, header) for header in ("Budget", "Revenue", "Conversions"))
    start = np.maximum(start, 0.0)
    held = _held(facts, start, revenue, is_awareness)
    moves = held == Held.FREE
    free = np.where(moves, start, 0.0)
    curves = Curves(start[moves], revenue[moves], exponent[moves])
    total = float(np.nansum(facts["Budget"])) if assumed.total is None else assumed.total
    target = cent(total - (float(np.sum(start)) - float(np.sum(free))))
    bounded, wide = (_scenario(curves, bounds, target, moves, start) for bounds in (assumed.bounded, assumed.wide))
    typed = facts[SCENARIO_BUDGET.header].to_numpy(dtype=float) if SCENARIO_BUDGET.header in facts else start * np.nan
    inside = facts["In Filter"].to_numpy(dtype=float) == 1
    return Plan(
        start=start,
        exponent=exponent,
        scale=scale_of(start, revenue, exponent),
        conversion_scale=scale_of(start, conversions, exponent),
        held=held,
        free=free,
        marginal=_spread(moves, curves.marginal, 1.0),
        total=total,
        target=target,
        bounded=bounded,
        wide=wide,
        typed=np.where(inside, typed, np.nan),
        own=np.where(inside, np.where(np.isnan(typed), bounded.budgets, np.maximum(typed, 0.0)), 0.0),
    )


def _amounts(facts: pd.DataFrame, header: str) -> Floats:
    return np.nan_to_num(np.asarray(facts[header], dtype=np.float64))


def _held(facts: pd.DataFrame, start: Floats, revenue: Floats, is_awareness: Floats) -> Floats:
    locked = facts[LOCK.header].notna().to_numpy() if LOCK.header in facts else np.zeros(len(facts), dtype=bool)
    conversions = facts["Conversions"]
    reasons = {
        Held.OUTSIDE: facts["In Filter"].to_numpy(dtype=float) != 1,
        Held.LOCKED: locked,
        Held.NO_BUDGET: start <= 0,
        Held.NO_REVENUE: revenue <= 0,
        Held.AWARENESS: is_awareness == 1,
        Held.NO_CONVERSIONS: conversions.notna().any() & ~(conversions > 0).to_numpy(),
    }
    return np.select(list(reasons.values()), [float(reason) for reason in reasons], float(Held.FREE))


def _spread(moves: np.ndarray, values: Floats, otherwise: Floats | float) -> Floats:
    """The values of the campaigns that move in all campaigns' rows."""
    spread = np.broadcast_to(np.asarray(otherwise, dtype=np.float64), moves.shape).copy()
    spread[moves] = values
    return spread


def _scenario(curves: Curves, bounds: Bounds, target: float, moves: np.ndarray, start: Floats) -> Scenario:
    found = allocate(curves, bounds, target)
    return Scenario(
        allocation=found,
        at_low=_spread(moves, found.at_low, 1.0),
        at_high=_spread(moves, found.at_high, 1.0),
        rounded=_spread(moves, found.rounded, np.nan),
        carrier=0.0 if found.carrier is None else float(np.flatnonzero(moves)[found.carrier]) + 1,
        budgets=_spread(moves, found.budgets, start),
    )
