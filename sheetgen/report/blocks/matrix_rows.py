"""The largest campaigns of each quadrant, on the helper tab."""

from __future__ import annotations

import numpy as np

from sheetgen.analysis.matrix import Quadrant
from sheetgen.analysis.ranking import best_rows
from sheetgen.formula.tree import At, Column, call, gt
from sheetgen.report.blocks.matrix_columns import QUADRANT, RANK, Matrix, found_matrix, is_available
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Role, Style
from sheetgen.report.sums import CAMPAIGNS

KEY = "matrix_rows"
SHOWN = 5
COUNT, BEFORE, FIRST = range(3)


def count_cell(quadrant: Quadrant) -> At:
    """The cell with how many campaigns are in a quadrant."""
    return At(KEY, quadrant - 1, COUNT)


def row_cell(quadrant: Quadrant, k: int) -> At:
    """The cell with the row of the k-th campaign of a quadrant, blank past its last."""
    return At(KEY, quadrant - 1, FIRST + k)


def quadrant_rows(found: Matrix, quadrant: Quadrant) -> list[float | None]:
    """The same rows, from pandas."""
    return best_rows(np.where(found.quadrant == quadrant, found.keys, np.nan), SHOWN)


def matrix_rows(ctx: Context) -> Block:
    """For each quadrant its campaigns, those of the quadrants before it, and the rows of its first campaigns."""
    if not is_available(ctx):
        return Block(KEY, 0, 0)
    found, keys, look, before, cells = found_matrix(ctx), Column(CAMPAIGNS, RANK), Style(Role.MUTED), 0.0, []
    for quadrant in Quadrant:
        row, count, earlier = quadrant - 1, count_cell(quadrant), At(KEY, quadrant - 1, BEFORE)
        number = float(np.sum(found.quadrant == quadrant))
        counted = call("COUNTIFS", Column(CAMPAIGNS, QUADRANT), quadrant)
        cells.append(Cell(row, COUNT, counted, look, number))
        above = At(KEY, row - 1, COUNT) + At(KEY, row - 1, BEFORE) if row else 0.0
        cells.append(Cell(row, BEFORE, above, look, before))
        for k, expected in enumerate(quadrant_rows(found, quadrant)):
            place = call("MATCH", call("LARGE", keys, earlier + k + 1), keys, 0)
            cells.append(Cell(row, FIRST + k, call("IF", gt(k + 1, count), "", place), look, expected))
        before += number
    return Block(KEY, len(Quadrant), FIRST + SHOWN, tuple(cells), needs=("campaigns", "matrix_lines"))
