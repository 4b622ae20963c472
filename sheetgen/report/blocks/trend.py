"""ROI, budget and revenue over time: the cells that the charts read, and the charts."""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.groups import kpi_value
from sheetgen.fields import BUDGET, FIELDS_BY_KEY, REVENUE, Field
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.tree import At, Node, Span, Text
from sheetgen.kpis import Kpi
from sheetgen.report.blocks.charts import CHART_ROWS, gap, or_gap, roi_caption
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.periods import Periods, period_measures
from sheetgen.report.context import Context
from sheetgen.report.formats import summary_format
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.style import Align, Format, Ink, Role, Style

MOST_SHOWN = 60
"""Weeks or months that a chart can tell apart; of more it shows the latest."""

GRAIN_WORDS = {"day": "by day", "week": "by week", "month": "by month"}


@dataclass(frozen=True)
class _Points:
    """Chart cells by period: budget, revenue and what else ROI takes, ROI, and its point on a line."""

    ctx: Context
    periods: Periods

    @property
    def roi(self) -> Kpi | None:
        return self.ctx.kpi("roi")

    @property
    def fields(self) -> tuple[Field, ...]:
        taken = [] if self.roi is None else [FIELDS_BY_KEY[key] for key in self.roi.fields]
        known = [field for field in taken if field in period_measures(self.ctx)]
        return tuple(dict.fromkeys((BUDGET, REVENUE, *known)))

    def column(self, field: Field) -> int:
        return 1 + self.fields.index(field)

    @property
    def point_column(self) -> int:
        return len(self.fields) + 2

    def span(self, column: int) -> Span:
        return Span(self.periods.block, 1, column, self.periods.count, column)

    def block(self) -> Block:
        """The cells, first row the heads."""
        if not self.periods.count:
            return Block(self.periods.block, 0, 0)
        heads = ["Period", *(field.header for field in self.fields)]
        heads += [] if self.roi is None else [self.roi.header, "{kpi} (line)"]
        facts = {} if self.roi is None else {"kpi": self.ctx.say(self.roi.header)}
        cells = [Cell(0, i, self.ctx.say(head, **facts), Style(Role.HEAD, Format.TEXT)) for i, head in enumerate(heads)]
        values = self.periods.values(self.ctx)
        for k, first_day in enumerate(self.periods.first_days(self.ctx)):
            look = Style(Role.BODY, self.periods.format)
            cells.append(Cell(k + 1, 0, self.periods.first_day_formula(self.ctx, k), look, first_day))
            cells += self._row(k, values[k])
        needs = ("daily",) if self.ctx.shape.daily else ("campaigns",)
        return Block(self.periods.block, self.periods.count + 1, len(heads), tuple(cells), needs=(*needs, "headline"))

    def _row(self, k: int, values: dict[str, float | None]) -> list[Cell]:
        sums = self.periods.sums(self.ctx, k)
        cells = [
            Cell(k + 1, 1 + i, sums[field.header], Style(Role.BODY, summary_format(field)), values[field.header])
            for i, field in enumerate(self.fields)
        ]
        if self.roi is None:
            return cells
        value, look = kpi_value(self.roi, values), Style(Role.KPI, Format.PERCENT)
        ratio = At(self.periods.block, k + 1, self.point_column - 1)
        formula = kpi_formula(self.roi, lambda key: self._measure(k, key), typed=False)
        cells.append(Cell(k + 1, self.point_column - 1, formula, look, value))
        cells.append(Cell(k + 1, self.point_column, gap(ratio), look, or_gap(value)))
        return cells

    def _measure(self, k: int, key: str) -> Node:
        field = FIELDS_BY_KEY[key]
        return At(self.periods.block, k + 1, self.column(field)) if field in self.fields else Text("")


def _points(ctx: Context, key: str) -> _Points:
    listed = {"week_points": ("week", ctx.shape.weeks), "month_points": ("month", ctx.shape.months)}
    grain, count = listed.get(key, (ctx.shape.grain, ctx.shape.periods))
    return _Points(ctx, Periods(key, 1, grain, min(count, MOST_SHOWN), latest=True))


def trend_points(ctx: Context) -> Block:
    """The chart cells over the trend's periods."""
    return _points(ctx, "trend_points").block()


def week_points(ctx: Context) -> Block:
    """The chart cells by week, the latest of many."""
    return _points(ctx, "week_points").block()


def month_points(ctx: Context) -> Block:
    """The chart cells by month, the latest of many."""
    return _points(ctx, "month_points").block()


def roi_trend(ctx: Context, width: int) -> Block:
    """ROI over time, as a line: by day, week or month, whichever the data's length suits."""
    title = ctx.say("ROI over time, {grain}", grain=ctx.say(GRAIN_WORDS[ctx.shape.grain]))
    if not ctx.shape.periods:
        return message("roi_trend", title, ctx.say("No trend to show: the data have no usable dates."), width)
    if ctx.kpi("roi") is None:
        return message("roi_trend", title, ctx.say("No trend to show: the report has no KPI roi."), width)
    points = _points(ctx, {"week": "week_points", "month": "month_points"}.get(ctx.shape.grain, "trend_points"))
    chart = Chart(
        ChartKind.LINE,
        title,
        ctx.say("Line chart of return on investment over time."),
        (_roi_line(ctx, points, Ink.ACCENT),),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        x=Axis(format=Format.MONTH if ctx.shape.grain == "month" else Format.DAY),
        y=Axis(ctx.say("ROI (%)"), Format.PERCENT),
    )
    caption = _caption(points, _grain_note(ctx, ctx.shape.grain), width)
    needs = (points.periods.block, "headline")
    return Block("roi_trend", CHART_ROWS + 1, width, (caption,), charts=(chart,), needs=needs)


def _grain_note(ctx: Context, grain: str) -> str:
    if grain == "month" and not ctx.shape.daily:
        return ctx.say("Each flight is spread evenly over its days.")
    return ctx.say("Each week begins on the Monday shown.") if grain == "week" else ctx.say("From the Daily tab.")


def weekly_trend(ctx: Context, width: int) -> Block:
    """Budget and revenue as columns by week, ROI as a line."""
    title, key = ctx.say("Budget, revenue and ROI by week"), "weekly_trend"
    if not ctx.shape.daily:
        reason = ctx.say("No weeks to show: this needs daily data, and the source has one row per campaign.")
        return message(key, title, reason, width)
    if ctx.shape.weeks > MOST_SHOWN:
        title = ctx.say("Budget, revenue and ROI by week, the latest {count} weeks", count=MOST_SHOWN)
    alt = ctx.say("Columns of budget and revenue for each week, with return on investment as a line.")
    return _trend_chart(_points(ctx, "week_points"), key, title, alt, width)


def monthly_trend(ctx: Context, width: int) -> Block:
    """Budget and revenue as columns by month, ROI as a line."""
    title, key = ctx.say("Budget, revenue and ROI by month"), "monthly_trend"
    if not ctx.shape.months:
        return message(key, title, ctx.say("No months to show: the data have no usable dates."), width)
    if ctx.shape.months > MOST_SHOWN:
        title = ctx.say("Budget, revenue and ROI by month, the latest {count} months", count=MOST_SHOWN)
    alt = ctx.say("Columns of budget and revenue for each month, with return on investment as a line.")
    return _trend_chart(_points(ctx, "month_points"), key, title, alt, width)


def _trend_chart(points: _Points, key: str, title: str, alt: str, width: int) -> Block:
    ctx, periods = points.ctx, points.periods
    bars = [
        Series(ctx.say(field.header), points.span(0), points.span(points.column(field)), ink)
        for field, ink in ((BUDGET, Ink.SERIES_1), (REVENUE, Ink.SERIES_3))
    ]
    lines = [] if points.roi is None else [_roi_line(ctx, points, Ink.SERIES_6, secondary=True)]
    chart = Chart(
        ChartKind.COLUMN,
        title,
        alt,
        (*bars, *lines),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        x=Axis(format=Format.MONTH if periods.grain == "month" else Format.DAY),
        y=Axis(ctx.currency, Format.MONEY_SHORT, from_zero=True),
        y2=Axis(ctx.say("ROI (%)"), Format.PERCENT),
        legend=True,
    )
    caption = _caption(points, _grain_note(ctx, periods.grain), width)
    return Block(key, CHART_ROWS + 1, width, (caption,), charts=(chart,), needs=(periods.block, "headline"))


def _roi_line(ctx: Context, points: _Points, ink: Ink, *, secondary: bool = False) -> Series:
    return Series(ctx.say("ROI"), points.span(0), points.span(points.point_column), ink, secondary=secondary)


def _caption(points: _Points, note: str, width: int) -> Cell:
    """What to know of the chart or, where it has no line, why."""
    if points.roi is not None:
        return roi_caption(points.ctx, note, width)
    return Cell(CHART_ROWS, 0, note, Style(Role.MUTED, Format.TEXT, Align.LEFT), columns=width)
