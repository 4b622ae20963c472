"""Inputs as data validation: what may be typed into cells, with the note as the prompt beside them."""

from __future__ import annotations

from typing import Any, Final

from sheetgen.formula.tree import Span
from sheetgen.render.page import Page
from sheetgen.render.strict import RefusedError, accept
from sheetgen.report.model import Area, ChoiceInput, DateInput, Input, NumberInput, TextInput

LONGEST_REFUSAL: Final = 225
"""Characters in the message that refuses an entry; a prompt may have 255."""

LOWEST: Final = -1e15
"""A bound for "any number": below all money, and within what every spreadsheet reads back."""


def write_input(page: Page, area: Area, wanted: Input, note: str | None = None) -> None:
    """Let the cells of an area of the tab take only what the input takes; blank is always allowed.

    Raises `RefusedError` for a note or a list of choices that is too long.
    """
    rule = _rule(page, wanted) | _messages(note)
    if rule:
        corners = area.row, area.column, area.last_row, area.last_column
        accept(page.sheet.data_validation(*corners, {"validate": "any"} | rule))


def _rule(page: Page, wanted: Input) -> dict[str, Any]:
    match wanted:
        case NumberInput(low, high, whole):
            return {"validate": "integer" if whole else "decimal"} | _bounds(low, high)
        case DateInput():
            return {"validate": "date", "criteria": ">=", "value": 1}
        case ChoiceInput(choices):
            return {"validate": "list", "source": _source(page, choices)}
        case TextInput():
            return {}


def _source(page: Page, choices: tuple[str, ...] | Span) -> str | list[str]:
    return page.cells(choices) if isinstance(choices, Span) else [_choice(choice) for choice in choices]


def _bounds(low: float | None, high: float | None) -> dict[str, Any]:
    if high is None:
        return {"criteria": ">=", "value": LOWEST if low is None else low}
    if low is None:
        return {"criteria": "<=", "value": high}
    return {"criteria": "between", "minimum": low, "maximum": high}


def _choice(text: str) -> str:
    if "," in text:
        raise RefusedError(f"the choice {text!r}: a comma would split it, so list the choices in cells")
    return text.replace('"', '""')


def _messages(note: str | None) -> dict[str, Any]:
    if not note:
        return {}
    refusal = {"error_message": note} if len(note) <= LONGEST_REFUSAL else {}
    return {"input_message": note} | refusal
