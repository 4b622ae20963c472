"""The chart of the platforms, and what charts share: their height and the gaps in their lines."""

from __future__ import annotations

from sheetgen.formula.tree import At, Name, Node, Span, call, eq
from sheetgen.report.blocks.dimension import PLATFORMS
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import HEAD_ROW, measure_column, table_row
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.values import NOT_AVAILABLE, Value

CHART_ROWS = 15


def gap(point: Node) -> Node:
    """A chart point that is left out where its cell is blank."""
    return call("IF", eq(point, ""), call("NA"), point)


def or_gap(value: float | None) -> Value:
    """The value of a chart point, `#N/A` where it is blank."""
    return NOT_AVAILABLE if value is None else value


def roi_caption(ctx: Context, note: str, width: int) -> Cell:
    """What to know of a chart of ROI or, where it is blank, why; the row below the chart."""
    reason = ctx.say("No ROI to show: what the filters select has no revenue or no budget.")
    formula: Node = call("IF", eq(Name("kpi_roi"), ""), reason, note)
    look = Style(Role.MUTED, Format.TEXT, Align.LEFT, dash=False)
    shown = reason if ctx.totals["roi"] is None else note
    return Cell(CHART_ROWS, 0, formula, look, shown or None, columns=width)


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
