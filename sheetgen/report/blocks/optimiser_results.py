"""What each plan comes to, in named cells on the helper tab: as it was, bounded, wide, and the reader's own budgets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.allocation import cent
from sheetgen.formula.tree import Column, Name, Node, call, eq, gt
from sheetgen.report.blocks.optimiser_columns import (
    CONVERSION_SCALE,
    EXPONENT,
    OWN,
    SCALE,
    START,
    budget_header,
    column,
    whole_cents,
)
from sheetgen.report.blocks.optimiser_plan import BOUNDED, WIDE, plan_of
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Role, Style

KEY = "optimiser_results"
INITIAL, MINE = "Initial", "Own"
COLUMNS = {BOUNDED: budget_header(BOUNDED), WIDE: budget_header(WIDE), MINE: OWN}
"""The plans that change budgets, and the campaign columns with their budgets."""
PLANS = (INITIAL, *COLUMNS)


@dataclass(frozen=True)
class Outcome:
    """What a plan spends and is expected to bring, None where the data cannot say.

    `moved` is what campaigns get on top in all, `change` how much more is spent, `gain` the additional revenue.
    """

    budget: float | None
    revenue: float | None
    conversions: float | None
    roi: float | None
    cost: float | None
    moved: float
    change: float
    gain: float
    gain_share: float | None


FACTS = tuple(Outcome.__dataclass_fields__)
"""The rows of the block, one column per plan."""


def result(plan: str, fact: str) -> Name:
    """The named cell with a fact of a plan."""
    return Name(f"{plan.lower()}_{fact}")


def outcome(ctx: Context, plan: str) -> Outcome:
    """What a plan comes to, from pandas."""
    return _outcomes(ctx)[plan]


@remembered
def _outcomes(ctx: Context) -> dict[str, Outcome]:
    return {plan: _outcome_of(ctx, plan) for plan in PLANS}


def _outcome_of(ctx: Context, plan: str) -> Outcome:
    found = plan_of(ctx)
    budgets = {BOUNDED: found.bounded.budgets, WIDE: found.wide.budgets, MINE: found.own}.get(plan)
    if budgets is None:
        return _outcome(ctx, ctx.totals["Budget"], 0.0, 0.0, 0.0)
    moved = cent(float(np.sum(np.maximum(budgets - found.start, 0.0))))
    return _outcome(ctx, float(np.sum(budgets)), found.gain(budgets), found.conversion_gain(budgets), moved)


def _outcome(ctx: Context, budget: float | None, gain: float, conversion_gain: float, moved: float) -> Outcome:
    before, brought, converted = (ctx.totals[header] for header in ("Budget", "Revenue", "Conversions"))
    revenue = None if brought is None else brought + gain
    conversions = None if converted is None else converted + conversion_gain
    return Outcome(
        budget=budget,
        revenue=revenue,
        conversions=conversions,
        roi=(revenue - budget) / budget if revenue is not None and budget else None,
        cost=budget / conversions if budget is not None and conversions else None,
        moved=moved,
        change=cent((budget or 0.0) - (before or 0.0)),
        gain=gain,
        gain_share=gain / brought if brought else None,
    )


def optimiser_results(ctx: Context) -> Block:
    """A column of named cells per plan."""
    cells, names = [], {}
    for c, plan in enumerate(PLANS, start=1):
        formulas, values = _formulas(plan), outcome(ctx, plan)
        for row, fact in enumerate(FACTS):
            cells.append(Cell(row, c, formulas[fact], Style(Role.MUTED), getattr(values, fact)))
            names[result(plan, fact).name] = (row, c)
    cells += [Cell(row, 0, fact, Style(Role.MUTED)) for row, fact in enumerate(FACTS)]
    return Block(KEY, len(FACTS), len(PLANS) + 1, tuple(cells), names=names, needs=("campaigns", "headline"))


def _formulas(plan: str) -> dict[str, Node]:
    budget, revenue, conversions, gain = (result(plan, fact) for fact in ("budget", "revenue", "conversions", "gain"))
    before, brought = Name("total_budget"), Name("total_revenue")
    no_roi = call("OR", eq(revenue, ""), eq(budget, ""), eq(budget, 0))
    no_cost = call("OR", eq(conversions, ""), eq(conversions, 0), eq(budget, ""))
    changed = _change_formulas(plan)
    return {
        **changed,
        "revenue": call("IF", eq(brought, ""), "", brought + gain),
        "roi": call("IF", no_roi, "", (revenue - budget) / budget),
        "cost": call("IF", no_cost, "", budget / conversions),
        "change": whole_cents(call("SUM", budget) - call("SUM", before)),
        "gain_share": call("IF", eq(call("SUM", brought), 0), "", gain / brought),
    }


def _change_formulas(plan: str) -> dict[str, Node]:
    converted = Name("total_conversions")
    if plan not in COLUMNS:
        before = Name("total_budget")
        shown = {"budget": _or_blank(before), "conversions": _or_blank(converted)}
        return {**shown, "gain": call("SUM", 0), "moved": call("SUM", 0)}
    after, start = column(COLUMNS[plan]), column(START)
    return {
        "budget": call("SUM", after),
        "gain": whole_cents(_rise(SCALE, after)),
        "conversions": call("IF", eq(converted, ""), "", converted + whole_cents(_rise(CONVERSION_SCALE, after))),
        "moved": whole_cents(call("SUMPRODUCT", gt(after, start) * (after - start))),
    }


def _or_blank(cell: Node) -> Node:
    return call("IF", eq(cell, ""), "", cell)


def _rise(scale: str, after: Column) -> Node:
    """How much more all curves bring with budgets than with those they had."""
    exponent = column(EXPONENT)
    return call("SUMPRODUCT", column(scale) * (after**exponent - column(START) ** exponent))
