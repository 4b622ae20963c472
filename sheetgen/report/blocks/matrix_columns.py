"""The quadrant of each campaign: columns of the campaign table, and the lines between the quadrants.

Only campaigns that are judged by ROI, and have one, are in the matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.campaign_goals import Goal
from sheetgen.analysis.groups import Numbers, kpi_value, totals
from sheetgen.analysis.matrix import ALIKE, Quadrant, quadrant_keys, quadrants
from sheetgen.analysis.serials import Floats
from sheetgen.fields import BUDGET, FIELDS_BY_KEY, REVENUE
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.tree import At, Column, Name, Node, Number, Text, ThisRow, call, eq, ge, gt, ne
from sheetgen.inputs import MATRIX_ROI
from sheetgen.kpis import Kpi
from sheetgen.report.blocks.advice_columns import kpi_cell
from sheetgen.report.blocks.advice_groups import GOAL, campaign_kpi, goal_values
from sheetgen.report.blocks.top import ranking_named
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Role, Style
from sheetgen.report.sums import CAMPAIGNS, Condition, campaign_facts, sum_where
from sheetgen.values import Value

KEY = "matrix_lines"
IN_MATRIX, QUADRANT, RANK = "In Matrix", "Quadrant", "Rank Quadrant"
COUNT, BUDGET_LINE, ROI_LINE, SPAN = "matrix_count", "matrix_budget_line", "matrix_roi_line", "matrix_span"
"""The defined names of the campaigns in the matrix, of the lines, and of the step between quadrants' keys."""
MEMBER: Condition = (Column(CAMPAIGNS, IN_MATRIX), Number(1))


@dataclass(frozen=True, eq=False)
class Matrix:
    """The matrix from pandas: per campaign 1 or 0, the quadrant and the key of its rank; the lines, None if unknown."""

    member: Floats
    quadrant: Floats
    keys: Floats
    span: float
    sums: Numbers
    overall: float | None
    budget_line: float | None
    roi_line: float | None

    @property
    def count(self) -> int:
        """How many campaigns are in the matrix."""
        return int(self.member.sum())


def is_available(ctx: Context) -> bool:
    """Whether the report has the KPI that the matrix needs, made of budget and revenue."""
    kpi = ctx.kpi("roi")
    return kpi is not None and {BUDGET.key, REVENUE.key} <= set(kpi.fields)


@remembered
def found_matrix(ctx: Context) -> Matrix:
    """The matrix under the filters, goals and the line that the reader set."""
    kpi = _roi(ctx)
    roi, budget = campaign_kpi(ctx, kpi.key), ctx.facts[BUDGET.header].to_numpy(dtype=float)
    member = np.asarray((goal_values(ctx) == Goal.CONVERSION) & ~np.isnan(roi) & (budget > 0), dtype=np.float64)
    sums = totals(ctx.facts[member == 1])
    count, whole, given = int(member.sum()), sums[BUDGET.header], ctx.inputs.number(MATRIX_ROI)
    overall = kpi_value(kpi, sums)
    budget_line = None if whole is None else whole / count
    roi_line = overall if given is None else given
    inside = np.where(member == 1, budget, np.nan)
    found = quadrants(inside, roi, _or_nan(budget_line), _or_nan(roi_line))
    order = ranking_named(ctx, BUDGET.header)
    keys = np.full(len(member), np.nan) if order is None else order.keys(ctx.live.campaigns)
    ranks, span = quadrant_keys(found, keys)
    return Matrix(member, found, ranks, span, sums, overall, budget_line, roi_line)


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def _roi(ctx: Context) -> Kpi:
    kpi = ctx.kpi("roi")
    if kpi is None:
        raise ValueError("the report has no KPI roi")
    return kpi


def matrix_columns(ctx: Context) -> dict[str, tuple[Node, Floats]]:
    """The hidden columns: header to formula and pandas values; none without the KPI."""
    if not is_available(ctx):
        return {}
    found = found_matrix(ctx)
    budget = _cell(campaign_facts(ctx).column(BUDGET.header).column)
    roi, quadrant = _cell(str(kpi_cell(ctx, "roi"))), _cell(QUADRANT)
    spent = call("ISNUMBER", budget)
    judged = call("AND", eq(_cell("In Filter"), 1), eq(_cell(GOAL), Goal.CONVERSION), ne(roi, ""), spent)
    is_large = ge(budget * (1 + ALIKE), Name(BUDGET_LINE))
    above = call("IF", is_large, Quadrant.STARS, Quadrant.SCALE)
    below = call("IF", is_large, Quadrant.FIX, Quadrant.STOP)
    placed = call("IF", ge(roi + ALIKE, Name(ROI_LINE)), above, below)
    key = _cell(f"Rank {BUDGET.header}") - (quadrant - 1) * Name(SPAN)
    return {
        IN_MATRIX: (call("IF", judged, call("IF", gt(budget, 0), 1, 0), 0), found.member),
        QUADRANT: (call("IF", eq(_cell(IN_MATRIX), 0), "", placed), found.quadrant),
        RANK: (call("IF", eq(quadrant, ""), "", key), found.keys),
    }


def _cell(header: str) -> ThisRow:
    return ThisRow(CAMPAIGNS, header)


def matrix_lines(ctx: Context) -> Block:
    """A named cell for each line, and above them the sums that ROI is made of."""
    if not is_available(ctx):
        return Block(KEY, 0, 0)
    found, kpi, facts = found_matrix(ctx), _roi(ctx), campaign_facts(ctx)
    fields = dict.fromkeys((BUDGET, REVENUE, *(FIELDS_BY_KEY[key] for key in kpi.fields)))
    headers = [field.header for field in fields if field in ctx.measures]
    where = {header: At(KEY, row, 1) for row, header in enumerate(headers)}

    def place(key: str) -> Node:
        return where.get(FIELDS_BY_KEY[key].header, Text(""))

    first = len(headers)
    count, overall = At(KEY, first, 1), At(KEY, first + 1, 1)
    keys = Column(CAMPAIGNS, f"Rank {BUDGET.header}")
    average = call("IF", eq(count, 0), "", where[BUDGET.header] / count)
    line = call("IF", call("ISNUMBER", Name(MATRIX_ROI)), Name(MATRIX_ROI), overall)
    rows: tuple[tuple[str, Node, Value], ...] = (
        *((header, sum_where(facts, header, MEMBER), found.sums[header]) for header in headers),
        (COUNT, call("SUM", Column(CAMPAIGNS, IN_MATRIX)), float(found.count)),
        ("ROI", kpi_formula(kpi, place, typed=False), found.overall),
        (BUDGET_LINE, average, found.budget_line),
        (ROI_LINE, line, found.roi_line),
        (SPAN, 2 * call("MAX", keys), found.span),
    )
    cells = [Cell(row, 0, label, Style(Role.LABEL)) for row, (label, _, _) in enumerate(rows)]
    cells += [Cell(row, 1, formula, Style(Role.MUTED), value) for row, (_, formula, value) in enumerate(rows)]
    names = {label: (row, 1) for row, (label, _, _) in enumerate(rows) if label.startswith("matrix_")}
    return Block(KEY, len(rows), 2, tuple(cells), names=names, needs=("campaigns", "matrix"))
