"""Which platform and which campaign type lead under the filters, on the helper tab."""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.groups import sums_by, with_kpis
from sheetgen.formula.tree import At, Node, Span, call, eq
from sheetgen.report.blocks.dimension import PLATFORMS, TYPES, Dimension
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import LABEL, kpi_column, table_row
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Format, Role, Style

KEY = "leaders"
COUNT, BEST, PLACE, NAME = range(4)


@dataclass(frozen=True)
class Race:
    """A KPI by which the values of a dimension are compared, and what is said of the winner."""

    head: str
    table: str
    dimension: Dimension
    kpi: str
    wins: str
    alone: str
    unnamed: str
    none: str
    digits: int = 1


RACES = (
    Race(
        *("Platform by ROI", "by_platform", PLATFORMS, "roi"),
        wins="{winner} wins on ROI: {value}% against {overall}% overall.",
        alone="{winner} is the only platform with an ROI: {value}%.",
        unnamed="The data name no platform to compare.",
        none="No platform has both a budget and revenue.",
    ),
    Race(
        *("Platform by conversion", "by_platform", PLATFORMS, "conversion_rate"),
        wins="{winner} converts best: {value}% of clicks against {overall}% overall.",
        alone="{winner} is the only platform with a conversion rate: {value}% of clicks.",
        unnamed="The data name no platform to compare.",
        none="No platform has both clicks and conversions.",
        digits=2,
    ),
    Race(
        *("Campaign type by ROI", "by_type", TYPES, "roi"),
        wins="{winner} campaigns lead on ROI: {value}% against {overall}% overall.",
        alone="{winner} is the only campaign type with an ROI: {value}%.",
        unnamed="The data name no campaign type to compare.",
        none="No campaign type has both a budget and revenue.",
    ),
)


def leaders(ctx: Context) -> Block:
    """For each race: how many have the KPI, its largest value, its place in the table and the winner's label."""
    cells: list[Cell] = []
    for row, race in enumerate(races(ctx)):
        found, labels = leader(ctx, race), _span(ctx, race, LABEL)
        kpi = _span(ctx, race, kpi_column(ctx, race.kpi))
        formulas: tuple[Node, ...] = (
            call("COUNT", kpi),
            _if_any(row, call("MAX", kpi)),
            _if_any(row, call("MATCH", At(KEY, row, BEST), kpi, 0)),
            _if_any(row, call("INDEX", labels, At(KEY, row, PLACE))),
        )
        values = (float(found.count), found.best, found.place, found.name)
        cells += [
            Cell(row, column, formula, Style(Role.MUTED, Format.GENERAL), value)
            for column, (formula, value) in enumerate(zip(formulas, values, strict=True))
        ]
    return Block(KEY, len(races(ctx)), NAME + 1, tuple(cells), needs=("by_platform", "by_type"))


def _if_any(row: int, formula: Node) -> Node:
    return call("IF", eq(At(KEY, row, COUNT), 0), "", formula)


def races(ctx: Context) -> list[Race]:
    """The races whose KPI the report has."""
    return [race for race in RACES if ctx.kpi(race.kpi)]


def _span(ctx: Context, race: Race, column: int) -> Span:
    return Span(race.table, table_row(0), column, table_row(race.dimension.size(ctx) - 1), column)


@dataclass(frozen=True)
class Leader:
    """The winner of a race, from pandas; None where nobody has the KPI."""

    count: int
    best: float | None
    place: float | None
    name: str | None


def leader(ctx: Context, race: Race) -> Leader:
    """Who wins the race under the filters; the first in the table among equals."""
    listed = race.dimension.listed(ctx)
    sums = sums_by(ctx.facts, race.dimension.number_header, listed.ordered)
    values = [with_kpis(row, ctx.kpis)[race.kpi] for row in sums]
    known = [value for value in values if value is not None]
    if not known:
        return Leader(0, None, None, None)
    place = values.index(max(known))
    return Leader(len(known), values[place], place + 1.0, listed.labels[place])
