"""The cards' comparison on the helper tab: a period and the one before it, measures and KPIs of both."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from sheetgen.analysis.groups import Numbers, with_kpis
from sheetgen.analysis.previous import LEAST_DAYS, LEAST_SHARE, Windows, growth, points, window_sums, windows
from sheetgen.fields import Field
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.tree import At, Column, Name, Node, Text, call, eq, ge, le, lt
from sheetgen.kpis import Kpi, Unit
from sheetgen.report.blocks.periods import period_measures
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format, summary_format
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY, Condition, FilteredTable, flight_sum, sum_where

KEY = "previous"
LABEL, NOW, BEFORE, CHANGE = range(4)
DATA_FIRST, DATA_LAST, LAST, MONTH, FIRST, BEFORE_FIRST, BEFORE_LAST, COMPARABLE, HEAD_ROW, FIRST_ROW = range(10)


@dataclass(frozen=True, eq=False)
class Comparison:
    """The two periods and the measures (by header) and KPIs (by key) of each, blank where they do not compare."""

    windows: Windows
    now: Numbers
    before: Numbers

    def of(self, what: Field | Kpi) -> tuple[float | None, float | None]:
        """The value of a measure or KPI in each period."""
        key = what.key if isinstance(what, Kpi) else what.header
        return self.now.get(key), self.before.get(key)

    def change(self, what: Field | Kpi) -> float | None:
        """How much it changed: points of a percentage, else percent."""
        digits = point_digits(what)
        return growth(*self.of(what)) if digits is None else points(*self.of(what), digits)


def comparison(ctx: Context) -> Comparison:
    """The comparison under the filters, from pandas."""
    found = windows(ctx.live)
    periods = ((found.first, found.last), (found.before_first, found.before_last))
    now, before = (window_sums(ctx.live, *(both if found.comparable else (None, None))) for both in periods)
    return Comparison(found, with_kpis(now, ctx.kpis), with_kpis(before, ctx.kpis))


def point_digits(what: Field | Kpi) -> int | None:
    """The decimals of a change in percentage points; None for what changes by percent."""
    if not isinstance(what, Kpi) or what.unit is not Unit.PERCENT:
        return None
    return 1 if kpi_format(what) is Format.PERCENT else 2


def previous(ctx: Context) -> Block:
    """Where the two periods begin and end, then a row for each measure and KPI."""
    found = comparison(ctx)
    cells = _window_cells(ctx, found.windows)
    cells += [
        Cell(HEAD_ROW, column, ctx.say(head), Style(Role.HEAD))
        for column, head in ((NOW, "Period"), (BEFORE, "Period before"), (CHANGE, "Change"))
    ]
    for what in compared(ctx):
        cells += _row_cells(ctx, found, what)
    needs = ("scope", "headline", "daily" if ctx.shape.daily else "campaigns")
    return Block(KEY, FIRST_ROW + len(compared(ctx)), CHANGE + 1, tuple(cells), needs=needs)


def compared(ctx: Context) -> tuple[Field | Kpi, ...]:
    """What has a row: the measures that periods have, and the KPIs."""
    return (*period_measures(ctx), *ctx.kpis)


def window_cell(row: int) -> At:
    """The cell with an end of a period."""
    return At(KEY, row, NOW)


def value_cell(ctx: Context, key: str, column: int) -> At:
    """The cell of a measure or KPI in the column `NOW`, `BEFORE` or `CHANGE`."""
    return At(KEY, FIRST_ROW + [what.key for what in compared(ctx)].index(key), column)


def _window_cells(ctx: Context, found: Windows) -> list[Cell]:
    rows = zip(_windows(ctx), (*astuple(found), float(found.comparable)), strict=True)
    cells = []
    for row, ((label, formula), value) in enumerate(rows):
        look = Style(Role.BODY, Format.GENERAL if row == COMPARABLE else Format.DATE)
        cells.append(Cell(row, LABEL, ctx.say(label), Style(Role.LABEL)))
        cells.append(Cell(row, NOW, formula, look, value))
    return cells


def _windows(ctx: Context) -> tuple[tuple[str, Node], ...]:
    begin, end, last, month, first = (window_cell(row) for row in (DATA_FIRST, DATA_LAST, LAST, MONTH, FIRST))
    before_first, before_last = window_cell(BEFORE_FIRST), window_cell(BEFORE_LAST)
    dated, days, month_before = eq(Name("scope_dated"), 1), last - first + 1, call("EDATE", month, -1)
    latest = call("IF", lt(call("DAY", end), LEAST_DAYS), end - call("DAY", end), end)
    until = call("IF", dated, call("MIN", Name("scope_to"), end), latest)
    month_start = call("DATE", call("YEAR", last), call("MONTH", last), 1)
    same_days = call("MAX", month, month + (begin - month_before))
    from_ = call("IF", dated, call("MAX", Name("scope_from"), begin), same_days)
    before_from = call("MAX", begin, call("IF", dated, first - days, month_before))
    same_day = call("MIN", month_before + (last - month), month - 1)
    month_end = call("IF", eq(last + 1, call("EDATE", month, 1)), month - 1, same_day)
    long_enough = ge(days, call("IF", dated, 1, LEAST_DAYS))
    covered = call("AND", long_enough, ge(before_last - before_first + 1, days * LEAST_SHARE))
    return (
        ("Data from", _bound(ctx, "MIN", "Start Date")),
        ("Data to", _bound(ctx, "MAX", "End Date")),
        ("Period to", call("IF", call("OR", eq(begin, ""), eq(end, "")), "", until)),
        ("Month", call("IF", call("OR", eq(last, ""), dated), "", month_start)),
        ("Period from", _if_known(from_)),
        ("Period before from", _if_known(before_from)),
        ("Period before to", _if_known(call("IF", dated, first - 1, month_end))),
        ("Comparable", call("IF", eq(last, ""), 0, call("IF", covered, 1, 0))),
    )


def _if_known(day: Node) -> Node:
    return call("IF", eq(window_cell(LAST), ""), "", day)


def _bound(ctx: Context, function: str, header: str) -> Node:
    column = Column(DAILY, "Date") if ctx.shape.daily else Column(CAMPAIGNS, header)
    return call("IF", eq(call("COUNT", column), 0), "", call("INT", call(function, column)))


def _row_cells(ctx: Context, found: Comparison, what: Field | Kpi) -> list[Cell]:
    row = value_cell(ctx, what.key, LABEL).row
    now, before = found.of(what)
    if isinstance(what, Kpi):
        shown, formulas = kpi_format(what), [_kpi(ctx, what, column) for column in (NOW, BEFORE)]
    else:
        ends = ((FIRST, LAST), (BEFORE_FIRST, BEFORE_LAST))
        shown = summary_format(what)
        formulas = [_sum(ctx, what, window_cell(first), window_cell(last)) for first, last in ends]
    return [
        Cell(row, LABEL, ctx.say(what.header), Style(Role.LABEL)),
        Cell(row, NOW, formulas[0], Style(Role.BODY, shown), now),
        Cell(row, BEFORE, formulas[1], Style(Role.BODY, shown), before),
        Cell(row, CHANGE, _change(ctx, what), Style(Role.BODY, Format.NUMBER), found.change(what)),
    ]


def _sum(ctx: Context, field: Field, first: Node, last: Node) -> Node:
    table = FilteredTable(DAILY if ctx.shape.daily else CAMPAIGNS, flag="Selected")
    date = Column(table.table, "Date" if ctx.shape.daily else "Start Date")
    inside: tuple[Condition, ...] = ((date, ">=" & first), (date, "<=" & last))
    dated = sum_where(table, field.header, *inside)
    found = dated if ctx.shape.daily else call("IF", eq(Name("scope_dated"), 1), dated, flight_sum(field, first, last))
    return call("IF", eq(window_cell(COMPARABLE), 0), "", found)


def _kpi(ctx: Context, kpi: Kpi, column: int) -> Node:
    known = {field.key for field in period_measures(ctx)}
    return kpi_formula(kpi, lambda key: value_cell(ctx, key, column) if key in known else Text(""), typed=False)


def _change(ctx: Context, what: Field | Kpi) -> Node:
    now, before = (value_cell(ctx, what.key, column) for column in (NOW, BEFORE))
    digits = point_digits(what)
    if digits is None:
        change = call("IF", le(before, 0), "", call("ROUND", (now - before) / before * 100, 1))
    else:
        change = call("ROUND", (now - before) * 100, digits)
    return call("IF", call("OR", eq(now, ""), eq(before, "")), "", change)
