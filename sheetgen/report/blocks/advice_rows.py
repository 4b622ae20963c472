"""The campaigns that ask for action first, on the helper tab: their rows, and what the sentences on them say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.groups import blank
from sheetgen.analysis.ranking import best_rows
from sheetgen.fields import BUDGET, CAMPAIGN_TYPE, PLATFORM, REACH, REVENUE
from sheetgen.formula.tree import At, Column, Node, Text, call, eq
from sheetgen.report.blocks.advice_columns import (
    ADVICE,
    COST_GAP,
    CTR_GAP,
    GROUP_CTR,
    GROUP_MEASURE,
    Advice,
    advice,
    kpi_cell,
    stakes,
)
from sheetgen.report.blocks.advice_groups import GOAL, GOAL_MEASURE, campaign_kpi
from sheetgen.report.blocks.top import campaign_label, campaign_label_value, of_campaign
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Role, Style
from sheetgen.report.sums import CAMPAIGNS, campaign_facts
from sheetgen.values import Value

KEY = "advice_rows"
MOST_SHOWN = 10
ROW, NAME = "Row", "Campaign"
CTR, FREQUENCY = "CTR", "Frequency"
ADVISED = (ADVICE, GOAL, GOAL_MEASURE, GROUP_MEASURE, COST_GAP, GROUP_CTR, CTR_GAP)
MEASURED = (BUDGET, REVENUE, REACH)
LABELLED = (PLATFORM, CAMPAIGN_TYPE)
FACTS = (
    ROW,
    NAME,
    *ADVISED,
    CTR,
    FREQUENCY,
    *(field.header for field in MEASURED),
    *(field.header for field in LABELLED),
)
"""The columns of the block."""


@dataclass(frozen=True, eq=False)
class ActionRow:
    """The k-th campaign that asks for action: each fact's value as pandas knows it, all None past the last campaign."""

    k: int
    values: Mapping[str, Value]

    def cell(self, fact: str) -> At:
        """The cell with a fact."""
        return At(KEY, self.k, FACTS.index(fact))

    def number(self, fact: str) -> float | None:
        """A fact that is a number."""
        value = self.values[fact]
        return value if isinstance(value, float) else None

    def text(self, fact: str) -> str | None:
        """A fact that is a text."""
        value = self.values[fact]
        return value if isinstance(value, str) else None


@remembered
def action_rows(ctx: Context) -> list[ActionRow]:
    """The first campaigns, largest budget first."""
    found = advice(ctx)
    rows = best_rows(stakes(found).keys(ctx.live.campaigns), min(MOST_SHOWN, ctx.shape.campaigns))
    numbers = _numbers(ctx, found)
    return [ActionRow(k, _values(ctx, row, numbers)) for k, row in enumerate(rows)]


def _numbers(ctx: Context, found: Advice) -> dict[str, np.ndarray]:
    """The facts that are numbers, for all campaigns."""
    numbers = {header: found.columns[header] for header in ADVISED}
    numbers |= {CTR: campaign_kpi(ctx, "ctr"), FREQUENCY: campaign_kpi(ctx, "frequency")}
    return numbers | {field.header: ctx.facts[field.header].to_numpy(dtype=float) for field in MEASURED}


def _values(ctx: Context, row: float | None, numbers: Mapping[str, np.ndarray]) -> dict[str, Value]:
    if row is None:
        return dict.fromkeys(FACTS)
    at = int(row) - 1
    texts = {field.header: ctx.live.campaigns[field.header].iloc[at] for field in LABELLED}
    return {
        ROW: row,
        NAME: campaign_label_value(ctx, row),
        **{fact: blank(values[at]) for fact, values in numbers.items()},
        **{fact: text if isinstance(text, str) else ctx.unset for fact, text in texts.items()},
    }


def advice_rows(ctx: Context) -> Block:
    """One row per campaign, its facts in the order of `FACTS`; below, the step between ties."""
    order = stakes(advice(ctx))
    look = Style(Role.MUTED)
    cells, rows = [], action_rows(ctx)
    for row in rows:
        formulas = {ROW: order.row_of(row.k), **_formulas(ctx, row.cell(ROW))}
        cells += [Cell(row.k, i, formulas[fact], look, row.values[fact]) for i, fact in enumerate(FACTS)]
    cells.append(Cell(len(rows), 0, order.step_formula(), look, order.step))
    return Block(
        KEY, len(rows) + 1, len(FACTS), tuple(cells), names={order.step_name: (len(rows), 0)}, needs=("campaigns",)
    )


def _formulas(ctx: Context, row: Node) -> dict[str, Node]:
    formulas = {NAME: campaign_label(row), **{header: of_campaign(row, header) for header in ADVISED}}
    for fact, key in ((CTR, "ctr"), (FREQUENCY, "frequency")):
        header = kpi_cell(ctx, key)
        formulas[fact] = Text("") if header is None else of_campaign(row, header)
    for field in MEASURED:
        formulas[field.header] = of_campaign(row, campaign_facts(ctx).column(field.header).column)
    for field in LABELLED:
        label = call("INDEX", Column(CAMPAIGNS, field.header), row)
        named = call("IF", call("ISTEXT", label), label, ctx.unset)
        formulas[field.header] = call("IF", eq(row, ""), "", named)
    return formulas
