"""The Settings tab: thresholds and benchmarks, every value an input with its defined name."""

from __future__ import annotations

from sheetgen.inputs import Setting, benchmark_names
from sheetgen.kpis import Kpi
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format, unit_format
from sheetgen.report.model import Block, Cell, NumberInput
from sheetgen.report.style import Align, Format, Role, Style

LABEL, VALUE, SECOND, NOTE, YEAR = range(5)
FIRST_ROW = 3


def settings(ctx: Context) -> Block:
    """Thresholds and assumptions; settings that are words stand in the blocks that they belong to."""
    listed = [setting for setting in ctx.settings if not setting.is_text]
    cells = [
        Cell(0, LABEL, ctx.say("Thresholds and assumptions"), Style(Role.SECTION)),
        Cell(
            1, LABEL, ctx.say("Yellow cells are yours to change; everything in the report follows."), Style(Role.MUTED)
        ),
        Cell(2, LABEL, ctx.say("Setting"), Style(Role.HEAD)),
        Cell(2, VALUE, ctx.say("Value"), Style(Role.HEAD, Format.TEXT, Align.RIGHT)),
        Cell(2, NOTE, ctx.say("Note"), Style(Role.HEAD)),
    ]
    names: dict[str, tuple[int, int]] = {}
    for i, setting in enumerate(listed):
        cells += _setting_cells(ctx, setting, FIRST_ROW + i)
        names[setting.name] = (FIRST_ROW + i, VALUE)
    return Block("settings", FIRST_ROW + len(listed), 5, tuple(cells), names=names)


def _setting_cells(ctx: Context, setting: Setting, row: int) -> list[Cell]:
    look = Style(Role.INPUT, Format.COUNT if setting.whole else unit_format(setting.unit))
    allowed = NumberInput(setting.low, setting.high, setting.whole)
    return [
        Cell(row, LABEL, ctx.say(setting.label), Style(Role.LABEL)),
        Cell(row, VALUE, ctx.inputs.number(setting.name), look, input=allowed),
        Cell(row, NOTE, ctx.say(setting.note) if setting.note else None, Style(Role.MUTED)),
    ]


def benchmarks(ctx: Context) -> Block:
    """The benchmark range of each KPI, with its source and year; blank cells mean no benchmark."""
    note = ctx.say(
        "A KPI with only a first value has a target; with two it has a normal range. Clear a cell to drop it."
    )
    heads = ("KPI", "Benchmark from", "Benchmark to", "Source", "Year")
    cells = [
        Cell(0, LABEL, ctx.say("Benchmarks"), Style(Role.SECTION)),
        Cell(1, LABEL, note, Style(Role.MUTED)),
        *(
            Cell(
                2, i, ctx.say(head), Style(Role.HEAD, Format.TEXT, Align.RIGHT if i in (VALUE, SECOND) else Align.LEFT)
            )
            for i, head in enumerate(heads)
        ),
    ]
    names: dict[str, tuple[int, int]] = {}
    judged = [kpi for kpi in ctx.kpis if kpi.better != "none"]
    for i, kpi in enumerate(judged):
        cells += _benchmark_cells(ctx, kpi, FIRST_ROW + i)
        low, high = benchmark_names(kpi)
        names |= {low: (FIRST_ROW + i, VALUE), high: (FIRST_ROW + i, SECOND)}
    return Block("benchmarks", FIRST_ROW + len(judged), 5, tuple(cells), names=names)


def _benchmark_cells(ctx: Context, kpi: Kpi, row: int) -> list[Cell]:
    low, high = benchmark_names(kpi)
    look = Style(Role.INPUT, kpi_format(kpi))
    source = ctx.say(kpi.benchmark.source) if kpi.benchmark else None
    year = float(kpi.benchmark.year) if kpi.benchmark and kpi.benchmark.year else None
    return [
        Cell(row, LABEL, ctx.say(kpi.header), Style(Role.LABEL)),
        Cell(row, VALUE, ctx.inputs.number(low), look, input=NumberInput()),
        Cell(row, SECOND, ctx.inputs.number(high), look, input=NumberInput()),
        Cell(row, NOTE, source, Style(Role.MUTED)),
        Cell(row, YEAR, year, Style(Role.MUTED, Format.GENERAL)),
    ]
