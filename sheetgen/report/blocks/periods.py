"""Periods of time as live lists, and the KPI tables by month and over the trend's periods.

With daily data a period sums the daily rows; without, each campaign's numbers are spread evenly
over the days of its flight.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.groups import rest
from sheetgen.analysis.periods import FIRST_SERIAL, GRAIN_COLUMNS, STEPS, period_starts, period_sums
from sheetgen.fields import MEASURES, Field
from sheetgen.formula.tree import At, Column, Name, Node, call, eq
from sheetgen.report.blocks.breakdown import column_above, other_sums
from sheetgen.report.blocks.message import message
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import FIRST_ROW, LABEL, KpiRow, KpiTable, kpi_table, table_row
from sheetgen.report.model import Block
from sheetgen.report.style import Format
from sheetgen.report.sums import CAMPAIGNS, DAILY, FilteredTable, flight_sum, sums_where


@dataclass(frozen=True)
class Periods:
    """Consecutive periods whose first days stand in the first column of a block, from block row `row` down.

    They go from the first in the data on or, `latest`, up to the last that the data and the filters reach.
    """

    block: str
    row: int
    grain: str
    count: int
    latest: bool = False

    @property
    def format(self) -> Format:
        """How a first day reads."""
        return Format.MONTH if self.grain == "month" else Format.DATE

    def first_day(self, k: int) -> At:
        """The cell with the first day of the k-th period."""
        return At(self.block, self.row + k, 0)

    def first_day_formula(self, ctx: Context, k: int) -> Node:
        """What that cell holds."""
        if k:
            return _moved(self.first_day(0), self.grain, k)
        first, last = _ends(ctx, self.grain)
        return call("MAX", first, _moved(last, self.grain, 1 - self.count)) if self.latest else first

    def first_days(self, ctx: Context) -> list[float]:
        """The first days, from pandas."""
        return period_starts(ctx.live, self.grain, self.count, latest=self.latest)

    def sums(self, ctx: Context, k: int) -> dict[str, Node]:
        """The formula of each measure of the k-th period, by header."""
        first = self.first_day(k)
        if ctx.shape.daily:
            return sums_where(FilteredTable(DAILY), (Column(DAILY, GRAIN_COLUMNS[self.grain]), first))
        last = call("EDATE", first, 1) - 1
        return {field.header: flight_sum(field, first, last) for field in period_measures(ctx)}

    def values(self, ctx: Context) -> list[dict[str, float | None]]:
        """The measures of each period, from pandas."""
        return period_sums(ctx.days, ctx.facts, ctx.totals, self.grain, self.first_days(ctx))


def _ends(ctx: Context, grain: str) -> tuple[Node, Node]:
    if not ctx.shape.daily:
        first, last = (call("MIN", Column(CAMPAIGNS, "Start Date")), call("MAX", Column(CAMPAIGNS, "End Date")))
        return _begin(call("MAX", FIRST_SERIAL, first), "month"), _begin(call("MAX", FIRST_SERIAL, last), "month")
    column = Column(DAILY, GRAIN_COLUMNS[grain])
    last = call("MIN", call("MAX", FIRST_SERIAL, call("MAX", column)), _begin(Name("scope_to"), grain))
    return call("MAX", FIRST_SERIAL, call("MIN", column)), last


def _begin(day: Node, grain: str) -> Node:
    if grain == "month":
        return call("DATE", call("YEAR", day), call("MONTH", day), 1)
    return call("INT", day) - call("MOD", call("INT", day) - 2, 7) if grain == "week" else call("INT", day)


def _moved(first: Node, grain: str, periods: int) -> Node:
    return call("EDATE", first, periods) if grain == "month" else first + STEPS[grain] * periods


def by_month(ctx: Context) -> Block:
    """One row per calendar month, and what lies outside the listed months."""
    if not ctx.shape.months:
        return message("by_month", ctx.say("By month"), ctx.say("No months to show: the data have no usable dates."))
    return _period_table(ctx, ctx.say("By month"), months(ctx), with_rest=True)


def months(ctx: Context) -> Periods:
    """The months of the KPI table by month."""
    return Periods("by_month", FIRST_ROW, "month", ctx.shape.months)


def trend(ctx: Context) -> Block:
    """One row per period of the trend chart: days, weeks or months, whichever the data's length suits."""
    if not ctx.shape.periods:
        return message("trend", ctx.say("Trend"), ctx.say("No trend to show: the data have no usable dates."))
    periods = Periods("trend", FIRST_ROW, ctx.shape.grain, ctx.shape.periods)
    return _period_table(ctx, ctx.say("Trend"), periods, with_rest=False)


def _period_table(ctx: Context, title: str, periods: Periods, *, with_rest: bool) -> Block:
    values = periods.values(ctx)
    rows = [
        KpiRow(periods.first_day_formula(ctx, k), first_day, periods.sums(ctx, k), values[k])
        for k, first_day in enumerate(periods.first_days(ctx))
    ]
    if with_rest:
        rows.append(_outside(ctx, periods.block, values))
    head = ctx.say({"day": "Day", "week": "Week from", "month": "Month"}[periods.grain])
    needs = ("daily",) if ctx.shape.daily else ("campaigns",)
    table = KpiTable(
        periods.block, title, time_note(ctx), head, rows, needs, label_format=periods.format, with_total=with_rest
    )
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
