"""What the plans could bring, with the arithmetic spelled out in sentences that hold live numbers."""

from __future__ import annotations

import numpy as np

from sheetgen.analysis.campaign_goals import Goal
from sheetgen.formula.tree import Name, call, eq, ge
from sheetgen.report.blocks.advice_columns import kpi_cell
from sheetgen.report.blocks.advice_groups import GOAL, campaign_kpi, goal_values
from sheetgen.report.blocks.optimiser_columns import START, column
from sheetgen.report.blocks.optimiser_moves import ROWS_BLOCK, fact, moved_campaigns
from sheetgen.report.blocks.optimiser_plan import BOUNDED, WIDE, plan_of
from sheetgen.report.blocks.optimiser_results import INITIAL, outcome, result
from sheetgen.report.blocks.optimiser_results import KEY as RESULTS
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.remembered import remembered
from sheetgen.report.sentence import Phrase, either, figure, percentage, plain, sentence, written
from sheetgen.report.style import Role, Style
from sheetgen.report.sums import campaign_facts

KEY, LOSERS = "potential", "losers"
STOP = "set_roi_stop"
LOSER_NAMES = ("losers_count", "losers_budget", "losers_revenue")
ROW_HEIGHT = 30.0


@remembered
def _losers(ctx: Context) -> tuple[float, float, float]:
    """How many campaigns that seek conversions have an ROI below the threshold, what they cost and brought."""
    stop = ctx.inputs.number(STOP)
    if stop is None:
        return 0.0, 0.0, 0.0
    below = (campaign_kpi(ctx, "roi") < stop) & (goal_values(ctx) == Goal.CONVERSION)
    below &= ctx.facts["In Filter"].to_numpy(dtype=float) == 1
    brought = np.nan_to_num(ctx.facts["Revenue"].to_numpy(dtype=float))
    return float(below.sum()), float(plan_of(ctx).start[below].sum()), float(brought[below].sum())


def losers(ctx: Context) -> Block:
    """The campaigns below the threshold as named cells: their number, budget and revenue."""
    header = kpi_cell(ctx, "roi")
    where = (
        ()
        if header is None
        else (column(header), "<" & Name(STOP), column(GOAL), Goal.CONVERSION, column("In Filter"), 1)
    )
    revenue = column(campaign_facts(ctx).column("Revenue").column)
    formulas = (
        (call("COUNTIFS", *where), call("SUMIFS", column(START), *where), call("SUMIFS", revenue, *where))
        if where
        else ()
    )
    cells, names = [], {}
    for row, (name, value) in enumerate(zip(LOSER_NAMES, _losers(ctx), strict=True)):
        formula = call("IF", call("ISNUMBER", Name(STOP)), formulas[row], 0) if where else call("SUM", 0)
        cells.append(Cell(row, 0, formula, Style(Role.MUTED), value))
        names[name] = (row, 0)
    return Block(LOSERS, len(LOSER_NAMES), 1, tuple(cells), names=names, needs=("campaigns", "settings"))


def potential(ctx: Context, width: int) -> Block:
    """Four statements, the last one on what they are not."""
    cells = [Cell(0, 0, ctx.say("What it could bring, and how that is reckoned"), Style(Role.SECTION), columns=width)]
    told = (_moving(ctx), _further(ctx), _example(ctx), _stopping(ctx), plain(ctx.say(CAVEAT)))
    for row, phrase in enumerate(told, start=1):
        look = Style(Role.TEXT if row < len(told) else Role.MUTED, wrap=True)
        content = phrase.formula if row < len(told) else phrase.expected
        cells.append(Cell(row, 0, content, look, phrase.expected, columns=width))
    heights = dict.fromkeys(range(1, len(told) + 1), ROW_HEIGHT)
    return Block(KEY, len(told) + 1, width, tuple(cells), needs=(RESULTS, ROWS_BLOCK, LOSERS), heights=heights)


CAVEAT = (
    "All of this reallocates the period in the filters: a scenario, not a forecast or a promise. It takes the revenue "
    "that the source attributes to each campaign as caused by it, and the curves as assumed."
)


def _moving(ctx: Context) -> Phrase:
    found, before = outcome(ctx, BOUNDED), outcome(ctx, INITIAL)
    template = ctx.say(
        "Within the bounds, {moved} of {budget} ({share}%) moves to other campaigns. Expected revenue goes from "
        "{before} to {after}: a change of {gain} or {percent}%."
    )
    shares = result(BOUNDED, "moved") / Name("total_budget")
    share = found.moved / before.budget if before.budget else None
    told = sentence(
        template,
        moved=_amount(BOUNDED, "moved", found.moved),
        budget=_amount(INITIAL, "budget", before.budget),
        share=percentage(shares, share),
        before=_amount(INITIAL, "revenue", before.revenue),
        after=_amount(BOUNDED, "revenue", found.revenue),
        gain=_amount(BOUNDED, "gain", found.gain),
        percent=percentage(result(BOUNDED, "gain_share"), found.gain_share),
    )
    nobody = plain(
        ctx.say("No campaign may move, so moving money brings nothing; the list of campaigns kept says why.")
    )
    return _if_movable(ctx, told, nobody)


def _further(ctx: Context) -> Phrase:
    found = outcome(ctx, WIDE)
    told = sentence(
        ctx.say(
            "With the wide bounds {moved} moves, for a change in revenue of {gain} or {percent}%. It strays further "
            "from what was observed, so it is less sure."
        ),
        moved=_amount(WIDE, "moved", found.moved),
        gain=_amount(WIDE, "gain", found.gain),
        percent=percentage(result(WIDE, "gain_share"), found.gain_share),
    )
    return _if_movable(ctx, told, Phrase(plain("").formula, None))


def _example(ctx: Context) -> Phrase:
    move = moved_campaigns(ctx)[0]
    template = ctx.say(
        "The largest move: {name} from {start} to {bounded}. Its last unit of money brought {before}; after the move "
        "it brings {after}."
    )
    told = sentence(
        template,
        name=written(fact(0, "name"), move.name),
        start=figure(fact(0, "start"), move.start),
        bounded=figure(fact(0, "bounded"), move.bounded),
        before=figure(fact(0, "mroas_before"), move.mroas_before, 2),
        after=figure(fact(0, "mroas_after"), move.mroas_after, 2),
    )
    known = call("OR", eq(fact(0, "row"), ""), eq(fact(0, "mroas_after"), ""))
    return either(known, move.row is None or move.mroas_after is None, Phrase(plain("").formula, None), told)


def _stopping(ctx: Context) -> Phrase:
    count, budget, revenue = _losers(ctx)
    cost, brought = Name(LOSER_NAMES[1]), Name(LOSER_NAMES[2])
    parts = {
        "stop": percentage(Name(STOP), ctx.inputs.number(STOP), 0),
        "count": figure(Name(LOSER_NAMES[0]), count),
        "cost": figure(cost, budget),
        "brought": figure(brought, revenue),
        "net": figure(call("ABS", cost - brought), abs(budget - revenue)),
    }
    saved = sentence(
        ctx.say(
            "Campaigns that seek conversions with an ROI below {stop}%: {count}. They cost {cost}, brought {brought}: "
            "stopping them would save {net} net."
        ),
        **parts,
    )
    lost = sentence(
        ctx.say(
            "Campaigns that seek conversions with an ROI below {stop}%: {count}. They cost {cost}, brought {brought}: "
            "stopping them would lose {net} net, so rather cut or fix them."
        ),
        **parts,
    )
    none = plain(ctx.say("No campaign that seeks conversions has an ROI below the threshold for stopping."))
    judged = either(ge(cost, brought), budget >= revenue, saved, lost)
    return either(eq(Name(LOSER_NAMES[0]), 0), count == 0, none, judged)


def _amount(plan: str, name: str, value: float | None) -> Phrase:
    return figure(result(plan, name), value)


def _if_movable(ctx: Context, told: Phrase, otherwise: Phrase) -> Phrase:
    return either(eq(Name("optimiser_movable"), 0), plan_of(ctx).movable == 0, otherwise, told)
