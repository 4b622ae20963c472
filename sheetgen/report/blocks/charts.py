"""The charts of the Overview page, each over the cells of a table or of its own helper block."""

from __future__ import annotations

from sheetgen.analysis.groups import kpi_value
from sheetgen.formula.tree import At, Node, Span, call, eq
from sheetgen.report.blocks.dimension import PLATFORMS
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.periods import period_starts, period_values
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import HEAD_ROW, kpi_column, measure_column, table_row
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.style import Format, Ink, Role, Style
from sheetgen.values import NOT_AVAILABLE, Value

CHART_ROWS = 15
GRAIN_WORDS = {"day": "by day", "week": "by week", "month": "by month"}


def trend_points(ctx: Context) -> Block:
    """The trend's ROI as a line chart wants it: `#N/A` leaves a gap where ROI is blank."""
    count, roi = ctx.shape.periods, ctx.kpi("roi")
    if not count or roi is None:
        return Block("trend_points", 0, 0)
    starts = period_starts(ctx, ctx.shape.grain, count)
    values = period_values(ctx, ctx.shape.grain, starts)
    shown = Format.MONTH if ctx.shape.grain == "month" else Format.DATE
    cells: list[Cell] = [
        Cell(0, 0, ctx.say("Period"), Style(Role.HEAD)),
        Cell(0, 1, ctx.say(roi.header), Style(Role.HEAD)),
    ]
    for k, start in enumerate(starts):
        point = At("trend", table_row(k), kpi_column(ctx, "roi"))
        cells.append(Cell(k + 1, 0, At("trend", table_row(k), 0), Style(Role.BODY, shown), start))
        cells.append(Cell(k + 1, 1, gap(point), Style(Role.BODY, Format.PERCENT), or_gap(kpi_value(roi, values[k]))))
    return Block("trend_points", count + 1, 2, tuple(cells), needs=("trend",))


def gap(point: Node) -> Node:
    """A chart point that is left out where its cell is blank."""
    return call("IF", eq(point, ""), call("NA"), point)


def or_gap(value: float | None) -> Value:
    """The value of a chart point, `#N/A` where it is blank."""
    return NOT_AVAILABLE if value is None else value


def roi_trend(ctx: Context, width: int) -> Block:
    """ROI over time, as a line."""
    title = ctx.say("ROI over time, {grain}", grain=ctx.say(GRAIN_WORDS[ctx.shape.grain]))
    if not ctx.shape.periods:
        return message("roi_trend", title, ctx.say("No trend to show: the data have no usable dates."), width)
    last = ctx.shape.periods
    shown = Format.MONTH if ctx.shape.grain == "month" else Format.DAY
    line = Series(ctx.say("ROI"), Span("trend_points", 1, 0, last, 0), Span("trend_points", 1, 1, last, 1), Ink.ACCENT)
    chart = Chart(
        ChartKind.LINE,
        title,
        ctx.say("Line chart of return on investment over time."),
        (line,),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        x=Axis(format=shown),
        y=Axis(ctx.say("ROI (%)"), Format.PERCENT),
    )
    return Block("roi_trend", CHART_ROWS, width, charts=(chart,), needs=("trend_points",))


def platform_bars(ctx: Context, width: int) -> Block:
    """Budget and revenue of each platform, as bars."""
    last = table_row(PLATFORMS.size(ctx))
    labels = Span("by_platform", table_row(0), 0, last, 0)
    bars = tuple(
        Series(
            At("by_platform", HEAD_ROW, measure_column(header)),
            labels,
            Span("by_platform", table_row(0), measure_column(header), last, measure_column(header)),
            ink,
        )
        for header, ink in (("Budget", Ink.SERIES_1), ("Revenue", Ink.SERIES_3))
    )
    chart = Chart(
        ChartKind.COLUMN,
        ctx.say("Budget and revenue by platform"),
        ctx.say("Bar chart of budget and revenue for each platform."),
        bars,
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        y=Axis(ctx.currency, Format.MONEY, from_zero=True),
        legend=True,
    )
    return Block("platform_bars", CHART_ROWS, width, charts=(chart,), needs=("by_platform",))
