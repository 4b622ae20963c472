"""Excel text of a formula, as it stands in an .xlsx file: structured references in full, English names, commas."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from sheetgen.formula.check import check_formula, check_length
from sheetgen.formula.locate import CellPlace, Locate, Nowhere, a1, tab_prefix
from sheetgen.formula.printer import Printer, Written
from sheetgen.formula.tree import At, Column, Name, Node, Span, ThisRow

_PLAIN_HEADER: Final = re.compile(r"[\w ]+")


def to_excel(tree: Node, locate: Locate, here: str, *, fixed: bool = False, name: str = "") -> str:
    """The formula without its equals sign, for a cell of the tab titled `here`.

    `fixed` writes cells as `$C$5`, for a formula that is filled down a column. `name` is the formula's in messages.
    Raises `UnsupportedFormulaError` for a formula outside the common set, or too long for Excel.
    """
    name = name or f"A formula on {here}"
    check_formula(tree, name)
    text = ExcelPrinter(name, locate, here, fixed=fixed).print(tree)
    check_length(text, name)
    return text


def to_excel_shown(tree: Node, table: str, name: str = "") -> str:
    """The formula of a row of `table` as Excel shows it in the formula bar: `[@Clicks]/[@Impressions]`.

    Never for a file: `[@...]` is the screen's shorthand. Raises `UnsupportedFormulaError`.
    """
    name = name or f"A formula of {table}"
    check_formula(tree, name)
    return _ShownPrinter(name, Nowhere(name), table).print(tree)


class ExcelPrinter(Printer):
    """Writes a report's formulas the way an .xlsx file holds them."""

    target = "Excel"
    remedy = "Give every field a place before the formula is written."
    gap = ""
    separator = ","

    def __init__(self, name: str, locate: Locate, here: str, *, fixed: bool = False) -> None:
        super().__init__(name)
        self.locate = locate
        self.here = here
        self.fixed = fixed

    def place(self, part: Node) -> Written:
        """A cell, a rectangle, a table's column or a defined name."""
        match part:
            case ThisRow(table, header):
                return Written(self.this_row(table, header))
            case Column(table, header):
                return Written(self.column(table, header))
            case Name(name):
                return Written(name)
            case At():
                return Written(self.cells(self.locate.cell(part)))
            case Span():
                return Written(self.cells(*self.locate.span(part)))
            case _:
                raise self.refusal(f"{part}")

    def this_row(self, table: str, header: str) -> str:
        """The cell of a table's column in the formula's own row."""
        return f"{table}[[#This Row],[{_escaped(header)}]]"

    def column(self, table: str, header: str) -> str:
        """All data cells of a table's column; a header with signs needs its brackets twice."""
        inner = _escaped(header)
        return f"{table}[{inner}]" if _PLAIN_HEADER.fullmatch(header) else f"{table}[[{inner}]]"

    def cells(self, first: CellPlace, last: CellPlace | None = None) -> str:
        """One cell, or the rectangle between two."""
        text = tab_prefix(first.tab, self.here) + self._corner(first)
        return text if last is None else f"{text}:{self._corner(last)}"

    def _corner(self, cell: CellPlace) -> str:
        return a1(cell.row, cell.column, fixed_row=self.fixed, fixed_column=self.fixed)


class _ShownPrinter(ExcelPrinter):
    def this_row(self, table: str, header: str) -> str:
        if table != self.here:
            return super().this_row(table, header)
        inner = _escaped(header)
        return f"[@{inner}]" if re.fullmatch(r"\w+", header) else f"[@[{inner}]]"


@lru_cache
def _escaped(header: str) -> str:
    return re.sub(r"(['\[\]#])", r"'\1", header)
