"""The line through past periods and what it says of those ahead, for revenue and for ROI, on the helper tab.

ROI is taken as what comes back per unit spent, ROI + 1, which like revenue cannot fall below zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.outlook import (
    AHEAD,
    EACH_MONTH,
    EXACT,
    FEWEST,
    FEWEST_FOR_SEASON,
    OUTSIDE,
    STEADY,
    Fit,
    Season,
    find_season,
    fit,
)
from sheetgen.analysis.serials import Floats, from_serials
from sheetgen.analysis.student import t_quantile
from sheetgen.formula.tree import At, Name, Node, Span, call, eq, ge, gt, le, lt, node
from sheetgen.report.blocks.advice_goals import has_setting
from sheetgen.report.blocks.charts import or_gap
from sheetgen.report.blocks.outlook_periods import (
    KEY as PERIODS,
)
from sheetgen.report.blocks.outlook_periods import (
    complete,
    complete_cell,
    first_days,
    look_back,
    measured,
    revenue_cell,
    roi_cell,
    row_count,
)
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Role, Style
from sheetgen.values import Value

LEVEL, X, FIRST_LINE, RATIO, MONTH, INDEX, ADJUSTED, CENTRE, HALF, HISTORY, OUTLOOK, LOW, HIGH = range(13)
STAT, COUNTS, MEANS, INDICES = range(13, 17)
N, IS_STEADY, R_SQUARED, ERROR, MEAN, SPREAD, T, IS_SEASONAL, IS_CLEAR, LAST_X = range(10)
"""The rows of the statistics."""
CONFIDENCE = "outlook_confidence"
USUAL, LEAST, MOST = 0.8, 0.5, 0.99
LOOK = Style(Role.MUTED)


@dataclass(frozen=True, eq=False)
class Outlook:
    """The outlook on a measure from pandas, NaN where there is none: per row its history, centre, low and high end."""

    levels: Floats
    season: Season
    fit: Fit | None
    last_x: float
    centre: Floats
    half: Floats
    history: Floats
    middle: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Measured:
    """What there is an outlook on: the key of its helper block, and what its level is above its value."""

    block: str
    shift: float

    def cell(self, ctx: Context, k: int) -> At:
        """The value of the k-th period."""
        return revenue_cell(ctx, k) if self is REVENUE_OUTLOOK else roi_cell(ctx, k)

    def at(self, row: int, column: int) -> At:
        """A cell of the helper block."""
        return At(self.block, row, column)

    def column(self, ctx: Context, column: int) -> Span:
        """A column over all rows."""
        return Span(self.block, 0, column, row_count(ctx) - 1, column)

    def months(self, column: int) -> Span:
        """A column over the twelve months."""
        return Span(self.block, 0, column, 11, column)

    def found(self, ctx: Context) -> Outlook:
        """The outlook from pandas."""
        values = measured(ctx)[0 if self is REVENUE_OUTLOOK else 1]
        levels = np.where(complete(ctx) == 1, values + self.shift, np.nan)
        rows, months = row_count(ctx), _months(ctx)
        season = find_season(levels, months[: len(levels)], monthly=is_monthly(ctx))
        line = fit(levels, season, months[: len(levels)])
        centre, half, history = (np.full(rows, np.nan) for _ in range(3))
        history[: len(levels)] = levels - self.shift
        last = 0.0 if np.isnan(levels).all() else float(np.flatnonzero(~np.isnan(levels))[-1] + 1)
        if line is not None:
            for k in range(int(last), int(last) + AHEAD):
                centre[k], half[k] = line.at(k + 1.0, months[k], 1 - confidence(ctx))
        ends = (np.maximum(0, centre + sign * half) - self.shift for sign in (0, -1, 1))
        return Outlook(levels, season, line, last, centre, half, history, *ends)


REVENUE_OUTLOOK = Measured("outlook_revenue_fit", 0.0)
ROI_OUTLOOK = Measured("outlook_roi_fit", 1.0)


@remembered
def _months(ctx: Context) -> list[int]:
    return [int(month) for month in from_serials(np.array(first_days(ctx)[:-1])).dt.month]


def confidence(ctx: Context) -> float:
    """The share of cases that the interval is to hold."""
    given = ctx.inputs.number(f"set_{CONFIDENCE}") if has_setting(ctx, CONFIDENCE) else None
    return USUAL if given is None else min(MOST, max(LEAST, given))


def confidence_formula(ctx: Context) -> Node | float:
    """The same, from the Settings tab."""
    if not has_setting(ctx, CONFIDENCE):
        return USUAL
    name = Name(f"set_{CONFIDENCE}")
    return call("IF", call("ISNUMBER", name), call("MIN", MOST, call("MAX", LEAST, name)), USUAL)


def outlook_revenue_fit(ctx: Context) -> Block:
    """The line through revenue."""
    return _fit_block(ctx, REVENUE_OUTLOOK)


def outlook_roi_fit(ctx: Context) -> Block:
    """The line through ROI."""
    return _fit_block(ctx, ROI_OUTLOOK)


def _fit_block(ctx: Context, of: Measured) -> Block:
    if not look_back(ctx).count or (of is ROI_OUTLOOK and ctx.kpi("roi") is None):
        return Block(of.block, 0, 0)
    found = of.found(ctx)
    cells = [*_stat_cells(ctx, of, found), *_month_cells(ctx, of, found)]
    for k in range(row_count(ctx)):
        cells += _ahead_cells(ctx, of, found, k)
    for k in range(look_back(ctx).count):
        cells += _history_cells(ctx, of, found, k)
    return Block(of.block, max(row_count(ctx), 12), INDICES + 1, tuple(cells), needs=(PERIODS, "settings"))


def is_monthly(ctx: Context) -> bool:
    """Whether the periods are months, which may have a season."""
    return look_back(ctx).grain == "month"


def _stat(of: Measured, row: int) -> At:
    return of.at(row, STAT)


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _history_cells(ctx: Context, of: Measured, found: Outlook, k: int) -> list[Cell]:
    """What the line goes through: the value of a complete period, and its place."""
    level, value = of.at(k, LEVEL), _or_none(found.levels[k])
    left_out = call("OR", eq(complete_cell(k), 0), eq(of.cell(ctx, k), ""))
    too_few = call("OR", eq(level, ""), lt(_stat(of, N), FEWEST))
    index = found.season.indices[_months(ctx)[k] - 1]
    adjusted = None if found.fit is None or value is None else value / float(index)
    cells = [
        Cell(
            k, LEVEL, call("IF", left_out, "", of.cell(ctx, k) + of.shift if of.shift else of.cell(ctx, k)), LOOK, value
        ),
        Cell(k, X, call("IF", eq(level, ""), "", k + 1), LOOK, None if value is None else k + 1.0),
        Cell(k, ADJUSTED, call("IF", too_few, "", level / of.at(k, INDEX)), LOOK, adjusted),
    ]
    return [*cells, *_season_cells(ctx, of, found.season, k)] if is_monthly(ctx) else cells


def _season_cells(ctx: Context, of: Measured, season: Season, k: int) -> list[Cell]:
    """The first line, the ratio to it and the month of the year."""
    level, line, ratio = of.at(k, LEVEL), of.at(k, FIRST_LINE), of.at(k, RATIO)
    too_few = call("OR", eq(level, ""), lt(_stat(of, N), FEWEST_FOR_SEASON))
    drawn = call("FORECAST", of.at(k, X), of.column(ctx, LEVEL), of.column(ctx, X))
    above = call("IF", gt(line, 0), level / line, "")
    ratio_value = _or_none(season.ratios[k])
    month = None if ratio_value is None else float(_months(ctx)[k])
    return [
        Cell(k, FIRST_LINE, call("IF", too_few, "", drawn), LOOK, _or_none(season.line[k])),
        Cell(k, RATIO, call("IF", eq(line, ""), "", above), LOOK, ratio_value),
        Cell(k, MONTH, call("IF", eq(ratio, ""), "", call("MONTH", At(PERIODS, k, 0))), LOOK, month),
    ]


def _month_cells(ctx: Context, of: Measured, found: Outlook) -> list[Cell]:
    """For each month of the year how many ratios it has, their mean, and its index."""
    if not is_monthly(ctx):
        return []
    ratios, months, season, cells = of.column(ctx, RATIO), of.column(ctx, MONTH), found.season, []
    for row in range(12):
        count, mean = of.at(row, COUNTS), of.at(row, MEANS)
        average = call("SUMIFS", ratios, months, row + 1) / count
        index = call("IF", eq(_stat(of, IS_SEASONAL), 1), mean / call("AVERAGE", of.months(MEANS)), 1)
        cells += [
            Cell(row, COUNTS, call("COUNTIF", months, row + 1), LOOK, float(season.counts[row])),
            Cell(row, MEANS, call("IF", eq(count, 0), "", average), LOOK, _or_none(season.means[row])),
            Cell(row, INDICES, index, LOOK, float(season.indices[row])),
        ]
    return cells


def _stat_cells(ctx: Context, of: Measured, found: Outlook) -> list[Cell]:
    """The statistics of the line, blank where there is none."""
    line, n = found.fit, _stat(of, N)
    xs, ys = of.column(ctx, X), of.column(ctx, ADJUSTED)
    steady = le(call("DEVSQ", ys), STEADY * call("SUM", ys) * call("SUM", ys))
    r_squared, steady_cell = _stat(of, R_SQUARED), eq(_stat(of, IS_STEADY), 1)
    error = call("IF", lt(1 - r_squared, EXACT), 0, call("STEYX", ys, xs))
    critical = call("TINV", OUTSIDE, n - 2)
    is_clear = gt((n - 2) * r_squared, critical * critical * (1 - r_squared))
    rows: dict[int, tuple[Node, Value]] = {
        IS_STEADY: (call("IF", steady, 1, 0), None if line is None else float(line.r_squared is None)),
        R_SQUARED: (call("IF", steady_cell, "", call("RSQ", ys, xs)), None if line is None else line.r_squared),
        ERROR: (call("IF", steady_cell, 0, error), None if line is None else line.error),
        MEAN: (call("AVERAGE", xs), None if line is None else line.mean),
        SPREAD: (call("DEVSQ", xs), None if line is None else line.spread),
        T: (
            call("TINV", 1 - node(confidence_formula(ctx)), n - 2),
            None if line is None else t_quantile(1 - confidence(ctx), line.n - 2),
        ),
        IS_CLEAR: (
            call("IF", steady_cell, 0, call("IF", is_clear, 1, 0)),
            None if line is None else float(line.is_clear),
        ),
    }
    cells = [
        Cell(row, STAT, call("IF", lt(n, FEWEST), "", formula), LOOK, value) for row, (formula, value) in rows.items()
    ]
    cells.append(Cell(N, STAT, call("COUNT", of.column(ctx, LEVEL)), LOOK, float(np.sum(~np.isnan(found.levels)))))
    cells.append(Cell(LAST_X, STAT, call("MAX", call("MAX", xs), 0), LOOK, found.last_x))
    return [*cells, _seasonal_cell(ctx, of, found)]


def _seasonal_cell(ctx: Context, of: Measured, found: Outlook) -> Cell:
    if not is_monthly(ctx):
        return Cell(IS_SEASONAL, STAT, 0.0, LOOK)
    told = call(
        "AND",
        ge(_stat(of, N), FEWEST_FOR_SEASON),
        eq(call("COUNT", of.column(ctx, RATIO)), _stat(of, N)),
        ge(call("MIN", of.months(COUNTS)), EACH_MONTH),
        gt(call("MIN", of.months(MEANS)), 0),
    )
    return Cell(IS_SEASONAL, STAT, call("IF", told, 1, 0), LOOK, float(found.season.is_known))


def _ahead_cells(ctx: Context, of: Measured, found: Outlook, k: int) -> list[Cell]:
    """The month's index, and for the periods ahead the outlook with its interval; all as chart points too."""
    month, last = _months(ctx)[k], _stat(of, LAST_X)
    index = call("INDEX", of.months(INDICES), call("MONTH", At(PERIODS, k, 0))) if is_monthly(ctx) else node(1)
    ahead = call("AND", ge(_stat(of, N), FEWEST), gt(k + 1, last), le(k + 1, last + AHEAD))
    xs, ys = of.column(ctx, X), of.column(ctx, ADJUSTED)
    drawn = call("IF", eq(_stat(of, IS_STEADY), 1), call("AVERAGE", ys), call("FORECAST", k + 1, ys, xs))
    away = (k + 1 - _stat(of, MEAN)) * (k + 1 - _stat(of, MEAN)) / _stat(of, SPREAD)
    width = _stat(of, T) * _stat(of, ERROR) * call("SQRT", 1 + 1 / _stat(of, N) + away)
    centre, half = of.at(k, CENTRE), of.at(k, HALF)
    shown = {OUTLOOK: (centre, found.middle), LOW: (centre - half, found.low), HIGH: (centre + half, found.high)}
    cells = [
        Cell(k, INDEX, index, LOOK, float(found.season.indices[month - 1])),
        Cell(k, CENTRE, call("IF", ahead, drawn * of.at(k, INDEX), ""), LOOK, _or_none(found.centre[k])),
        Cell(k, HALF, call("IF", eq(centre, ""), "", width * of.at(k, INDEX)), LOOK, _or_none(found.half[k])),
        *(
            Cell(
                k,
                column,
                call("IF", eq(centre, ""), call("NA"), call("MAX", 0, formula) - of.shift),
                LOOK,
                or_gap(_or_none(values[k])),
            )
            for column, (formula, values) in shown.items()
        ),
    ]
    past = k < look_back(ctx).count
    formula = call("IF", eq(of.at(k, LEVEL), ""), call("NA"), of.at(k, LEVEL) - of.shift) if past else call("NA")
    return [*cells, Cell(k, HISTORY, formula, LOOK, or_gap(_or_none(found.history[k])))]
