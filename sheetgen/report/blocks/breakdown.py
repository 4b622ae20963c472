"""KPI tables by platform and by campaign type."""

from __future__ import annotations

from collections.abc import Iterable

from sheetgen.analysis.groups import rest, sums_by
from sheetgen.fields import Field
from sheetgen.formula.tree import Name, Node, Span, call, eq
from sheetgen.report.blocks.dimension import PLATFORMS, TYPES, Dimension
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import FIRST_ROW, KpiRow, KpiTable, kpi_table, measure_column
from sheetgen.report.model import Block
from sheetgen.report.sums import campaign_facts, sums_where


def by_platform(ctx: Context) -> Block:
    """One row per platform, largest budget first."""
    return _breakdown(ctx, "by_platform", PLATFORMS, ctx.say("By platform"))


def by_type(ctx: Context) -> Block:
    """One row per campaign type, largest budget first."""
    return _breakdown(ctx, "by_type", TYPES, ctx.say("By campaign type"))


def _breakdown(ctx: Context, key: str, dimension: Dimension, title: str) -> Block:
    found = dimension.listed(ctx)
    sums = sums_by(ctx.facts, dimension.number_header, found.ordered)
    rows = [
        KpiRow(dimension.label(k), found.labels[k], _sums(ctx, dimension, k), values) for k, values in enumerate(sums)
    ]
    other_values = rest(ctx.totals, sums) if found.has_other else dict.fromkeys(ctx.totals)
    label = ctx.say("Other") if found.has_other else None
    last = dimension.label(len(sums))
    rows.append(KpiRow(last, label, other_sums(ctx.measures, key, last, len(sums)), other_values, spare=True))
    note = ctx.say(
        "Every number is a sum of the Campaigns tab under the filters in force; KPIs are ratios of those sums."
    )
    table = KpiTable(key, title, note, ctx.say(dimension.header), rows, needs=(dimension.block, "campaigns"))
    return kpi_table(ctx, table)


def _sums(ctx: Context, dimension: Dimension, k: int) -> dict[str, Node]:
    number = dimension.number(k)
    summed = sums_where(campaign_facts(ctx), (dimension.numbers, number))
    return {header: call("IF", eq(number, ""), "", formula) for header, formula in summed.items()}


def column_above(key: str, field: Field, listed: int) -> Span:
    """A measure's cells in the first `listed` rows of a KPI table."""
    column = measure_column(field.header)
    return Span(key, FIRST_ROW, column, FIRST_ROW + listed - 1, column)


def other_sums(measures: Iterable[Field], key: str, label: Node, listed: int) -> dict[str, Node]:
    """What the first `listed` rows of a KPI table leave of the headline totals, blank without a label."""
    sums: dict[str, Node] = {}
    for field in measures:
        total = Name(f"total_{field.key}")
        left = call("ROUND", total - call("SUM", column_above(key, field, listed)), 2)
        sums[field.header] = call("IF", call("OR", eq(label, ""), eq(total, "")), "", left)
    return sums
