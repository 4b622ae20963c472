"""How fast returns diminish in each campaign type: what its weeks say, and a cell for the reader's own exponent."""

from __future__ import annotations

from sheetgen.analysis.exponent import Verdict
from sheetgen.analysis.response import HIGHEST_EXPONENT, LOWEST_EXPONENT
from sheetgen.analysis.segments import Segment
from sheetgen.formula.tree import At, Name, Node, call, eq
from sheetgen.inputs import EXPONENT_NAMES, SEGMENT_NAMES
from sheetgen.report.blocks.dimension import TYPES
from sheetgen.report.blocks.optimiser_columns import FITS
from sheetgen.report.blocks.optimiser_fits import COUNT, EXPONENT, MARGIN, R_SQUARED, SLOPE, VERDICT, fit_cell
from sheetgen.report.blocks.optimiser_plan import segments_of
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell, ChoiceInput, NumberInput
from sheetgen.report.style import Align, Format, Role, Style

KEY = "exponents"
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)
LABEL_COLUMNS = 2
TYPED, FIRST_FIT = LABEL_COLUMNS, LABEL_COLUMNS + 1
FIT_COLUMNS = ((SLOPE, "Estimate"), (MARGIN, "±"), (R_SQUARED, "R²"), (COUNT, "Weeks"), (EXPONENT, "b in force"))
WHY = FIRST_FIT + len(FIT_COLUMNS)


def exponents(ctx: Context, width: int) -> Block:
    """One row per campaign type: the reader's exponent, the estimate with its margin, and which one is in force."""
    cells = _heads(ctx, width)
    names: dict[str, tuple[int, int]] = {}
    for s, segment in enumerate(segments_of(ctx)):
        cells += _row(ctx, s, segment, width)
        names |= {SEGMENT_NAMES[s]: (FIRST_ROW + s, 0), EXPONENT_NAMES[s]: (FIRST_ROW + s, TYPED)}
    height = FIRST_ROW + len(segments_of(ctx))
    heights = {NOTE_ROW: 30.0}
    return Block(KEY, height, width, tuple(cells), names=names, needs=("types", FITS), heights=heights)


def _heads(ctx: Context, width: int) -> list[Cell]:
    title = ctx.say("How revenue reacts to budget, by campaign type")
    note = ctx.say(
        "With exponent b, twice the budget brings 2 to the power of b times the revenue. The weeks of a type estimate "
        "b where they are many and varied enough; otherwise b is assumed (Settings tab). Type your own to overrule it."
    )
    left, right = Style(Role.HEAD, Format.TEXT), Style(Role.HEAD, Format.TEXT, Align.RIGHT)
    return [
        Cell(TITLE_ROW, 0, title, Style(Role.SECTION), columns=width),
        Cell(NOTE_ROW, 0, note, Style(Role.MUTED, wrap=True), columns=width),
        Cell(HEAD_ROW, 0, ctx.say("Campaign Type"), left, columns=LABEL_COLUMNS),
        Cell(HEAD_ROW, TYPED, ctx.say("Your b"), right),
        *(Cell(HEAD_ROW, FIRST_FIT + i, ctx.say(head), right) for i, (_, head) in enumerate(FIT_COLUMNS)),
        Cell(HEAD_ROW, WHY, ctx.say("Why"), left, columns=width - WHY),
    ]


def _row(ctx: Context, s: int, segment: Segment, width: int) -> list[Cell]:
    row, fit = FIRST_ROW + s, segment.fit
    given = Style(Role.INPUT, Format.TEXT, Align.LEFT)
    typed = ctx.inputs.number(EXPONENT_NAMES[s])
    cells = [
        Cell(row, 0, segment.label, given, columns=LABEL_COLUMNS, input=ChoiceInput(TYPES.choices(ctx))),
        Cell(
            row,
            TYPED,
            typed,
            Style(Role.INPUT, Format.RATIO, dash=False),
            input=NumberInput(LOWEST_EXPONENT, HIGHEST_EXPONENT),
            note=ctx.say("Your own exponent for this campaign type, 0.20 to 0.95; blank takes the estimate."),
        ),
    ]
    values = (fit.slope, fit.margin, fit.r_squared, float(fit.periods), segment.exponent)
    for i, ((what, _), value) in enumerate(zip(FIT_COLUMNS, values, strict=True)):
        look = Style(Role.BODY, Format.COUNT if what == COUNT else Format.RATIO)
        shown = value if segment.label else None
        cells.append(Cell(row, FIRST_FIT + i, _if_named(s, fit_cell(s, what)), look, shown))
    words = call("CHOOSE", fit_cell(s, VERDICT), *(_words(ctx, verdict) for verdict in Verdict))
    why = _words(ctx, segment.verdict) if segment.label else None
    cells.append(Cell(row, WHY, _if_named(s, words), Style(Role.TEXT, dash=False), why, columns=width - WHY))
    return cells


def _if_named(s: int, shown: Node) -> Node:
    """The formula in the row of a segment, blank where the row names no campaign type; a blank cell stays blank."""
    if isinstance(shown, At):
        shown = call("IF", eq(shown, ""), "", shown)
    return call("IF", eq(Name(SEGMENT_NAMES[s]), ""), "", shown)


def _words(ctx: Context, verdict: Verdict) -> str:
    few = "Too few whole weeks: assumed." if ctx.shape.daily else "No daily data to estimate from: assumed."
    texts = {
        Verdict.USED: "Estimated from the weeks.",
        Verdict.TYPED: "Your own.",
        Verdict.FEW_PERIODS: few,
        Verdict.STEADY_BUDGET: "The budget hardly varies: assumed.",
        Verdict.UNCERTAIN: "The margin is too wide: assumed.",
        Verdict.OUT_OF_LIMITS: "Estimate beyond 0.20 to 0.95: assumed.",
    }
    return ctx.say(texts[verdict])
