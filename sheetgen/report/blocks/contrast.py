"""Two platforms side by side: every measure and KPI of both, how far apart they are and who is ahead."""

from __future__ import annotations

from sheetgen.analysis.contrast import difference, relative
from sheetgen.analysis.live import ANY
from sheetgen.analysis.rounding import rounded
from sheetgen.fields import Field
from sheetgen.formula.tree import At, Name, Node, call, eq, gt, le, lt, ne
from sheetgen.inputs import CONTRAST
from sheetgen.kpis import Kpi
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.sides import Side, choices, sides
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format, summary_format
from sheetgen.report.kpi_table import kpi_column, measure_column
from sheetgen.report.model import Area, Block, Cell, ChoiceInput, ColorWhen, Rule
from sheetgen.report.sentence import Phrase, either, plain, written
from sheetgen.report.standing import better_of
from sheetgen.report.style import Align, Format, Ink, Role, Style

KEY = "contrast"
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)
VALUE_COLUMNS = 6
"""The two values, the difference, the same in percent, the side ahead, and room before what stands beside."""
DIGITS = 9
"""Values that agree to this many decimals are equal: what lies below is float noise."""


def contrast(ctx: Context, width: int) -> Block:
    """A picker for each side over their values, the difference (also in percent) and the side that is ahead."""
    title = ctx.say("Two platforms compared")
    if ctx.shape.platforms < 2:
        return message(KEY, title, ctx.say("Nothing to compare: the data have one platform only."), width)
    both, wide = sides(ctx), width - VALUE_COLUMNS
    told = _note(ctx, both)
    cells = [
        Cell(TITLE_ROW, 0, title, Style(Role.SECTION)),
        Cell(NOTE_ROW, 0, told.formula, Style(Role.MUTED, wrap=True), told.expected, columns=width),
        *_heads(ctx, wide),
    ]
    rules: list[Rule] = []
    shown: tuple[Field | Kpi, ...] = (*ctx.measures, *ctx.kpis)
    for row, what in enumerate(shown, start=FIRST_ROW):
        cells += _row(ctx, both, what, row, wide)
        rules += _rules(what, row, wide)
    names = {name: (HEAD_ROW, wide + i) for i, name in enumerate(CONTRAST)}
    needs = ("contrast_sides", "by_platform")
    return Block(KEY, FIRST_ROW + len(shown), width, tuple(cells), rules=tuple(rules), names=names, needs=needs)


def _note(ctx: Context, both: tuple[Side, Side]) -> Phrase:
    """How to read the table, or what keeps it from saying anything."""
    first, second = both
    missing = call("OR", eq(first.place_cell, 0), eq(second.place_cell, 0))
    how = plain(ctx.say("Difference: the first less the second; of percentages, in points. Green: the better side."))
    filtered = plain(ctx.say("The platform filter hides a side: set it to {all}.", all=ctx.all_label))
    same = plain(ctx.say("Both sides are the same platform: choose two different ones."))
    choose = plain(ctx.say("Choose two platforms of the data in the yellow cells."))
    whole = either(ne(Name("scope_platform"), ANY), ctx.live.scope.platform != ANY, filtered, how)
    told = either(eq(first.place_cell, second.place_cell), first.place == second.place, same, whole)
    return either(missing, not (first.place and second.place), choose, told)


def _heads(ctx: Context, wide: int) -> list[Cell]:
    right = Style(Role.HEAD, Format.TEXT, Align.RIGHT, wrap=True)
    picker, note = Style(Role.INPUT, Format.TEXT, Align.RIGHT), ctx.say("Choose a platform to compare.")
    pickers = [
        Cell(HEAD_ROW, wide + i, ctx.inputs.text(name) or None, picker, input=ChoiceInput(choices(ctx)), note=note)
        for i, name in enumerate(CONTRAST)
    ]
    return [
        Cell(HEAD_ROW, 0, ctx.say("Measure or KPI"), Style(Role.HEAD), columns=wide),
        *pickers,
        Cell(HEAD_ROW, wide + 2, ctx.say("Difference"), right),
        Cell(HEAD_ROW, wide + 3, ctx.say("in %"), right),
        Cell(HEAD_ROW, wide + 4, ctx.say("Ahead"), Style(Role.HEAD, Format.TEXT)),
    ]


def _row(ctx: Context, both: tuple[Side, Side], what: Field | Kpi, row: int, wide: int) -> list[Cell]:
    if isinstance(what, Kpi):
        column, shown, key = kpi_column(ctx, what.key), kpi_format(what), what.key
    else:
        column, shown, key = measure_column(what.header), summary_format(what), what.header
    values = [one.numbers.get(key) for one in both]
    a, b, apart = (At(KEY, row, wide + i) for i in range(3))
    unknown = call("OR", eq(a, ""), eq(b, ""))
    in_percent = call("IF", unknown, "", call("IF", le(b, 0), "", (a - b) / b))
    leader = _ahead(ctx, both, what, apart, difference(*values))
    look = Style(Role.KPI if isinstance(what, Kpi) else Role.BODY, shown)
    return [
        Cell(row, 0, ctx.say(what.header), Style(Role.LABEL), columns=wide),
        *(Cell(row, wide + i, one.value(ctx, column), look, values[i]) for i, one in enumerate(both)),
        Cell(row, wide + 2, call("IF", unknown, "", a - b), Style(Role.BODY, shown), difference(*values)),
        Cell(row, wide + 3, in_percent, Style(Role.BODY, Format.SIGNED_PERCENT), relative(*values)),
        Cell(row, wide + 4, leader.formula, Style(Role.BODY, align=Align.LEFT), leader.expected),
    ]


def _ahead(ctx: Context, both: tuple[Side, Side], what: Field | Kpi, apart: Node, value: float | None) -> Phrase:
    """The better side's label; blank where neither more nor less is better."""
    better = better_of(what)
    if better == "none":
        return plain("")
    first, second = (written(one.label_cell, one.label) for one in both)
    above, below = (first, second) if better == "higher" else (second, first)
    size = None if value is None else rounded(value, DIGITS)
    leader = either(gt(apart, 0), size is not None and size > 0, above, below)
    told = either(eq(call("ROUND", apart, DIGITS), 0), size == 0, plain(ctx.say("equal")), leader)
    return either(eq(apart, ""), value is None, plain(""), told)


def _rules(what: Field | Kpi, row: int, wide: int) -> list[Rule]:
    better = better_of(what)
    if better == "none":
        return []
    apart = At(KEY, row, wide + 2)
    known = ne(apart, "")
    above, below = gt(call("ROUND", apart, DIGITS), 0), lt(call("ROUND", apart, DIGITS), 0)
    first, second = (above, below) if better == "higher" else (below, above)
    return [
        ColorWhen(Area(row, wide + i, row, wide + i), call("AND", known, ahead), Ink.GOOD, bold=True)
        for i, ahead in enumerate((first, second))
    ]
