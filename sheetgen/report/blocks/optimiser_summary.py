"""The plans side by side: cards, and a table of initial, bounded and wide with its check and its limits in words."""

from __future__ import annotations

from sheetgen.analysis.allocation import cent
from sheetgen.formula.tree import At, Name, Node, Text, call, eq, gt, lt
from sheetgen.report.blocks.optimiser_columns import scenario_name
from sheetgen.report.blocks.optimiser_plan import BOUNDED, SCENARIOS, WIDE, plan_of, scenario_of
from sheetgen.report.blocks.optimiser_results import INITIAL, outcome, result
from sheetgen.report.blocks.optimiser_results import KEY as RESULTS
from sheetgen.report.context import Context
from sheetgen.report.model import Area, Block, Cell, ColorWhen
from sheetgen.report.sentence import Phrase, either, figure, percentage, plain, sentence
from sheetgen.report.style import Align, Format, Ink, Role, Style

CARDS, SUMMARY = "allocation_cards", "allocation_summary"
CARD_COLUMNS = 3
CARD_HEIGHTS = {0: 17.0, 1: 29.0, 2: 17.0}
TITLE_ROW, HEAD_ROW, FIRST_ROW = range(3)
LABEL_COLUMNS = 3
ROWS = (
    ("budget", "Budget", Format.MONEY_CENTS),
    ("change", "Change in budget", Format.MONEY_CENTS),
    ("moved", "Money moved", Format.MONEY_CENTS),
    ("revenue", "Expected revenue", Format.MONEY_CENTS),
    ("gain", "Change in revenue", Format.MONEY_CENTS),
    ("gain_share", "Change in revenue (%)", Format.SIGNED_PERCENT),
    ("roi", "ROI", Format.PERCENT),
)
ONLY_CHANGED = ("change", "moved", "gain", "gain_share")
"""Rows that say nothing of the budgets as they were."""
BLANK = Phrase(Text(""), None)


def allocation_cards(ctx: Context, width: int) -> Block:
    """Four cards on the bounded plan: extra revenue, ROI, money moved, and what the last unit of money brings."""
    plan, before, share = outcome(ctx, BOUNDED), outcome(ctx, INITIAL), result(BOUNDED, "gain_share")
    gain = sentence(ctx.say("{share}% of the revenue"), share=percentage(share, plan.gain_share))
    roi = sentence(ctx.say("now {roi}%"), roi=percentage(result(INITIAL, "roi"), before.roi))
    spent = sentence(
        ctx.say("between campaigns that may move: {count}"),
        count=figure(Name("optimiser_movable"), float(plan_of(ctx).movable)),
    )
    price = scenario_of(ctx, BOUNDED).allocation.price
    cards = (
        (
            "Extra revenue expected (bounded)",
            result(BOUNDED, "gain"),
            plan.gain,
            Format.MONEY,
            _known(share, plan.gain_share, gain),
        ),
        (
            "ROI expected (bounded)",
            result(BOUNDED, "roi"),
            plan.roi,
            Format.PERCENT,
            _known(result(INITIAL, "roi"), before.roi, roi),
        ),
        ("Money moved (bounded)", result(BOUNDED, "moved"), plan.moved, Format.MONEY, spent),
        (
            "Return on the last unit of money",
            _price(),
            price if plan_of(ctx).movable else None,
            Format.RATIO,
            plain(ctx.say("mROAS where campaigns may still move")),
        ),
    )
    cells: list[Cell] = []
    for i, (label, formula, value, shown, note) in enumerate(cards):
        at = CARD_COLUMNS * i
        cells += [
            Cell(0, at, ctx.say(label), Style(Role.CARD_LABEL, align=Align.LEFT), columns=CARD_COLUMNS),
            Cell(1, at, formula, Style(Role.CARD_VALUE, shown, Align.LEFT), value, columns=CARD_COLUMNS),
            Cell(2, at, note.formula, Style(Role.CARD_CHANGE, dash=False), note.expected, columns=CARD_COLUMNS),
        ]
    return Block(CARDS, 3, width, tuple(cells), needs=(RESULTS, "bounded_search"), heights=CARD_HEIGHTS)


def _price() -> Node:
    return call("IF", eq(Name("optimiser_movable"), 0), "", scenario_name(BOUNDED, "price"))


def _known(cell: Node, value: float | None, told: Phrase) -> Phrase:
    return either(eq(cell, ""), value is None, BLANK, told)


def allocation_summary(ctx: Context, width: int) -> Block:
    """A column per plan, then whether the sums agree, and for each scenario whether the total fits its bounds."""
    right = Style(Role.HEAD, Format.TEXT, Align.RIGHT)
    cells = [
        Cell(TITLE_ROW, 0, ctx.say("Initial, bounded and wide budgets compared"), Style(Role.SECTION), columns=width),
        Cell(HEAD_ROW, 0, ctx.say("Campaigns in the filters"), Style(Role.HEAD), columns=LABEL_COLUMNS),
    ]
    for i, plan in enumerate((INITIAL, *SCENARIOS)):
        at, values = LABEL_COLUMNS + i, outcome(ctx, plan)
        cells.append(Cell(HEAD_ROW, at, ctx.say(plan), right))
        for row, (fact, _, shown) in enumerate(ROWS, start=FIRST_ROW):
            known = plan != INITIAL or fact not in ONLY_CHANGED
            content, value = (result(plan, fact), getattr(values, fact)) if known else (None, None)
            cells.append(Cell(row, at, content, Style(Role.BODY, shown, dash=known), value))
    cells += [
        Cell(row, 0, ctx.say(label), Style(Role.LABEL), columns=LABEL_COLUMNS)
        for row, (_, label, _) in enumerate(ROWS, start=FIRST_ROW)
    ]
    check = FIRST_ROW + len(ROWS)
    cells += _check(ctx, check)
    for i, scenario in enumerate(SCENARIOS, start=1):
        told = _feasibility(ctx, scenario)
        look = Style(Role.TEXT, wrap=True)
        cells.append(Cell(check + i, 0, told.formula, look, told.expected, columns=width))
    heights = {check + 1: 30.0, check + 2: 30.0}
    gains = Area(FIRST_ROW + 4, LABEL_COLUMNS + 1, FIRST_ROW + 5, LABEL_COLUMNS + 2)
    gain = At(SUMMARY, gains.row, gains.column)
    rules = (
        ColorWhen(gains, call("AND", call("ISNUMBER", gain), gt(gain, 0)), Ink.GOOD),
        ColorWhen(gains, lt(gain, 0), Ink.BAD),
    )
    needs = (RESULTS, "bounded_search", "wide_search", "optimiser_basis")
    return Block(SUMMARY, check + 3, width, tuple(cells), rules=rules, needs=needs, heights=heights)


def _check(ctx: Context, row: int) -> list[Cell]:
    cells = [Cell(row, 0, ctx.say("Check: sum less total to allocate"), Style(Role.MUTED), columns=LABEL_COLUMNS)]
    for i, scenario in enumerate(SCENARIOS, start=1):
        look = Style(Role.MUTED, Format.MONEY_CENTS, Align.RIGHT)
        cells.append(Cell(row, LABEL_COLUMNS + i, -1 * _unplaced(scenario), look, -unplaced(ctx, scenario) + 0.0))
    return cells


def _unplaced(scenario: str) -> Node:
    return call("ROUND", Name("optimiser_sum") - result(scenario, "budget"), 2)


def unplaced(ctx: Context, scenario: str) -> float:
    """What of the total a scenario leaves over; negative where even the lower bounds need more."""
    return cent(plan_of(ctx).total - (outcome(ctx, scenario).budget or 0.0))


def _feasibility(ctx: Context, scenario: str) -> Phrase:
    """Whether the total can be placed within a scenario's bounds, in words."""
    name = {BOUNDED: ctx.say("Bounded"), WIDE: ctx.say("Wide")}[scenario]
    allocation, movable = scenario_of(ctx, scenario).allocation, plan_of(ctx).movable
    left, over = unplaced(ctx, scenario), scenario_name(scenario, "excess")
    amount = figure(call("ABS", _unplaced(scenario)), abs(left), 2)
    no_room = ctx.say(
        "{name}: {amount} of the total cannot be placed within the bounds: every campaign is at its upper bound."
    )
    too_little = ctx.say(
        "{name}: the total cannot be placed within the bounds: the lower bounds alone need {amount} more."
    )
    fits = ctx.say("{name}: the whole total is placed within the bounds.")
    nobody = ctx.say(
        "{name}: no campaign may move. Each is locked, seeks awareness, or lacks budget, revenue or conversions."
    )

    def told(template: str) -> Phrase:
        return sentence(template, name=plain(name), **({"amount": amount} if "{amount}" in template else {}))

    within = either(lt(over, 0), allocation.excess < 0, told(too_little), told(fits))
    placed = either(gt(over, 0), allocation.excess > 0, told(no_room), within)
    return either(eq(Name("optimiser_movable"), 0), movable == 0, told(nobody), placed)
