"""The headline: the seven totals and the KPIs of those totals, each with its defined name and benchmark."""

from __future__ import annotations

from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.tree import Name, Node, Text, call, eq
from sheetgen.inputs import benchmark_names
from sheetgen.kpis import Kpi
from sheetgen.report.context import Context
from sheetgen.report.formats import field_format, kpi_format
from sheetgen.report.kpi_table import benchmark_rules
from sheetgen.report.model import Area, Block, Cell, Rule
from sheetgen.report.standing import standing_formula, standing_value
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import campaign_facts, sum_where

KEY = "headline"
LABEL, VALUE, LOW, HIGH, STANDING = range(5)
HEAD_ROW, FIRST_ROW = 2, 3


def headline(ctx: Context) -> Block:
    """Totals of what the filters select, then each KPI as a ratio of those totals."""
    cells = [
        Cell(0, LABEL, ctx.say("Headline"), Style(Role.SECTION)),
        Cell(1, LABEL, ctx.say("KPIs are ratios of totals, never averages of ratios."), Style(Role.MUTED)),
        *(
            Cell(HEAD_ROW, column, ctx.say(text), Style(Role.HEAD, Format.TEXT, align, wrap=True))
            for column, text, align in (
                (LABEL, "KPI", Align.LEFT),
                (VALUE, "Value", Align.RIGHT),
                (LOW, "Benchmark from", Align.RIGHT),
                (HIGH, "Benchmark to", Align.RIGHT),
                (STANDING, "Standing", Align.LEFT),
            )
        ),
    ]
    names: dict[str, tuple[int, int]] = {}
    facts = campaign_facts(ctx)
    for i, field in enumerate(ctx.measures):
        row = FIRST_ROW + i
        label = (
            ctx.say(field.header) if field.additive else ctx.say("{field} (sum of rows)", field=ctx.say(field.header))
        )
        look = Style(Role.BODY, field_format(field))
        cells.append(Cell(row, LABEL, label, Style(Role.LABEL)))
        cells.append(Cell(row, VALUE, sum_where(facts, field.header), look, ctx.totals[field.header]))
        names[f"total_{field.key}"] = (row, VALUE)
    rules: list[Rule] = []
    for i, kpi in enumerate(ctx.kpis):
        row = FIRST_ROW + len(ctx.measures) + i
        cells += _kpi_cells(ctx, kpi, row)
        names[f"kpi_{kpi.key}"] = (row, VALUE)
        rules += benchmark_rules(kpi, KEY, Area(row, VALUE, row, VALUE))
    height = FIRST_ROW + len(ctx.measures) + len(ctx.kpis)
    return Block(KEY, height, 5, tuple(cells), rules=tuple(rules), names=names, needs=("campaigns", "benchmarks"))


def _total(ctx: Context, key: str) -> Node:
    """The total of a measure; blank where the data lack its column."""
    return Name(f"total_{key}") if any(field.key == key for field in ctx.measures) else Text("")


def _kpi_cells(ctx: Context, kpi: Kpi, row: int) -> list[Cell]:
    look = Style(Role.KPI, kpi_format(kpi))
    formula = kpi_formula(kpi, lambda key: _total(ctx, key), typed=False)
    note = f"{ctx.say(kpi.description)}\n{kpi.expression}"
    cells = [
        Cell(row, LABEL, ctx.say(kpi.header), Style(Role.LABEL), note=note),
        Cell(row, VALUE, formula, look, ctx.totals[kpi.key]),
    ]
    return cells if kpi.better == "none" else cells + _judgement(ctx, kpi, row)


def _judgement(ctx: Context, kpi: Kpi, row: int) -> list[Cell]:
    low, high = benchmark_names(kpi)
    quiet = Style(Role.MUTED, kpi_format(kpi))
    return [
        Cell(row, LOW, _shown(low), quiet, ctx.inputs.number(low)),
        Cell(row, HIGH, _shown(high), quiet, ctx.inputs.number(high)),
        Cell(row, STANDING, standing_formula(ctx, kpi), Style(Role.TEXT), standing_value(ctx, kpi)),
    ]


def _shown(name: str) -> Node:
    return call("IF", eq(Name(name), ""), "", Name(name))
