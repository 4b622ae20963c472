"""Budget, engagement and conversions of the campaigns with the largest budgets, as numbered bubbles over their key."""

from __future__ import annotations

from sheetgen.fields import BUDGET, CONVERSIONS, ENGAGEMENT, Field
from sheetgen.formula.tree import At, Name, Node, Span, call, eq
from sheetgen.report.blocks.caption import caption
from sheetgen.report.blocks.ranking import MOST_RANKED, ranked_row
from sheetgen.report.blocks.top import at_row, campaign_label, campaign_label_value, of_campaign, ranked_value
from sheetgen.report.chart_label import chart_label, chart_label_text
from sheetgen.report.context import Context
from sheetgen.report.formats import summary_format
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.sentence import Phrase, either, figure, plain, sentence
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.report.sums import campaign_facts
from sheetgen.values import NOT_AVAILABLE

KEY, POINTS = "bubble", "bubble_points"
LISTED = 5
"""Campaigns that the table names; the numbers of the others only tell how far down they come."""

LONGEST = 34
"""Characters of a name in the table."""

FIELDS = (BUDGET, ENGAGEMENT, CONVERSIONS)
NAME, FIRST = 0, 1
X, Y, SIZE = range(FIRST + len(FIELDS), FIRST + 2 * len(FIELDS))
CHART_ROWS = 12
HEAD_ROW, FIRST_ROW = CHART_ROWS, CHART_ROWS + 1
NOTE_ROW = FIRST_ROW + LISTED


def bubble_points(ctx: Context) -> Block:
    """Name, budget, engagement and conversions of each campaign, then the three numbers as a chart wants them."""
    cells = [cell for k in range(MOST_RANKED) for cell in _point_cells(ctx, k)]
    return Block(POINTS, MOST_RANKED, SIZE + 1, tuple(cells), needs=("ranked", "campaigns"))


def bubble(ctx: Context, width: int) -> Block:
    """The bubbles over a table of the largest, and how many campaigns they are or why there are none."""
    # Each is a series of its own: its number is the series' name, a label that every spreadsheet can show.
    bubbles = (
        Series(
            str(k + 1),
            Span(POINTS, k, X, k, X),
            Span(POINTS, k, Y, k, Y),
            Ink.SERIES_5 if k < LISTED else Ink.MUTED,
            sizes=Span(POINTS, k, SIZE, k, SIZE),
            named=True,
        )
        for k in reversed(range(MOST_RANKED))
    )
    chart = Chart(
        ChartKind.BUBBLE,
        ctx.say("Budget, engagement and conversions (bubble size)"),
        ctx.say("Bubble chart of the largest campaigns: budget across, engagement up, conversions as size."),
        tuple(bubbles),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        x=Axis(ctx.say("Budget ({currency})", currency=ctx.currency), Format.MONEY_SHORT, from_zero=True),
        y=Axis(ctx.say("Engagement"), Format.COUNT_SHORT, from_zero=True),
    )
    cells = (*_key(ctx, width), caption(NOTE_ROW, _said(ctx), width))
    return Block(KEY, NOTE_ROW + 1, width, cells, charts=(chart,), needs=(POINTS, "headline"))


def _point_cells(ctx: Context, k: int) -> list[Cell]:
    row, facts = ranked_value(ctx, "Budget", k), campaign_facts(ctx)
    known = [_value(ctx, field, row) for field in FIELDS]
    places = [At(POINTS, k, FIRST + i) for i in range(len(FIELDS))]
    name = campaign_label(ranked_row("Budget", k))
    cells = [Cell(k, NAME, name, Style(Role.LABEL), campaign_label_value(ctx, row))]
    # What is not drawn has no height; its other numbers are zero, for a text would turn an axis into a count.
    is_blank = call("OR", *(eq(place, "") for place in places))
    absent: tuple[Node | float, ...] = (0.0, call("NA"), 0.0)
    for i, field in enumerate(FIELDS):
        look = Style(Role.BODY, summary_format(field))
        number = of_campaign(ranked_row("Budget", k), facts.column(field.header).column)
        spare = NOT_AVAILABLE if X + i == Y else 0.0
        cells += [
            Cell(k, FIRST + i, number, look, known[i]),
            Cell(k, X + i, call("IF", is_blank, absent[i], places[i]), look, spare if None in known else known[i]),
        ]
    return cells


def _value(ctx: Context, field: Field, row: float | None) -> float | None:
    return at_row(ctx.facts[field.header].to_numpy(dtype=float), row)


def _key(ctx: Context, width: int) -> list[Cell]:
    """The largest campaigns by the number of their bubble."""
    names = width - len(FIELDS)
    left, right = (Style(Role.HEAD, Format.TEXT, align) for align in (Align.LEFT, Align.RIGHT))
    cells = [Cell(HEAD_ROW, 0, ctx.say("Campaign"), left, columns=names)]
    cells += [Cell(HEAD_ROW, names + i, ctx.say(field.header), right) for i, field in enumerate(FIELDS)]
    for k in range(LISTED):
        row = ranked_value(ctx, "Budget", k)
        name, place = chart_label_text(campaign_label_value(ctx, row), LONGEST), At(POINTS, k, NAME)
        numbered = call("IF", eq(place, ""), "", f"{k + 1}  " & chart_label(place, LONGEST))
        label = None if name is None else f"{k + 1}  {name}"
        cells.append(Cell(FIRST_ROW + k, 0, numbered, Style(Role.LABEL, dash=False), label, columns=names))
        for i, field in enumerate(FIELDS):
            look = Style(Role.BODY, summary_format(field), dash=False)
            cells.append(Cell(FIRST_ROW + k, names + i, At(POINTS, k, FIRST + i), look, _value(ctx, field, row)))
    return cells


def _said(ctx: Context) -> Phrase:
    """How many campaigns the bubbles are, or what is missing."""
    rows = [ranked_value(ctx, "Budget", k) for k in range(MOST_RANKED)]
    drawn = sum(all(_value(ctx, field, row) is not None for field in FIELDS) for row in rows)
    count = call("COUNT", Span(POINTS, 0, Y, MOST_RANKED - 1, Y))
    said = sentence(
        ctx.say("The {count} largest budgets, numbered; the larger the bubble, the more conversions."),
        count=figure(count, float(drawn)),
    )
    for field in FIELDS:
        reason = plain(ctx.say("Nothing to draw: no {field} in what the filters select.", field=ctx.say(field.header)))
        said = either(eq(Name(f"total_{field.key}"), ""), ctx.totals[field.header] is None, reason, said)
    return said
