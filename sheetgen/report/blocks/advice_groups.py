"""What campaigns are compared with: averages by platform and goal, CTR by platform and type, the weakest platforms.

Platforms and types stand in their order of appearance. An average is the KPI of summed measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.advice import FEWEST_TO_COMPARE, Group, groups, references, weakest
from sheetgen.analysis.campaign_goals import Goal
from sheetgen.analysis.serials import Floats
from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.tree import At, Column, Node, Span, Text, call, eq, ge, lt, node
from sheetgen.kpis import Kpi
from sheetgen.report.blocks.advice_goals import type_goals
from sheetgen.report.blocks.dimension import NUMBER, PLATFORMS, TYPES, Dimension
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.ranking import kpi_values
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Role, Style
from sheetgen.report.sums import ANY_NUMBER, CAMPAIGNS, Condition, campaign_facts, sum_where

KEY = "advice_groups"
GOAL_KPIS = {Goal.AWARENESS: "cpm", Goal.ENGAGEMENT: "cost_per_engagement", Goal.CONVERSION: "roi"}
"""The KPI that campaigns of each goal are judged by."""
COMPARED = (Goal.AWARENESS, Goal.ENGAGEMENT)
"""The goals whose campaigns are judged against an average."""
GOAL, GOAL_MEASURE = "Goal", "Goal Measure"
"""The campaign columns with the number of the goal, and with its KPI under the filters."""
WEAK_BY_ROI, WEAK_BY_CTR = "weak_platform_roi", "weak_platform_ctr"
"""The defined names of the cells with the number of the weakest platform."""
ROW_OF_ALL = 0
LOOK = Style(Role.MUTED)


@dataclass(frozen=True, eq=False)
class Peers:
    """The groups, from pandas; lists hold one entry per listed platform, `ctr_by_type` also per listed type."""

    by_goal: dict[Goal, list[Group]]
    overall: dict[Goal, Group]
    references: dict[Goal, list[float | None]]
    ctr: list[Group]
    ctr_by_type: list[list[Group]]
    platforms: tuple[float | None, ...]

    def weakest(self, *, by_roi: bool) -> tuple[float | None, float | None]:
        """The number of the platform with the lowest ROI of its conversion campaigns, or else CTR, and that KPI."""
        found = self.by_goal[Goal.CONVERSION] if by_roi else self.ctr
        values = [group.value for group in found]
        place = weakest(values)
        return (None, None) if place is None else (self.platforms[place], values[place])


def slots(ctx: Context, dimension: Dimension) -> Floats:
    """The place of each campaign's platform or type in the order of appearance, 0 for one that is not listed."""
    known = [number for number in dimension.listed(ctx).numbers if number is not None]
    rows = ctx.live.campaigns[dimension.number_header].to_numpy(dtype=float)
    found = np.searchsorted(known, rows)
    at = np.minimum(found, len(known) - 1)
    return np.where(np.array(known)[at] == rows, at + 1.0, 0.0)


@remembered
def goal_values(ctx: Context) -> Floats:
    """The number of the goal of each campaign."""
    codes = np.array([Goal.CONVERSION, *(found.goal for found in type_goals(ctx))], dtype=float)
    return np.asarray(codes[slots(ctx, TYPES).astype(int)], dtype=np.float64)


def goal_measures(ctx: Context) -> Floats:
    """The KPI of each campaign's goal, under the filters."""
    goal = goal_values(ctx)
    columns = [campaign_kpi(ctx, key) for key in GOAL_KPIS.values()]
    return np.select([goal == number for number in GOAL_KPIS], columns, np.nan)


def campaign_kpi(ctx: Context, key: str) -> Floats:
    """A KPI of each campaign under the filters, NaN where the report lacks it."""
    kpi = ctx.kpi(key)
    return np.full(len(ctx.facts), np.nan) if kpi is None else kpi_values(kpi, ctx.facts)


@remembered
def peers(ctx: Context) -> Peers:
    """The groups under the filters."""
    facts, goal, measure = ctx.facts, goal_values(ctx), goal_measures(ctx)
    numbers = PLATFORMS.listed(ctx).numbers
    platform = facts[PLATFORMS.number_header].to_numpy(dtype=float)
    by_goal, overall = {}, {}
    for number, key in GOAL_KPIS.items():
        own = np.where(goal == number, platform, np.nan)
        by_goal[number] = groups(facts, ctx.kpi(key), own, numbers, measure)
        overall[number] = groups(facts, ctx.kpi(key), goal, [float(number)], measure)[0]
    ctr, types = ctx.kpi("ctr"), TYPES.listed(ctx).numbers
    campaign_type = facts[TYPES.number_header].to_numpy(dtype=float)
    of_types = [groups(facts, ctr, np.where(campaign_type == k, platform, np.nan), numbers) for k in types]
    return Peers(
        by_goal,
        overall,
        {number: references(by_goal[number], overall[number]) for number in COMPARED},
        groups(facts, ctr, platform, numbers),
        [list(row) for row in zip(*of_types, strict=True)],
        numbers,
    )


@dataclass(frozen=True)
class Places:
    """Where the columns of the block are, for KPIs of `sizes` fields each, in the order of the goals, then CTR."""

    sizes: tuple[int, ...]
    types: int

    def goal(self, goal: Goal) -> int:
        """The first column of a goal: its sums, then its KPI and the number of campaigns that have it."""
        return sum(size + 2 for size in self.sizes[: goal - 1])

    def value(self, goal: Goal) -> int:
        """The column of a goal's KPI."""
        return self.goal(goal) + self.sizes[goal - 1]

    def reference(self, goal: Goal) -> int:
        """The column with what campaigns of a goal are compared with."""
        return self.goal(Goal.CONVERSION) + self.sizes[2] + 2 + goal - 1

    @property
    def ctr(self) -> int:
        """The first column of the platforms' CTR: its sums, then the KPI."""
        return self.reference(COMPARED[-1]) + 1

    @property
    def ctr_value(self) -> int:
        """The column of the platforms' CTR."""
        return self.ctr + self.sizes[3]

    def by_type(self, part: int) -> int:
        """The first column of the grid of a sum of CTR by type, or after the sums of CTR itself."""
        return self.ctr_value + 1 + part * self.types

    @property
    def width(self) -> int:
        """Columns in use."""
        return self.by_type(self.sizes[3] + 1)


def places(ctx: Context) -> Places:
    """The columns of the block in this report."""
    kpis = [ctx.kpi(key) for key in (*GOAL_KPIS.values(), "ctr")]
    return Places(tuple(len(_headers(ctx, kpi)) for kpi in kpis), TYPES.size(ctx))


def _headers(ctx: Context, kpi: Kpi | None) -> list[str]:
    """The headers of the measures that a KPI is made of and the report has."""
    taken = [] if kpi is None else [FIELDS_BY_KEY[key] for key in kpi.fields]
    return [field.header for field in taken if field in ctx.measures]


def ctr_grid(ctx: Context) -> Span:
    """CTR by platform (rows) and type (columns)."""
    at = places(ctx)
    first = at.by_type(at.sizes[3])
    return Span(KEY, 1, first, PLATFORMS.size(ctx), first + at.types - 1)


def reference_grid(ctx: Context) -> Span:
    """What campaigns are compared with, by platform (rows) and goal (columns)."""
    at = places(ctx)
    return Span(KEY, 1, at.reference(COMPARED[0]), PLATFORMS.size(ctx), at.reference(COMPARED[-1]))


def advice_groups(ctx: Context) -> Block:
    """First row: all platforms, and the weakest of them; then a row for each platform."""
    found, at = peers(ctx), places(ctx)
    cells = [cell for goal in Goal for cell in _goal_column(ctx, at, goal, found)]
    for goal in COMPARED:
        cells += _reference_cells(at, goal, found)
    for k, group in enumerate(found.ctr):
        cells += _kpi_cells(ctx, "ctr", k + 1, [at.ctr + i for i in range(at.sizes[3] + 1)], group, _of(PLATFORMS, k))
        for t, cell_group in enumerate(found.ctr_by_type[k]):
            columns = [at.by_type(part) + t for part in range(at.sizes[3] + 1)]
            cells += _kpi_cells(ctx, "ctr", k + 1, columns, cell_group, _of(PLATFORMS, k), _of(TYPES, t))
    row = PLATFORMS.size(ctx) + 1
    names: dict[str, tuple[int, int]] = {}
    for i, (key, by_roi, column) in enumerate((("roi", True, at.value(Goal.CONVERSION)), ("ctr", False, at.ctr_value))):
        number, value = found.weakest(by_roi=by_roi)
        values, numbers = Span(KEY, 1, column, row - 1, column), Span("platforms", 1, NUMBER, row - 1, NUMBER)
        cells += [Cell(row + i, 0, _weakest(values, numbers), LOOK, number)]
        cells += [Cell(row + i, 1, _weakest(values, values), LOOK, value)]
        names |= {f"weak_platform_{key}": (row + i, 0), f"weak_{key}": (row + i, 1)}
    return Block(KEY, row + 2, at.width, tuple(cells), names=names, needs=("campaigns", "platforms", "types"))


def _of(dimension: Dimension, k: int) -> Condition:
    """What selects the campaigns of the k-th platform or type in order of appearance."""
    return dimension.numbers, At(dimension.block, k + 1, NUMBER)


def _kpi_cells(ctx: Context, key: str, row: int, columns: Sequence[int], group: Group, *where: Condition) -> list[Cell]:
    """The sums of a KPI's measures in the group that the conditions select, then the KPI, in the given columns."""
    kpi = ctx.kpi(key)
    sums = dict(zip(_headers(ctx, kpi), columns, strict=False))
    listed = [eq(wanted, "") for _, wanted in where if isinstance(wanted, At)]
    cells = []
    for header, column in sums.items():
        total = sum_where(campaign_facts(ctx), header, *where)
        for blank in listed:
            total = call("IF", blank, "", total)
        cells.append(Cell(row, column, total, LOOK, group.sums[header]))

    def place(field: str) -> Node:
        header = FIELDS_BY_KEY[field].header
        return At(KEY, row, sums[header]) if header in sums else Text("")

    content = None if kpi is None else kpi_formula(kpi, place, typed=False)
    return [*cells, Cell(row, columns[-1], content, LOOK, group.value)]


def _goal_column(ctx: Context, at: Places, goal: Goal, found: Peers) -> list[Cell]:
    """The goal's sums, KPI and count: for all platforms, then for each."""
    of_goal: Condition = (Column(CAMPAIGNS, GOAL), node(goal))
    columns = range(at.goal(goal), at.value(goal) + 1)
    cells = []
    for row, group in enumerate([found.overall[goal], *found.by_goal[goal]]):
        where = (of_goal,) if row == ROW_OF_ALL else (of_goal, _of(PLATFORMS, row - 1))
        cells += _kpi_cells(ctx, GOAL_KPIS[goal], row, columns, group, *where)
        criteria = [operand for condition in where for operand in condition]
        count = call("COUNTIFS", Column(CAMPAIGNS, GOAL_MEASURE), ANY_NUMBER, *criteria)
        cells.append(Cell(row, columns[-1] + 1, count, LOOK, group.count))
    return cells


def _reference_cells(at: Places, goal: Goal, found: Peers) -> list[Cell]:
    value = at.value(goal)
    general = At(KEY, ROW_OF_ALL, value + 1), At(KEY, ROW_OF_ALL, value)
    otherwise = call("IF", ge(general[0], FEWEST_TO_COMPARE), general[1], "")
    cells = []
    for k, expected in enumerate(found.references[goal]):
        count, own = At(KEY, k + 1, value + 1), At(KEY, k + 1, value)
        formula = call("IF", ge(count, FEWEST_TO_COMPARE), own, otherwise)
        cells.append(Cell(k + 1, at.reference(goal), formula, LOOK, expected))
    return cells


def _weakest(values: Span, wanted: Span) -> Node:
    place = call("MATCH", call("MIN", values), values, 0)
    return call("IF", lt(call("COUNT", values), FEWEST_TO_COMPARE), "", call("INDEX", wanted, place))
