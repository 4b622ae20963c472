"""The columns of the campaign table that say what to do with each campaign: the steps, and the action in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.advice import ACTIONS, LAST_TO_DO, Action, Evidence, Reason, judge, relative_gap
from sheetgen.analysis.campaign_goals import Goal
from sheetgen.analysis.serials import Floats
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.tree import Column, Name, Node, Number, Span, Text, ThisRow, call, eq, gt, le, lt, ne
from sheetgen.report.blocks.advice_goals import CODE, CODES
from sheetgen.report.blocks.advice_groups import (
    GOAL,
    GOAL_KPIS,
    GOAL_MEASURE,
    WEAK_BY_CTR,
    WEAK_BY_ROI,
    Peers,
    campaign_kpi,
    ctr_grid,
    goal_measures,
    goal_values,
    peers,
    reference_grid,
    slots,
)
from sheetgen.report.blocks.advice_limits import limit, limits_in_force
from sheetgen.report.blocks.dimension import NUMBER, PLATFORMS, TYPES, Dimension
from sheetgen.report.context import Context
from sheetgen.report.model import TableColumn
from sheetgen.report.ranking import Ranking
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, campaign_facts

ACTION, ADVICE, AT_STAKE = "Action", "Advice", "At Stake"
PLATFORM_SLOT, TYPE_SLOT = "Platform Slot", "Type Slot"
GROUP_MEASURE, COST_GAP, GROUP_CTR, CTR_GAP = "Group Measure", "Cost Gap", "Group CTR", "CTR Gap"
NEEDS = ("limits", "goal_codes", "advice_groups", "advice_rows")
"""The blocks that the columns read."""


@dataclass(frozen=True, eq=False)
class Advice:
    """What pandas says of each campaign: the columns by header, NaN for a blank."""

    columns: dict[str, Floats]

    @property
    def reasons(self) -> Floats:
        """The number of each campaign's `Reason`, NaN outside the filters."""
        return self.columns[ADVICE]

    def actions(self) -> list[Action | None]:
        """The action for each campaign, None outside the filters."""
        return [None if np.isnan(number) else ACTIONS[Reason(int(number))] for number in self.reasons]


@remembered
def advice(ctx: Context) -> Advice:
    """The advice on all campaigns under the filters and thresholds."""
    found, chosen = peers(ctx), ctx.facts["In Filter"].to_numpy(dtype=float) == 1
    places, goal = slots(ctx, PLATFORMS), goal_values(ctx)
    measure, ctr = goal_measures(ctx), campaign_kpi(ctx, "ctr")
    grid = [[values[k] for values in found.references.values()] for k in range(len(found.platforms))]
    average = _looked_up(grid, places, np.where(chosen, goal, 0))
    ctr_grid_values = [[group.value for group in row] for row in found.ctr_by_type]
    ctr_average = _looked_up(ctr_grid_values, places, np.where(chosen, slots(ctx, TYPES), 0))
    columns = {
        PLATFORM_SLOT: places,
        TYPE_SLOT: slots(ctx, TYPES),
        GOAL: goal,
        GOAL_MEASURE: measure,
        GROUP_MEASURE: average,
        COST_GAP: relative_gap(measure, average),
        GROUP_CTR: ctr_average,
        CTR_GAP: relative_gap(ctr, ctr_average),
    }
    reasons = judge(_evidence(ctx, columns, found), limits_in_force(ctx))
    stake = np.where(reasons <= LAST_TO_DO, ctx.facts["Budget"].to_numpy(dtype=float), np.nan)
    return Advice({**columns, ADVICE: reasons, AT_STAKE: stake})


def _looked_up(grid: Sequence[Sequence[float | None]], rows: Floats, columns: Floats) -> Floats:
    """The value at each 1-based row and column of the grid, NaN where there is none."""
    padded = np.full((len(grid) + 1, len(Goal) + 1 + max(len(row) for row in grid)), np.nan)
    for k, row in enumerate(grid, start=1):
        padded[k, 1 : len(row) + 1] = [np.nan if value is None else value for value in row]
    return np.asarray(padded[rows.astype(int), columns.astype(int)], dtype=np.float64)


def _evidence(ctx: Context, columns: dict[str, Floats], found: Peers) -> Evidence:
    facts = ctx.facts

    def numbers(header: str) -> Floats:
        return facts[header].to_numpy(dtype=float)

    by_ctr, _ = found.weakest(by_roi=False)
    by_roi, _ = found.weakest(by_roi=True)
    by_roi = by_ctr if by_roi is None else by_roi
    weak = np.where(columns[GOAL] == Goal.CONVERSION, _or_nan(by_roi), _or_nan(by_ctr))
    return Evidence(
        in_filter=numbers("In Filter"),
        goal=columns[GOAL],
        budget=numbers("Budget"),
        impressions=numbers("Impressions"),
        engagement=numbers("Engagement"),
        clicks=numbers("Clicks"),
        frequency=campaign_kpi(ctx, "frequency"),
        measure=columns[GOAL_MEASURE],
        cost_gap=columns[COST_GAP],
        ctr_gap=columns[CTR_GAP],
        on_weak_platform=numbers(PLATFORMS.number_header) == weak,
    )


def _or_nan(number: float | None) -> float:
    return np.nan if number is None else number


def stakes(found: Advice) -> Ranking:
    """The campaigns that ask for something to be done, largest budget first."""
    values = found.columns[AT_STAKE]
    return Ranking("Action", _cell(AT_STAKE), Column(CAMPAIGNS, AT_STAKE), values, values)


def advice_columns(ctx: Context) -> dict[str, tuple[Node, Floats]]:
    """The hidden columns: header to formula and pandas values."""
    found, formulas = advice(ctx), {**_kpi_formulas(ctx), **_formulas(ctx)}
    values = {**{header: campaign_kpi(ctx, key) for key, header in _filtered_kpis(ctx).items()}, **found.columns}
    order = stakes(found)
    columns = {header: (formula, values[header]) for header, formula in formulas.items()}
    return {**columns, order.header: (order.formula(), order.keys(ctx.live.campaigns))}


def action_column(ctx: Context) -> TableColumn:
    """The visible column with the action in words."""
    words = [ctx.say(ACTIONS[reason].value) for reason in Reason]
    number = _cell(ADVICE)
    values = [None if action is None else ctx.say(action.value) for action in advice(ctx).actions()]
    return TableColumn(
        header=ACTION,
        values=np.array(values, dtype=object),
        style=Style(Role.BODY, Format.TEXT, Align.LEFT),
        formula=call("IF", eq(number, ""), "", call("CHOOSE", number, *words)),
        width=18.0,
        note=ctx.say("What the rules on the Settings tab advise; the Optimization page says why."),
    )


def _cell(header: str) -> ThisRow:
    return ThisRow(CAMPAIGNS, header)


def kpi_cell(ctx: Context, key: str) -> str | None:
    """The campaign column with a KPI under the filters, None where the report lacks the KPI."""
    kpi = ctx.kpi(key)
    if kpi is None:
        return None
    return f"Filtered {kpi.header}" if ctx.shape.daily else kpi.header


def _filtered_kpis(ctx: Context) -> dict[str, str]:
    """Key and header of the KPI columns that the advice adds; the rankings have that of ROI."""
    if not ctx.shape.daily:
        return {}
    keys = ("ctr", "frequency", *(GOAL_KPIS[goal] for goal in Goal if goal is not Goal.CONVERSION))
    return {key: header for key in keys if (header := kpi_cell(ctx, key))}


def _kpi_formulas(ctx: Context) -> dict[str, Node]:
    known = {field.key: campaign_facts(ctx).column(field.header).column for field in ctx.measures}

    def place(key: str) -> Node:
        return _cell(known[key]) if key in known else Text("")

    return {
        header: kpi_formula(kpi, place, typed=False)
        for key, header in _filtered_kpis(ctx).items()
        if (kpi := ctx.kpi(key))
    }


def _kpi(ctx: Context, key: str) -> Node:
    header = kpi_cell(ctx, key)
    return Text("") if header is None else _cell(header)


def _formulas(ctx: Context) -> dict[str, Node]:
    goal, place, average = _cell(GOAL), _cell(PLATFORM_SLOT), _cell(GROUP_MEASURE)
    outside = eq(_cell("In Filter"), 0)
    code = call("INDEX", Span(CODES, 1, CODE, TYPES.size(ctx), CODE), _cell(TYPE_SLOT))
    looked_up = call("INDEX", reference_grid(ctx), place, goal)
    ctr = call("INDEX", ctr_grid(ctx), place, _cell(TYPE_SLOT))
    measures = [_kpi(ctx, GOAL_KPIS[goal]) for goal in Goal]
    return {
        PLATFORM_SLOT: _slot(ctx, PLATFORMS),
        TYPE_SLOT: _slot(ctx, TYPES),
        GOAL: call("IF", eq(_cell(TYPE_SLOT), 0), Goal.CONVERSION, code),
        GOAL_MEASURE: call("IF", outside, "", call("CHOOSE", goal, *measures)),
        GROUP_MEASURE: call("IF", call("OR", outside, eq(place, 0), eq(goal, Goal.CONVERSION)), "", looked_up),
        COST_GAP: _gap(_cell(GOAL_MEASURE), average),
        GROUP_CTR: call("IF", call("OR", outside, eq(place, 0), eq(_cell(TYPE_SLOT), 0)), "", ctr),
        CTR_GAP: _gap(_kpi(ctx, "ctr"), _cell(GROUP_CTR)),
        ADVICE: _advice(ctx),
        AT_STAKE: call("IF", le(_cell(ADVICE), LAST_TO_DO), _measure(ctx, "Budget"), ""),
    }


def _slot(ctx: Context, dimension: Dimension) -> Node:
    listed = Span(dimension.block, 1, NUMBER, dimension.size(ctx), NUMBER)
    return call("IFERROR", call("MATCH", _cell(dimension.number_header), listed, 0), 0)


def _gap(value: Node, average: Node) -> Node:
    return call("IF", call("OR", eq(average, ""), eq(average, 0), eq(value, "")), "", value / average - 1)


def _measure(ctx: Context, header: str) -> ThisRow:
    return _cell(campaign_facts(ctx).column(header).column)


def _advice(ctx: Context) -> Node:
    """The rules of `analysis.advice.judge`, in the same order."""
    goal, measure, gap, budget = _cell(GOAL), _cell(GOAL_MEASURE), _cell(COST_GAP), _measure(ctx, "Budget")
    by_roi = call("AND", eq(goal, Goal.CONVERSION), ne(measure, ""))
    seeks_clicks = gt(goal, Goal.AWARENESS)
    frequency, ctr_gap = _kpi(ctx, "frequency"), _cell(CTR_GAP)
    weak = call(
        "IF", call("AND", eq(goal, Goal.CONVERSION), ne(Name(WEAK_BY_ROI), "")), Name(WEAK_BY_ROI), Name(WEAK_BY_CTR)
    )
    rules: list[tuple[Node, Reason]] = [
        (call("OR", call("NOT", call("ISNUMBER", budget)), le(budget, 0)), Reason.NO_BUDGET),
        (_few(ctx, goal), Reason.FEW_RESULTS),
        (call("AND", by_roi, gt(measure, limit("roi_scale"))), Reason.ROI_HIGH),
        (call("AND", ne(gap, ""), lt(gap, -1 * limit("cost_low"))), Reason.COST_LOW),
        (call("AND", by_roi, lt(measure, limit("roi_stop"))), Reason.ROI_LOW),
        (call("AND", ne(gap, ""), gt(gap, limit("cost_high"))), Reason.COST_HIGH),
        (call("AND", ne(frequency, ""), gt(frequency, limit("max_frequency"))), Reason.FATIGUE),
        (call("AND", seeks_clicks, ne(ctr_gap, ""), lt(ctr_gap, -1 * limit("ctr_margin"))), Reason.CTR_LOW),
        (call("AND", seeks_clicks, eq(_cell(PLATFORMS.number_header), weak)), Reason.WEAK_PLATFORM),
        (eq(measure, ""), Reason.NO_MEASURE),
    ]
    found: Node = Number(Reason.FINE)
    for test, reason in reversed(rules):
        found = call("IF", test, reason, found)
    return call("IF", eq(_cell("In Filter"), 0), "", found)


def _few(ctx: Context, goal: Node) -> Node:
    needed = (("Impressions", "min_impressions"), ("Engagement", "min_clicks"), ("Clicks", "min_clicks"))
    tests = [
        call("AND", eq(goal, number), ne(_measure(ctx, header), ""), lt(_measure(ctx, header), limit(key)))
        for number, (header, key) in zip(Goal, needed, strict=True)
    ]
    return call("OR", *tests)
