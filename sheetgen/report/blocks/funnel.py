"""The conversion funnel: from impressions to conversions, each step as a centred bar with its rates."""

from __future__ import annotations

from functools import reduce
from operator import and_

from sheetgen.analysis.funnel import Step, steps
from sheetgen.analysis.rounding import fixed
from sheetgen.fields import CLICKS, CONVERSIONS, IMPRESSIONS, REACH, Field
from sheetgen.formula.tree import At, Name, Node, Number, Span, call, eq, gt, ne
from sheetgen.report.blocks.caption import caption
from sheetgen.report.context import Context
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.sentence import Phrase, either, figure, plain
from sheetgen.report.style import Align, Format, Ink, Role, Style

KEY, STEPS = "funnel", "funnel_steps"
FIELDS = (IMPRESSIONS, REACH, CLICKS, CONVERSIONS)
NAME, TOTAL, PLACE, LABEL, VALUE, CAPTION, SIDE, OF_PREVIOUS, OF_FIRST = range(9)
CHART_ROWS = 10
HEAD_ROW, FIRST_ROW = CHART_ROWS, CHART_ROWS + 1
NOTE_ROW = FIRST_ROW + len(FIELDS)
HEADS = ("Volume", "Of previous", "Of first")


def funnel_steps(ctx: Context) -> Block:
    """The steps that have numbers, moved up where one is missing, each with the side that centres its bar."""
    found = _found(ctx)
    values = [ctx.totals[field.header] for field in FIELDS]
    count = Style(Role.BODY, Format.COUNT)
    cells: list[Cell] = []
    for k, field in enumerate(FIELDS):
        total = Name(f"total_{field.key}")
        before: Node = At(STEPS, k - 1, PLACE) if k else Number(0)
        place = sum(value is not None for value in values[: k + 1])
        cells += [
            Cell(k, NAME, _label(ctx, k), Style(Role.LABEL)),
            Cell(k, TOTAL, total, count, values[k]),
            Cell(k, PLACE, before + call("IF", eq(total, ""), 0, 1), Style(Role.MUTED), float(place)),
            *_step_cells(k, found[k], max((value for value in values if value is not None), default=0.0)),
        ]
    return Block(STEPS, len(FIELDS), OF_FIRST + 1, tuple(cells), needs=("headline",))


def funnel(ctx: Context, width: int) -> Block:
    """The funnel over a table of its steps: volume, share of the step before and of the first."""
    last = len(FIELDS) - 1
    labels = Span(STEPS, 0, CAPTION, last, CAPTION)
    side = Series(ctx.say("Side"), labels, Span(STEPS, 0, SIDE, last, SIDE), Ink.NONE)
    volume = Series(ctx.say("Volume"), labels, Span(STEPS, 0, VALUE, last, VALUE), Ink.SERIES_1)
    chart = Chart(
        ChartKind.STACKED_BAR,
        ctx.say("Conversion funnel (number of each step)"),
        ctx.say("Funnel from impressions over reach and clicks to conversions."),
        (side, volume),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        x=Axis(reverse=True),
        y=Axis(hidden=True, from_zero=True),
    )
    cells = (*_table(ctx, width), _note(ctx, width))
    return Block(KEY, NOTE_ROW + 1, width, cells, charts=(chart,), needs=(STEPS,))


def _found(ctx: Context) -> list[Step]:
    labels = [_label(ctx, k) for k in range(len(FIELDS))]
    return steps(labels, [ctx.totals[field.header] for field in FIELDS])


def _label(ctx: Context, k: int) -> str:
    name = ctx.say(FIELDS[k].header)
    return name if FIELDS[k].additive else ctx.say("{field} (sum of rows)", field=name)


def _step_cells(k: int, found: Step, most: float) -> list[Cell]:
    row = len(FIELDS) - 1
    is_absent = gt(k + 1, At(STEPS, row, PLACE))
    place = call("MATCH", k + 1, Span(STEPS, 0, PLACE, row, PLACE), 0)
    label, total = (call("INDEX", Span(STEPS, 0, column, row, column), place) for column in (NAME, TOTAL))
    value = At(STEPS, k, VALUE)
    side = (call("MAX", Span(STEPS, 0, TOTAL, row, TOTAL)) - value) / 2
    # The number goes with the name: most bars are too thin for a label of their own.
    caption = At(STEPS, k, LABEL) & "\n" & figure(value, None).formula
    text = None if found.value is None else f"{found.label}\n{fixed(found.value, 0)}"
    count, rate = Style(Role.BODY, Format.COUNT), Style(Role.BODY, Format.PERCENT_FINE)
    cells = [
        Cell(k, LABEL, call("IF", is_absent, "", label), Style(Role.LABEL), found.label),
        Cell(k, VALUE, call("IF", is_absent, "", total), count, found.value),
        Cell(k, CAPTION, call("IF", eq(value, ""), "", caption), Style(Role.LABEL), text),
        Cell(
            k,
            SIDE,
            call("IF", eq(value, ""), "", side),
            count,
            None if found.value is None else (most - found.value) / 2,
        ),
        Cell(k, OF_FIRST, _share(value, At(STEPS, 0, VALUE)), rate, found.of_first),
    ]
    if k:
        previous = _share(value, At(STEPS, k - 1, VALUE))
        cells.append(Cell(k, OF_PREVIOUS, previous, rate, found.of_previous))
    return cells


def _share(value: Node, whole: Node) -> Node:
    return call("IF", call("OR", eq(value, ""), eq(whole, 0)), "", value / whole)


def _table(ctx: Context, width: int) -> list[Cell]:
    left, right = (Style(Role.HEAD, Format.TEXT, align, wrap=True) for align in (Align.LEFT, Align.RIGHT))
    names = width - len(HEADS)
    cells = [Cell(HEAD_ROW, 0, ctx.say("Step"), left, columns=names)]
    cells += [Cell(HEAD_ROW, names + i, ctx.say(head), right) for i, head in enumerate(HEADS)]
    rate = Format.PERCENT_FINE
    for k, step in enumerate(_found(ctx)):
        numbers = (
            (VALUE, Format.COUNT, step.value),
            (OF_PREVIOUS, rate, step.of_previous),
            (OF_FIRST, rate, step.of_first),
        )
        row = FIRST_ROW + k
        name = At(STEPS, k, LABEL)
        cells.append(Cell(row, 0, name, Style(Role.LABEL, dash=False), step.label, columns=names))
        cells += [
            Cell(row, names + i, At(STEPS, k, column), Style(Role.BODY, shown, dash=False), value)
            for i, (column, shown, value) in enumerate(numbers)
            if k or column != OF_PREVIOUS
        ]
    return cells


def _note(ctx: Context, width: int) -> Cell:
    """Which steps are left out, or else what a sum of reach means."""
    left_out = [_left_out(ctx, field) for field in FIELDS]
    nothing = call("AND", *(ne(Name(f"total_{field.key}"), "") for field in FIELDS))
    words = "".join(phrase.expected or "" for phrase in left_out)
    caution = plain(ctx.say("Reach adds up rows: who saw several campaigns counts several times."))
    phrase = either(nothing, not words, caution, Phrase(reduce(and_, (part.formula for part in left_out)), words))
    return caption(NOTE_ROW, phrase, width)


def _left_out(ctx: Context, field: Field) -> Phrase:
    total, value = Name(f"total_{field.key}"), ctx.totals[field.header]
    words = ctx.say("No {field} in what the filters select: step left out. ", field=ctx.say(field.header))
    return either(eq(total, ""), value is None, plain(words), plain(""))
