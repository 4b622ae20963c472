"""Leaves out what nothing reads: hidden columns of tables, and blocks that only such columns need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Final

from sheetgen.formula.tree import At, Column, Name, Node, Span, ThisRow, walk
from sheetgen.report.layout import stacked
from sheetgen.report.model import Block, PlacedBlock, Tab, Table

PUBLIC: Final = ("total_", "kpi_", "filter_", "set_")
"""How the defined names begin that people use in formulas of their own: their blocks stay."""

Part = tuple[str, str]
"""A table's column by the table's name and its header; a block by nothing and its key."""


def without_unread(tabs: tuple[Tab, ...]) -> tuple[Tab, ...]:
    """The tabs without the hidden columns, and hidden tabs without the blocks, that nothing shown reads.

    Directly or through others. What is shown are the blocks of visible tabs and the visible columns of tables.
    """
    graph = _Graph({place.block.key: place.block for tab in tabs for place in tab.placed})
    read = graph.reached(_shown(tabs))
    return tuple(_read_tab(tab, read) for tab in tabs)


def _shown(tabs: Iterable[Tab]) -> Iterator[Part]:
    for tab in tabs:
        for block in (place.block for place in tab.placed):
            if not tab.hidden or any(name.startswith(PUBLIC) for name in block.names):
                yield "", block.key
            if block.table is not None:
                yield from ((block.table.name, column.header) for column in block.table.columns if not column.hidden)


@dataclass(eq=False)
class _Graph:
    """What reads what, among blocks by key."""

    blocks: dict[str, Block]
    names: dict[str, tuple[str, int]] = field(init=False)
    tables: dict[str, Table] = field(init=False)

    def __post_init__(self) -> None:
        blocks = self.blocks.values()
        self.names = {name: (block.key, column) for block in blocks for name, (_, column) in block.names.items()}
        self.tables = {block.table.name: block.table for block in blocks if block.table is not None}

    def reached(self, shown: Iterable[Part]) -> frozenset[Part]:
        """What is shown and all that it reads, directly or through others."""
        found = set(shown)
        pending = list(found)
        while pending:
            new = set(self._reads(pending.pop())) - found
            found |= new
            pending += new
        return frozenset(found)

    def _reads(self, part: Part) -> Iterator[Part]:
        for node in self._nodes(part):
            for place in walk(node):
                yield from self._places(place)

    def _nodes(self, part: Part) -> Iterator[Node]:
        table, key = part
        if table:
            column = self.tables[table].columns[self.tables[table].index(key)]
            yield from _nodes_in((column.formula, column.input))
            return
        block = self.blocks[key]
        for cell in block.cells:
            yield from _nodes_in((cell.content, cell.input))
        yield from _nodes_in((block.charts, block.rules))

    def _places(self, place: Node) -> Iterator[Part]:
        match place:
            case ThisRow(table, column) | Column(table, column):
                yield table, column
            case At(block) | Span(block):
                yield from self._whole(block)
            case Name(name) if name in self.names:
                key, at = self.names[name]
                named = self.blocks[key].table
                yield ("", key) if named is None else (named.name, named.columns[at].header)

    def _whole(self, key: str) -> Iterator[Part]:
        """A block, with all columns of its table: a place in it counts them."""
        table = self.blocks[key].table
        yield "", key
        if table is not None:
            yield from ((table.name, column.header) for column in table.columns)


def _nodes_in(part: Any) -> Iterator[Node]:
    """The formulas and places anywhere in a part of a block."""
    if isinstance(part, Node):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _nodes_in(each)
    elif is_dataclass(part):
        for each in fields(part):
            yield from _nodes_in(getattr(part, each.name))


def _read_tab(tab: Tab, read: frozenset[Part]) -> Tab:
    if tab.hidden:
        # A block without cells only keeps the others where they are.
        kept = [place.block for place in tab.placed if ("", place.block.key) in read or not place.block.cells]
        return tab if len(kept) == len(tab.placed) else replace(tab, placed=stacked(kept))
    return replace(tab, placed=tuple(_read_place(place, read) for place in tab.placed))


def _read_place(place: PlacedBlock, read: frozenset[Part]) -> PlacedBlock:
    table = place.block.table
    if table is None:
        return place
    columns = tuple(column for column in table.columns if not column.hidden or (table.name, column.header) in read)
    block = replace(place.block, width=len(columns), table=replace(table, columns=columns))
    return replace(place, block=block)
