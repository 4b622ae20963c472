"""Tables of one row per group: label, summed measures, and the KPIs of those sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetgen.analysis.groups import with_kpis
from sheetgen.fields import ALL_MEASURES, FIELDS_BY_KEY
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.tree import At, Name, Node, Text, call, eq, gt, lt, ne
from sheetgen.inputs import benchmark_names
from sheetgen.kpis import Kpi
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format, summary_format
from sheetgen.report.model import Area, Block, Cell, ColorWhen, DataBar, Rule
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.values import Value

LABEL, FIRST_MEASURE = 0, 1
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)


@dataclass(frozen=True)
class KpiRow:
    """One row: its label and summed measures as formulas, with the values pandas expects of them.

    A row for what is left over is `spare`: it shows nothing at all while it is blank.
    """

    label: Node
    label_value: Value
    sums: Mapping[str, Node]
    values: Mapping[str, float | None]
    spare: bool = False


def measure_column(header: str) -> int:
    """The column of a measure inside a KPI table."""
    return FIRST_MEASURE + [field.header for field in ALL_MEASURES].index(header)


def first_kpi(ctx: Context) -> int:
    """The column of the first KPI inside a KPI table."""
    return FIRST_MEASURE + len(ctx.measures)


def kpi_column(ctx: Context, key: str) -> int:
    """The column of a KPI inside a KPI table."""
    return first_kpi(ctx) + [kpi.key for kpi in ctx.kpis].index(key)


def table_row(k: int) -> int:
    """The block row of the k-th row of a KPI table."""
    return FIRST_ROW + k


@dataclass(frozen=True)
class KpiTable:
    """What makes a KPI table: its texts, its rows and how labels read; the last row may be the total."""

    key: str
    title: str
    note: str
    head: str
    rows: Sequence[KpiRow]
    needs: tuple[str, ...]
    label_format: Format = Format.TEXT
    with_total: bool = True


def kpi_table(ctx: Context, table: KpiTable) -> Block:
    """The block of a KPI table: title, note, head, one row per group and the headline totals."""
    cells = _heads(ctx, table)
    for k, row in enumerate(table.rows):
        cells += _row_cells(ctx, table, k, row)
    height = FIRST_ROW + len(table.rows)
    if table.with_total:
        cells += _total_cells(ctx, height)
        height += 1
    return Block(
        table.key,
        height,
        first_kpi(ctx) + len(ctx.kpis),
        tuple(cells),
        rules=_rules(ctx, table),
        needs=(*table.needs, "headline", "benchmarks"),
    )


def _heads(ctx: Context, table: KpiTable) -> list[Cell]:
    cells = [
        Cell(TITLE_ROW, LABEL, table.title, Style(Role.SECTION)),
        Cell(NOTE_ROW, LABEL, table.note, Style(Role.MUTED)),
        Cell(HEAD_ROW, LABEL, table.head, Style(Role.HEAD)),
    ]
    cells += [
        Cell(HEAD_ROW, FIRST_MEASURE + i, ctx.say(field.header), Style(Role.HEAD, Format.TEXT, Align.RIGHT, wrap=True))
        for i, field in enumerate(ctx.measures)
    ]
    cells += [
        Cell(HEAD_ROW, first_kpi(ctx) + i, ctx.say(kpi.header), Style(Role.HEAD, Format.TEXT, Align.RIGHT, wrap=True))
        for i, kpi in enumerate(ctx.kpis)
    ]
    return cells


def _row_cells(ctx: Context, table: KpiTable, k: int, row: KpiRow) -> list[Cell]:
    at = table_row(k)
    known = with_kpis(row.values, ctx.kpis)
    label_format = Format.TEXT if row.spare else table.label_format
    label_look = Style(Role.LABEL, label_format, Align.LEFT, dash=not row.spare)
    cells = [Cell(at, LABEL, row.label, label_look, row.label_value)]
    for i, field in enumerate(ctx.measures):
        if field.header in row.sums:
            look = Style(Role.BODY, summary_format(field), dash=not row.spare)
            cells.append(Cell(at, FIRST_MEASURE + i, row.sums[field.header], look, known[field.header]))
    for i, kpi in enumerate(ctx.kpis):
        formula = kpi_formula(kpi, lambda key: _measure_cell(table.key, at, row, key), typed=False)
        look = Style(Role.KPI, kpi_format(kpi), dash=not row.spare)
        cells.append(Cell(at, first_kpi(ctx) + i, formula, look, known[kpi.key]))
    return cells


def _measure_cell(block: str, at: int, row: KpiRow, key: str) -> Node:
    header = FIELDS_BY_KEY[key].header
    return At(block, at, measure_column(header)) if header in row.sums else Text("")


def _total_cells(ctx: Context, at: int) -> list[Cell]:
    cells = [Cell(at, LABEL, ctx.say("Total"), Style(Role.TOTAL))]
    for i, field in enumerate(ctx.measures):
        look = Style(Role.TOTAL, summary_format(field))
        cells.append(Cell(at, FIRST_MEASURE + i, Name(f"total_{field.key}"), look, ctx.totals[field.header]))
    for i, kpi in enumerate(ctx.kpis):
        look = Style(Role.TOTAL, kpi_format(kpi))
        cells.append(Cell(at, first_kpi(ctx) + i, Name(f"kpi_{kpi.key}"), look, ctx.totals[kpi.key]))
    return cells


def _rules(ctx: Context, table: KpiTable) -> tuple[Rule, ...]:
    if not table.rows:
        return ()
    last = table_row(len(table.rows) - 1)
    rules: list[Rule] = [
        DataBar(Area(FIRST_ROW, column, last, column), ink)
        for column, ink in ((measure_column("Budget"), Ink.ACCENT), (measure_column("Revenue"), Ink.SERIES_3))
    ]
    for kpi in ctx.kpis:
        column = kpi_column(ctx, kpi.key)
        rules += benchmark_rules(kpi, table.key, Area(FIRST_ROW, column, last, column))
    return tuple(rules)


def benchmark_rules(kpi: Kpi, block: str, area: Area) -> list[Rule]:
    """Colours for values on the good or the bad side of the KPI's benchmark cells; a lone target is never bad."""
    if kpi.better == "none":
        return []
    low, high = (Name(name) for name in benchmark_names(kpi))
    cell = At(block, area.row, area.column)
    is_range = call("AND", ne(cell, ""), ne(low, ""), ne(high, ""))
    below, above = call("AND", is_range, lt(cell, low)), call("AND", is_range, gt(cell, high))
    good, bad = (above, below) if kpi.better == "higher" else (below, above)
    is_target = call(
        "AND", ne(cell, ""), ne(call("AND", eq(low, ""), eq(high, "")), call("OR", eq(low, ""), eq(high, "")))
    )
    target = call("IF", eq(low, ""), high, low)
    reached = gt(cell, target) if kpi.better == "higher" else lt(cell, target)
    return [ColorWhen(area, call("OR", good, call("AND", is_target, reached)), Ink.GOOD), ColorWhen(area, bad, Ink.BAD)]
