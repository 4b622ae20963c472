"""The two platforms that the reader contrasts: where the list of platforms has them, on the helper tab."""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.contrast import position, side
from sheetgen.analysis.groups import Numbers, sums_by, with_kpis
from sheetgen.formula.tree import At, Name, Node, Span, call, eq
from sheetgen.inputs import CONTRAST
from sheetgen.report.blocks.dimension import LABEL, PLATFORMS
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import table_row
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Role, Style
from sheetgen.report.sums import wildcard_safe

KEY = "contrast_sides"
PLACE_COLUMN, LABEL_COLUMN = 0, 1


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two platforms: its 1-based place among the listed (0: none), its label and numbers."""

    row: int
    place: int
    label: str | None
    numbers: Numbers

    @property
    def place_cell(self) -> At:
        """The cell with the place."""
        return At(KEY, self.row, PLACE_COLUMN)

    @property
    def label_cell(self) -> At:
        """The cell with the label."""
        return At(KEY, self.row, LABEL_COLUMN)

    def value(self, ctx: Context, column: int) -> Node:
        """What a column of the table by platform says of the side, blank without one."""
        last = table_row(PLATFORMS.size(ctx) - 1)
        cells = Span("by_platform", table_row(0), column, last, column)
        return call("IF", eq(self.place_cell, 0), "", call("INDEX", cells, self.place_cell))


def sides(ctx: Context) -> tuple[Side, Side]:
    """The two sides as the reader picked them."""
    found = PLATFORMS.listed(ctx)
    sums = [with_kpis(row, ctx.kpis) for row in sums_by(ctx.facts, PLATFORMS.number_header, found.ordered)]
    places = [position(ctx.inputs.text(name), found.labels) for name in CONTRAST]
    first, second = (
        Side(row, place, found.labels[place - 1] if place else None, side(sums, place))
        for row, place in enumerate(places)
    )
    return first, second


def choices(ctx: Context) -> Span:
    """The labels of the platforms, for the dropdowns."""
    return Span(PLATFORMS.block, 1, LABEL, PLATFORMS.size(ctx), LABEL)


def contrast_sides(ctx: Context) -> Block:
    """The place and the label of each side."""
    cells = []
    for name, one in zip(CONTRAST, sides(ctx), strict=True):
        found = call("IFERROR", call("MATCH", wildcard_safe(Name(name)), choices(ctx), 0), 0)
        place = call("IF", eq(Name(name), ""), 0, found)
        label = call("IF", eq(one.place_cell, 0), "", call("INDEX", choices(ctx), one.place_cell))
        cells.append(Cell(one.row, PLACE_COLUMN, place, Style(Role.MUTED), float(one.place)))
        cells.append(Cell(one.row, LABEL_COLUMN, label, Style(Role.LABEL), one.label))
    return Block(KEY, len(cells) // 2, 2, tuple(cells), needs=("platforms", "by_platform", "contrast"))
