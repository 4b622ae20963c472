"""The cells of the seasonality index: each month of the year's value per day against the average day."""

from __future__ import annotations

from sheetgen.analysis.periods import FIRST_SERIAL
from sheetgen.analysis.season import INDEX_DIGITS, SEASON_MEASURES, Season, season_of
from sheetgen.formula.tree import At, Column, Name, Node, Span, call, eq, gt
from sheetgen.report.blocks.periods import months
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import FIRST_MEASURE, first_kpi, measure_column, table_row
from sheetgen.report.model import Block, Cell
from sheetgen.report.sentence import either, figure, plain
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY
from sheetgen.values import Value

MONTHS, POINTS = "season_months", "season_points"

CALENDAR, DAYS, VALUE, FACT = range(4)
"""Columns by listed month: its month of the year, its days of data, its value of the measure; the facts on all."""

MEASURE_NO, FIRST_DAY, LAST_DAY, ALL_DAYS, ALL_VALUE = (At(MONTHS, row, FACT) for row in range(5))
"""The measure's number from 1, the first and the last day of the data, the days that count, and their value."""

NAME, OF_DAYS, OF_VALUE, INDEX, APART, LABEL = range(6)
"""Columns by month of the year: name, days, value, index, how far the index is from 100, the index as a text."""

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AVERAGE = 100


def season_of_report(ctx: Context) -> Season:
    """The season that the months of the report tell, from pandas."""
    listed = months(ctx)
    return season_of(ctx.live, ctx.totals, listed.first_days(ctx), listed.values(ctx))


def season_months(ctx: Context) -> Block:
    """The listed months with their days and values, and the facts on all of them."""
    season, listed, plain_number = season_of_report(ctx), months(ctx), Style(Role.MUTED, Format.GENERAL)
    cells = _facts(ctx, season)
    for k in range(listed.count):
        values = [At(listed.block, table_row(k), measure_column(header)) for header in SEASON_MEASURES]
        value = call("CHOOSE", MEASURE_NO, *(call("IF", eq(cell, ""), "", cell) for cell in values))
        month = call("MONTH", listed.first_day(k))
        cells += [
            Cell(k, CALENDAR, month, plain_number, float(season.calendar[k])),
            Cell(k, DAYS, _days(ctx, k), plain_number, season.days[k]),
            Cell(k, VALUE, value, plain_number, season.values[k]),
        ]
    return Block(MONTHS, max(listed.count, 5), 4, tuple(cells), needs=("by_month", "headline", "scope"))


def _days(ctx: Context, k: int) -> Node:
    """The days of the k-th month that lie in the data, none where nothing ran."""
    listed = months(ctx)
    first, row = listed.first_day(k), table_row(k)
    ran = gt(call("SUM", Span(listed.block, row, FIRST_MEASURE, row, first_kpi(ctx) - 1)), 0)
    days = call("MIN", call("EDATE", first, 1) - 1, LAST_DAY) - call("MAX", first, FIRST_DAY) + 1
    return call("IF", ran, call("MAX", 0, days), 0)


def _facts(ctx: Context, season: Season) -> list[Cell]:
    count = months(ctx).count
    has_some = [gt(call("SUM", Name(f"total_{header.lower()}")), 0) for header in SEASON_MEASURES[:-1]]
    measure = call("IF", has_some[0], 1, call("IF", has_some[1], 2, 3))
    all_days, all_value = (call("SUM", Span(MONTHS, 0, column, count - 1, column)) for column in (DAYS, VALUE))
    facts: tuple[tuple[At, Node, Value, Format], ...] = (
        (MEASURE_NO, measure, season.measure + 1.0, Format.GENERAL),
        (FIRST_DAY, _bound(ctx, first=True), season.first, Format.DATE),
        (LAST_DAY, _bound(ctx, first=False), season.last, Format.DATE),
        (ALL_DAYS, all_days, season.all_days, Format.GENERAL),
        (ALL_VALUE, all_value, season.all_values, Format.GENERAL),
    )
    return [Cell(at.row, at.column, formula, Style(Role.MUTED, shown), value) for at, formula, value, shown in facts]


def _bound(ctx: Context, *, first: bool) -> Node:
    """The first or the last day of the data that the date filter leaves; flights may end after it."""
    function, filtered = ("MAX", "scope_from") if first else ("MIN", "scope_to")
    header = "Start Date" if first else "End Date"
    column = Column(DAILY, "Date") if ctx.shape.daily else Column(CAMPAIGNS, header)
    known = call("MIN" if first else "MAX", column)
    known = call("IF", eq(call("COUNT", column), 0), FIRST_SERIAL, known)
    return known if not (first or ctx.shape.daily) else call(function, known, Name(filtered))


def season_points(ctx: Context) -> Block:
    """The months of the year: their days and values, their index and its label."""
    season = season_of_report(ctx)
    cells = [cell for month in range(1, 13) for cell in _point(ctx, season, month)]
    return Block(POINTS, 12, 6, tuple(cells), needs=(MONTHS,))


def _point(ctx: Context, season: Season, month: int) -> list[Cell]:
    row, last, index = month - 1, months(ctx).count - 1, season.indexes[month - 1]
    calendar = Span(MONTHS, 0, CALENDAR, last, CALENDAR)
    days, value = (call("SUMIFS", Span(MONTHS, 0, c, last, c), calendar, month) for c in (DAYS, VALUE))
    of_days, of_value, shown = (At(POINTS, row, column) for column in (OF_DAYS, OF_VALUE, INDEX))
    ratio = of_value / of_days / (ALL_VALUE / ALL_DAYS) * AVERAGE
    unknown = call("OR", eq(of_days, 0), eq(ALL_VALUE, 0))
    label = either(eq(shown, ""), index is None, plain(""), figure(shown, index))
    number = Style(Role.MUTED, Format.GENERAL)
    return [
        Cell(row, NAME, ctx.say(MONTH_NAMES[row]), Style(Role.LABEL)),
        Cell(row, OF_DAYS, days, number, season.calendar_days[row]),
        Cell(row, OF_VALUE, value, number, season.calendar_values[row]),
        Cell(row, INDEX, call("IF", unknown, "", call("ROUND", ratio, INDEX_DIGITS)), number, index),
        Cell(row, APART, _apart(shown), number, None if index is None else index - AVERAGE),
        Cell(row, LABEL, label.formula, Style(Role.MUTED, Format.TEXT), label.expected),
    ]


def _apart(index: Node) -> Node:
    return call("IF", eq(index, ""), "", index - AVERAGE)
