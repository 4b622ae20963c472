"""Which campaigns the optimiser may move and which keep their budget, and why."""

from __future__ import annotations

from sheetgen.analysis.plan import Held
from sheetgen.formula.tree import call
from sheetgen.report.blocks.optimiser_columns import HELD, START, column
from sheetgen.report.blocks.optimiser_plan import plan_of
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Align, Format, Role, Style

KEY = "held_campaigns"
TITLE_ROW, HEAD_ROW, FIRST_ROW = range(3)
REASONS = {
    Held.FREE: "May move",
    Held.LOCKED: "Kept: locked by you",
    Held.NO_BUDGET: "Kept: no budget",
    Held.NO_REVENUE: "Kept: no revenue",
    Held.AWARENESS: "Kept: seeks awareness, not revenue",
    Held.NO_CONVERSIONS: "Kept: no conversions",
}


def held_campaigns(ctx: Context, width: int) -> Block:
    """For each reason the number of campaigns in the filters and their budget."""
    right, plan = Style(Role.HEAD, Format.TEXT, Align.RIGHT), plan_of(ctx)
    label_columns = width - 2
    cells = [
        Cell(TITLE_ROW, 0, ctx.say("Which campaigns may move"), Style(Role.SECTION), columns=width),
        Cell(HEAD_ROW, 0, ctx.say("Campaigns in the filters"), Style(Role.HEAD), columns=label_columns),
        Cell(HEAD_ROW, label_columns, ctx.say("Campaigns"), right),
        Cell(HEAD_ROW, label_columns + 1, ctx.say("Budget"), right),
    ]
    for row, (held, label) in enumerate(REASONS.items(), start=FIRST_ROW):
        of_reason = plan.held == held
        count, budget = call("COUNTIF", column(HELD), held), call("SUMIFS", column(START), column(HELD), held)
        cells += [
            Cell(row, 0, ctx.say(label), Style(Role.LABEL), columns=label_columns),
            Cell(row, label_columns, count, Style(Role.BODY, Format.COUNT), float(of_reason.sum())),
            Cell(row, label_columns + 1, budget, Style(Role.BODY, Format.MONEY), float(plan.start[of_reason].sum())),
        ]
    return Block(KEY, FIRST_ROW + len(REASONS), width, tuple(cells), needs=("campaigns",))
