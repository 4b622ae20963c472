"""The reader's own budgets beside the initial and the recommended ones."""

from __future__ import annotations

import numpy as np

from sheetgen.fields import SCENARIO_BUDGET
from sheetgen.formula.tree import call, eq
from sheetgen.report.blocks.optimiser_columns import column
from sheetgen.report.blocks.optimiser_plan import BOUNDED, plan_of
from sheetgen.report.blocks.optimiser_results import INITIAL, MINE, outcome, result
from sheetgen.report.blocks.optimiser_results import KEY as RESULTS
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.sentence import Phrase, either, figure, plain, sentence
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import ANY_NUMBER

KEY = "what_if"
TITLE_ROW, TOLD_ROW, HEAD_ROW, FIRST_ROW = range(4)
LABEL_COLUMNS = 3
HEADS = ((INITIAL, "Initial"), (BOUNDED, "Recommended"), (MINE, "Yours"))
ROWS = (
    ("budget", "Budget", Format.MONEY_CENTS),
    ("change", "Change in budget", Format.MONEY_CENTS),
    ("revenue", "Expected revenue", Format.MONEY_CENTS),
    ("gain", "Change in revenue", Format.MONEY_CENTS),
    ("roi", "ROI", Format.PERCENT),
    ("conversions", "Expected conversions", Format.COUNT),
    ("cost", "Cost Per Conversion", Format.MONEY_CENTS),
)
ONLY_CHANGED = ("change", "gain")


def what_if(ctx: Context, width: int) -> Block:
    """A column per plan: initial, recommended (bounded) and the reader's own budgets."""
    told, right = _told(ctx), Style(Role.HEAD, Format.TEXT, Align.RIGHT)
    cells = [
        Cell(TITLE_ROW, 0, ctx.say("What if: your own budgets"), Style(Role.SECTION), columns=width),
        Cell(TOLD_ROW, 0, told.formula, Style(Role.TEXT, wrap=True), told.expected, columns=width),
        Cell(HEAD_ROW, 0, ctx.say("Campaigns in the filters"), Style(Role.HEAD), columns=LABEL_COLUMNS),
    ]
    cells += [
        Cell(row, 0, ctx.say(label), Style(Role.LABEL), columns=LABEL_COLUMNS)
        for row, (_, label, _) in enumerate(ROWS, start=FIRST_ROW)
    ]
    for column_, (plan, head) in enumerate(HEADS, start=LABEL_COLUMNS):
        cells.append(Cell(HEAD_ROW, column_, ctx.say(head), right))
        for row, (name, _, shown) in enumerate(ROWS, start=FIRST_ROW):
            known = plan != INITIAL or name not in ONLY_CHANGED
            content, value = (result(plan, name), getattr(outcome(ctx, plan), name)) if known else (None, None)
            cells.append(Cell(row, column_, content, Style(Role.BODY, shown, dash=known), value))
    return Block(
        KEY, FIRST_ROW + len(ROWS), width, tuple(cells), needs=(RESULTS, "campaigns"), heights={TOLD_ROW: 45.0}
    )


def _told(ctx: Context) -> Phrase:
    typed = int(np.sum(~np.isnan(plan_of(ctx).typed)))
    count = call("COUNTIFS", column(SCENARIO_BUDGET.header), ANY_NUMBER, column("In Filter"), 1)
    none = plain(
        ctx.say("Type budgets into the column Scenario Budget of the Campaigns tab; blank ones take the recommended.")
    )
    some = sentence(
        ctx.say(
            "Budgets of yours in the column Scenario Budget: {count}. All other campaigns have the recommended ones."
        ),
        count=figure(count, float(typed)),
    )
    return either(eq(count, 0), typed == 0, none, some)
