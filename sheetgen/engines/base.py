"""What an engine does: recalculate every formula of a workbook, after edits, without trusting cached values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sheetgen.values import Value
from sheetgen.workbook.edit import Edit
from sheetgen.workbook.place import Place


@dataclass(frozen=True, eq=False)
class Recalculated:
    """The value of every formula cell, None for the empty text; `unavailable` says why a cell has no value."""

    values: Mapping[Place, Value]
    unavailable: Mapping[Place, str] = field(default_factory=dict)


class Engine(Protocol):
    """A spreadsheet engine."""

    @property
    def name(self) -> str:
        """What the user calls it."""
        ...

    @property
    def most(self) -> int | None:
        """Formulas that it recalculates at most, None for as many as a workbook holds."""
        ...

    def recalculate(
        self, path: Path, edits: Sequence[Edit] = (), places: Sequence[Place] | None = None
    ) -> Recalculated:
        """All formula cells of the workbook, as they are after the edits; the file itself stays as it is.

        `places` are those cells where the caller has read the workbook already. Raises `EngineError` when the engine
        fails, or what `read_book` raises for an unreadable workbook.
        """
        ...
