"""Verification: every formula recalculated by an outside engine must give what pandas computes of the same inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sheetgen.clause import Clause
from sheetgen.compare import Comparison, compare
from sheetgen.engines.base import Engine
from sheetgen.errors import LimitError
from sheetgen.expected import expected_values
from sheetgen.readback import read_back
from sheetgen.values import Value
from sheetgen.workbook.cells import read_book
from sheetgen.workbook.edit import Edit, parse_edit
from sheetgen.workbook.place import Place

PREPARED = 0.2
"""The share of a verification that is done when the engines begin."""

Told = Callable[[float], None]
"""Told how much of the whole is done, 0 to 1."""


@dataclass(frozen=True)
class Verification:
    """What one engine found: `comparison` against pandas, `stale` cached values, cells it could not compute.

    `foreign` counts formulas that are not the report's own; they are left out. `left_out` says why the engine was not
    asked at all, None where it was.
    """

    engine: str
    comparison: Comparison
    stale: Comparison | None
    unavailable: tuple[str, ...]
    foreign: int
    left_out: Clause | None = None

    @property
    def passed(self) -> bool:
        """Whether the engine and pandas agree on every formula, and the file shows the same values.

        An engine that was left out has nothing against the report.
        """
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

    An engine that does not take so many formulas is left out where another one does. Raises `LimitError` where none
    does, `NotAReportError`, `OptionError` for an edit, `EngineError`, or what reading the workbook raises.
    """
    claims = _read(path, edits, templates, told)
    count = len(claims.stored)
    able = [engine for engine in engines if engine.most is None or count <= engine.most]
    if not able:
        raise _too_many(count, engines)
    found: list[Verification] = []
    for engine in engines:
        found.append(_verified(path, engine, claims) if engine in able else _left_out(engine, count))
        told(PREPARED + (1 - PREPARED) * len(found) / len(engines))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class _Claims:
    """What a workbook and pandas say of its formulas: the values that the file holds, and those expected of it."""

    edits: tuple[Edit, ...]
    stored: Mapping[Place, Value]
    expected: Mapping[Place, Value]


def _read(path: Path, edits: Sequence[str], templates: Path | None, told: Told) -> _Claims:
    book = read_book(path)
    told(0.1)
    parsed = tuple(parse_edit(edit, book) for edit in edits)
    stored = {place: cell.value for place, cell in book.formulas()}
    expected = expected_values(read_back(book, parsed, templates).report())
    told(PREPARED)
    return _Claims(parsed, stored, expected)


def _verified(path: Path, engine: Engine, claims: _Claims) -> Verification:
    expected = claims.expected
    result = engine.recalculate(path, claims.edits, tuple(claims.stored))
    own = {place: value for place, value in result.values.items() if place in expected}
    stale = None if claims.edits else _stale(claims.stored, own)
    lost = {place: reason for place, reason in result.unavailable.items() if place in expected}
    reasons = tuple(Clause("{place}: {reason}", place=place, reason=reason) for place, reason in lost.items())
    return Verification(engine.name, compare(expected, own), stale, reasons, len(result.values) - len(own))


def _left_out(engine: Engine, count: int) -> Verification:
    why = Clause("it takes {most:,} formulas, and the workbook has {count:,}", most=engine.most, count=count)
    return Verification(engine.name, compare({}, {}), None, (), 0, why)


def _too_many(count: int, engines: Sequence[Engine]) -> LimitError:
    return LimitError(
        what=Clause("The workbook for {engine}", engine=", ".join(engine.name for engine in engines)),
        found=Clause("{count:,} formulas", count=count),
        allowed=Clause("{count:,} formulas", count=max(engine.most or 0 for engine in engines)),
        remedy=Clause("Install LibreOffice, which takes any number, and verify with --engine libreoffice."),
    )


def _stale(stored: Mapping[Place, Value], recalculated: Mapping[Place, Value]) -> Comparison:
    """The values that the file shows before any recalculation, against the recalculated ones."""
    return compare({place: stored.get(place) for place in recalculated}, recalculated)
