"""Places in a workbook, and A1 text read back."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sheetgen.formula.locate import a1, tab_prefix

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


class Place(NamedTuple):
    """A cell of a workbook: the tab's title and the 0-based row and column."""

    tab: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{tab_prefix(self.tab, '')}{a1(self.row, self.column)}"


class Rectangle(NamedTuple):
    """Cells of a sheet from corner to corner, both included, 0-based."""

    row: int
    column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        return f"{a1(self.row, self.column)}:{a1(self.last_row, self.last_column)}"

    def overlaps(self, other: Rectangle) -> bool:
        """Whether the two share a cell."""
        return (
            self.row <= other.last_row
            and other.row <= self.last_row
            and self.column <= other.last_column
            and other.column <= self.last_column
        )

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is inside."""
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column


@cache
def column_number(letters: str) -> int:
    """The 0-based column of letters, A to Z in either case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def parse_cell(text: str) -> tuple[int, int] | None:
    """The 0-based row and column of A1 text, with or without `$`; None if it is not a cell of a sheet."""
    match = _CELL.fullmatch(text)
    if match is None:
        return None
    row, column = int(match[2]) - 1, column_number(match[1])
    return (row, column) if row < MAX_ROWS and column < MAX_COLUMNS else None


def parse_rectangle(text: str) -> Rectangle | None:
    """The rectangle of `A1:B5` or `A1`; None if it is neither, or does not go from top left to bottom right."""
    first, colon, last = text.partition(":")
    start, end = parse_cell(first), parse_cell(last if colon else first)
    if start is None or end is None or end[0] < start[0] or end[1] < start[1]:
        return None
    return Rectangle(*start, *end)
