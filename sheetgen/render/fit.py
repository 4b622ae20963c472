"""The room that wrapped texts need in merged cells: a spreadsheet fits rows to single cells only."""

from __future__ import annotations

from math import ceil
from typing import Final

from sheetgen.render import looks
from sheetgen.report.model import Cell
from sheetgen.report.theme import Theme

EM_SHARE: Final = 0.5
"""Width of an average character, as a share of the font's size; a little more than that of Calibri."""

LINE_SHARE: Final = 1.35
PADDING: Final = 10
"""Pixels that a cell keeps free, left and right together, with its indent."""


def height_needed(cell: Cell, width: int, theme: Theme) -> float:
    """Points that the text of a merged cell of `width` pixels takes, 0 where it does not wrap."""
    return wrapped_height(cell, width, theme) if cell.columns > 1 else 0.0


def wrapped_height(cell: Cell, width: int, theme: Theme) -> float:
    """Points that the text of a cell of `width` pixels takes, merged or not, 0 where it does not wrap."""
    look = looks.role(cell.style.role, theme)
    wraps = cell.style.wrap or look.get("text_wrap", False)
    if not wraps or not isinstance(cell.value, str):
        return 0.0
    size = look.get("font_size", looks.BODY_SIZE)
    # A point is 4/3 pixels.
    across = max(1, int((width - PADDING) / (size * 4 / 3 * EM_SHARE)))
    lines = sum(max(1, ceil(len(line) / across)) for line in cell.value.splitlines())
    return float(lines * size * LINE_SHARE + 3)
