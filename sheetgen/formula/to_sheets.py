"""Google Sheets text of a formula: what differs from Excel.

A formula that the API sets is parsed in the spreadsheet's locale: only semicolons separate arguments
everywhere, and a decimal literal is safe nowhere. Table columns are closed A1 ranges, the one form
that is valid in the same batch that makes the table.
"""

from __future__ import annotations

from decimal import Decimal

from sheetgen.formula.check import check_formula
from sheetgen.formula.locate import LocateTables, a1, tab_prefix
from sheetgen.formula.printer import Written
from sheetgen.formula.to_excel import ExcelPrinter
from sheetgen.formula.tree import Name, Node


def to_sheets(tree: Node, locate: LocateTables, here: str, *, fixed: bool = False, name: str = "") -> str:
    """The formula without its equals sign, for a cell of the tab titled `here`.

    A cell of "this row" is that of the table's first row, its row not fixed: repeated down the column it moves along.
    `fixed` and `name` are as in `to_excel`. Raises `UnsupportedFormulaError`.
    """
    name = name or f"A formula on {here}"
    check_formula(tree, name)
    return SheetsPrinter(name, locate, here, fixed=fixed).print(tree)


def to_sheets_condition(tree: Node, locate: LocateTables, here: str, name: str = "") -> str:
    """The formula without its equals sign, for a conditional format on the tab titled `here`.

    Google lets such a formula see other tabs through INDIRECT alone. `name` is as in `to_excel`.
    Raises `UnsupportedFormulaError`, also for a cell of another tab that has no defined name.
    """
    name = name or f"A conditional format on {here}"
    check_formula(tree, name)
    return _ConditionPrinter(name, locate, here).print(tree)


class SheetsPrinter(ExcelPrinter):
    """Writes a report's formulas so that every locale of Google Sheets reads them alike."""

    target = "Google Sheets"
    separator = ";"

    def __init__(self, name: str, locate: LocateTables, here: str, *, fixed: bool = False) -> None:
        super().__init__(name, locate, here, fixed=fixed)
        self.tables = locate

    def number(self, value: float) -> Written:
        """A whole number as it is, a decimal one as a fraction of whole numbers."""
        shortest = Decimal(repr(float(value))).normalize()
        exponent = shortest.as_tuple().exponent
        if not isinstance(exponent, int) or exponent >= 0:
            return super().number(value)
        scale = 10**-exponent
        return Written(f"({int(shortest * scale)}/{scale})")

    def this_row(self, table: str, header: str) -> str:
        """The first cell of the column, free to move down."""
        first, _ = self.tables.column(table, header)
        return tab_prefix(first.tab, self.here) + a1(first.row, first.column, fixed_column=True)

    def column(self, table: str, header: str) -> str:
        """The column's closed range, fixed."""
        first, last = self.tables.column(table, header)
        corners = (a1(cell.row, cell.column, fixed_row=True, fixed_column=True) for cell in (first, last))
        return tab_prefix(first.tab, self.here) + ":".join(corners)


class _ConditionPrinter(SheetsPrinter):
    target = "A conditional format of Google Sheets"
    remedy = "Give the cell a defined name."

    def place(self, part: Node) -> Written:
        if isinstance(part, Name):
            return Written(f'INDIRECT("{part.name}")')
        written = super().place(part)
        if "!" in written.text:
            raise self.refusal(f"{written.text}, a place of another tab")
        return written
