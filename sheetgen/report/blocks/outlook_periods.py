"""The periods that the outlook looks back on and ahead to, on the helper tab."""

from __future__ import annotations

import numpy as np

from sheetgen.analysis.groups import Numbers, kpi_value
from sheetgen.analysis.outlook import AHEAD, FEWEST
from sheetgen.analysis.periods import STEPS
from sheetgen.analysis.serials import Floats, add_months
from sheetgen.fields import BUDGET, FIELDS_BY_KEY, REVENUE, Field
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.tree import At, Column, Name, Node, Span, Text, call, ge, le
from sheetgen.report.blocks.periods import Periods, period_measures
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY

KEY = "outlook_periods"
MOST_PERIODS = 60
DAY, COMPLETE, FIRST_SUM = range(3)
FIRST, LAST = "outlook_first", "outlook_last"
"""The defined names of the first and last day that the data and the filters cover."""


def look_back(ctx: Context) -> Periods:
    """The past periods: months, or weeks where daily data are too short for months."""
    weekly = ctx.shape.daily and ctx.shape.months < FEWEST + 2
    grain, count = ("week", ctx.shape.weeks) if weekly else ("month", ctx.shape.months)
    return Periods(KEY, 0, grain, min(count, MOST_PERIODS), latest=True)


def row_count(ctx: Context) -> int:
    """Past periods and those ahead."""
    return look_back(ctx).count + AHEAD


@remembered
def first_days(ctx: Context) -> list[float]:
    """The first day of each period, also of those ahead, and of the one after."""
    back = look_back(ctx)
    start = back.first_days(ctx)[0]
    step = STEPS.get(back.grain, 0)
    return [start + step * k if step else add_months(start, k) for k in range(row_count(ctx) + 1)]


def days(ctx: Context) -> Span:
    """The cells with the first days."""
    return Span(KEY, 0, DAY, row_count(ctx) - 1, DAY)


def window(ctx: Context) -> tuple[float, float]:
    """The first and last day that the data and the filters cover; 0 for a last day that is not known."""
    if ctx.live.daily is not None:
        first, last = ctx.live.daily["Date"].min(), ctx.live.daily["Date"].max()
    else:
        first, last = ctx.live.campaigns["Start Date"].min(), ctx.live.campaigns["End Date"].max()
    scope = ctx.live.scope
    return max(float(np.nan_to_num(first)), scope.first), min(float(np.nan_to_num(last)), scope.last)


def fields(ctx: Context) -> tuple[Field, ...]:
    """The measures that the outlook takes: revenue, and what ROI is made of."""
    roi = ctx.kpi("roi")
    taken = [] if roi is None else [FIELDS_BY_KEY[key] for key in roi.fields]
    known = period_measures(ctx)
    return tuple(dict.fromkeys((BUDGET, REVENUE, *(field for field in taken if field in known))))


def revenue_cell(ctx: Context, k: int) -> At:
    """The revenue of the k-th period."""
    return At(KEY, k, FIRST_SUM + fields(ctx).index(REVENUE))


def roi_cell(ctx: Context, k: int) -> At:
    """The ROI of the k-th period."""
    return At(KEY, k, FIRST_SUM + len(fields(ctx)))


def complete_cell(k: int) -> At:
    """The cell that holds 1 where the data and the filters cover the whole of the k-th period."""
    return At(KEY, k, COMPLETE)


@remembered
def complete(ctx: Context) -> Floats:
    """The same for each past period, from pandas."""
    first, last = window(ctx)
    starts, count = first_days(ctx), look_back(ctx).count
    return np.array([float(starts[k] >= first and starts[k + 1] - 1 <= last) for k in range(count)])


@remembered
def measured(ctx: Context) -> tuple[Floats, Floats]:
    """Revenue and ROI of each past period, NaN for a blank."""
    roi, values = ctx.kpi("roi"), look_back(ctx).values(ctx)
    revenue = [numbers[REVENUE.header] for numbers in values]
    ratio = [None if roi is None else kpi_value(roi, numbers) for numbers in values]
    return np.array(revenue, dtype=np.float64), np.array(ratio, dtype=np.float64)


def outlook_periods(ctx: Context) -> Block:
    """First day, whether it is complete, sums and ROI of each period; the last rows are periods ahead."""
    back, starts = look_back(ctx), first_days(ctx)
    if not back.count:
        return Block(KEY, 0, 0)
    covered, values = complete(ctx), back.values(ctx)
    cells = [cell for k in range(back.count) for cell in _period_cells(ctx, k, float(covered[k]), values[k])]
    for k in range(row_count(ctx)):
        cells.append(Cell(k, DAY, back.first_day_formula(ctx, k), Style(Role.MUTED, back.format), starts[k]))
    row, found = row_count(ctx), window(ctx)
    for i, (formula, value) in enumerate(zip(_window_formulas(ctx), found, strict=True)):
        cells.append(Cell(row, i, formula, Style(Role.MUTED, Format.DATE), value))
    needs = ("scope", "headline", "daily") if ctx.shape.daily else ("scope", "headline", "campaigns")
    names = {FIRST: (row, 0), LAST: (row, 1)}
    return Block(KEY, row + 1, FIRST_SUM + len(fields(ctx)) + 1, tuple(cells), names=names, needs=needs)


def _period_cells(ctx: Context, k: int, is_complete: float, values: Numbers) -> list[Cell]:
    sums, look = look_back(ctx).sums(ctx, k), Style(Role.MUTED)
    where = {field.key: At(KEY, k, FIRST_SUM + i) for i, field in enumerate(fields(ctx))}
    ends_inside = le(At(KEY, k + 1, DAY) - 1, Name(LAST))
    covered = call("IF", call("AND", ge(At(KEY, k, DAY), Name(FIRST)), ends_inside), 1, 0)
    cells = [Cell(k, COMPLETE, covered, look, is_complete)]
    cells += [
        Cell(k, FIRST_SUM + i, sums[field.header], look, values[field.header]) for i, field in enumerate(fields(ctx))
    ]
    roi = ctx.kpi("roi")
    if roi is not None:
        ratio = kpi_formula(roi, lambda key: where.get(key, Text("")), typed=False)
        cells.append(Cell(k, FIRST_SUM + len(where), ratio, look, kpi_value(roi, values)))
    return cells


def _window_formulas(ctx: Context) -> tuple[Node, Node]:
    if ctx.shape.daily:
        first, last = Column(DAILY, "Date"), Column(DAILY, "Date")
    else:
        first, last = Column(CAMPAIGNS, "Start Date"), Column(CAMPAIGNS, "End Date")
    return (
        call("MAX", Name("scope_from"), call("MIN", first)),
        call("MIN", Name("scope_to"), call("MAX", last)),
    )
