"""Verification: every formula recalculated by an outside engine must give what pandas computes of the same inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sheetgen.clause import Clause
from sheetgen.compare import Comparison, compare
from sheetgen.engines.base import Engine
from sheetgen.expected import expected_values
from sheetgen.readback import read_back
from sheetgen.values import Value
from sheetgen.workbook.cells import read_book
from sheetgen.workbook.edit import parse_edit
from sheetgen.workbook.place import Place

PREPARED = 0.2
"""The share of a verification that is done when the engines begin."""

Told = Callable[[float], None]
"""Told how much of the whole is done, 0 to 1."""


@dataclass(frozen=True)
class Verification:
    """What one engine found: `comparison` against pandas, `stale` cached values, cells it could not compute.

    `foreign` counts formulas that are not the report's own; they are left out.
    """

    engine: str
    comparison: Comparison
    stale: Comparison | None
    unavailable: tuple[str, ...]
    foreign: int

    @property
    def passed(self) -> bool:
        """Whether the engine and pandas agree on every formula, and the file shows the same values."""
        stale = self.stale is None or not self.stale.differences
        return not self.comparison.differences and not self.unavailable and stale


def verify_workbook(
    path: Path,
    engines: Sequence[Engine],
    edits: Sequence[str] = (),
    templates: Path | None = None,
    told: Told = lambda _done: None,
) -> tuple[Verification, ...]:
    """One verification per engine of a workbook's report, after some edits such as `Campaigns!G5=1234`.

    Raises `NotAReportError`, `OptionError` for an edit, `EngineError`, or what reading the workbook raises.
    """
    book = read_book(path)
    told(0.1)
    parsed = [parse_edit(edit, book) for edit in edits]
    expected = expected_values(read_back(book, parsed, templates).report())
    stored = {place: cell.value for place, cell in book.formulas()}
    told(PREPARED)
    found: list[Verification] = []
    for engine in engines:
        result = engine.recalculate(path, parsed)
        own = {place: value for place, value in result.values.items() if place in expected}
        stale = None if parsed else _stale(stored, own)
        lost = {place: reason for place, reason in result.unavailable.items() if place in expected}
        reasons = tuple(Clause("{place}: {reason}", place=place, reason=reason) for place, reason in lost.items())
        foreign = len(result.values) - len(own)
        found.append(Verification(engine.name, compare(expected, own), stale, reasons, foreign))
        told(PREPARED + (1 - PREPARED) * len(found) / len(engines))
    return tuple(found)


def _stale(stored: Mapping[Place, Value], recalculated: Mapping[Place, Value]) -> Comparison:
    """The values that the file shows before any recalculation, against the recalculated ones."""
    return compare({place: stored.get(place) for place in recalculated}, recalculated)
