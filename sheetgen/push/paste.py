"""Numbers in the shortest form that a batch can carry: text to paste, which every locale reads alike.

A number with decimals is written as a whole number and a power of ten, for the sign before decimals is another one in
each locale. Google reads what is pasted as if it were typed, so that texts never go this way.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sheetgen.push.client import Json
from sheetgen.push.patch import Patch
from sheetgen.render.sheets.places import Range, SheetOf
from sheetgen.render.sheets.requests import repeat_cell
from sheetgen.render.sheets.values import constant

DELIMITER: Final = ";"
TRIAL: Final = -1234567.89
"""A number with all that a number may have, to see whether a spreadsheet reads it."""


def paste(patch: Patch) -> tuple[Json, Json]:
    """The requests that put a patch of numbers into its place, which is cleared before: a blank may paste nothing.

    Raises `RenderError` for a number that no cell holds.
    """
    cleared = repeat_cell(patch.place, {}, "userEnteredValue")
    return cleared, _pasted(patch.place, paste_text(patch, patch.rows))


def paste_trial(place: Range) -> Json:
    """The request that pastes the trial number into a cell."""
    return _pasted(place, _number(TRIAL, ""))


def paste_text(patch: Patch, rows: int) -> str:
    """The first rows of a patch as text to paste."""
    lines = (DELIMITER.join(_number(value, patch.where) for value in row) for row in patch.values(0, rows))
    return "\n".join(lines)


def _pasted(place: Range, text: str) -> Json:
    corner = {"sheetId": SheetOf(place.tab), "rowIndex": place.row, "columnIndex": place.column}
    return {"pasteData": {"coordinate": corner, "data": text, "type": "PASTE_VALUES", "delimiter": DELIMITER}}


def _number(value: float | str | None, where: str) -> str:
    number = (constant(value, where) or {}).get("numberValue")
    if number is None or isinstance(number, int):
        return "" if number is None else str(number)
    sign, digits, exponent = Decimal(repr(number)).as_tuple()
    return f"{'-' if sign else ''}{''.join(map(str, digits))}E{exponent}"
