"""Every KPI against its benchmark: value, range, standing, and how many campaigns lie below, in and above it."""

from __future__ import annotations

from sheetgen.analysis.benchmark import spread
from sheetgen.formula.tree import At, Column, Name, Node, call, eq, gt, ne
from sheetgen.inputs import benchmark_names
from sheetgen.kpis import Kpi
from sheetgen.report.blocks import settings
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format
from sheetgen.report.kpi_table import benchmark_rules
from sheetgen.report.model import Area, Block, Cell, Rule
from sheetgen.report.ranking import kpi_values
from sheetgen.report.sentence import Phrase, either, number, plain, sentence, written
from sheetgen.report.standing import standing_formula, standing_rules, standing_value
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import ANY_NUMBER, CAMPAIGNS

KEY = "benchmark_table"
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)
NAME_COLUMNS = STANDING_COLUMNS = 2
VALUE, LOW, HIGH, STANDING = range(NAME_COLUMNS, NAME_COLUMNS + 4)
BELOW, INSIDE, ABOVE, SOURCE = range(STANDING + STANDING_COLUMNS, STANDING + STANDING_COLUMNS + 4)


def benchmark_table(ctx: Context, width: int) -> Block:
    """One row per KPI that has a better side, those with a benchmark of the template first."""
    judged = [kpi for kpi in ctx.kpis if kpi.better != "none"]
    note = ctx.say("Benchmarks are yours to edit on Settings. A campaign counts by its KPI over its whole flight.")
    cells = [
        Cell(TITLE_ROW, 0, ctx.say("KPIs against their benchmarks"), Style(Role.SECTION)),
        Cell(NOTE_ROW, 0, note, Style(Role.MUTED), columns=width),
        *_heads(ctx, width),
    ]
    rules: list[Rule] = []
    for row, kpi in enumerate(sorted(judged, key=lambda kpi: kpi.benchmark is None), start=FIRST_ROW):
        origin = settings.FIRST_ROW + judged.index(kpi)
        cells += [*_value_cells(ctx, kpi, row), *_count_cells(ctx, kpi, row), _source(ctx, kpi, row, origin, width)]
        rules += benchmark_rules(kpi, KEY, Area(row, VALUE, row, VALUE))
        rules += standing_rules(ctx, KEY, Area(row, STANDING, row, STANDING))
    needs = ("headline", "benchmarks", "campaigns")
    return Block(KEY, FIRST_ROW + len(judged), width, tuple(cells), rules=tuple(rules), needs=needs)


def _heads(ctx: Context, width: int) -> list[Cell]:
    left, right = Style(Role.HEAD, Format.TEXT), Style(Role.HEAD, Format.TEXT, Align.RIGHT, wrap=True)
    numbers = {
        VALUE: "Value",
        LOW: "Benchmark from",
        HIGH: "Benchmark to",
        BELOW: "Campaigns below",
        INSIDE: "Campaigns in range",
        ABOVE: "Campaigns above",
    }
    return [
        Cell(HEAD_ROW, 0, ctx.say("KPI"), left, columns=NAME_COLUMNS),
        *(Cell(HEAD_ROW, column, ctx.say(text), right) for column, text in numbers.items()),
        Cell(HEAD_ROW, STANDING, ctx.say("Standing"), left, columns=STANDING_COLUMNS),
        Cell(HEAD_ROW, SOURCE, ctx.say("Source"), left, columns=width - SOURCE),
    ]


def _value_cells(ctx: Context, kpi: Kpi, row: int) -> list[Cell]:
    value, low, high = (Name(name) for name in (f"kpi_{kpi.key}", *benchmark_names(kpi)))
    low_value, high_value = (ctx.inputs.number(name) for name in benchmark_names(kpi))
    shown = kpi_format(kpi)
    quiet, words = Style(Role.BODY, shown), Style(Role.BODY, align=Align.LEFT)
    return [
        Cell(row, 0, ctx.say(kpi.header), Style(Role.LABEL), columns=NAME_COLUMNS),
        Cell(row, VALUE, value, Style(Role.KPI, shown), ctx.totals[kpi.key]),
        Cell(row, LOW, _shown(low), quiet, low_value),
        Cell(row, HIGH, _shown(high), quiet, high_value),
        Cell(
            *(row, STANDING, standing_formula(ctx, kpi), words, standing_value(ctx, kpi)),
            columns=STANDING_COLUMNS,
        ),
    ]


def _shown(cell: Node) -> Node:
    return call("IF", eq(cell, ""), "", cell)


def _count_cells(ctx: Context, kpi: Kpi, row: int) -> list[Cell]:
    low, high = (At(KEY, row, column) for column in (LOW, HIGH))
    column, in_filter = Column(CAMPAIGNS, kpi.header), (Column(CAMPAIGNS, "In Filter"), 1)
    reversed_ = call("AND", ne(low, ""), ne(high, ""), gt(low, high))
    unknown = call("OR", call("AND", eq(low, ""), eq(high, "")), reversed_)
    below = call("COUNTIFS", column, "<" & call("IF", eq(low, ""), high, low), *in_filter)
    above = call("COUNTIFS", column, ">" & call("IF", eq(high, ""), low, high), *in_filter)
    known = call("COUNTIFS", column, ANY_NUMBER, *in_filter)
    inside = known - At(KEY, row, BELOW) - At(KEY, row, ABOVE)
    rows = ctx.live.campaigns[ctx.live.campaigns["In Filter"] == 1]
    counts = spread(kpi_values(kpi, rows), *(ctx.inputs.number(name) for name in benchmark_names(kpi)))
    values = (None, None, None) if counts is None else tuple(map(float, counts))
    return [
        Cell(row, at, call("IF", unknown, "", formula), Style(Role.BODY, Format.COUNT), value)
        for at, formula, value in zip((BELOW, INSIDE, ABOVE), (below, inside, above), values, strict=True)
    ]


def _source(ctx: Context, kpi: Kpi, row: int, origin: int, width: int) -> Cell:
    """Where the benchmark comes from and of which year, as Settings has it."""
    source, year = (At("benchmarks", origin, column) for column in (settings.NOTE, settings.YEAR))
    known = kpi.benchmark
    text = written(source, ctx.say(known.source) if known else None)
    when = number(year, float(known.year) if known and known.year else None)
    dated = sentence(ctx.say("{source} ({year})"), source=text, year=when)
    told: Phrase = either(eq(year, ""), not (known and known.year), text, dated)
    told = either(eq(source, ""), known is None, plain(""), told)
    return Cell(row, SOURCE, told.formula, Style(Role.MUTED, wrap=True), told.expected, columns=width - SOURCE)
