"""The ranges of values.* and of spreadsheets.get: A1 text, the title of a sheet, or the name of a range."""

from __future__ import annotations

import re

from tests.google.address import parse_bounds
from tests.google.grid import Area
from tests.google.problem import RefusedError
from tests.google.spreadsheet import Sheet, Spreadsheet, home

_QUALIFIED = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))(?:!(.+))?", re.DOTALL)


def read_range(book: Spreadsheet, text: str) -> Area:
    """The cells that a range of a call means; open sides end with the grid.

    Raises `RefusedError` for text that is no range, and for a range that begins outside the grid or leaves it.
    """
    if parse_bounds(text) is not None:
        return _within(book, _first_visible(book), text, text)
    match = _QUALIFIED.fullmatch(text)
    if match is None:
        raise _unreadable(text)
    title = match[1].replace("''", "'") if match[1] else match[2]
    sheet = book.titled(title)
    if sheet is not None:
        return _within(book, sheet, match[3], text) if match[3] else sheet.whole
    named = None if match[3] else book.named(title)
    if named is None or home(named) is None:
        raise _unreadable(text)
    return book.area(named["range"])


def _first_visible(book: Spreadsheet) -> Sheet:
    return next(sheet for sheet in book.sheets if not sheet.hidden)


def _within(book: Spreadsheet, sheet: Sheet, a1: str, text: str) -> Area:
    bounds = parse_bounds(a1)
    if bounds is None:
        raise _unreadable(text)
    top, left = bounds.top or 0, bounds.left or 0
    bottom = sheet.row_count if bounds.bottom is None else bounds.bottom
    right = sheet.column_count if bounds.right is None else bounds.right
    area = Area(sheet.id, top, left, max(bottom, top + 1), max(right, left + 1))
    book.require_inside(area)
    return area


def _unreadable(text: str) -> RefusedError:
    return RefusedError(f"Unable to parse range: {text}")
