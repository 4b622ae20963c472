"""Conditions of validations and conditional formats: how many values each takes, read in the spreadsheet's locale."""

from __future__ import annotations

from typing import Final

from tests.google.address import parse_bounds
from tests.google.formula import Formula, Kind
from tests.google.problem import RefusedError
from tests.google.spreadsheet import Spreadsheet
from tests.google.typed import typed_content
from tests.google.wire import Json

MAX_LIST: Final = 500
"""Choices of a drop-down list."""

_COUNTS: Final = {
    **dict.fromkeys(("NUMBER_BETWEEN", "NUMBER_NOT_BETWEEN", "DATE_BETWEEN", "DATE_NOT_BETWEEN"), range(2, 3)),
    **dict.fromkeys(("BLANK", "NOT_BLANK", "TEXT_IS_EMAIL", "TEXT_IS_URL", "DATE_IS_VALID"), range(1)),
    "BOOLEAN": range(3),
    "ONE_OF_LIST": range(1, MAX_LIST + 1),
}
_ONE: Final = range(1, 2)


def check_condition(book: Spreadsheet, condition: Json) -> None:
    """Refuse a condition that Sheets could not read."""
    kind = condition.get("type", "CONDITION_TYPE_UNSPECIFIED")
    if kind in ("CONDITION_TYPE_UNSPECIFIED", "FILTER_EXPRESSION"):
        raise RefusedError("Must specify a condition type.")
    values = condition.get("values", [])
    if len(values) not in _COUNTS.get(kind, _ONE):
        raise RefusedError(f"BooleanCondition type {kind} cannot have {len(values)} ConditionValues.")
    if kind == "ONE_OF_RANGE":
        _check_source(book, values[0].get("userEnteredValue", ""))
    elif kind != "ONE_OF_LIST":
        for value in values:
            check_value(book, kind, value.get("userEnteredValue", ""))


def check_value(book: Spreadsheet, kind: str, text: str) -> Formula | None:
    """The formula that a condition's value is, if it is one; refuses what the locale cannot read as the kind needs."""
    content = typed_content(book, text, 0, 0).content
    if isinstance(content, Formula):
        if content.pieces is None:
            raise RefusedError(f"Invalid ConditionValue.userEnteredValue: {text}")
        return content
    if kind == "CUSTOM_FORMULA" or (kind.startswith(("NUMBER", "DATE")) and not isinstance(content, float)):
        raise RefusedError(f"Invalid ConditionValue.userEnteredValue: {text}")
    return None


def _check_source(book: Spreadsheet, text: str) -> None:
    """Refuse a list's source that is not a range of this spreadsheet."""
    formula = check_value(book, "CUSTOM_FORMULA", text if text.startswith("=") else f"={text}")
    pieces = formula.pieces if formula is not None and formula.pieces else ()
    places = [piece for piece in pieces if piece.kind in (Kind.CELL, Kind.LINES)]
    names = [piece for piece in pieces if piece.kind is Kind.NAME]
    known = all(parse_bounds(piece.text) for piece in places) and all(book.named(piece.text) for piece in names)
    if len(pieces) > 4 or not (places or names) or not known or None in (formula.sheets() if formula else {None}):
        raise RefusedError(f"Invalid ConditionValue.userEnteredValue: {text}")
