"""KPI tables by weekday and by hour, and the chart of ROI by weekday."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sheetgen.analysis.groups import sums_by
from sheetgen.fields import HOUR, WEEKDAY, Field
from sheetgen.formula.tree import Column, Name, Number, Span, Text, call, eq
from sheetgen.report.blocks.charts import CHART_ROWS
from sheetgen.report.blocks.message import message
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import LABEL, KpiRow, KpiTable, kpi_column, kpi_table, table_row
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import DAILY, HOURS, FilteredTable, sums_where

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS_IN_DAY = 24


def weekday_labels(ctx: Context) -> list[str]:
    """The weekdays, Monday first."""
    return [ctx.say(name) for name in WEEKDAYS]


def hour_labels(ctx: Context) -> list[str]:
    """The hours of the day, midnight first."""
    return [ctx.say("{hour}:00", hour=hour) for hour in range(HOURS_IN_DAY)]


def by_weekday(ctx: Context) -> Block:
    """One row per weekday, from the daily data or else from the hourly."""
    title = ctx.say("By weekday")
    rows, table = (ctx.days, DAILY) if ctx.shape.daily else (ctx.hours, HOURS)
    if rows is None:
        return message("by_weekday", title, no_weekdays(ctx))
    note = ctx.say("Sums of the {tab} tab by day of the week.", tab=ctx.say(table))
    listed = _rows(rows, table, WEEKDAY, range(1, 8), weekday_labels(ctx))
    head, needs = ctx.say(WEEKDAY.header), (table.lower(),)
    return kpi_table(ctx, KpiTable("by_weekday", title, note, head, listed, needs, with_total=False))


def by_hour(ctx: Context) -> Block:
    """One row per hour of the day, from the hourly data."""
    title = ctx.say("By hour")
    if ctx.hours is None:
        return message("by_hour", title, no_hours(ctx))
    listed = _rows(ctx.hours, HOURS, HOUR, range(HOURS_IN_DAY), hour_labels(ctx))
    head, note = ctx.say(HOUR.header), dates_of_hours(ctx)
    return kpi_table(ctx, KpiTable("by_hour", title, note, head, listed, ("hours",), with_total=False))


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


def _rows(rows: pd.DataFrame, table: str, field: Field, keys: range, labels: Sequence[str]) -> list[KpiRow]:
    column = Column(table, field.header)
    sums = sums_by(rows, field.header, [float(key) for key in keys])
    return [
        KpiRow(Text(label), label, sums_where(FilteredTable(table), (column, Number(key))), values)
        for key, label, values in zip(keys, labels, sums, strict=True)
    ]


def weekday_bars(ctx: Context, width: int) -> Block:
    """ROI of each weekday, as columns."""
    key, title, roi = "weekday_bars", ctx.say("ROI by weekday"), ctx.kpi("roi")
    if not (ctx.shape.daily or ctx.shape.hours):
        return message(key, title, no_weekdays(ctx), width)
    if roi is None:
        return message(key, title, ctx.say("No ROI to show: the report has no KPI roi."), width)
    first, last, column = table_row(0), table_row(len(WEEKDAYS) - 1), kpi_column(ctx, "roi")
    values = Span("by_weekday", first, column, last, column)
    bars = Series(ctx.say("ROI"), Span("by_weekday", first, LABEL, last, LABEL), values, label_cells=values)
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
    note = ctx.say("Days of the filters in force.") if ctx.shape.daily else dates_of_hours(ctx)
    reason = ctx.say("No ROI to show: what the filters select has no revenue or no budget.")
    formula = call("IF", eq(Name("kpi_roi"), ""), reason, note)
    look = Style(Role.MUTED, Format.TEXT, Align.LEFT, dash=False)
    shown = reason if ctx.totals["roi"] is None else note
    caption = Cell(CHART_ROWS, 0, formula, look, shown, columns=width)
    return Block(key, CHART_ROWS + 1, width, (caption,), charts=(chart,), needs=("by_weekday", "headline"))
