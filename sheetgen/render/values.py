"""Single values: constants written as what they are, formulas with the value that pandas expects."""

from __future__ import annotations

import math

from xlsxwriter.format import Format

from sheetgen.render.sheet import Sheet
from sheetgen.render.stored import require_finite, stored_result
from sheetgen.render.strict import RefusedError, accept
from sheetgen.render.text import require_text
from sheetgen.values import SheetError, Value


def write_constant(sheet: Sheet, row: int, column: int, value: Value, format: Format) -> None:
    """Write a constant: a text is never read as a number, a formula or a link; NaN is blank.

    Raises `RefusedError` for a value that no cell holds.
    """
    match value:
        case str():
            code = sheet.write_string(row, column, require_text(value), format)
        case bool():
            code = sheet.write_boolean(row, column, value, format)
        case None:
            code = sheet.write_blank(row, column, None, format)
        case SheetError(code=error):
            raise RefusedError(f"the error {error} as a constant")
        case _ if math.isnan(value):
            code = sheet.write_blank(row, column, None, format)
        case _:
            code = sheet.write_number(row, column, require_finite(value), format)
    accept(code)


def write_formula(sheet: Sheet, row: int, column: int, text: str, expected: Value, format: Format) -> None:
    """Write a formula and, as its stored result, the expected value.

    Raises `RefusedError` for an expected value that no formula gives.
    """
    accept(sheet.write_formula(row, column, text, format, stored_result(expected)))
