"""KPI cards: label, value and how it stands against its benchmark."""

from __future__ import annotations

from sheetgen.fields import MEASURES
from sheetgen.formula.tree import Name, Node
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format, summary_format
from sheetgen.report.kpi_table import benchmark_rules
from sheetgen.report.model import Area, Block, Cell, Rule
from sheetgen.report.standing import standing_formula, standing_value
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.values import Value

DEFAULT_CARDS = (
    "budget",
    "revenue",
    "roi",
    "roas",
    "conversions",
    "cost_per_conversion",
    "impressions",
    "clicks",
    "ctr",
    "conversion_rate",
    "cpc",
    "cpm",
)
CARD_COLUMNS = 2
LABEL_ROW, VALUE_ROW, NOTE_ROW, GAP_ROW = range(4)


def cards(ctx: Context, width: int) -> Block:
    """A grid of cards, two columns each, for the totals and KPIs that exist."""
    known = {field.key for field in MEASURES} | {kpi.key for kpi in ctx.kpis}
    keys = [key for key in DEFAULT_CARDS if key in known]
    per_row = width // CARD_COLUMNS
    cells: list[Cell] = []
    rules: list[Rule] = []
    for i, key in enumerate(keys):
        row, column = (i // per_row) * (GAP_ROW + 1), (i % per_row) * CARD_COLUMNS
        cells += _card(ctx, key, row, column)
        kpi = ctx.kpi(key)
        if kpi is not None:
            rules += benchmark_rules(kpi, "cards", Area(row + VALUE_ROW, column, row + VALUE_ROW, column))
    rows = -(-len(keys) // per_row)
    height = rows * (GAP_ROW + 1) - 1
    heights: dict[int, float] = {}
    for row in range(rows):
        top = row * (GAP_ROW + 1)
        heights |= {top + LABEL_ROW: 17.0, top + VALUE_ROW: 29.0, top + NOTE_ROW: 17.0}
        if row < rows - 1:
            heights[top + GAP_ROW] = 8.0
    return Block(
        "cards", height, width, tuple(cells), rules=tuple(rules), needs=("headline", "benchmarks"), heights=heights
    )


def _card(ctx: Context, key: str, row: int, column: int) -> list[Cell]:
    label, name, shown, value = _headline(ctx, key)
    note, note_value = _note(ctx, key)
    left = Align.LEFT
    return [
        Cell(row + LABEL_ROW, column, label, Style(Role.CARD_LABEL, align=left), columns=CARD_COLUMNS),
        Cell(row + VALUE_ROW, column, Name(name), Style(Role.CARD_VALUE, shown, left), value, columns=CARD_COLUMNS),
        Cell(row + NOTE_ROW, column, note, Style(Role.CARD_NOTE, align=left), note_value, columns=CARD_COLUMNS),
    ]


def _headline(ctx: Context, key: str) -> tuple[str, str, Format, Value]:
    kpi = ctx.kpi(key)
    if kpi is not None:
        return ctx.say(kpi.header), f"kpi_{key}", kpi_format(kpi), ctx.totals[key]
    field = next(field for field in MEASURES if field.key == key)
    return ctx.say(field.header), f"total_{key}", summary_format(field), ctx.totals[field.header]


def _note(ctx: Context, key: str) -> tuple[Node | str | None, Value]:
    kpi = ctx.kpi(key)
    if kpi is None or kpi.benchmark is None:
        return None, None
    return standing_formula(ctx, kpi), standing_value(ctx, kpi)
