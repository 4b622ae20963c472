"""Where a block's cells and a table's columns are, as emitters ask for it, and A1 notation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, NoReturn, Protocol

from sheetgen.errors import UnsupportedFormulaError
from sheetgen.formula.tree import At, Span

_BARE_TITLE: Final = re.compile("[A-Za-z_]{4,}")


class CellPlace(Protocol):
    """A cell: the tab's title and 0-based row and column."""

    @property
    def tab(self) -> str:
        """The tab's title."""
        ...

    @property
    def row(self) -> int:
        """The 0-based row."""
        ...

    @property
    def column(self) -> int:
        """The 0-based column."""
        ...


class Locate(Protocol):
    """Finds the cells of blocks."""

    def cell(self, place: At, /) -> CellPlace:
        """The cell of a block's cell."""
        ...

    def span(self, place: Span, /) -> tuple[CellPlace, CellPlace]:
        """The two corners of a block's rectangle."""
        ...


class LocateTables(Locate, Protocol):
    """Finds the cells of blocks and of table columns."""

    def column(self, table: str, header: str, /) -> tuple[CellPlace, CellPlace]:
        """The first and the last data cell of a table's column."""
        ...


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A locator for formulas that stand on no sheet: any cell is refused with `name` in the message."""

    name: str

    def cell(self, place: At) -> NoReturn:
        """Refused."""
        self._refuse(f"cell {place.row},{place.column} of the block {place.block}")

    def span(self, place: Span) -> NoReturn:
        """Refused."""
        self._refuse(f"cells of the block {place.block}")

    def column(self, table: str, header: str) -> NoReturn:
        """Refused."""
        self._refuse(f"column {header} of the table {table}")

    def _refuse(self, what: str) -> NoReturn:
        remedy = "Use defined names, or give the layout's addresses."
        raise UnsupportedFormulaError(name=self.name, target="A formula outside a workbook", what=what, remedy=remedy)


def a1(row: int, column: int, *, fixed_row: bool = False, fixed_column: bool = False) -> str:
    """The A1 text of a 0-based cell; `fixed` parts carry a dollar sign."""
    return f"{'$' * fixed_column}{_letters(column)}{'$' * fixed_row}{row + 1}"


@cache
def _letters(column: int) -> str:
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def tab_prefix(tab: str, here: str) -> str:
    """`'Title'!` for a tab other than `here`, quoted unless it could be nothing but a plain word."""
    if tab == here:
        return ""
    if _BARE_TITLE.fullmatch(tab) and tab.upper() != "TRUE" and tab.upper() != "FALSE":
        return f"{tab}!"
    doubled = tab.replace("'", "''")
    return f"'{doubled}'!"
