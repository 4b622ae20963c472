"""The address book: where the layout put each block, name and table column."""

from __future__ import annotations

from dataclasses import dataclass, field

from sheetgen.formula.tree import At, Span
from sheetgen.report.model import Address, Report, Table


@dataclass(frozen=True, eq=False)
class TablePlace:
    """A table's tab and the 0-based rows and column of its data (without the header)."""

    tab: str
    first_row: int
    last_row: int
    column: int
    table: Table


@dataclass(frozen=True, eq=False)
class AddressBook:
    """Looks up places: blocks by key, defined names, tables by name."""

    blocks: dict[str, Address] = field(default_factory=dict)
    names: dict[str, Address] = field(default_factory=dict)
    tables: dict[str, TablePlace] = field(default_factory=dict)

    def cell(self, place: At) -> Address:
        """The address of a block's cell."""
        origin = self.blocks[place.block]
        return Address(origin.tab, origin.row + place.row, origin.column + place.column)

    def span(self, place: Span) -> tuple[Address, Address]:
        """The addresses of a span's two corners."""
        first = self.cell(At(place.block, place.row, place.column))
        return first, self.cell(At(place.block, place.last_row, place.last_column))

    def column(self, table: str, header: str) -> tuple[Address, Address]:
        """The addresses of the first and last data cell of a table's column."""
        place = self.tables[table]
        column = place.column + place.table.index(header)
        return Address(place.tab, place.first_row, column), Address(place.tab, place.last_row, column)


def address_book(report: Report) -> AddressBook:
    """The addresses of everything in a report.

    Raises `ValueError` when two blocks, names or tables of the report share a name.
    """
    book = AddressBook()
    for tab, place in report.blocks():
        block = place.block
        _claim(book.blocks, block.key, Address(tab.title, place.row, place.column))
        for name, (row, column) in block.names.items():
            _claim(book.names, name, Address(tab.title, place.row + row, place.column + column))
        if block.table is not None:
            first = place.row + 1
            found = TablePlace(tab.title, first, first + block.table.rows - 1, place.column, block.table)
            if block.table.name in book.tables:
                raise ValueError(f"two tables are named {block.table.name}")
            book.tables[block.table.name] = found
    return book


def _claim(places: dict[str, Address], key: str, address: Address) -> None:
    if key in places:
        raise ValueError(f"{key} is placed twice: {places[key]} and {address}")
    places[key] = address
