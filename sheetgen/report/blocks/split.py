"""What the split charts draw, on the helper tab: a measure's largest parts by the picked dimension, and the rest."""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.groups import sums_by
from sheetgen.analysis.split import CERTAIN, Split, split_up
from sheetgen.fields import BUDGET, REVENUE, Field
from sheetgen.formula.tree import At, Name, Node, Number, Span, Text, call, eq, gt, ne
from sheetgen.inputs import PIE_BY, SPLITS, WATERFALL_BY
from sheetgen.report.blocks.dimension import PLATFORMS, TYPES, Dimension
from sheetgen.report.blocks.ranking import ranked_row
from sheetgen.report.blocks.top import at_row, campaign_label, campaign_label_value, of_campaign, ranked_value
from sheetgen.report.chart_label import chart_label, chart_label_text
from sheetgen.report.context import Context
from sheetgen.report.formats import field_format
from sheetgen.report.kpi_table import measure_column, table_row
from sheetgen.report.model import Block, Cell, ChoiceInput
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import campaign_facts

RAW, VALUE, NAME, LABEL, PLACE, NUMBER = range(6)
TABLES = ((PLATFORMS, "by_platform"), (TYPES, "by_type"))
"""The first two splits, and the KPI tables that hold their sums; the third is by campaign."""


@dataclass(frozen=True)
class SplitParts:
    """A helper block of parts: `picker` is the defined name of the input, `page` the block that holds it.

    At most `most` parts are named, in labels of at most `longest` characters; unless `signed`, parts below zero are
    not shown.
    """

    block: str
    field: Field
    picker: str
    page: str
    most: int
    longest: int
    signed: bool

    @property
    def number(self) -> Name:
        """The number of the picked dimension, 1 to 3."""
        return Name(f"{self.picker}_no")

    def size(self, ctx: Context) -> int:
        """How many parts are named, before the rest."""
        return min(self.most, ctx.shape.campaigns)

    def column(self, ctx: Context, column: int) -> Span:
        """A column of all parts, the rest included."""
        return Span(self.block, 0, column, self.size(ctx), column)

    def count(self, ctx: Context) -> At:
        """The cell that says how many parts are shown."""
        return At(self.block, self.size(ctx), PLACE)

    def found(self, ctx: Context) -> Split:
        """The parts, from pandas."""
        number, size = picked_split(ctx, self.picker), self.size(ctx)
        labels, raw = _campaigns(ctx, self, size) if number == len(SPLITS) else _segments(ctx, self, number, size)
        return split_up(labels, raw, ctx.totals[self.field.header], ctx.say("Other"), signed=self.signed)


BUDGET_PARTS = SplitParts("budget_parts", BUDGET, PIE_BY, "budget_pie", most=6, longest=22, signed=False)
REVENUE_PARTS = SplitParts("revenue_parts", REVENUE, WATERFALL_BY, "waterfall", most=10, longest=48, signed=True)


def picked_split(ctx: Context, picker: str) -> int:
    """The number of the picked dimension, 1 to 3; the first where the cell holds none of the choices."""
    choice = ctx.inputs.text(picker).casefold()
    words = [ctx.say(word).casefold() for word in SPLITS]
    return words.index(choice) + 1 if choice in words else 1


def picker_cell(ctx: Context, parts: SplitParts, row: int, column: int) -> Cell:
    """The dropdown that picks the dimension, two columns wide."""
    return Cell(
        row,
        column,
        ctx.inputs.text(parts.picker) or None,
        Style(Role.INPUT, Format.TEXT, Align.LEFT),
        columns=2,
        input=ChoiceInput(tuple(ctx.say(word) for word in SPLITS)),
        note=ctx.say("Choose what the chart is split by."),
    )


def budget_parts(ctx: Context) -> Block:
    """The parts of the budget."""
    return _parts(ctx, BUDGET_PARTS)


def revenue_parts(ctx: Context) -> Block:
    """The parts of the revenue."""
    return _parts(ctx, REVENUE_PARTS)


def _parts(ctx: Context, parts: SplitParts) -> Block:
    found, size = parts.found(ctx), parts.size(ctx)
    cells = [cell for k in range(size + 1) for cell in _part_cells(ctx, parts, found, k)]
    number: Node = Number(1)
    for i, word in reversed(tuple(enumerate(SPLITS, start=1))):
        number = call("IF", eq(Name(parts.picker), ctx.say(word)), i, number)
    cells.append(Cell(0, NUMBER, number, Style(Role.MUTED), float(picked_split(ctx, parts.picker))))
    return Block(
        parts.block,
        size + 1,
        NUMBER + 1,
        tuple(cells),
        names={parts.number.name: (0, NUMBER)},
        needs=("by_platform", "by_type", "platforms", "types", "ranked", "headline", "campaigns", parts.page),
    )


def _part_cells(ctx: Context, parts: SplitParts, found: Split, k: int) -> list[Cell]:
    size, look = parts.size(ctx), Style(Role.BODY, field_format(parts.field))
    raw, value = At(parts.block, k, RAW), At(parts.block, k, VALUE)
    is_shown = ne(raw, 0) if parts.signed else gt(raw, 0)
    name = _name(ctx, parts, k) if k < size else Text(ctx.say("Other"))
    before: Node = At(parts.block, k - 1, PLACE) if k else Number(0)
    text, label = Style(Role.LABEL), chart_label_text(found.labels[k], parts.longest)
    return [
        Cell(k, RAW, _raw(ctx, parts, k) if k < size else _rest(parts, size), look, found.raw[k]),
        # A condition of its own: to a spreadsheet every text, even the empty one, is above zero.
        Cell(k, VALUE, call("IF", eq(raw, ""), "", call("IF", is_shown, raw, "")), look, found.values[k]),
        Cell(k, NAME, call("IF", eq(value, ""), "", name), text, found.labels[k]),
        Cell(k, LABEL, chart_label(At(parts.block, k, NAME), parts.longest), text, label),
        Cell(k, PLACE, before + call("IF", eq(value, ""), 0, 1), Style(Role.MUTED), float(found.places[k])),
    ]


def _raw(ctx: Context, parts: SplitParts, k: int) -> Node:
    segments = [
        At(table, table_row(k), measure_column(parts.field.header)) if k < dimension.size(ctx) else Text("")
        for dimension, table in TABLES
    ]
    column = campaign_facts(ctx).column(parts.field.header).column
    return call("CHOOSE", parts.number, *segments, of_campaign(ranked_row(parts.field.header, k), column))


def _rest(parts: SplitParts, size: int) -> Node:
    total = Name(f"total_{parts.field.key}")
    left = total - call("SUM", Span(parts.block, 0, RAW, size - 1, RAW))
    is_certain = gt(call("ABS", left), CERTAIN * call("ABS", total))
    return call("IF", eq(total, ""), "", call("IF", is_certain, left, call("ROUND", left, 2)))


def _name(ctx: Context, parts: SplitParts, k: int) -> Node:
    segments = [dimension.label(k) if k < dimension.size(ctx) else Text("") for dimension, _ in TABLES]
    return call("CHOOSE", parts.number, *segments, campaign_label(ranked_row(parts.field.header, k)))


def _segments(ctx: Context, parts: SplitParts, number: int, size: int) -> tuple[list[str | None], list[float | None]]:
    dimension: Dimension = TABLES[number - 1][0]
    listed = dimension.listed(ctx)
    sums = sums_by(ctx.facts, dimension.number_header, listed.ordered[:size])
    spare = size - len(sums)
    return [*listed.labels[:size], *[None] * spare], [*(found[parts.field.header] for found in sums), *[None] * spare]


def _campaigns(ctx: Context, parts: SplitParts, size: int) -> tuple[list[str | None], list[float | None]]:
    rows = [ranked_value(ctx, parts.field.header, k) for k in range(size)]
    values = ctx.facts[parts.field.header].to_numpy(dtype=float)
    return [campaign_label_value(ctx, row) for row in rows], [at_row(values, row) for row in rows]
