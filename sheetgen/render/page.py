"""What is needed to write the parts of one tab: its sheet, sizes and formats, and where everything is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sheetgen.formula.locate import a1, tab_prefix
from sheetgen.formula.to_excel import to_excel
from sheetgen.formula.tree import At, Column, Node, Span
from sheetgen.render.grid import Grid
from sheetgen.render.sheet import Sheet
from sheetgen.render.styles import Styles
from sheetgen.report.address import AddressBook
from sheetgen.report.model import Tab


@dataclass(frozen=True, eq=False)
class Page:
    """A tab being written; `titles` are the titles of all tabs by key, `step` is told how many cells were written."""

    sheet: Sheet
    tab: Tab
    grid: Grid
    styles: Styles
    book: AddressBook
    titles: Mapping[str, str]
    step: Callable[[int], None]

    def where(self, row: int, column: int) -> str:
        """A cell as messages name it."""
        return f"{self.tab.title}!{a1(row, column)}"

    def formula(self, tree: Node, row: int, column: int, *, fixed: bool = False) -> str:
        """The Excel text of a formula of this tab, with its equals sign.

        Raises `UnsupportedFormulaError`.
        """
        return "=" + to_excel(tree, self.book, self.tab.title, fixed=fixed, name=self.where(row, column))

    def cells(self, place: Span | Column | At) -> str:
        """A place as an absolute reference with its tab, as charts and lists of choices want it."""
        match place:
            case Span():
                first, last = self.book.span(place)
            case Column(table, header):
                first, last = self.book.column(table, header)
            case At():
                first = last = self.book.cell(place)
        corners = dict.fromkeys(a1(cell.row, cell.column, fixed_row=True, fixed_column=True) for cell in (first, last))
        return "=" + tab_prefix(first.tab, "") + ":".join(corners)
