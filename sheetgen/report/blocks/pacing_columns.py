"""The pacing of each campaign: columns of the campaign table, and the day up to which money is spent."""

from __future__ import annotations

import numpy as np

from sheetgen.analysis.pacing import Pacing, pace
from sheetgen.analysis.serials import Floats
from sheetgen.fields import PLANNED_BUDGET
from sheetgen.formula.tree import Column, Name, Node, ThisRow, call, eq, ge, gt
from sheetgen.inputs import PACING_DATE
from sheetgen.report.blocks.advice_goals import has_setting
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.ranking import Ranking
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY

KEY = "pacing_day"
TODAY = "pacing_today"
"""The defined name of the day in force."""
PLAN, ELAPSED, DUE, PROJECTED, GAP, AWAY = "Plan", "Elapsed", "Due", "Projected", "Pacing Gap", "Off Pace"
PER_DAY = "planned_per_day"


def is_available(ctx: Context) -> bool:
    """Whether the data say what was planned."""
    return PLANNED_BUDGET.header in ctx.data.campaigns


def today(ctx: Context) -> float | None:
    """The day up to which money is spent: what the reader typed, or else the last day of the data."""
    given = ctx.inputs.number(PACING_DATE)
    if given is not None:
        return given
    days = ctx.live.campaigns["End Date"] if ctx.live.daily is None else ctx.live.daily["Date"]
    return None if days.isna().all() else float(days.max())


@remembered
def pacing_values(ctx: Context) -> Pacing:
    """The pacing of the campaigns that the filters select."""
    rows = ctx.live.campaigns
    chosen, day = rows["In Filter"].to_numpy(dtype=float) == 1, today(ctx)
    planned, spent, start, end = (
        rows[header].to_numpy(dtype=float) for header in (PLANNED_BUDGET.header, "Budget", "Start Date", "End Date")
    )
    return pace(
        np.where(chosen & (day is not None), planned, np.nan),
        spent,
        start,
        end,
        0.0 if day is None else day,
        per_day=has_setting(ctx, PER_DAY) and ctx.inputs.number(f"set_{PER_DAY}") == 1,
    )


def off_pace(found: Pacing) -> Ranking:
    """The campaigns furthest from their plan first."""
    values = np.abs(found.gap)
    return Ranking("Pacing", _cell(AWAY), Column(CAMPAIGNS, AWAY), values, values)


def pacing_columns(ctx: Context) -> dict[str, tuple[Node, Floats]]:
    """The hidden columns: header to formula and pandas values; none without plans."""
    if not is_available(ctx):
        return {}
    found = pacing_values(ctx)
    order, gap, elapsed = off_pace(found), _cell(GAP), _cell(ELAPSED)
    spent = _cell("Budget")
    reached = call("MAX", 0, call("MIN", 1, (Name(TODAY) - _cell("Start Date") + 1) / _days()))
    return {
        PLAN: (_plan(ctx), found.plan),
        ELAPSED: (call("IF", eq(_cell(PLAN), ""), "", reached), found.elapsed),
        DUE: (call("IF", eq(_cell(PLAN), ""), "", _cell(PLAN) * elapsed), found.due),
        PROJECTED: (call("IF", eq(elapsed, ""), "", call("IF", gt(elapsed, 0), spent / elapsed, "")), found.projected),
        GAP: (call("IF", eq(_cell(PROJECTED), ""), "", _cell(PROJECTED) - _cell(PLAN)), found.gap),
        AWAY: (call("IF", eq(gap, ""), "", call("ABS", gap)), order.values),
        order.header: (order.formula(), order.keys(ctx.live.campaigns)),
    }


def _cell(header: str) -> ThisRow:
    return ThisRow(CAMPAIGNS, header)


def _days() -> Node:
    return _cell("End Date") - _cell("Start Date") + 1


def _plan(ctx: Context) -> Node:
    planned, start, end = _cell(PLANNED_BUDGET.header), _cell("Start Date"), _cell("End Date")
    known = [call("ISNUMBER", cell) for cell in (planned, _cell("Budget"), start, end, Name(TODAY))]
    usable = call("AND", eq(_cell("In Filter"), 1), *known, gt(planned, 0), ge(end, start))
    whole: Node = planned
    if has_setting(ctx, PER_DAY):
        whole = call("IF", eq(Name(f"set_{PER_DAY}"), 1), planned * _days(), planned)
    return call("IF", usable, whole, "")


def pacing_day(ctx: Context) -> Block:
    """The day in force, and the step between ties of the ranking."""
    if not is_available(ctx):
        return Block(KEY, 0, 0)
    column = Column(CAMPAIGNS, "End Date") if ctx.live.daily is None else Column(DAILY, "Date")
    last = call("IF", eq(call("COUNT", column), 0), "", call("MAX", column))
    order = off_pace(pacing_values(ctx))
    given = call("IF", call("ISNUMBER", Name(PACING_DATE)), Name(PACING_DATE), last)
    cells = (
        Cell(0, 0, given, Style(Role.MUTED, Format.DATE), today(ctx)),
        Cell(1, 0, order.step_formula(), Style(Role.MUTED), order.step),
    )
    names = {TODAY: (0, 0), order.step_name: (1, 0)}
    needs = ("pacing", "campaigns") if ctx.live.daily is None else ("pacing", "campaigns", "daily")
    return Block(KEY, 2, 1, cells, names=names, needs=needs)
