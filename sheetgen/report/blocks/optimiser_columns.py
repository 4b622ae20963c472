"""The optimiser's columns of the campaign table: curve, bounds and recommended budgets, a lock and the reader's own."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pandas as pd

from sheetgen.analysis.allocation import NUDGE, cents
from sheetgen.analysis.campaign_goals import Goal
from sheetgen.analysis.plan import Held
from sheetgen.analysis.serials import Floats
from sheetgen.fields import LOCK, SCENARIO_BUDGET
from sheetgen.formula.tree import Column, Name, Node, Number, Span, ThisRow, call, eq, ge, gt, le, ne
from sheetgen.report.blocks.advice_groups import GOAL
from sheetgen.report.blocks.optimiser_plan import BOUNDED, SCENARIOS, plan_of, scenario_of, segment_count
from sheetgen.report.context import Context
from sheetgen.report.model import ChoiceInput, NumberInput, TableColumn
from sheetgen.report.ranking import Ranking
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, campaign_facts

START, FREE, HELD = "Start Budget", "Free Budget", "Held"
EXPONENT, ELASTICITY, MARGINAL = "Exponent", "Elasticity", "Marginal ROAS"
SCALE, CONVERSION_SCALE = "Response", "Conversion Response"
OWN, MOVED = "Own Budget", "Moved"
FITS = "segment_fits"
FIT_NUMBER, FIT_EXPONENT = 0, 7
"""The columns of the block `segment_fits` with the number of a segment's type and its exponent in force."""
NEEDS = (FITS, "bounded_search", "wide_search", "optimiser_basis", "moved_step")
"""The blocks that the columns read."""


def budget_header(scenario: str) -> str:
    """The column with a scenario's recommended budgets."""
    return f"{scenario} Budget"


def rounded_header(scenario: str) -> str:
    """The column with these budgets before the last cents are placed, blank for campaigns that are held."""
    return f"{scenario} Rounded"


def end_headers(scenario: str) -> tuple[str, str]:
    """The columns with the mROAS of each campaign at its lower and at its upper bound."""
    return f"{scenario} mROAS At Low", f"{scenario} mROAS At High"


def cell(header: str) -> ThisRow:
    """This row's cell of a campaign column."""
    return ThisRow(CAMPAIGNS, header)


def column(header: str) -> Column:
    """A campaign column."""
    return Column(CAMPAIGNS, header)


def scenario_name(scenario: str, what: str) -> Name:
    """The named cell with a scenario's price, bounds and so on."""
    return Name(f"{scenario.lower()}_{what}")


def optimiser_columns(ctx: Context) -> dict[str, tuple[Node, Floats]]:
    """The hidden columns: header to formula and pandas values."""
    plan = plan_of(ctx)
    values = {
        START: plan.start,
        EXPONENT: plan.exponent,
        ELASTICITY: 1 / (1 - plan.exponent),
        SCALE: plan.scale,
        CONVERSION_SCALE: plan.conversion_scale,
        HELD: plan.held,
        FREE: plan.free,
        MARGINAL: plan.marginal,
    }
    columns = {header: (formula, values[header]) for header, formula in _curve_formulas(ctx).items()}
    for scenario in SCENARIOS:
        columns |= _scenario_columns(ctx, scenario)
    order = moves(ctx)
    columns[OWN] = (_own(), plan.own)
    columns[MOVED] = (_moved(), order.values)
    columns[order.header] = (order.formula(), order.keys(ctx.live.campaigns))
    return columns


def moves(ctx: Context) -> Ranking:
    """The campaigns whose budget the bounded scenario changes, most money first."""
    plan = plan_of(ctx)
    apart = cents(np.abs(plan.bounded.budgets - plan.start))
    values = np.where((plan.held == Held.FREE) & (apart > 0), apart, np.nan)
    return Ranking(MOVED, cell(MOVED), column(MOVED), values, values)


def _moved() -> Node:
    apart = whole_cents(call("ABS", cell(budget_header(BOUNDED)) - cell(START)))
    return call("IF", eq(cell(HELD), Held.FREE), call("IF", gt(apart, 0), apart, ""), "")


def _curve_formulas(ctx: Context) -> dict[str, Node]:
    start, exponent = cell(START), cell(EXPONENT)
    budget, revenue, conversions = (
        cell(campaign_facts(ctx).column(header).column) for header in ("Budget", "Revenue", "Conversions")
    )
    last = segment_count(ctx) - 1
    found = call("MATCH", cell("Type No"), Span(FITS, 1, FIT_NUMBER, last + 1, FIT_NUMBER), 0)
    of_segment = call("INDEX", Span(FITS, 1, FIT_EXPONENT, last + 1, FIT_EXPONENT), found)
    return {
        # MAX and SUM of a cell pass over a blank's "".
        START: call("IF", eq(cell("In Filter"), 1), call("MAX", 0, budget), 0),
        EXPONENT: call("IFERROR", of_segment, Name("optimiser_exponent")),
        ELASTICITY: 1 / (1 - exponent),
        SCALE: _scale(start, exponent, revenue),
        CONVERSION_SCALE: _scale(start, exponent, conversions),
        HELD: _held(revenue, conversions),
        FREE: call("IF", eq(cell(HELD), Held.FREE), start, 0),
        MARGINAL: call("IF", eq(cell(HELD), Held.FREE), exponent * call("SUM", revenue) / start, 1),
    }


def _scale(start: Node, exponent: Node, result: Node) -> Node:
    known = call("AND", gt(start, 0), gt(call("SUM", result), 0))
    return call("IF", known, call("SUM", result) / start**exponent, 0)


def _held(revenue: Node, conversions: Node) -> Node:
    lock = cell(LOCK.header)
    tests = {
        Held.OUTSIDE: ne(cell("In Filter"), 1),
        Held.LOCKED: call("AND", call("ISTEXT", lock), ne(lock, "")),
        Held.NO_BUDGET: le(cell(START), 0),
        Held.NO_REVENUE: le(call("SUM", revenue), 0),
        Held.AWARENESS: eq(cell(GOAL), Goal.AWARENESS),
        Held.NO_CONVERSIONS: call("AND", ne(Name("total_conversions"), ""), le(call("SUM", conversions), 0)),
    }
    free: Node = Number(Held.FREE)
    return reduce(lambda rest, held: call("IF", tests[held], held, rest), reversed(list(tests)), free)


def _scenario_columns(ctx: Context, scenario: str) -> dict[str, tuple[Node, Floats]]:
    found = scenario_of(ctx, scenario)
    at_low, at_high = end_headers(scenario)
    is_free = eq(cell(HELD), Held.FREE)
    lowest, highest = scenario_name(scenario, "lowest"), scenario_name(scenario, "highest")
    price, bent = scenario_name(scenario, "price"), cell(EXPONENT) - 1
    inside = cell(FREE) * (cell(MARGINAL) / price) ** cell(ELASTICITY)
    # The bounds stand before the price, which is found from their columns: threads of LibreOffice 7.4 that meet the
    # price first compute both at once, and leave it stale.
    above = call("IF", ge(cell(at_high), price), whole_cents(cell(FREE) * highest + NUDGE), whole_cents(inside + NUDGE))
    at_lowest = le(cell(at_low), call("MAX", cell(at_high), price))
    rounded = call("IF", at_lowest, whole_cents(cell(FREE) * lowest + NUDGE), above)
    carried = call("IF", eq(cell("Row No"), scenario_name(scenario, "carrier")), scenario_name(scenario, "cents"), 0)
    return {
        at_low: (call("IF", is_free, cell(MARGINAL) * lowest**bent, 1), found.at_low),
        at_high: (call("IF", is_free, cell(MARGINAL) * highest**bent, 1), found.at_high),
        rounded_header(scenario): (call("IF", is_free, rounded, ""), found.rounded),
        budget_header(scenario): (
            call("IF", is_free, cell(rounded_header(scenario)) + carried, cell(START)),
            found.budgets,
        ),
    }


def whole_cents(amount: Node) -> Node:
    """The amount rounded to cents."""
    return call("ROUND", amount, 2)


def _own() -> Node:
    typed = cell(SCENARIO_BUDGET.header)
    own = call("IF", call("ISNUMBER", typed), call("MAX", 0, typed), cell(budget_header(BOUNDED)))
    return call("IF", eq(cell("In Filter"), 1), own, 0)


def plan_inputs(ctx: Context) -> tuple[TableColumn, ...]:
    """The two visible columns that the reader fills in."""
    rows = ctx.live.campaigns
    lock = rows.get(LOCK.header, pd.Series([None] * len(rows), dtype=object))
    own = rows.get(SCENARIO_BUDGET.header, pd.Series(np.nan, index=rows.index))
    budgets = np.asarray(own, dtype=np.float64)
    return (
        TableColumn(
            LOCK.header,
            lock.astype(object).where(lock.notna(), None).to_numpy(),
            Style(Role.INPUT, Format.TEXT, Align.LEFT, dash=False),
            width=9.0,
            input=ChoiceInput((ctx.say("Yes"),)),
            note=ctx.say("Yes keeps this campaign's budget as it is in the optimiser."),
        ),
        TableColumn(
            SCENARIO_BUDGET.header,
            budgets,
            Style(Role.INPUT, Format.MONEY_CENTS, dash=False),
            width=15.0,
            input=NumberInput(low=0),
            note=ctx.say(
                "A budget to try out; blank takes the recommended one. The Optimization page shows the result."
            ),
        ),
    )
