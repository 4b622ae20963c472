"""The live list of a dimension's values (platforms, campaign types), on the helper tab.

Row 0 is the filters' "All"; row k is the k-th value by budget; the last row is "Other", shown only
when more values were typed than the list has room for.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.dimension import Listed, listed
from sheetgen.formula.tree import At, Column, Node, Span, call, eq, gt
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS

NUMBER, WEIGHT, RANK, ORDERED, LABEL = range(5)


@dataclass(frozen=True)
class Dimension:
    """A column of the campaign table that tables break down by, and the block that lists its values."""

    block: str
    header: str
    number_header: str

    def size(self, ctx: Context) -> int:
        """How many values the report lists."""
        return ctx.shape.platforms if self.block == PLATFORMS.block else ctx.shape.types

    def listed(self, ctx: Context) -> Listed:
        """The values as pandas lists them."""
        rows = ctx.live.campaigns
        return listed(rows, self.header, self.number_header, self.size(ctx), ctx.unset)

    def number(self, k: int) -> At:
        """The cell with the number of the k-th value by budget."""
        return At(self.block, k + 1, ORDERED)

    def label(self, k: int) -> At:
        """The cell with the label of the k-th value by budget; after the last value, `Other`."""
        return At(self.block, k + 1, LABEL)

    def choices(self, ctx: Context) -> Span:
        """ "All" and the labels, for a filter's dropdown."""
        return Span(self.block, 0, LABEL, self.size(ctx), LABEL)

    @property
    def numbers(self) -> Column:
        """The campaign column that carries each campaign's value as a number."""
        return Column(CAMPAIGNS, self.number_header)


PLATFORMS = Dimension("platforms", "Platform", "Platform No")
TYPES = Dimension("types", "Campaign Type", "Type No")


def platforms(ctx: Context) -> Block:
    """The platforms in the data."""
    return _dimension(ctx, PLATFORMS)


def types(ctx: Context) -> Block:
    """The campaign types in the data."""
    return _dimension(ctx, TYPES)


def _dimension(ctx: Context, dimension: Dimension) -> Block:
    size, found = dimension.size(ctx), dimension.listed(ctx)
    cells = [Cell(0, LABEL, ctx.all_label, Style(Role.LABEL))]
    for k in range(size):
        cells += _found_cells(dimension, found, k, size) + _ordered_cells(ctx, dimension, found, k, size)
    last = At(dimension.block, size, NUMBER)
    more = call("IF", eq(last, ""), 0, call("COUNTIF", dimension.numbers, ">" & last))
    other = call("IF", gt(more, 0), ctx.say("Other"), "")
    expected = ctx.say("Other") if found.has_other else None
    cells.append(Cell(size + 1, LABEL, other, Style(Role.LABEL), expected))
    return Block(dimension.block, size + 2, 5, tuple(cells), needs=("campaigns",))


def _found_cells(dimension: Dimension, found: Listed, k: int, size: int) -> list[Cell]:
    row, numbers = k + 1, dimension.numbers
    number, weight = At(dimension.block, row, NUMBER), At(dimension.block, row, WEIGHT)
    if k == 0:
        next_number: Node = call("SMALL", numbers, 1)
    else:
        before = At(dimension.block, row - 1, NUMBER)
        following = call("SMALL", numbers, call("COUNTIF", numbers, "<=" & before) + 1)
        left = call("COUNTIF", numbers, ">" & before)
        next_number = call("IF", eq(before, ""), "", call("IF", eq(left, 0), "", following))
    budget = call("SUMIFS", Column(CAMPAIGNS, "Budget"), numbers, number)
    weights = Span(dimension.block, 1, WEIGHT, size, WEIGHT)
    up_to_here = Span(dimension.block, 1, WEIGHT, row, WEIGHT)
    larger = call("SUMPRODUCT", gt(weights, weight) * 1)
    rank = larger + call("SUMPRODUCT", eq(up_to_here, weight) * 1)
    look = Style(Role.MUTED, Format.GENERAL)
    return [
        Cell(row, NUMBER, next_number, look, found.numbers[k]),
        Cell(row, WEIGHT, call("IF", eq(number, ""), -1, budget), look, found.weights[k]),
        Cell(row, RANK, rank, look, found.ranks[k]),
    ]


def _ordered_cells(ctx: Context, dimension: Dimension, found: Listed, k: int, size: int) -> list[Cell]:
    row = k + 1
    numbers = Span(dimension.block, 1, NUMBER, size, NUMBER)
    ranks = Span(dimension.block, 1, RANK, size, RANK)
    ordered = call("INDEX", numbers, call("MATCH", row, ranks, 0))
    number = At(dimension.block, row, ORDERED)
    name = call("INDEX", Column(CAMPAIGNS, dimension.header), number)
    label = call("IF", eq(number, ""), "", call("IF", eq(number, 0), ctx.unset, name))
    return [
        Cell(row, ORDERED, ordered, Style(Role.MUTED), found.ordered[k]),
        Cell(row, LABEL, label, Style(Role.LABEL), found.labels[k]),
    ]
