"""What reading a table brings up besides its values: cells to speak about, ledger lines, currency signs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sheetgen.ledger import LedgerLine
from sheetgen.sources.remarks import Remark
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import BoolArray, RawColumn


@dataclass(frozen=True)
class CellProblem:
    """Cells of one column that the ledger mentions, if their rows are kept."""

    remark: Remark
    column: RawColumn
    where: BoolArray

    def lines(self, rows: Rows, kept: BoolArray) -> list[LedgerLine]:
        """One line per such cell of the rows that are kept."""
        places = np.flatnonzero(self.where & kept)
        before = self.column.shown(places)
        return self.remark.lines(rows.places(places), self.column.header, before, [""] * len(before))


@dataclass
class Findings:
    """Collected while a table is read."""

    problems: list[CellProblem] = field(default_factory=list)
    lines: list[LedgerLine] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)

    def mention(self, remark: Remark, column: RawColumn, where: BoolArray) -> None:
        """Remember these cells, if any."""
        if where.any():
            self.problems.append(CellProblem(remark, column, where))
