"""The chart of the platforms, and what charts share: their height and the gaps in their lines."""

from __future__ import annotations

from sheetgen.formula.tree import At, Node, Span, call, eq
from sheetgen.report.blocks.dimension import PLATFORMS
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import HEAD_ROW, measure_column, table_row
from sheetgen.report.model import Axis, Block, Chart, ChartKind, Series
from sheetgen.report.style import Format, Ink
from sheetgen.values import NOT_AVAILABLE, Value

CHART_ROWS = 15


def gap(point: Node) -> Node:
    """A chart point that is left out where its cell is blank."""
    return call("IF", eq(point, ""), call("NA"), point)


def or_gap(value: float | None) -> Value:
    """The value of a chart point, `#N/A` where it is blank."""
    return NOT_AVAILABLE if value is None else value


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
