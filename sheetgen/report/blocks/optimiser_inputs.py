"""What the optimiser does in plain words, the total to allocate, and the bounds in force."""

from __future__ import annotations

from sheetgen.formula.tree import Name, Node
from sheetgen.inputs import TOTAL_TO_ALLOCATE
from sheetgen.report.blocks.optimiser_plan import BOUNDED, WIDE, bounds_of
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell, NumberInput
from sheetgen.report.style import Align, Format, Role, Style

KEY = "optimiser_inputs"
TITLE_ROW, CURVE_ROW, MOVE_ROW, LABEL_ROW, VALUE_ROW, NOTE_ROW = range(6)
CELL_COLUMNS = 2


def optimiser_inputs(ctx: Context, width: int) -> Block:
    """The explanation, and a row of cells: the total to type, and what is in force from the Settings tab."""
    wrapped = Style(Role.TEXT, wrap=True)
    cells = [
        Cell(TITLE_ROW, 0, ctx.say("Budget optimiser"), Style(Role.SECTION), columns=width),
        Cell(CURVE_ROW, 0, ctx.say(CURVE), wrapped, columns=width),
        Cell(MOVE_ROW, 0, ctx.say(MOVE), wrapped, columns=width),
        *_total(ctx),
    ]
    for i, (label, formula, value, shown) in enumerate(_in_force(ctx), start=1):
        column = CELL_COLUMNS * i
        cells.append(Cell(LABEL_ROW, column, ctx.say(label), Style(Role.CARD_LABEL, wrap=True), columns=CELL_COLUMNS))
        look = Style(Role.BODY, shown, Align.LEFT)
        cells.append(Cell(VALUE_ROW, column, formula, look, value, columns=CELL_COLUMNS))
    note = ctx.say(
        "Bounds and b are on the Settings tab; locks and own budgets in the last columns of the Campaigns tab."
    )
    cells.append(Cell(NOTE_ROW, 0, note, Style(Role.LINK, Format.TEXT, Align.LEFT), columns=width, link="settings"))
    heights = {CURVE_ROW: 30.0, MOVE_ROW: 30.0}
    names = {TOTAL_TO_ALLOCATE: (VALUE_ROW, 0)}
    return Block(KEY, NOTE_ROW + 1, width, tuple(cells), names=names, needs=("optimiser_basis",), heights=heights)


CURVE = (
    "A campaign's revenue follows its budget along a curve that flattens: twice the budget brings less than twice the "
    "revenue. So the last unit of money spent brings less than the average one; what it brings is called mROAS."
)
MOVE = (
    "The optimiser takes money where the last unit brings little and gives it where it brings most, until that is the "
    "same everywhere or a bound is reached. Campaigns that it cannot judge keep their budget."
)


def _total(ctx: Context) -> list[Cell]:
    typed = ctx.inputs.number(TOTAL_TO_ALLOCATE)
    note = ctx.say("The budget to share out among the campaigns in the filters; blank is what they spent.")
    look = Style(Role.INPUT, Format.MONEY, Align.LEFT, dash=False)
    return [
        Cell(LABEL_ROW, 0, ctx.say("Total to allocate"), Style(Role.CARD_LABEL, wrap=True), columns=CELL_COLUMNS),
        Cell(VALUE_ROW, 0, typed, look, columns=CELL_COLUMNS, input=NumberInput(low=0), note=note),
    ]


def _in_force(ctx: Context) -> tuple[tuple[str, Node, float | None, Format], ...]:
    bounded, wide = bounds_of(ctx, BOUNDED), bounds_of(ctx, WIDE)
    return (
        ("Spent so far", Name("total_budget"), ctx.totals["Budget"], Format.MONEY),
        ("Bounded: from", Name("bounded_lowest"), bounded.lowest, Format.PERCENT),
        ("Bounded: to", Name("bounded_highest"), bounded.highest, Format.PERCENT),
        ("Wide: from", Name("wide_lowest"), wide.lowest, Format.PERCENT),
        ("Wide: to", Name("wide_highest"), wide.highest, Format.PERCENT),
    )
