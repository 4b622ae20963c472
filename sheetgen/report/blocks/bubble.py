"""Budget, engagement and conversions of the campaigns with the largest budgets, as numbered bubbles over their key.

Many platforms report no engagement: where what the filters select has none, revenue takes its place.
"""

from __future__ import annotations

from sheetgen.fields import BUDGET, CONVERSIONS, ENGAGEMENT, REVENUE, Field
from sheetgen.formula.tree import At, Name, Node, Span, call, eq
from sheetgen.report.blocks.caption import caption
from sheetgen.report.blocks.ranking import MOST_RANKED, ranked_row
from sheetgen.report.blocks.top import at_row, campaign_label, campaign_label_value, of_campaign, ranked_value
from sheetgen.report.chart_label import chart_label, chart_label_text
from sheetgen.report.context import Context
from sheetgen.report.formats import summary_format
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.money import in_currency
from sheetgen.report.sentence import Phrase, either, figure, plain, sentence
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.report.sums import campaign_facts
from sheetgen.values import NOT_AVAILABLE

KEY, POINTS = "bubble", "bubble_points"
LISTED = 5
"""Campaigns that the table names; the numbers of the others only tell how far down they come."""

LONGEST = 34
"""Characters of a name in the table."""

NAME, ACROSS, UP, LARGE, X, Y, SIZE = range(7)
NUMBERS = (ACROSS, UP, LARGE)
LOOKS = (summary_format(BUDGET), summary_format(ENGAGEMENT), summary_format(CONVERSIONS))
CHART_ROWS = 12
HEAD_ROW, FIRST_ROW = CHART_ROWS, CHART_ROWS + 1
NOTE_ROW = FIRST_ROW + LISTED


def bubble_points(ctx: Context) -> Block:
    """Name, budget, engagement and conversions of each campaign, then the three numbers as a chart wants them."""
    cells = [cell for k in range(MOST_RANKED) for cell in _point_cells(ctx, k)]
    return Block(POINTS, MOST_RANKED, SIZE + 1, tuple(cells), needs=("ranked", "campaigns", "headline"))


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
        x=Axis(in_currency(ctx, "Budget"), Format.MONEY_SHORT, from_zero=True),
        y=Axis(ctx.say("Engagement (or revenue)"), Format.COUNT_SHORT, from_zero=True),
    )
    cells = (*_key(ctx, width), caption(NOTE_ROW, _said(ctx), width))
    return Block(KEY, NOTE_ROW + 1, width, cells, charts=(chart,), needs=(POINTS,))


def _has_engagement(ctx: Context) -> bool:
    return ctx.totals[ENGAGEMENT.header] is not None


def _fields(ctx: Context) -> tuple[Field, Field, Field]:
    """What bubbles show across, upwards and as their size."""
    return BUDGET, ENGAGEMENT if _has_engagement(ctx) else REVENUE, CONVERSIONS


def _numbers(ctx: Context, k: int) -> list[float | None]:
    """The three numbers of the k-th campaign."""
    row = ranked_value(ctx, "Budget", k)
    return [at_row(ctx.facts[field.header].to_numpy(dtype=float), row) for field in _fields(ctx)]


def _point_cells(ctx: Context, k: int) -> list[Cell]:
    known, name = _numbers(ctx, k), campaign_label_value(ctx, ranked_value(ctx, "Budget", k))
    places = [At(POINTS, k, column) for column in NUMBERS]
    cells = [Cell(k, NAME, campaign_label(ranked_row("Budget", k)), Style(Role.LABEL), name)]
    # What is not drawn has no height; its other numbers are zero, for a text would turn an axis into a count.
    is_blank = call("OR", *(eq(place, "") for place in places))
    absent: tuple[Node | float, ...] = (0.0, call("NA"), 0.0)
    for i, number in enumerate(_formulas(ctx, k)):
        look = Style(Role.BODY, LOOKS[i])
        spare = NOT_AVAILABLE if X + i == Y else 0.0
        cells += [
            Cell(k, ACROSS + i, number, look, known[i]),
            Cell(k, X + i, call("IF", is_blank, absent[i], places[i]), look, spare if None in known else known[i]),
        ]
    return cells


def _formulas(ctx: Context, k: int) -> tuple[Node, Node, Node]:
    across, engagement, revenue, large = (
        of_campaign(ranked_row("Budget", k), campaign_facts(ctx).column(field.header).column)
        for field in (BUDGET, ENGAGEMENT, REVENUE, CONVERSIONS)
    )
    return across, call("IF", _no_engagement(), revenue, engagement), large


def _no_engagement() -> Node:
    return eq(Name("total_engagement"), "")


def _key(ctx: Context, width: int) -> list[Cell]:
    """The largest campaigns by the number of their bubble."""
    names = width - len(NUMBERS)
    left, right = (Style(Role.HEAD, Format.TEXT, align) for align in (Align.LEFT, Align.RIGHT))
    upwards = either(
        _no_engagement(), not _has_engagement(ctx), plain(ctx.say(REVENUE.header)), plain(ctx.say(ENGAGEMENT.header))
    )
    cells = [
        Cell(HEAD_ROW, 0, ctx.say("Campaign"), left, columns=names),
        Cell(HEAD_ROW, names, ctx.say(BUDGET.header), right),
        Cell(HEAD_ROW, names + 1, upwards.formula, right, upwards.expected),
        Cell(HEAD_ROW, names + 2, ctx.say(CONVERSIONS.header), right),
    ]
    for k in range(LISTED):
        name = chart_label_text(campaign_label_value(ctx, ranked_value(ctx, "Budget", k)), LONGEST)
        place = At(POINTS, k, NAME)
        numbered = call("IF", eq(place, ""), "", f"{k + 1}  " & chart_label(place, LONGEST))
        label = None if name is None else f"{k + 1}  {name}"
        cells.append(Cell(FIRST_ROW + k, 0, numbered, Style(Role.LABEL, dash=False), label, columns=names))
        for i, number in enumerate(_numbers(ctx, k)):
            look = Style(Role.BODY, LOOKS[i], dash=False)
            cells.append(Cell(FIRST_ROW + k, names + i, At(POINTS, k, ACROSS + i), look, number))
    return cells


def _said(ctx: Context) -> Phrase:
    """How many campaigns the bubbles are, or what is missing."""
    drawn = sum(None not in _numbers(ctx, k) for k in range(MOST_RANKED))
    count = figure(call("COUNT", Span(POINTS, 0, Y, MOST_RANKED - 1, Y)), float(drawn))
    said = either(
        _no_engagement(),
        not _has_engagement(ctx),
        sentence(ctx.say("No engagement known: the {count} largest budgets by revenue and conversions."), count=count),
        sentence(
            ctx.say("The {count} largest budgets, numbered; the larger the bubble, the more conversions."), count=count
        ),
    )
    reason = plain(ctx.say("Nothing to draw: budget and conversions, with engagement or revenue, are not all known."))
    return either(eq(call("COUNT", Span(POINTS, 0, Y, MOST_RANKED - 1, Y)), 0), drawn == 0, reason, said)
