"""Which campaigns come first: by budget, revenue and ROI, and by the metric that the reader picks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheetgen.analysis.ranking import FINEST, rank_keys, tie_step
from sheetgen.analysis.serials import Floats
from sheetgen.fields import BUDGET, FIELDS_BY_KEY, REVENUE, Field
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.to_pandas import evaluate
from sheetgen.formula.tree import Column, Name, Node, Text, ThisRow, call, eq
from sheetgen.inputs import PICK
from sheetgen.kpis import Kpi
from sheetgen.report.context import Context
from sheetgen.report.formats import field_format, kpi_format
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Format
from sheetgen.report.sums import CAMPAIGNS, campaign_facts


@dataclass(frozen=True)
class Metric:
    """Something campaigns can be ranked by: a measure or a KPI; `sign` is -1 where less is better."""

    key: str
    label: str
    format: Format
    sign: float
    what: Field | Kpi


@dataclass(frozen=True, eq=False)
class Ranking:
    """An order of the campaigns in the filters: their values, and their keys, which never tie.

    `cell` is the value in a formula's own row and `column` the values' column; `scale` are the pandas
    values of that column, from which the step between ties is taken.
    """

    name: str
    cell: Node
    column: Column
    values: Floats
    scale: Floats
    sign: float = 1.0

    @property
    def header(self) -> str:
        """The campaign column that holds the keys."""
        return f"Rank {self.name}"

    @property
    def step_name(self) -> str:
        """The defined name of the cell with the step between ties."""
        return f"rank_step_{self.name.lower()}"

    @property
    def step(self) -> float:
        """The step between ties."""
        return tie_step(self.scale)

    def step_formula(self) -> Node:
        """The step between ties, of all the values of the column."""
        scale = call("MAX", call("MAX", self.column), -1 * call("MIN", self.column), FINEST)
        return scale * FINEST / call("MAX", 1, call("COUNT", self.column))

    def row_of(self, k: int, *, smallest: bool = False) -> Node:
        """The row of the campaign at place k, from 0; blank past the last."""
        keys = Column(CAMPAIGNS, self.header)
        key = call("SMALL" if smallest else "LARGE", keys, k + 1)
        # A table with fewer campaigns has no such key; to count them first would be one more pass over all.
        return call("IFERROR", call("MATCH", key, keys, 0), "")

    def keys(self, campaigns: pd.DataFrame) -> Floats:
        """The keys as pandas computes them, NaN for campaigns that are not ranked."""
        return rank_keys(self.values, campaigns["Row No"].to_numpy(dtype=float), self.step, self.sign)

    def formula(self) -> Node:
        """The keys' column formula."""
        unranked = call("OR", eq(ThisRow(CAMPAIGNS, "In Filter"), 0), call("NOT", call("ISNUMBER", self.cell)))
        signed = self.cell * Name("pick_sign") if self.name == "Pick" else self.cell
        return call("IF", unranked, "", signed - ThisRow(CAMPAIGNS, "Row No") * Name(self.step_name))


def metrics(ctx: Context) -> tuple[Metric, ...]:
    """What the reader can pick: every measure and every KPI."""
    measured = (Metric(field.key, ctx.say(field.header), field_format(field), 1.0, field) for field in ctx.measures)
    computed = (
        Metric(kpi.key, ctx.say(kpi.header), kpi_format(kpi), -1.0 if kpi.better == "lower" else 1.0, kpi)
        for kpi in ctx.kpis
    )
    return (*measured, *computed)


def picked(ctx: Context) -> Metric | None:
    """The metric that the reader picked, None where the cell holds no metric's name."""
    choice = ctx.inputs.text(PICK).casefold()
    return next((metric for metric in metrics(ctx) if metric.label.casefold() == choice), None)


@remembered
def rankings(ctx: Context) -> tuple[Ranking, ...]:
    """Budget, revenue, ROI and the picked metric."""
    roi = ctx.kpi("roi")
    pick, rows = picked(ctx), ctx.live.campaigns
    found = [_by_measure(ctx, field) for field in (BUDGET, REVENUE)]
    if roi is not None:
        header = "Filtered ROI" if ctx.shape.daily else roi.header
        values = kpi_values(roi, ctx.facts)
        scale = values if ctx.shape.daily else kpi_values(roi, rows)
        found.append(Ranking("ROI", ThisRow(CAMPAIGNS, header), Column(CAMPAIGNS, header), values, scale))
    values = pick_values(ctx)
    shown = np.where(rows["In Filter"] == 1, values, np.nan)
    sign = 1.0 if pick is None else pick.sign
    found.append(Ranking("Pick", ThisRow(CAMPAIGNS, "Pick"), Column(CAMPAIGNS, "Pick"), shown, values, sign))
    return tuple(found)


def _by_measure(ctx: Context, field: Field) -> Ranking:
    column = campaign_facts(ctx).column(field.header)
    values = ctx.facts[field.header].to_numpy(dtype=float)
    scale = ctx.live.campaigns[column.column].to_numpy(dtype=float)
    return Ranking(field.header, ThisRow(CAMPAIGNS, column.column), column, values, scale)


def kpi_values(kpi: Kpi, rows: pd.DataFrame) -> Floats:
    """A KPI of each row of a table; blank where the table lacks a field it needs."""
    present = {key: FIELDS_BY_KEY[key].header for key in kpi.fields if FIELDS_BY_KEY[key].header in rows}
    values = evaluate(kpi.expr, {key: rows[header].to_numpy(dtype=float) for key, header in present.items()})
    return np.array(np.broadcast_to(values, len(rows)), dtype=np.float64)


def pick_values(ctx: Context) -> Floats:
    """The picked metric of every campaign, blank without a pick."""
    pick = picked(ctx)
    rows = ctx.facts if ctx.shape.daily else ctx.live.campaigns
    if pick is None:
        return np.full(len(rows), np.nan)
    return rows[pick.what.header].to_numpy(dtype=float) if isinstance(pick.what, Field) else kpi_values(pick.what, rows)


def value_columns(ctx: Context) -> dict[str, tuple[Node, Floats]]:
    """The campaign columns that the rankings read and the data lack: header to formula and pandas values."""
    roi = ctx.kpi("roi")
    cells = [_metric_cell(ctx, metric) for metric in metrics(ctx)]
    chosen = call("IF", eq(Name("pick_no"), 0), "", call("CHOOSE", Name("pick_no"), *cells))
    columns: dict[str, tuple[Node, Floats]] = {"Pick": (chosen, pick_values(ctx))}
    if ctx.shape.daily and roi is not None:
        columns["Filtered ROI"] = (_filtered_kpi(ctx, roi), kpi_values(roi, ctx.facts))
    return columns


def _metric_cell(ctx: Context, metric: Metric) -> Node:
    if isinstance(metric.what, Kpi):
        return _filtered_kpi(ctx, metric.what) if ctx.shape.daily else ThisRow(CAMPAIGNS, metric.what.header)
    cell = ThisRow(CAMPAIGNS, campaign_facts(ctx).column(metric.what.header).column)
    return call("IF", call("ISNUMBER", cell), cell, "")


def _filtered_kpi(ctx: Context, kpi: Kpi) -> Node:
    known = {field.key: campaign_facts(ctx).column(field.header).column for field in ctx.measures}
    return kpi_formula(kpi, lambda key: ThisRow(CAMPAIGNS, known[key]) if key in known else Text(""), typed=False)
