"""The ledger: one line for each row dropped, each cell changed and each thing worth knowing about the input."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a line matters to the reader."""

    INFO = "info"
    WARNING = "warning"
    DROPPED = "dropped"


@dataclass(frozen=True)
class LedgerLine:
    """One problem or change: `row` is the 1-based line in the source (0: the whole file)."""

    code: str
    severity: Severity
    file: str
    row: int
    field: str
    before: str
    after: str
    sentence: str


@dataclass(frozen=True)
class Ledger:
    """All lines of a run and the row balance: `rows_in == rows_used + rows_dropped`."""

    lines: tuple[LedgerLine, ...] = ()
    rows_in: int = 0
    rows_used: int = 0

    @property
    def rows_dropped(self) -> int:
        """Rows of the input that feed no number of the report."""
        return self.rows_in - self.rows_used

    def counts(self) -> dict[str, int]:
        """Number of lines per code, most frequent first."""
        return dict(Counter(line.code for line in self.lines).most_common())
