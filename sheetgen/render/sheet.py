"""The worksheet of XlsxWriter as we need it: formulas as given, blank results as gaps in charts, progress told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

GAPS = frozenset({"", "#N/A"})


class Sheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose formulas come from our emitter, complete and with cached values.

    `on_assembled` is called when the sheet's XML is written, which is half of the time a large workbook takes.
    """

    on_assembled: Callable[[], None] | None = None

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        # XlsxWriter runs 29 regular expressions per formula, texts inside it included, to add prefixes
        # for functions that the closed list of formula.functions does not have.
        return formula.removeprefix("=")

    def _prepare_table_formula(self, formula: str) -> str:
        # XlsxWriter would rewrite every @, in texts and headers too.
        return formula

    def _write_formula(self, row: int, col: int, formula: str, cell_format: Format = None, value: Any = 0) -> int:
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0

    def _get_range_data(self, *cells: int) -> list[Any]:
        return [None if value in GAPS else value for value in super()._get_range_data(*cells)]

    def _assemble_xml_file(self) -> None:
        super()._assemble_xml_file()
        if self.on_assembled is not None:
            self.on_assembled()
