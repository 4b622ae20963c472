"""What the filters mean as numbers, each in a named helper cell that the tables' formulas read."""

from __future__ import annotations

from sheetgen.analysis.live import ANY, NOTHING
from sheetgen.analysis.serials import LAST_SERIAL
from sheetgen.formula.tree import Column, Name, Node, call, eq
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, wildcard_safe

KEY = "scope"


def scope(ctx: Context) -> Block:
    """The selected platform and type as row numbers, and the selected days."""
    found = ctx.live.scope
    dated = call("OR", call("ISNUMBER", Name("filter_from")), call("ISNUMBER", Name("filter_to")))
    rows: tuple[tuple[str, Node, float, Format], ...] = (
        ("scope_platform", _selected(ctx, "filter_platform", "Platform"), found.platform, Format.GENERAL),
        ("scope_type", _selected(ctx, "filter_type", "Campaign Type"), found.campaign_type, Format.GENERAL),
        ("scope_from", _bound("filter_from", 0.0), found.first, Format.DATE),
        ("scope_to", _bound("filter_to", LAST_SERIAL), found.last, Format.DATE),
        ("scope_dated", call("IF", dated, 1, 0), float(found.dated), Format.GENERAL),
    )
    cells = [
        cell
        for i, (name, formula, value, shown) in enumerate(rows)
        for cell in (Cell(i, 0, name, Style(Role.LABEL)), Cell(i, 1, formula, Style(Role.BODY, shown), value))
    ]
    names = {name: (i, 1) for i, (name, *_) in enumerate(rows)}
    return Block(KEY, len(rows), 2, tuple(cells), names=names, needs=("filters",))


def _selected(ctx: Context, name: str, header: str) -> Node:
    choice = Name(name)
    everything = call("OR", eq(choice, ""), eq(choice, ctx.all_label))
    found = call("MATCH", wildcard_safe(choice), Column(CAMPAIGNS, header), 0)
    absent = call("IF", eq(choice, ctx.unset), 0, NOTHING)
    return call("IF", everything, ANY, call("IFERROR", found, absent))


def _bound(name: str, otherwise: float) -> Node:
    return call("IF", call("ISNUMBER", Name(name)), Name(name), otherwise)
