"""Contribution to revenue as a waterfall: stacked columns, each on an unseen base, ending in the total."""

from __future__ import annotations

from sheetgen.analysis.rounding import fixed, rounded
from sheetgen.analysis.waterfall import Bar, bars, slots_before
from sheetgen.formula.tree import At, Name, Node, Operand, Span, call, eq, ge, gt, le
from sheetgen.report.blocks import split
from sheetgen.report.blocks.caption import caption
from sheetgen.report.blocks.split import REVENUE_PARTS
from sheetgen.report.chart_label import chart_label_text
from sheetgen.report.context import Context
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series, Waterfall
from sheetgen.report.money import in_currency, money
from sheetgen.report.sentence import either, figure, plain, sentence
from sheetgen.report.style import Format, Ink, Role, Style
from sheetgen.values import Value

STEPS = "waterfall_steps"
POSITION, STEP, LABEL, START, END, BASE, ABOVE, BELOW = range(8)
GAIN_ABOVE, GAIN_BELOW, LOSS_ABOVE, LOSS_BELOW, TOTAL_ABOVE, TOTAL_BELOW = range(8, 14)
COLUMNS = 14
SERIES = (
    ("Gain", Ink.SERIES_3, GAIN_ABOVE),
    ("Gain", Ink.SERIES_3, GAIN_BELOW),
    ("Loss", Ink.SERIES_6, LOSS_ABOVE),
    ("Loss", Ink.SERIES_6, LOSS_BELOW),
    ("Total", Ink.SERIES_1, TOTAL_ABOVE),
    ("Total", Ink.SERIES_1, TOTAL_BELOW),
)
CHART_ROWS = 14
TITLE_ROW, CHART_ROW, NOTE_ROW = 0, 1, 1 + CHART_ROWS


def waterfall_steps(ctx: Context) -> Block:
    """The bars of the waterfall in the middle of its slots, each as the pieces that columns stack."""
    slots, parts, total = _slots(ctx), REVENUE_PARTS.found(ctx).shown(), ctx.totals["Revenue"]
    drawn = bars(parts, (ctx.say("Total"), total or 0.0))
    before = slots_before(len(drawn), slots)
    cells: list[Cell] = []
    for slot in range(slots):
        bar = drawn[slot - before] if before <= slot < before + len(drawn) else None
        cells += _slot_cells(ctx, slot, slot - before + 1, bar)
    count, muted = REVENUE_PARTS.count(ctx), Style(Role.MUTED)
    first = call("IF", eq(count, 0), 0, call("INT", (slots - 1 - count) / 2))
    apart = call("ROUND", call("SUM", REVENUE_PARTS.column(ctx, split.VALUE)) - Name("total_revenue"), 2)
    cells += [
        Cell(slots, POSITION, first, muted, float(before) if drawn else 0.0),
        Cell(slots, STEP, call("IF", eq(Name("total_revenue"), ""), "", apart), muted, _apart(parts, total)),
    ]
    return Block(STEPS, slots + 1, COLUMNS, tuple(cells), needs=(REVENUE_PARTS.block, "headline"))


def _apart(parts: list[tuple[str, float]], total: float | None) -> float | None:
    """By how much the parts miss the total, in whole cents."""
    return None if total is None else rounded(sum(value for _, value in parts) - total, 2)


def waterfall(ctx: Context, width: int) -> Block:
    """What each campaign, platform or campaign type adds to revenue."""
    last = _slots(ctx) - 1
    labels = Span(STEPS, 0, LABEL, last, LABEL)
    base = Series(ctx.say("Base"), labels, Span(STEPS, 0, BASE, last, BASE), Ink.NONE)
    positions, steps = (Span(STEPS, 0, column, last, column) for column in (POSITION, STEP))
    pieces = (Series(ctx.say(name), labels, Span(STEPS, 0, column, last, column), ink) for name, ink, column in SERIES)
    chart = Chart(
        ChartKind.STACKED_COLUMN,
        in_currency(ctx, "Contribution to revenue"),
        ctx.say("Waterfall of what each part adds to revenue, ending in the total."),
        (base, *pieces),
        row=CHART_ROW,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        y=Axis(format=Format.MONEY_SHORT),
        waterfall=Waterfall(positions, labels, steps, gain=1, loss=3, total=5),
    )
    cells = (
        Cell(TITLE_ROW, 0, ctx.say("Revenue split by"), Style(Role.SECTION), columns=width - 2),
        split.picker_cell(ctx, REVENUE_PARTS, TITLE_ROW, width - 2),
        _note(ctx, width),
    )
    names = {REVENUE_PARTS.picker: (TITLE_ROW, width - 2)}
    return Block("waterfall", NOTE_ROW + 1, width, cells, charts=(chart,), names=names, needs=(STEPS,))


def _slots(ctx: Context) -> int:
    """The named parts, the rest and the total."""
    return REVENUE_PARTS.size(ctx) + 2


def _slot_cells(ctx: Context, slot: int, position: int, bar: Bar | None) -> list[Cell]:
    known = [None] * COLUMNS if bar is None else _values(bar, position)
    looks = {POSITION: Style(Role.MUTED), LABEL: Style(Role.LABEL)}
    money = Style(Role.BODY, Format.MONEY_CENTS)
    formulas = _slot_formulas(ctx, slot)
    return [Cell(slot, i, formula, looks.get(i, money), known[i]) for i, formula in enumerate(formulas)]


def _values(bar: Bar, position: int) -> list[Value]:
    """What a slot's columns hold for a bar."""
    label = f"{fixed(bar.value, 0)}\n{chart_label_text(bar.label, REVENUE_PARTS.longest)}"
    pieces: list[Value] = [None] * (COLUMNS - GAIN_ABOVE)
    first = TOTAL_ABOVE if bar.is_total else LOSS_ABOVE if bar.value < 0 else GAIN_ABOVE
    pieces[first - GAIN_ABOVE : first - GAIN_ABOVE + 2] = [bar.above, bar.below]
    return [float(position), bar.value, label, bar.start, bar.end, bar.base, bar.above, bar.below, *pieces]


def _slot_formulas(ctx: Context, slot: int) -> list[Node]:
    """The formulas of a slot's columns, in their order."""
    count, before = REVENUE_PARTS.count(ctx), At(STEPS, _slots(ctx), POSITION)
    position, step, start, end = (At(STEPS, slot, column) for column in (POSITION, STEP, START, END))
    above, below = At(STEPS, slot, ABOVE), At(STEPS, slot, BELOW)
    outside = call("OR", eq(count, 0), le(slot + 1, before), gt(slot - count, before))
    row = call("MATCH", position, REVENUE_PARTS.column(ctx, split.PLACE), 0)
    label, value = (call("INDEX", REVENUE_PARTS.column(ctx, column), row) for column in (split.LABEL, split.VALUE))
    first: Operand = (
        call("IF", call("OR", eq(position, 1), gt(position, count)), 0, At(STEPS, slot - 1, END)) if slot else 0
    )
    low, high = call("MIN", start, end), call("MAX", start, end)
    # The amount goes before the name: bars are often too thin for a label of their own.
    amount = figure(step, None).formula & "\n"
    parts: list[Operand] = [
        call("IF", gt(position, count), Name("total_revenue"), value),
        amount & call("IF", gt(position, count), ctx.say("Total"), label),
        first,
        start + step,
        call("MAX", low, 0) + call("MIN", high, 0),
        call("IF", ge(low, 0), call("ABS", step), call("MAX", high, 0)),
        call("IF", le(high, 0), -1 * call("ABS", step), call("MIN", low, 0)),
        *(call("IF", test, piece, "") for test in _kinds(position, count, step) for piece in (above, below)),
    ]
    return [
        call("IF", outside, "", slot + 1 - before),
        *(call("IF", eq(position, ""), "", part) for part in parts),
    ]


def _kinds(position: Node, count: Node, step: Node) -> tuple[Node, Node, Node]:
    """Whether a bar is a gain, a loss or the total."""
    is_part = le(position, count)
    return call("AND", is_part, ge(step, 0)), call("AND", is_part, le(step, 0)), gt(position, count)


def _note(ctx: Context, width: int) -> Cell:
    found, total = REVENUE_PARTS.found(ctx), ctx.totals["Revenue"]
    off = At(STEPS, _slots(ctx), STEP)
    apart = _apart(found.shown(), total)
    adds_up = either(
        eq(off, 0),
        not apart,
        sentence(
            ctx.say("The bars add up to the total revenue of {total}."), total=money(ctx, Name("total_revenue"), total)
        ),
        sentence(ctx.say("The bars miss the total revenue by {apart}."), apart=figure(off, apart, 2)),
    )
    phrase = either(
        eq(REVENUE_PARTS.count(ctx), 0),
        found.count == 0,
        plain(ctx.say("No revenue under these filters: there is nothing to split.")),
        adds_up,
    )
    return caption(NOTE_ROW, phrase, width)
