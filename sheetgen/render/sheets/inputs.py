"""Inputs as data validation: what may be typed into cells, bounds as whole numbers that every locale reads alike."""

from __future__ import annotations

from sheetgen.errors import RenderError
from sheetgen.formula.locate import Nowhere, a1
from sheetgen.formula.to_sheets import to_sheets
from sheetgen.formula.tree import Number, Span
from sheetgen.render.sheets.page import Page
from sheetgen.render.sheets.places import Json
from sheetgen.report.model import ChoiceInput, DateInput, Input, NumberInput, TextInput


def validation(page: Page, wanted: Input, row: int, column: int, note: str | None = None) -> Json | None:
    """The DataValidationRule of the cells from `row` and `column` on; None where any entry will do.

    A blank is always allowed. Raises `RenderError` for a choice that Google would take for a formula.
    """
    condition = _condition(page, wanted, row, column)
    if condition is None:
        return None
    message = {"inputMessage": note} if note else {}
    return {"condition": condition, "strict": True, "showCustomUi": isinstance(wanted, ChoiceInput)} | message


def _condition(page: Page, wanted: Input, row: int, column: int) -> Json | None:
    match wanted:
        case NumberInput(low, high, whole):
            return _number(low, high, whole, a1(row, column))
        case DateInput():
            return {"type": "DATE_IS_VALID"}
        case ChoiceInput(choices):
            if isinstance(choices, Span):
                return _values("ONE_OF_RANGE", page.reference(choices))
            return _values("ONE_OF_LIST", *(_choice(choice, page.where(row, column)) for choice in choices))
        case TextInput():
            return None


def _number(low: float | None, high: float | None, whole: bool, cell: str) -> Json:
    if whole or (low is None and high is None):
        tests = [f"ISNUMBER({cell})", *([f"{cell}=INT({cell})"] if whole else [])]
        tests += [f"{cell}>={_written(low)}"] if low is not None else []
        tests += [f"{cell}<={_written(high)}"] if high is not None else []
        return _values("CUSTOM_FORMULA", f"=AND({';'.join(tests)})")
    if low is None or high is None:
        kind, bound = ("NUMBER_LESS_THAN_EQ", high) if low is None else ("NUMBER_GREATER_THAN_EQ", low)
        return _values(kind, f"={_written(bound or 0.0)}")
    return _values("NUMBER_BETWEEN", f"={_written(low)}", f"={_written(high)}")


def _written(bound: float) -> str:
    return to_sheets(Number(bound), Nowhere("A bound"), "")


def _choice(text: str, where: str) -> str:
    # Google reads a choice as if it were typed; one that comes from data belongs in cells, as a range.
    if not text or text[0] in "=+-@" or text[0].isdigit():
        raise RenderError(where=where, problem=f"the choice {text!r}, which Google would not take for a text")
    return text


def _values(kind: str, *texts: str) -> Json:
    return {"type": kind, "values": [{"userEnteredValue": text} for text in texts]}
