"""Each campaign type against all campaigns by the KPI of its goal, and its shares of the totals, on the helper tab."""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.campaign_goals import Goal
from sheetgen.analysis.groups import sums_by, with_kpis
from sheetgen.analysis.split import apart
from sheetgen.fields import BUDGET, CONVERSIONS, REVENUE
from sheetgen.formula.tree import At, Name, Node, Span, call, eq, gt
from sheetgen.kpis import Kpi
from sheetgen.report.blocks.advice_goals import CODE, CODES, type_goals
from sheetgen.report.blocks.dimension import NUMBER, TYPES
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import kpi_column, measure_column, table_row
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Format, Role, Style

KEY = "type_scores"
MOST_TYPES = 8
GOAL, SIGN, VALUE, WHOLE, APART, FIRST_SHARE = range(6)
SHARES = (BUDGET, CONVERSIONS, REVENUE)
JUDGES = {Goal.AWARENESS: "cpm", Goal.ENGAGEMENT: "cost_per_engagement", Goal.CONVERSION: "roi"}


@dataclass(frozen=True)
class TypeScore:
    """A campaign type as pandas scores it; all blank where the list has no such type."""

    label: str | None
    goal: Goal | None
    kpi: Kpi | None
    sums: dict[str, float | None]
    whole: float | None

    @property
    def value(self) -> float | None:
        """The KPI of its goal."""
        return None if self.kpi is None else self.sums[self.kpi.key]

    @property
    def sign(self) -> float | None:
        """-1 where less is better, as for a cost."""
        return None if self.kpi is None else _sign(self.kpi)

    @property
    def apart(self) -> float | None:
        """How far the KPI is from that of all campaigns."""
        return None if self.kpi is None else apart(self.value, self.whole, is_cost=_sign(self.kpi) < 0)


def judges(ctx: Context) -> tuple[Kpi, ...]:
    """The KPI that judges each goal, in the goals' order; a report without one of them judges by its first KPI."""
    return tuple(ctx.kpi(JUDGES[goal]) or ctx.kpis[0] for goal in Goal) if ctx.kpis else ()


def type_count(ctx: Context) -> int:
    """How many types are scored: those with the largest budgets."""
    return min(TYPES.size(ctx), MOST_TYPES)


def type_scores_values(ctx: Context) -> list[TypeScore]:
    """The types, largest budget first."""
    listed, count = TYPES.listed(ctx), type_count(ctx)
    goals = dict(zip(listed.numbers, type_goals(ctx), strict=True))
    sums = sums_by(ctx.facts, TYPES.number_header, listed.ordered[:count])
    return [_score(ctx, listed.labels[k], goals[listed.ordered[k]].goal, sums[k]) for k in range(count)]


def _score(ctx: Context, label: str | None, goal: Goal, sums: dict[str, float | None]) -> TypeScore:
    known = with_kpis(sums, ctx.kpis)
    if label is None or not ctx.kpis:
        return TypeScore(label, None, None, known, None)
    kpi = judges(ctx)[list(Goal).index(goal)]
    return TypeScore(label, goal, kpi, known, ctx.totals[kpi.key])


def _sign(kpi: Kpi) -> float:
    return -1.0 if kpi.better == "lower" else 1.0


def type_scores(ctx: Context) -> Block:
    """For each type its goal, the goal's KPI for it and for all campaigns, and its shares of the totals."""
    cells = [cell for k, score in enumerate(type_scores_values(ctx)) for cell in _cells(ctx, k, score)]
    needs = ("types", "by_type", "headline", CODES)
    return Block(KEY, type_count(ctx), FIRST_SHARE + len(SHARES), tuple(cells), needs=needs)


def _cells(ctx: Context, k: int, score: TypeScore) -> list[Cell]:
    return [*(_score_cells(ctx, k, score) if ctx.kpis else ()), *_share_cells(ctx, k, score)]


def _score_cells(ctx: Context, k: int, score: TypeScore) -> list[Cell]:
    kpis = judges(ctx)
    goal, sign, value, whole = (At(KEY, k, column) for column in (GOAL, SIGN, VALUE, WHOLE))
    mine = (At("by_type", table_row(k), kpi_column(ctx, kpi.key)) for kpi in kpis)
    look, muted = Style(Role.BODY, Format.NUMBER), Style(Role.MUTED)
    is_unknown = call("OR", eq(value, ""), eq(whole, ""))
    share = call("IF", eq(whole, 0), "", value / whole - 1)
    gap = call("IF", is_unknown, "", call("IF", gt(0, sign), share, value - whole))
    number = None if score.goal is None else list(Goal).index(score.goal) + 1.0
    return [
        Cell(k, GOAL, _goal(ctx, k), muted, number),
        Cell(k, SIGN, _chosen(goal, *(_sign(kpi) for kpi in kpis)), muted, score.sign),
        Cell(k, VALUE, _chosen(goal, *mine), look, score.value),
        Cell(k, WHOLE, _chosen(goal, *(Name(f"kpi_{kpi.key}") for kpi in kpis)), look, score.whole),
        Cell(k, APART, gap, Style(Role.BODY, Format.PERCENT), score.apart),
    ]


def _goal(ctx: Context, k: int) -> Node:
    """The goal's number, from the list of types in their order of appearance."""
    last = TYPES.size(ctx)
    place = call("MATCH", TYPES.number(k), Span(TYPES.block, 1, NUMBER, last, NUMBER), 0)
    return call("IF", eq(TYPES.number(k), ""), "", call("INDEX", Span(CODES, 1, CODE, last, CODE), place))


def _chosen(goal: Node, *options: Node | float) -> Node:
    return call("IF", eq(goal, ""), "", call("CHOOSE", goal, *options))


def _share_cells(ctx: Context, k: int, score: TypeScore) -> list[Cell]:
    cells = []
    for i, field in enumerate(SHARES):
        part, total = At("by_type", table_row(k), measure_column(field.header)), Name(f"total_{field.key}")
        share = call("IF", call("OR", eq(part, ""), eq(total, 0)), "", part / total)
        known, whole = score.sums[field.header], ctx.totals[field.header]
        value = known / whole if known is not None and whole else None
        cells.append(Cell(k, FIRST_SHARE + i, share, Style(Role.BODY, Format.PERCENT), value))
    return cells
