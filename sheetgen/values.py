"""What a cell can hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetError:
    """A spreadsheet error that a formula gives on purpose, such as `#N/A` for a gap in a chart."""

    code: str


NOT_AVAILABLE = SheetError("#N/A")

Value = float | str | bool | SheetError | None
"""A cell's value; None is blank (the empty text, where a formula gives it)."""
