"""The response curve of a campaign that the reader picks, with its initial and recommended points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.response import result_at
from sheetgen.formula.tree import At, Column, Name, Node, Span, call, eq, gt
from sheetgen.inputs import CURVE_CAMPAIGN
from sheetgen.report.blocks.charts import CHART_ROWS, gap, or_gap
from sheetgen.report.blocks.optimiser_columns import EXPONENT, SCALE, START, budget_header, column
from sheetgen.report.blocks.optimiser_moves import FACTS as MOVE_FACTS
from sheetgen.report.blocks.optimiser_moves import MOST_MOVED, ROWS_BLOCK, fact, moved_campaigns
from sheetgen.report.blocks.optimiser_plan import BOUNDED, WIDE, plan_of
from sheetgen.report.blocks.top import campaign_label, campaign_label_value
from sheetgen.report.context import Context
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, ChoiceInput, Series
from sheetgen.report.money import in_currency
from sheetgen.report.sentence import Phrase, either, figure, plain, sentence, written
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.report.sums import CAMPAIGNS, wildcard_safe

KEY, POINTS = "response_curve", "curve_points"
STEPS = 20
"""Points of the curve after its first, at a budget of zero."""
REACH = 1.1
"""How far beyond the largest budget shown the curve goes, and at least to twice the initial one."""
FACTS = ("row", "name", "scale", "exponent", "initial", "bounded", "wide", "reach")
FACT, X, CURVE, FIRST_POINT = 0, 1, 2, 3
SHOWN = (("initial", "Initial", Ink.SERIES_7), ("bounded", "Bounded", Ink.SERIES_1), ("wide", "Wide", Ink.SERIES_2))
TITLE_ROW, TOLD_ROW, CHART_ROW = range(3)
PICKER = 2
"""The column of the cell that picks the campaign."""


@dataclass(frozen=True)
class Picked:
    """The campaign whose curve is drawn: its row (from 1), curve and budgets; all None where there is no curve."""

    row: float | None = None
    name: str | None = None
    scale: float | None = None
    exponent: float | None = None
    initial: float | None = None
    bounded: float | None = None
    wide: float | None = None

    @property
    def reach(self) -> float | None:
        """The largest budget of the curve."""
        if self.initial is None or self.bounded is None or self.wide is None:
            return None
        return max(2 * self.initial, max(self.bounded, self.wide) * REACH)

    def revenue(self, budget: float | None) -> float | None:
        """What the curve brings at a budget."""
        if budget is None or self.scale is None or self.exponent is None:
            return None
        return float(result_at(np.array([self.scale]), np.array([self.exponent]), np.array([budget]))[0])


def picked_curve(ctx: Context) -> Picked:
    """The picked campaign, or the one that moves most money; without a curve only its row and name."""
    row = _picked_row(ctx)
    if row is None:
        return Picked()
    plan, i, name = plan_of(ctx), int(row) - 1, campaign_label_value(ctx, row)
    if plan.scale[i] <= 0:
        return Picked(row, name)
    budgets = (float(values[i]) for values in (plan.start, plan.bounded.budgets, plan.wide.budgets))
    return Picked(row, name, float(plan.scale[i]), float(plan.exponent[i]), *budgets)


def _picked_row(ctx: Context) -> float | None:
    choice, listed = ctx.inputs.text(CURVE_CAMPAIGN).casefold(), moved_campaigns(ctx)
    if not choice:
        return listed[0].row
    by_name = next((move.row for move in listed if move.name and move.name.casefold() == choice), None)
    if by_name is not None:
        return by_name
    same = ctx.live.campaigns["Campaign ID"].map(lambda key: isinstance(key, str) and key.casefold() == choice)
    return float(np.argmax(same.to_numpy())) + 1 if same.any() else None


def _cell(name: str) -> At:
    return At(POINTS, FACTS.index(name), FACT)


def curve_points(ctx: Context) -> Block:
    """The picked campaign's facts, the points of its curve, and the points at its three budgets."""
    found = picked_curve(ctx)
    cells = [
        Cell(i, FACT, formula, Style(Role.MUTED), getattr(found, name))
        for i, (name, formula) in enumerate(_fact_formulas().items())
    ]
    for k in range(STEPS + 1):
        budget = None if found.reach is None else found.reach * k / STEPS
        x = call("IF", eq(_cell("reach"), ""), call("NA"), _cell("reach") * k / STEPS)
        cells.append(Cell(k, X, x, Style(Role.MUTED), or_gap(budget)))
        cells.append(Cell(k, CURVE, _revenue(At(POINTS, k, X)), Style(Role.MUTED), or_gap(found.revenue(budget))))
    for i, (name, _, _) in enumerate(SHOWN):
        budget, at = getattr(found, name), FIRST_POINT + 2 * i
        cells.append(Cell(0, at, gap(_cell(name)), Style(Role.MUTED), or_gap(budget)))
        cells.append(Cell(0, at + 1, _revenue(_cell(name)), Style(Role.MUTED), or_gap(found.revenue(budget))))
    needs = ("campaigns", ROWS_BLOCK, KEY)
    return Block(POINTS, STEPS + 1, FIRST_POINT + 2 * len(SHOWN), tuple(cells), needs=needs)


def _revenue(budget: Node) -> Node:
    return call("IF", eq(_cell("scale"), ""), call("NA"), _cell("scale") * budget ** _cell("exponent"))


def _fact_formulas() -> dict[str, Node]:
    picked, row, scale = Name(CURVE_CAMPAIGN), _cell("row"), _cell("scale")
    name = MOVE_FACTS.index("name")
    place = call("MATCH", wildcard_safe(picked), Span(ROWS_BLOCK, 0, name, MOST_MOVED - 1, name), 0)
    rows = MOVE_FACTS.index("row")
    listed = call("INDEX", Span(ROWS_BLOCK, 0, rows, MOST_MOVED - 1, rows), place)
    by_id = call("MATCH", wildcard_safe(picked), Column(CAMPAIGNS, "Campaign ID"), 0)
    first = fact(0, "row")
    chosen = call("IFERROR", listed, call("IFERROR", by_id, ""))

    def of_row(header: str) -> Node:
        return call("IF", eq(scale, ""), "", call("INDEX", column(header), row))

    has_curve = gt(call("INDEX", column(SCALE), row), 0)
    budgets = call("MAX", _cell("bounded"), _cell("wide"))
    return {
        "row": call("IF", eq(picked, ""), first, chosen),
        "name": campaign_label(row),
        "scale": call("IF", eq(row, ""), "", call("IF", has_curve, call("INDEX", column(SCALE), row), "")),
        "exponent": of_row(EXPONENT),
        "initial": of_row(START),
        "bounded": of_row(budget_header(BOUNDED)),
        "wide": of_row(budget_header(WIDE)),
        "reach": call("IF", eq(scale, ""), "", call("MAX", 2 * _cell("initial"), budgets * REACH)),
    }


def response_curve(ctx: Context, width: int) -> Block:
    """The picker, a sentence on the campaign, and its curve."""
    name = MOVE_FACTS.index("name")
    choices = ChoiceInput(Span(ROWS_BLOCK, 0, name, MOST_MOVED - 1, name))
    note = ctx.say("Choose a campaign, or leave blank for the one that moves most money.")
    picked, told = ctx.inputs.text(CURVE_CAMPAIGN) or None, _told(ctx)
    look = Style(Role.INPUT, Format.TEXT, Align.LEFT, dash=False)
    cells = (
        Cell(TITLE_ROW, 0, ctx.say("Response curve of"), Style(Role.SECTION), columns=PICKER),
        Cell(TITLE_ROW, PICKER, picked, look, columns=width - PICKER - 1, input=choices, note=note),
        Cell(TOLD_ROW, 0, told.formula, Style(Role.TEXT, wrap=True), told.expected, columns=width),
    )
    return Block(
        KEY,
        CHART_ROW + CHART_ROWS,
        width,
        cells,
        charts=(_chart(ctx, width),),
        names={CURVE_CAMPAIGN: (TITLE_ROW, PICKER)},
        needs=(POINTS,),
        heights={TOLD_ROW: 45.0},
    )


def _chart(ctx: Context, width: int) -> Chart:
    curve = Series(
        ctx.say("Expected revenue"), Span(POINTS, 0, X, STEPS, X), Span(POINTS, 0, CURVE, STEPS, CURVE), Ink.MUTED
    )
    points = (
        Series(ctx.say(label), Span(POINTS, 0, at, 0, at), Span(POINTS, 0, at + 1, 0, at + 1), ink, line=False)
        for i, (_, label, ink) in enumerate(SHOWN)
        for at in (FIRST_POINT + 2 * i,)
    )
    return Chart(
        ChartKind.SCATTER,
        ctx.say("Expected revenue by budget of the chosen campaign"),
        ctx.say("Curve of expected revenue against budget, with points at the initial, bounded and wide budgets."),
        (curve, *points),
        row=CHART_ROW,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        x=Axis(in_currency(ctx, "Budget"), Format.MONEY_SHORT, from_zero=True),
        y=Axis(in_currency(ctx, "Revenue"), Format.MONEY_SHORT, from_zero=True),
        legend=True,
    )


def _told(ctx: Context) -> Phrase:
    """The campaign's name with its initial and its recommended budget and revenue, in words."""
    found = picked_curve(ctx)
    name, has_curve = written(_cell("name"), found.name), found.scale is not None
    nothing = plain(ctx.say("No campaign to draw: none moves, and none of that name or ID is in the Campaigns tab."))
    flat = sentence(ctx.say("{name} has no curve: within the filters it has no budget or no revenue."), name=name)
    budgets = [(key, getattr(found, key)) for key in ("initial", "bounded")]
    amounts = {key: figure(_cell(key), value) for key, value in budgets}
    revenues = {f"{key}_revenue": figure(_revenue(_cell(key)), found.revenue(value)) for key, value in budgets}
    curve = sentence(
        ctx.say(
            "{name}: a budget of {initial} brought {initial_revenue}; {bounded} is expected to bring {bounded_revenue}."
        ),
        name=name,
        **amounts,
        **revenues,
    )
    known = either(eq(_cell("scale"), ""), not has_curve, flat, curve)
    return either(eq(_cell("row"), ""), found.row is None, nothing, known)
