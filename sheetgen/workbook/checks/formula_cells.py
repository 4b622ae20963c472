"""The formulas of a worksheet by cell, those of alike rows kept once."""

from __future__ import annotations

from collections.abc import Iterator

from sheetgen.workbook.checks.rows import AlikeRows


class FormulaCells:
    """The formulas of a worksheet by 0-based row and column."""

    def __init__(self) -> None:
        self._single: dict[tuple[int, int], str] = {}
        self._runs: list[AlikeRows] = []

    def add(self, row: int, column: int, formula: str) -> None:
        """A cell holds a formula."""
        self._single[row, column] = formula

    def add_rows(self, rows: AlikeRows) -> None:
        """Rows hold the same formulas."""
        self._runs.append(rows)

    def firsts(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and formula of each cell, of alike rows only the first."""
        yield from ((row, column, formula) for (row, column), formula in self._single.items())
        for run in self._runs:
            yield from ((run.first, column, formula) for column, formula in run.formulas.items())

    def differing(self, column: int, first: int, last: int, formula: str) -> list[int]:
        """The rows from `first` to `last` whose cell in a column does not hold the formula."""
        alike = {
            row
            for run in self._runs
            if run.formulas.get(column) == formula
            for row in range(max(first, run.first), min(last, run.last) + 1)
        }
        rows = (row for row in range(first, last + 1) if row not in alike)
        return [row for row in rows if self._single.get((row, column)) != formula]
