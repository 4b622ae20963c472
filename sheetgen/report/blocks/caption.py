"""The line under a chart that says what it shows, or why it shows nothing."""

from __future__ import annotations

from sheetgen.report.model import Cell
from sheetgen.report.sentence import Phrase
from sheetgen.report.style import Align, Format, Role, Style


def caption(row: int, phrase: Phrase, width: int) -> Cell:
    """The phrase as a quiet line across a block."""
    look = Style(Role.MUTED, Format.TEXT, Align.LEFT, dash=False)
    return Cell(row, 0, phrase.formula, look, phrase.expected, columns=width)
