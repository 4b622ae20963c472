"""Weekdays and hours: their KPI tables, and the chart of ROI by weekday."""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.groups import sums_by, with_kpis
from sheetgen.fields import HOUR, WEEKDAY, Field
from sheetgen.formula.tree import Column, Number, Span, Text, call, eq
from sheetgen.report.blocks.charts import CHART_ROWS, roi_caption
from sheetgen.report.blocks.message import message
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import LABEL, KpiRow, KpiTable, kpi_column, kpi_table, measure_column, table_row
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.sentence import either, percentage, plain, sentence
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import DAILY, HOURS, FilteredTable, sums_where

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS_IN_DAY = 24


@dataclass(frozen=True)
class Clock:
    """The weekdays or the hours of the day, as the KPI table `block` lists them by the column of a field."""

    block: str
    field: Field
    first: int
    count: int

    def labels(self, ctx: Context) -> list[str]:
        """What the times are called."""
        if self.field is WEEKDAY:
            return [ctx.say(name) for name in WEEKDAYS]
        return [ctx.say("{hour}:00", hour=hour) for hour in range(self.count)]

    def table(self, ctx: Context) -> str | None:
        """The tab whose rows tell the times, None without one; weekdays from the daily data where there is any."""
        if self.field is WEEKDAY and ctx.shape.daily:
            return DAILY
        return HOURS if ctx.shape.hours else None

    def values(self, ctx: Context) -> list[dict[str, float | None]]:
        """The measures by header and the KPIs by key of each time, from pandas; none without a source."""
        rows = ctx.days if self.table(ctx) == DAILY else ctx.hours
        keys = [float(self.first + k) for k in range(self.count)]
        return [] if rows is None else [with_kpis(sums, ctx.kpis) for sums in sums_by(rows, self.field.header, keys)]

    def span(self, column: int) -> Span:
        """A column of the table's rows."""
        return Span(self.block, table_row(0), column, table_row(self.count - 1), column)

    def labels_span(self) -> Span:
        """The cells with the names of the times."""
        return self.span(LABEL)

    def measure_span(self, header: str) -> Span:
        """The cells of a measure."""
        return self.span(measure_column(header))

    def kpi_span(self, ctx: Context, key: str) -> Span:
        """The cells of a KPI."""
        return self.span(kpi_column(ctx, key))


BY_WEEKDAY = Clock("by_weekday", WEEKDAY, 1, len(WEEKDAYS))
BY_HOUR = Clock("by_hour", HOUR, 0, HOURS_IN_DAY)


def by_weekday(ctx: Context) -> Block:
    """One row per weekday, from the daily data or else from the hourly."""
    note = ctx.say("Sums of the Daily tab by day of the week.") if ctx.shape.daily else dates_of_hours(ctx)
    return _clock_table(ctx, BY_WEEKDAY, ctx.say("By weekday"), note, no_weekdays(ctx))


def by_hour(ctx: Context) -> Block:
    """One row per hour of the day, from the hourly data."""
    return _clock_table(ctx, BY_HOUR, ctx.say("By hour"), dates_of_hours(ctx), no_hours(ctx))


def no_weekdays(ctx: Context) -> str:
    """Why nothing can be told by weekday."""
    return ctx.say("No weekdays to show: this needs daily or hourly data, and the source has one row per campaign.")


def no_hours(ctx: Context) -> str:
    """Why nothing can be told by hour."""
    return ctx.say("No hours to show: this needs hourly data, and the source has none.")


def dates_of_hours(ctx: Context) -> str:
    """What a date filter means for the hourly data, which has no dates."""
    if ctx.shape.daily:
        return ctx.say("Hours have no dates: a date filter takes all hours of the campaigns that ran in the period.")
    return ctx.say("Hours have no dates: a date filter takes all hours of the campaigns that started in the period.")


def _clock_table(ctx: Context, clock: Clock, title: str, note: str, nothing: str) -> Block:
    table = clock.table(ctx)
    if table is None:
        return message(clock.block, title, nothing)
    column = Column(table, clock.field.header)
    labelled = zip(clock.labels(ctx), clock.values(ctx), strict=True)
    rows = [
        KpiRow(Text(label), label, sums_where(FilteredTable(table), (column, Number(clock.first + k))), values)
        for k, (label, values) in enumerate(labelled)
    ]
    head = ctx.say(clock.field.header)
    return kpi_table(ctx, KpiTable(clock.block, title, note, head, rows, (table.lower(),), with_total=False))


def weekday_points(ctx: Context) -> Block:
    """The labels of the chart of ROI by weekday; no label where ROI is blank."""
    cells = []
    for k, values in enumerate(BY_WEEKDAY.values(ctx)):
        ratio = call("INDEX", BY_WEEKDAY.kpi_span(ctx, "roi"), k + 1)
        known = sentence(ctx.say("{value}%"), value=percentage(ratio, values["roi"]))
        label = either(eq(ratio, ""), values["roi"] is None, plain(""), known)
        cells.append(Cell(k, 0, label.formula, Style(Role.BODY, Format.TEXT), label.expected))
    return Block("weekday_points", len(cells), 1, tuple(cells), needs=("by_weekday",))


def weekday_bars(ctx: Context, width: int) -> Block:
    """ROI of each weekday, as columns."""
    key, title = "weekday_bars", ctx.say("ROI by weekday")
    if BY_WEEKDAY.table(ctx) is None:
        return message(key, title, no_weekdays(ctx), width)
    if ctx.kpi("roi") is None:
        return message(key, title, ctx.say("No ROI to show: the report has no KPI roi."), width)
    labels = Span("weekday_points", 0, 0, BY_WEEKDAY.count - 1, 0)
    bars = Series(ctx.say("ROI"), BY_WEEKDAY.labels_span(), BY_WEEKDAY.kpi_span(ctx, "roi"), label_cells=labels)
    chart = Chart(
        ChartKind.COLUMN,
        title,
        ctx.say("Columns of return on investment for each weekday."),
        (bars,),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        y=Axis(ctx.say("ROI (%)"), Format.PERCENT),
    )
    caption = roi_caption(ctx, "" if ctx.shape.daily else dates_of_hours(ctx), width)
    return Block(key, CHART_ROWS + 1, width, (caption,), charts=(chart,), needs=("by_weekday", "weekday_points"))
