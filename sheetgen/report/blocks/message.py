"""A block that says in words why a table or chart has nothing to show."""

from __future__ import annotations

from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Role, Style


def message(key: str, title: str, reason: str, width: int = 8) -> Block:
    """The title of what is missing and the reason."""
    cells = (
        Cell(0, 0, title, Style(Role.SECTION)),
        Cell(1, 0, reason, Style(Role.MESSAGE, wrap=True), columns=width),
    )
    return Block(key, 2, width, cells)
