"""The best split of a total over campaigns within their bounds, found by a search that a spreadsheet can repeat.

Revenue is largest where the last unit of money brings the same in every campaign that is not at a bound. That common
marginal revenue, the price of money, is bracketed by rounds of candidates laid out side by side: the sum of all budgets
falls as the price rises, so each round keeps the one step between two candidates in which the sum passes the total.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.response import Curves
from sheetgen.analysis.rounding import rounded
from sheetgen.analysis.serials import Floats
from sheetgen.formula.to_pandas import evaluate
from sheetgen.formula.tree import Field, call

ROUNDS, CANDIDATES = 12, 3
"""Rounds of the search, and candidates in each: together they narrow the first bracket down by 4 ^ 12, to about a
millionth of a price. What interpolation leaves after that is less than cents are rounded by. Every candidate costs a
pass over all campaigns, so few in many rounds are cheaper than many in few."""

SLACK = 1e-11
"""The share of the total by which the search stays below it, so that a sum equal to the total but for rounding counts
as having reached it: campaigns at their bounds often add up to the total exactly, over a whole range of prices."""

NUDGE = 1e-6
"""Added before rounding to cents: 70 % of 286.95 lies just between two cents, where float noise would decide."""

END_DIGITS = 5
"""Decimals to which the total is compared with the sums of the bounds: a bound's share of cents has more than two."""

MOST_CUT, MOST_RAISE = 0.99, 99.0
"""The widest bounds: a curve rises without limit towards a budget of zero."""

_CENTS = call("ROUND", Field("budget"), 2)


@dataclass(frozen=True)
class Bounds:
    """How far a budget may go down and up, as shares of it."""

    down: float
    up: float

    @property
    def lowest(self) -> float:
        """The smallest share of its budget that a campaign keeps."""
        return 1 - self.down

    @property
    def highest(self) -> float:
        """The largest share of its budget that a campaign gets."""
        return 1 + self.up


@dataclass(frozen=True, eq=False)
class Bracket:
    """The prices between which the sum passes the goal, as ln of the lower one and width; the sums at both ends."""

    begin: float
    width: float
    first: float
    last: float


@dataclass(frozen=True, eq=False)
class Round:
    """One round: its bracket, the prices tried in it, their sums, and how many of the sums reach the goal."""

    bracket: Bracket
    prices: Floats
    sums: Floats
    reached: int


@dataclass(frozen=True, eq=False)
class Search:
    """The rounds, the bracket that is left after the last one, and the price inside it.

    At the `cheapest` price every campaign is at its upper bound, at the `dearest` at its lower one.
    """

    cheapest: float
    dearest: float
    goal: float
    rounds: tuple[Round, ...]
    left: Bracket
    price: float


@dataclass(frozen=True, eq=False)
class Allocation:
    """Budgets in whole cents that add up to the total, as far as the bounds allow.

    `at_low` and `at_high` are the prices from which on, and up to which, each campaign is at its lower and upper bound.
    `rounded` are the budgets before the `cents` that rounding left were given to the campaign at position `carrier`.
    `over_low` and `over_high` are the total less the sums of all lower and of all upper bounds.
    """

    search: Search
    at_low: Floats
    at_high: Floats
    price: float
    over_low: float
    over_high: float
    rounded: Floats
    carrier: int | None
    cents: float
    budgets: Floats

    @property
    def excess(self) -> float:
        """How much of the total is too much (positive) or too little (negative) for the bounds."""
        return min(self.over_low, 0.0) + max(self.over_high, 0.0)


def cents(amounts: Floats) -> Floats:
    """Amounts rounded to cents, the way a spreadsheet does."""
    return np.asarray(evaluate(_CENTS, {"budget": amounts}), dtype=np.float64)


def cent(amount: float) -> float:
    """One amount rounded to cents."""
    return rounded(amount, 2)


def allocate(curves: Curves, bounds: Bounds, total: float) -> Allocation:
    """The budgets that bring the most revenue for a total, each between its bounds."""
    at_low, at_high = curves.marginal_at(bounds.lowest), curves.marginal_at(bounds.highest)
    search = search_price(curves, bounds, (at_low, at_high), total)
    spent = float(np.sum(curves.budget))
    over_low, over_high = (rounded(total - spent * end, END_DIGITS) for end in (bounds.lowest, bounds.highest))
    price = search.dearest if over_low <= 0 else search.cheapest if over_high >= 0 else search.price
    whole = _whole_cents(curves, bounds, (at_low, at_high), price)
    left = 0.0 if over_low < 0 or over_high > 0 else cent(total - float(np.sum(whole)))
    carrier = int(np.argmax(whole)) if len(whole) else None
    budgets = whole.copy()
    if carrier is not None:
        budgets[carrier] += left
    return Allocation(search, at_low, at_high, price, over_low, over_high, whole, carrier, left, budgets)


def search_price(curves: Curves, bounds: Bounds, ends: tuple[Floats, Floats], total: float) -> Search:
    """The price at which the budgets add up to the total: bracketed to about a part in a million, then interpolated.

    `ends` are the prices from which on, and up to which, each campaign is at its lower and its upper bound.
    """
    at_low, at_high = ends
    goal = total * (1 - SLACK)
    # A price of 1 is within the first bracket too: it stands in for campaigns that keep their budget.
    cheapest, dearest = float(np.min(at_high, initial=1.0)), float(np.max(at_low, initial=1.0))
    begin, spent = float(np.log(cheapest)), float(np.sum(curves.budget))
    bracket = Bracket(begin, float(np.log(dearest)) - begin, spent * bounds.highest, spent * bounds.lowest)
    rounds: list[Round] = []
    for _ in range(ROUNDS):
        prices = np.exp(bracket.begin + bracket.width / (CANDIDATES + 1) * np.arange(1, CANDIDATES + 1))
        sums = np.array([np.sum(curves.budget_at(np.clip(price, at_high, at_low))) for price in prices])
        rounds.append(Round(bracket, prices, sums, int(np.sum(sums >= goal))))
        bracket = _narrowed(rounds[-1])
    first, last = bracket.first, bracket.last
    # Sums that differ by rounding alone say nothing of where between them the goal is.
    passed = (first - goal) / (first - last) if first - last > first * SLACK else 1.0
    price = float(np.exp(bracket.begin + bracket.width * min(1.0, max(0.0, passed))))
    return Search(cheapest, dearest, goal, tuple(rounds), bracket, price)


def _narrowed(tried: Round) -> Bracket:
    """The one step between two candidates in which the sum passes the goal."""
    before, width = tried.bracket, tried.bracket.width / (CANDIDATES + 1)
    sums = (before.first, *(float(total) for total in tried.sums), before.last)
    return Bracket(before.begin + width * tried.reached, width, sums[tried.reached], sums[tried.reached + 1])


def _whole_cents(curves: Curves, bounds: Bounds, ends: tuple[Floats, Floats], price: float) -> Floats:
    at_low, at_high = ends
    inside = cents(curves.budget_at(np.clip(price, at_high, at_low)) + NUDGE)
    lowest, highest = (cents(curves.budget * end + NUDGE) for end in (bounds.lowest, bounds.highest))
    return np.where(price >= at_low, lowest, np.where(price <= at_high, highest, inside))
