"""The rules that keep a report's formula in the common set of Excel, Google Sheets and LibreOffice."""

from __future__ import annotations

import math
from typing import Final

from sheetgen.errors import UnsupportedFormulaError
from sheetgen.formula.functions import ARRAY_CONTEXT, ELEMENTWISE_UNSAFE, require_arity
from sheetgen.formula.tree import Binary, Call, Column, Field, Node, Number, Span, Text, children

MAX_TEXT: Final = 255
"""Characters of a text literal."""

MAX_NESTING: Final = 64
"""Functions inside one another, as many as Excel takes."""

MAX_HEIGHT: Final = 200
"""Operations inside one another: more is no formula a person could read."""

MAX_FORMULA: Final = 8192
"""Characters of a formula with its equals sign."""

COMMON_SET: Final = "The common set of Excel, Google Sheets and LibreOffice"

COMPARISONS: Final = frozenset({"=", "<>", "<", "<=", ">", ">="})

LITERALS: Final = (Number, Text, Field)

_RANGE_GIVING: Final = ELEMENTWISE_UNSAFE | {"ROW", "COLUMN"}


def check_formula(tree: Node, name: str) -> None:
    """Refuse a formula that some spreadsheet could not hold, or would compute differently.

    `name` says which formula it is, for the message. Raises `UnsupportedFormulaError`.
    """
    pending: list[tuple[Node, int, int, bool]] = [(tree, 1, 0, False)]
    while pending:
        part, height, nesting, in_array = pending.pop()
        if height > MAX_HEIGHT:
            raise _refusal(name, f"more than {MAX_HEIGHT} nested operations", "Split it over several cells.")
        if isinstance(part, Call):
            nesting += 1
            _check_call(part, nesting, in_array, name)
            in_array = in_array or part.function in ARRAY_CONTEXT
        elif isinstance(part, LITERALS):
            _check_leaf(part, name)
        below = height + 1
        for child in children(part):
            pending.append((child, below, nesting, in_array))


def check_length(formula: str, name: str) -> None:
    """Refuse a formula's text (without the equals sign) that Excel would not load.

    Raises `UnsupportedFormulaError`.
    """
    if len(formula) >= MAX_FORMULA:
        what = f"a formula of {len(formula) + 1} characters (at most {MAX_FORMULA})"
        raise UnsupportedFormulaError(name=name, target="Excel", what=what, remedy="Split it over several cells.")


def _check_call(part: Call, nesting: int, in_array: bool, name: str) -> None:
    require_arity(part.function, len(part.args))
    if nesting > MAX_NESTING:
        raise _refusal(name, f"more than {MAX_NESTING} functions inside one another", "Split it over several cells.")
    if part.function in ARRAY_CONTEXT and any(_is_comparison(arg) for arg in part.args):
        what = f"a comparison as an argument of {part.function}"
        raise _refusal(name, what, "Multiply it: TRUE counts 0 in Excel and 1 in Google Sheets.")
    if in_array and part.function in ELEMENTWISE_UNSAFE and any(_gives_range(arg) for arg in part.args):
        what = f"{part.function} over a range inside an array function"
        raise _refusal(name, what, "Compute it in a helper column and use that column.")


def _check_leaf(part: Node, name: str) -> None:
    match part:
        case Number(value) if not math.isfinite(value):
            raise _refusal(name, f"the number {value}", "Use a blank text, or a finite number.")
        case Text(value) if len(value) > MAX_TEXT:
            what = f"a text of {len(value)} characters in a formula (at most {MAX_TEXT})"
            raise _refusal(name, what, "Put the text in a cell and refer to it.")
        case Field(key):
            raise _refusal(name, f"the field {key}", "Give it a place before the formula is written.")
        case _:
            return


def _is_comparison(part: Node) -> bool:
    return isinstance(part, Binary) and part.op in COMPARISONS


def _gives_range(part: Node) -> bool:
    if isinstance(part, Column | Span):
        return True
    if isinstance(part, Call) and part.function not in _RANGE_GIVING:
        return False
    return any(_gives_range(child) for child in children(part))


def _refusal(name: str, what: str, remedy: str) -> UnsupportedFormulaError:
    return UnsupportedFormulaError(name=name, target=COMMON_SET, what=what, remedy=remedy)
