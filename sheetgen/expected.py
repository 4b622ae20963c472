"""What pandas expects of every formula cell of a report, by place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sheetgen.report.model import Block, PlacedBlock, Report, TableColumn
from sheetgen.values import Value
from sheetgen.workbook.place import Place


def expected_values(report: Report) -> dict[Place, Value]:
    """The expected value of each formula cell; None is blank."""
    return {place: value for tab, placed in report.blocks() for place, value in _of_block(tab.title, placed)}


def count_formulas(report: Report) -> int:
    """How many cells of a report hold a formula."""
    return sum(_count(placed.block) for _, placed in report.blocks())


def _count(block: Block) -> int:
    cells = sum(cell.is_formula for cell in block.cells)
    table = block.table
    return cells if table is None else cells + table.rows * sum(c.formula is not None for c in table.columns)


def _of_block(tab: str, placed: PlacedBlock) -> Iterator[tuple[Place, Value]]:
    for cell in placed.block.cells:
        if cell.is_formula:
            yield Place(tab, placed.row + cell.row, placed.column + cell.column), cell.expected
    table = placed.block.table
    if table is None:
        return
    for i, column in enumerate(table.columns):
        if column.formula is not None:
            for row, value in enumerate(plain_values(column), start=placed.row + 1):
                yield Place(tab, row, placed.column + i), value


def plain_values(column: TableColumn) -> list[Value]:
    """A table column's values, NaN as None."""
    values = column.values
    if values.dtype == np.float64:
        return [None if np.isnan(value) else float(value) for value in values]
    return list(values)
