"""A1 notation: cells, rectangles and references inside formulas."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

MAX_COLUMNS: Final = 18_278
"""Columns of a sheet, the last one `ZZZ`."""

_CORNER: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?")
_COORDINATE: Final = re.compile(r"(\$?)([A-Za-z]+|[0-9]+)")


class Bounds(NamedTuple):
    """A rectangle of A1 text, half open and 0-based; None where the text leaves it open."""

    top: int | None
    left: int | None
    bottom: int | None
    right: int | None


@cache
def column_letters(column: int) -> str:
    """The letters of a 0-based column."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_index(letters: str) -> int:
    """The 0-based column of letters."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def cell_text(row: int, column: int) -> str:
    """The A1 text of a 0-based cell."""
    return f"{column_letters(column)}{row + 1}"


def parse_bounds(text: str) -> Bounds | None:
    """The rectangle of `A1`, `A1:C5`, `A:C`, `2:5` or `A2:C`, its corners in any order; None for other text."""
    first, colon, last = text.partition(":")
    start, end = _corner(first), _corner(last if colon else first)
    if start is None or end is None or (not colon and None in start):
        return None
    rows = sorted(row for row in (start[0], end[0]) if row is not None)
    columns = sorted(column for column in (start[1], end[1]) if column is not None)
    return Bounds(
        rows[0] if rows else None,
        columns[0] if columns else None,
        rows[1] + 1 if len(rows) == 2 else None,
        columns[1] + 1 if len(columns) == 2 else None,
    )


def shift_reference(text: str, rows: int, columns: int) -> str | None:
    """A reference with its parts without `$` moved; None where it would leave the sheet."""
    pieces = []
    end = 0
    for part in _COORDINATE.finditer(text):
        moved = _moved(part[1], part[2], rows, columns)
        if moved is None:
            return None
        pieces += [text[end : part.start()], moved]
        end = part.end()
    return "".join(pieces) + text[end:]


def _moved(fixed: str, name: str, rows: int, columns: int) -> str | None:
    if fixed:
        return fixed + name
    if name.isdigit():
        return str(int(name) + rows) if int(name) + rows > 0 else None
    column = column_index(name) + columns
    return column_letters(column) if 0 <= column < MAX_COLUMNS else None


def _corner(text: str) -> tuple[int | None, int | None] | None:
    match = _CORNER.fullmatch(text)
    if match is None or match[0].replace("$", "") == "":
        return None
    return (int(match[2]) - 1 if match[2] else None, column_index(match[1]) if match[1] else None)
