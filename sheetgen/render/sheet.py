"""The worksheet of XlsxWriter as we need it: formulas as given, blank results as gaps in charts."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellFormulaTuple

from sheetgen.render.bulk import BulkWorksheet

GAPS = frozenset({"", "#N/A"})


class Sheet(BulkWorksheet):
    """A worksheet whose formulas come from our emitter, complete and with cached values."""

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

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> list[Any]:
        data = super()._get_range_data(row_start, col_start, row_end, col_end)
        return [None if value in GAPS else value for value in data]
