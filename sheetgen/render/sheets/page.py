"""What is needed to make the parts of one tab: formats, where everything is, and a place for remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetgen.clause import Clause
from sheetgen.formula.locate import a1, tab_prefix
from sheetgen.formula.to_sheets import to_sheets, to_sheets_condition
from sheetgen.formula.tree import Node, Span
from sheetgen.render.grid import Grid
from sheetgen.render.sheets.formats import Formats
from sheetgen.render.sheets.model import Remark
from sheetgen.render.sheets.places import Range
from sheetgen.report.address import AddressBook
from sheetgen.report.model import Area, Tab


@dataclass(frozen=True, eq=False)
class Page:
    """A tab being made; `keys` are the keys of all tabs by title, `remarks` what was noticed so far, each once."""

    tab: Tab
    grid: Grid
    formats: Formats
    book: AddressBook
    keys: Mapping[str, str]
    remarks: dict[Remark, None]

    def where(self, row: int, column: int) -> str:
        """A cell as messages name it."""
        return f"{self.tab.title}!{a1(row, column)}"

    def formula(self, tree: Node, row: int, column: int, *, fixed: bool = False) -> str:
        """The text of a formula of this tab, with its equals sign.

        Raises `UnsupportedFormulaError`.
        """
        return "=" + to_sheets(tree, self.book, self.tab.title, fixed=fixed, name=self.where(row, column))

    def condition(self, tree: Node, row: int, column: int) -> str:
        """The text of a conditional format's formula, with its equals sign.

        Raises `UnsupportedFormulaError`.
        """
        return "=" + to_sheets_condition(tree, self.book, self.tab.title, self.where(row, column))

    def reference(self, place: Span) -> str:
        """A place as an absolute reference with its tab, as a dropdown wants it."""
        first, last = self.book.span(place)
        corners = (a1(cell.row, cell.column, fixed_row=True, fixed_column=True) for cell in (first, last))
        return "=" + tab_prefix(first.tab, "") + ":".join(corners)

    def cells(self, place: Span) -> Range:
        """A place as the range of a spec."""
        first, last = self.book.span(place)
        return Range(self.keys[first.tab], first.row, first.column, last.row + 1, last.column + 1)

    def area(self, area: Area, top: int, left: int) -> Range:
        """An area of a block whose first cell is at `top` and `left`."""
        ends = top + area.last_row + 1, left + area.last_column + 1
        return Range(self.tab.key, top + area.row, left + area.column, *ends)

    def remark(self, text: Clause) -> None:
        """Say that something of this tab is not as in Excel."""
        self.remarks[Remark(self.tab.title, text)] = None
