"""KPI cards: label and value, the change against the period before and the standing against the benchmark."""

from __future__ import annotations

from sheetgen.fields import MEASURES, Field
from sheetgen.formula.tree import Name
from sheetgen.kpis import Kpi
from sheetgen.report.blocks.change import change_phrase, change_rules, explanation
from sheetgen.report.blocks.previous import Comparison, comparison
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format, summary_format
from sheetgen.report.kpi_table import benchmark_rules
from sheetgen.report.model import Area, Block, Cell, Rule
from sheetgen.report.standing import standing_formula, standing_rules, standing_value
from sheetgen.report.style import Align, Role, Style

KEY = "cards"
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
CARD_ROWS = GAP_ROW + 1
HEIGHTS = {LABEL_ROW: 17.0, VALUE_ROW: 29.0, NOTE_ROW: 17.0, GAP_ROW: 8.0}


def cards(ctx: Context, width: int) -> Block:
    """A grid of cards, two columns each, for the totals and KPIs that exist; under it what the changes compare."""
    shown, found = _shown(ctx), comparison(ctx)
    per_row = max(1, width // CARD_COLUMNS)
    cells: list[Cell] = []
    rules: list[Rule] = []
    for i, what in enumerate(shown):
        row, column = (i // per_row) * CARD_ROWS, (i % per_row) * CARD_COLUMNS
        cells += _card(ctx, found, what, row, column)
        rules += _rules(ctx, what, row, column)
    end = -(-len(shown) // per_row) * CARD_ROWS
    heights = {row: HEIGHTS[row % CARD_ROWS] for row in range(end - 1)}
    if ctx.shape.periods:
        told = explanation(ctx, found)
        cells.append(Cell(end - 1, 0, told.formula, Style(Role.MUTED, wrap=True), told.expected, columns=width))
    height = end if ctx.shape.periods else end - 1
    needs = ("headline", "benchmarks", "previous")
    return Block(KEY, height, width, tuple(cells), rules=tuple(rules), needs=needs, heights=heights)


def _shown(ctx: Context) -> list[Field | Kpi]:
    known: dict[str, Field | Kpi] = {field.key: field for field in MEASURES}
    known |= {kpi.key: kpi for kpi in ctx.kpis}
    return [known[key] for key in DEFAULT_CARDS if key in known]


def _card(ctx: Context, found: Comparison, what: Field | Kpi, row: int, column: int) -> list[Cell]:
    left = Align.LEFT
    if isinstance(what, Kpi):
        name, shown, value = f"kpi_{what.key}", kpi_format(what), ctx.totals[what.key]
    else:
        name, shown, value = f"total_{what.key}", summary_format(what), ctx.totals[what.header]
    return [
        Cell(row + LABEL_ROW, column, ctx.say(what.header), Style(Role.CARD_LABEL, align=left), columns=CARD_COLUMNS),
        Cell(row + VALUE_ROW, column, Name(name), Style(Role.CARD_VALUE, shown, left), value, columns=CARD_COLUMNS),
        _change(ctx, found, what, row + NOTE_ROW, column),
        _standing(ctx, what, row + NOTE_ROW, column + 1),
    ]


def _change(ctx: Context, found: Comparison, what: Field | Kpi, row: int, column: int) -> Cell:
    look = Style(Role.CARD_CHANGE, dash=False)
    if not ctx.shape.periods:
        return Cell(row, column, None, look)
    told = change_phrase(ctx, found, what)
    return Cell(row, column, told.formula, look, told.expected)


def _standing(ctx: Context, what: Field | Kpi, row: int, column: int) -> Cell:
    look = Style(Role.CARD_STANDING, align=Align.RIGHT, dash=False)
    if not isinstance(what, Kpi) or what.better == "none":
        return Cell(row, column, None, look)
    formula, value = standing_formula(ctx, what, brief=True), standing_value(ctx, what, brief=True)
    return Cell(row, column, formula, look, value)


def _rules(ctx: Context, what: Field | Kpi, row: int, column: int) -> list[Rule]:
    note = row + NOTE_ROW
    rules = change_rules(KEY, what, Area(note, column, note, column)) if ctx.shape.periods else []
    if isinstance(what, Kpi):
        rules += benchmark_rules(what, KEY, Area(row + VALUE_ROW, column, row + VALUE_ROW, column))
        rules += standing_rules(ctx, KEY, Area(note, column + 1, note, column + 1), brief=True)
    return rules
