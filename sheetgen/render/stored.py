"""What a file stores of a value: finite numbers, texts without forbidden characters, the empty text for a blank."""

from __future__ import annotations

import math

from sheetgen.render.strict import RefusedError
from sheetgen.render.text import escape_literals, require_text
from sheetgen.values import SheetError, Value


def stored_result(expected: Value) -> float | str | bool:
    """The value that XlsxWriter is given as a formula's result.

    Raises `RefusedError` for an expected value that no formula gives.
    """
    match expected:
        case None:
            return ""
        case SheetError(code=error):
            return error
        case str():
            return escape_literals(require_text(expected))
        case bool():
            return expected
        case _ if math.isnan(expected):
            return ""
        case _:
            return require_finite(expected)


def require_finite(value: float) -> float:
    """The number, when it is one that a cell can hold.

    Raises `RefusedError` for an infinite one.
    """
    if not math.isfinite(value):
        raise RefusedError(f"the number {value}")
    return float(value)
