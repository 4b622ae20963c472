"""The head of a dashboard page after the first: its name, and the filters in force with a way back to them."""

from __future__ import annotations

from collections.abc import Callable

from sheetgen.formula.tree import Name, Node, call, eq
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.values import Value

FILTERS = (
    ("filter_platform", "Platform", Format.TEXT),
    ("filter_type", "Type", Format.TEXT),
    ("filter_from", "From", Format.DATE),
    ("filter_to", "To", Format.DATE),
)


def page_head(key: str, title: str) -> Callable[[Context, int], Block]:
    """The builder of a page's head block."""

    def build(ctx: Context, width: int) -> Block:
        cells = [Cell(0, 0, ctx.say(title), Style(Role.TITLE), columns=width)]
        for i, (name, label, shown) in enumerate(FILTERS):
            formula, value = in_force(ctx, name)
            cells.append(Cell(1, 2 * i, ctx.say(label), Style(Role.SUBTITLE, Format.TEXT, Align.LEFT)))
            cells.append(Cell(1, 2 * i + 1, formula, Style(Role.SUBTITLE, shown, Align.LEFT), value))
        way_back = Style(Role.LINK, Format.TEXT, Align.LEFT)
        cells.append(Cell(1, 2 * len(FILTERS), ctx.say("Change the filters"), way_back, columns=2, link="overview"))
        return Block(key, 2, width, tuple(cells), needs=("filters",), heights={0: 32.0, 1: 18.0})

    return build


def in_force(ctx: Context, name: str) -> tuple[Node, Value]:
    """A filter as it is set; "All" where a choice is blank, a dash where a date is."""
    given = ctx.inputs.values.get(name)
    value = given if isinstance(given, float | str) and given != "" else None
    if name in ("filter_platform", "filter_type"):
        return call("IF", eq(Name(name), ""), ctx.all_label, Name(name)), value or ctx.all_label
    return call("IF", eq(Name(name), ""), "", Name(name)), value
