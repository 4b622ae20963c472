"""Budget against ROI: a point for each of the largest budgets, coloured by the action that its ROI calls for."""

from __future__ import annotations

from sheetgen.analysis.bands import Band, band
from sheetgen.analysis.ranking import best_rows
from sheetgen.formula.tree import At, Column, Name, Node, Span, call, eq, gt, lt
from sheetgen.report.blocks.caption import caption
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.top import at_row, of_campaign, ranking_named
from sheetgen.report.context import Context
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.money import in_currency
from sheetgen.report.ranking import Ranking
from sheetgen.report.sentence import Phrase, either, figure, percentage, plain, sentence
from sheetgen.report.style import Format, Ink, Role, Style
from sheetgen.report.sums import CAMPAIGNS
from sheetgen.values import NOT_AVAILABLE

KEY, POINTS = "budget_roi_scatter", "roi_points"
CHART_ROWS = 18
MOST_POINTS = 100
SPARE_POINTS = 10
ROW, BUDGET, ROI, BAND = range(4)
"""The columns of a point; ROI stands once more in the column of its band, `BAND` plus the band's number."""

LINE_X, SCALE_LINE, STOP_LINE, FACT = range(BAND + len(Band), BAND + len(Band) + 4)
RANKED, SCALE_NAME, STOP_NAME = range(3)
INKS = {Band.SCALE: Ink.SERIES_3, Band.HOLD: Ink.SERIES_1, Band.STOP: Ink.SERIES_6}
LIMITS = (("set_roi_scale", SCALE_LINE, INKS[Band.SCALE]), ("set_roi_stop", STOP_LINE, INKS[Band.STOP]))


def roi_points(ctx: Context) -> Block:
    """Budget and ROI of the campaigns with the largest budgets, ROI once more in the column of its band."""
    budgets, rois = ranking_named(ctx, "Budget"), ranking_named(ctx, "ROI")
    if budgets is None or rois is None:
        return Block(POINTS, 0, 0)
    rows = _rows(ctx, budgets)
    cells = [cell for k, row in enumerate(rows) for cell in _point_cells(ctx, budgets, rois, k, row)]
    count = call("COUNT", Column(CAMPAIGNS, budgets.header))
    cells.append(Cell(RANKED, FACT, count, Style(Role.MUTED), float(_ranked(ctx, budgets))))
    for row, phrase in ((SCALE_NAME, _limit(ctx, "set_roi_scale")), (STOP_NAME, _limit(ctx, "set_roi_stop"))):
        cells.append(Cell(row, FACT, phrase.formula, Style(Role.LABEL), phrase.expected))
    cells += _line_cells(ctx, [at_row(budgets.values, row) or 0.0 for row in rows])
    return Block(POINTS, len(rows), FACT + 1, tuple(cells), needs=("campaigns", "ranking", "settings"))


def budget_roi_scatter(ctx: Context, width: int) -> Block:
    """The scatter with its two thresholds, and below it what it shows and leaves out."""
    title = ctx.say("Budget against ROI, one point per campaign")
    if ranking_named(ctx, "ROI") is None:
        return message(KEY, title, ctx.say("No ROI to show: the KPI roi is not among the report's KPIs."), width)
    last = _size(ctx) - 1
    budgets = Span(POINTS, 0, BUDGET, last, BUDGET)
    points = (
        Series(ctx.say(name), budgets, Span(POINTS, 0, BAND + found, last, BAND + found), INKS[found], line=False)
        for found, name in ((Band.SCALE, "Scale up"), (Band.HOLD, "Hold"), (Band.STOP, "Stop or cut"))
    )
    ends = Span(POINTS, 0, LINE_X, 1, LINE_X)
    lines = (
        Series(At(POINTS, row, FACT), ends, Span(POINTS, 0, column, 1, column), ink)
        for row, (_, column, ink) in zip((SCALE_NAME, STOP_NAME), LIMITS, strict=True)
    )
    chart = Chart(
        ChartKind.SCATTER,
        title,
        ctx.say("Scatter chart of budget and return on investment, one point per campaign."),
        (*points, *lines),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        x=Axis(in_currency(ctx, "Budget"), Format.MONEY_SHORT, from_zero=True),
        y=Axis(ctx.say("ROI (%)"), Format.PERCENT_WHOLE),
        legend=True,
    )
    cells = (caption(CHART_ROWS, _said(ctx), width),)
    return Block(KEY, CHART_ROWS + 1, width, cells, charts=(chart,), needs=(POINTS,))


def _size(ctx: Context) -> int:
    """How many points there is room for: as many again as the report was made with, within what a chart can show."""
    return min(MOST_POINTS, 2 * ctx.shape.campaigns + SPARE_POINTS)


def _rows(ctx: Context, budgets: Ranking) -> list[float | None]:
    return best_rows(budgets.keys(ctx.live.campaigns), _size(ctx))


def _ranked(ctx: Context, budgets: Ranking) -> int:
    return sum(row is not None for row in best_rows(budgets.keys(ctx.live.campaigns), len(ctx.live.campaigns)))


def _point_cells(ctx: Context, budgets: Ranking, rois: Ranking, k: int, row: float | None) -> list[Cell]:
    number, roi = At(POINTS, k, ROW), at_row(rois.values, row)
    # A spare point lies at a budget of zero: a text among the numbers would turn the whole axis into a count.
    budget = call("IF", eq(number, ""), 0, call("INDEX", budgets.column, number))
    found = band(roi, *(ctx.inputs.number(name) for name, *_ in LIMITS))
    money, rate, muted = Style(Role.BODY, Format.MONEY), Style(Role.BODY, Format.PERCENT), Style(Role.MUTED)
    cells = [
        Cell(k, ROW, budgets.row_of(k), muted, row),
        Cell(k, BUDGET, budget, money, at_row(budgets.values, row) or 0.0),
        Cell(k, ROI, of_campaign(number, rois.column.column), rate, roi),
        Cell(k, BAND, _band(At(POINTS, k, ROI)), muted, float(found)),
    ]
    for each in INKS:
        shown = call("IF", eq(At(POINTS, k, BAND), float(each)), At(POINTS, k, ROI), call("NA"))
        value = roi if roi is not None and found is each else NOT_AVAILABLE
        cells.append(Cell(k, BAND + each, shown, rate, value))
    return cells


def _band(roi: Node) -> Node:
    scale, stop = (Name(name) for name, *_ in LIMITS)
    is_scale = call("AND", call("ISNUMBER", scale), gt(roi, scale))
    is_stop = call("AND", call("ISNUMBER", stop), lt(roi, stop))
    known = call("IF", is_scale, Band.SCALE, call("IF", is_stop, Band.STOP, Band.HOLD))
    return call("IF", eq(roi, ""), Band.NONE, known)


def _line_cells(ctx: Context, budgets: list[float]) -> list[Cell]:
    """Both ends of the two threshold lines."""
    widest = call("MAX", Span(POINTS, 0, BUDGET, len(budgets) - 1, BUDGET))
    cells = [
        Cell(0, LINE_X, 0.0, Style(Role.BODY, Format.MONEY)),
        Cell(1, LINE_X, widest, Style(Role.BODY, Format.MONEY), max(budgets)),
    ]
    for name, column, _ in LIMITS:
        limit = ctx.inputs.number(name)
        level = call("IF", call("ISNUMBER", Name(name)), Name(name), call("NA"))
        value = NOT_AVAILABLE if limit is None else limit
        cells += [Cell(row, column, level, Style(Role.BODY, Format.PERCENT), value) for row in range(2)]
    return cells


def _limit(ctx: Context, name: str) -> Phrase:
    """What the legend says of a threshold."""
    limit = ctx.inputs.number(name)
    words = {"set_roi_scale": "Scale up above {limit}%", "set_roi_stop": "Stop or cut below {limit}%"}
    said = sentence(ctx.say(words[name]), limit=percentage(Name(name), limit, 0))
    return either(call("NOT", call("ISNUMBER", Name(name))), limit is None, plain(ctx.say("No threshold")), said)


def _said(ctx: Context) -> Phrase:
    """How many campaigns the points stand for, or why there are none."""
    last = _size(ctx) - 1
    budgets, rois = ranking_named(ctx, "Budget"), ranking_named(ctx, "ROI")
    if budgets is None or rois is None:
        return plain("")
    shown = [at_row(rois.values, row) for row in _rows(ctx, budgets)]
    bands = [band(roi, *(ctx.inputs.number(name) for name, *_ in LIMITS)) for roi in shown]
    parts = {
        key: figure(call("COUNT", Span(POINTS, 0, column, last, column)), float(found))
        for key, column, found in (
            ("shown", ROI, sum(roi is not None for roi in shown)),
            ("scale", BAND + Band.SCALE, bands.count(Band.SCALE)),
            ("stop", BAND + Band.STOP, bands.count(Band.STOP)),
        )
    }
    all_of_them = figure(At(POINTS, RANKED, FACT), float(_ranked(ctx, budgets)))
    words = "{shown} of {all} campaigns shown, the largest budgets: {scale} to scale up, {stop} to stop or cut."
    nothing = eq(call("COUNT", Span(POINTS, 0, ROI, last, ROI)), 0)
    reason = plain(ctx.say("No ROI to show: what the filters select has no revenue or no budget."))
    return either(
        nothing, not any(roi is not None for roi in shown), reason, sentence(ctx.say(words), all=all_of_them, **parts)
    )
