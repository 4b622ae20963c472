"""The ledger: one line for each row dropped, each cell changed and each thing worth knowing about the input."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import numpy.typing as npt


class Severity(Enum):
    """How much a line matters to the reader."""

    INFO = "info"
    WARNING = "warning"
    DROPPED = "dropped"


GRAVEST_FIRST = (Severity.DROPPED, Severity.WARNING, Severity.INFO)
"""What matters most to the reader first."""


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
class Issue:
    """All lines of one code: their places in the ledger, and the money of the rows they are about, None without any."""

    code: str
    severity: Severity
    places: tuple[int, ...]
    spend: float | None = None

    @property
    def count(self) -> int:
        """The number of lines."""
        return len(self.places)


@dataclass(frozen=True)
class Ledger:
    """All lines of a run and the row balance: `rows_in == rows_used + rows_dropped`.

    `spend` has, line by line, the money spent that its row tells: NaN where it tells none, where the line is about the
    whole file, and where an earlier line of the code is about the same row. It is empty where nothing is known of it.
    """

    lines: tuple[LedgerLine, ...] = ()
    rows_in: int = 0
    rows_used: int = 0
    spend: npt.NDArray[np.float64] = field(default_factory=lambda: np.array([], dtype=np.float64), compare=False)

    @property
    def rows_dropped(self) -> int:
        """Rows of the input that feed no number of the report."""
        return self.rows_in - self.rows_used

    def counts(self) -> dict[str, int]:
        """Number of lines per code, most frequent first."""
        return dict(Counter(line.code for line in self.lines).most_common())

    def issues(self) -> tuple[Issue, ...]:
        """The lines by code: what was dropped, then warnings, then the rest, each kind with most lines first."""
        places: dict[str, list[int]] = {}
        for place, line in enumerate(self.lines):
            places.setdefault(line.code, []).append(place)
        spend = self.spend_by_code()
        found = (Issue(code, self.lines[at[0]].severity, tuple(at), spend.get(code)) for code, at in places.items())
        return tuple(sorted(found, key=lambda issue: (GRAVEST_FIRST.index(issue.severity), -issue.count, issue.code)))

    def spend_of(self, place: int) -> float | None:
        """The money of the line at a place, None where it tells none."""
        value = float(self.spend[place]) if place < len(self.spend) else float("nan")
        return None if np.isnan(value) else value

    def spend_by_code(self) -> dict[str, float]:
        """The money of the rows that each code is about; a code without money has no entry."""
        sums: dict[str, float] = {}
        for place in np.flatnonzero(~np.isnan(self.spend)).tolist():
            code = self.lines[place].code
            sums[code] = sums.get(code, 0.0) + float(self.spend[place])
        return sums
