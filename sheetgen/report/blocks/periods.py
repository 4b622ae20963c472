"""KPI tables over time: by month, by weekday, and the periods of the trend chart.

With daily data a period sums the daily rows; without, each campaign's numbers are spread evenly
over the days of its flight.
"""

from __future__ import annotations

from sheetgen.analysis.groups import flights_by_month, rest, sums_by
from sheetgen.analysis.serials import add_months
from sheetgen.fields import MEASURES, Field
from sheetgen.formula.tree import At, Column, Name, Node, Number, Text, call, eq
from sheetgen.report.blocks.breakdown import column_above, other_sums
from sheetgen.report.blocks.message import message
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import LABEL, KpiRow, KpiTable, kpi_table, table_row
from sheetgen.report.model import Block
from sheetgen.report.style import Format
from sheetgen.report.sums import CAMPAIGNS, DAILY, HOURS, FilteredTable, flight_sum, sums_where

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GRAIN_COLUMNS = {"day": "Date", "week": "Week", "month": "Month"}
STEPS = {"day": 1, "week": 7}


def by_month(ctx: Context) -> Block:
    """One row per calendar month, and what lies outside the listed months."""
    if not ctx.shape.months:
        return message("by_month", ctx.say("By month"), ctx.say("No months to show: the data have no usable dates."))
    return _over_time(ctx, "by_month", ctx.say("By month"), "month", ctx.shape.months, with_rest=True)


def trend(ctx: Context) -> Block:
    """One row per period of the trend chart: days, weeks or months, whichever the data's length suits."""
    if not ctx.shape.periods:
        return message("trend", ctx.say("Trend"), ctx.say("No trend to show: the data have no usable dates."))
    return _over_time(ctx, "trend", ctx.say("Trend"), ctx.shape.grain, ctx.shape.periods, with_rest=False)


def by_weekday(ctx: Context) -> Block:
    """One row per weekday, from the daily data or else from the hourly."""
    title = ctx.say("By weekday")
    rows, table = (ctx.days, DAILY) if ctx.shape.daily else (ctx.hours, HOURS)
    if rows is None:
        reason = ctx.say(
            "No weekdays to show: this needs daily or hourly data, and the source has one row per campaign."
        )
        return message("by_weekday", title, reason)
    values = sums_by(rows, "Weekday", [float(day) for day in range(1, 8)])
    kpi_rows = [
        KpiRow(
            Text(ctx.say(name)),
            ctx.say(name),
            sums_where(FilteredTable(table), (Column(table, "Weekday"), Number(day))),
            values[day - 1],
        )
        for day, name in enumerate(WEEKDAYS, start=1)
    ]
    note = ctx.say("Sums of the {tab} tab by day of the week.", tab=ctx.say(table))
    return kpi_table(
        ctx,
        KpiTable("by_weekday", title, note, ctx.say("Weekday"), kpi_rows, needs=(table.lower(),), with_total=False),
    )


def _over_time(ctx: Context, key: str, title: str, grain: str, count: int, *, with_rest: bool) -> Block:
    starts = period_starts(ctx, grain, count)
    values = period_values(ctx, grain, starts)
    rows = [
        KpiRow(_start(ctx, key, grain, k), start, _sums(ctx, key, grain, k), values[k])
        for k, start in enumerate(starts)
    ]
    if with_rest:
        rows.append(_outside(ctx, key, values))
    heads = {"day": "Day", "week": "Week from", "month": "Month"}
    shown = Format.MONTH if grain == "month" else Format.DATE
    needs = ("daily",) if ctx.shape.daily else ("campaigns",)
    table = KpiTable(key, title, time_note(ctx), ctx.say(heads[grain]), rows, needs, shown, with_total=with_rest)
    return kpi_table(ctx, table)


def _outside(ctx: Context, key: str, listed: list[dict[str, float | None]]) -> KpiRow:
    """What lies outside the listed periods, named only where there is something."""
    measures = period_measures(ctx)
    count, word = len(listed), ctx.say("Other dates")
    nothing = [
        eq(call("ROUND", call("SUM", Name(f"total_{field.key}")) - call("SUM", column_above(key, field, count)), 2), 0)
        for field in measures
    ]
    left = rest(ctx.totals, listed)
    is_named = any(left.values())
    label = At(key, table_row(count), LABEL)
    values = left if is_named else dict.fromkeys(left)
    formula = call("IF", call("AND", *nothing), "", word)
    return KpiRow(formula, word if is_named else None, other_sums(measures, key, label, count), values, spare=True)


def period_measures(ctx: Context) -> tuple[Field, ...]:
    """The measures that periods have: those of the Daily tab, or else of the campaigns."""
    return MEASURES if ctx.shape.daily else ctx.measures


def time_note(ctx: Context) -> str:
    """How the numbers of a period come about, in words."""
    if ctx.shape.daily:
        return ctx.say(
            "Sums of the Daily tab; each day's budget is its share of the campaign's budget, so edits follow."
        )
    return ctx.say("No daily data: each campaign's numbers are spread evenly over the days of its flight.")


def period_starts(ctx: Context, grain: str, count: int) -> list[float]:
    """The first day of each of the `count` periods from the earliest date on, as serials."""
    if ctx.live.daily is not None:
        first = float(ctx.live.daily[GRAIN_COLUMNS[grain]].min())
    else:
        first = float(ctx.live.campaigns["Start Date"].min())
    if grain == "month":
        return [add_months(first, k) for k in range(count)]
    return [first + STEPS[grain] * k for k in range(count)]


def period_values(ctx: Context, grain: str, starts: list[float]) -> list[dict[str, float | None]]:
    """The measures of each period, under the filters."""
    if ctx.days is not None:
        return sums_by(ctx.days, GRAIN_COLUMNS[grain], starts)
    return flights_by_month(ctx.facts, ctx.totals, starts[0], len(starts))


def _start(ctx: Context, key: str, grain: str, k: int) -> Node:
    if k:
        first = At(key, table_row(0), 0)
        return call("EDATE", first, k) if grain == "month" else first + STEPS[grain] * k
    column = Column(DAILY, GRAIN_COLUMNS[grain]) if ctx.shape.daily else Column(CAMPAIGNS, "Start Date")
    earliest = call("MIN", column)
    return call("DATE", call("YEAR", earliest), call("MONTH", earliest), 1) if grain == "month" else earliest


def _sums(ctx: Context, key: str, grain: str, k: int) -> dict[str, Node]:
    first = At(key, table_row(k), 0)
    if ctx.shape.daily:
        return sums_where(FilteredTable(DAILY), (Column(DAILY, GRAIN_COLUMNS[grain]), first))
    last = call("EDATE", first, 1) - 1
    return {field.header: flight_sum(field, first, last) for field in period_measures(ctx)}
