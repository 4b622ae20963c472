"""KPI expressions in pandas: their values, and the text a reader could type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sheetgen.errors import UnsupportedFormulaError
from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.formula.printer import ATOM, PRODUCT, KpiPrinter, Written
from sheetgen.formula.tree import Binary, Call, Field, Negate, Node, Number, field_keys

Values = NDArray[np.float64]

NEAR_ZERO: Final = 2.0**-48
"""Spreadsheets take a sum or difference this small, relative to its terms, for zero."""


def evaluate(tree: Node, frame: Mapping[str, Values | pd.Series[float] | float]) -> Values | float:
    """The KPI's values: `frame` holds each field's values by field key; a field it lacks is blank.

    Blank is NaN and stays NaN through every operation; a zero denominator or an overflow gives NaN, never an infinity.
    One float when every input is one. Raises `UnsupportedFormulaError` for anything that is no KPI expression.
    """
    arrays = {key: _numbers(frame[key]) if key in frame else np.asarray(np.nan) for key in field_keys(tree)}
    with np.errstate(all="ignore"):
        result = _value(tree, arrays)
    return result if result.ndim else float(result)


def to_pandas(tree: Node, frame_name: str = "df", name: str = "A KPI") -> str:
    """The pandas text of a KPI over a table with canonical headers; a zero denominator gives NaN there too.

    Raises `UnsupportedFormulaError`.
    """
    return PandasPrinter(name, frame_name).print(tree)


class PandasPrinter(KpiPrinter):
    """Writes column arithmetic on a data frame."""

    target = "pandas"
    functions: ClassVar = {"MIN": "np.minimum", "MAX": "np.maximum", "ABS": "np.abs"}

    def __init__(self, name: str, frame_name: str) -> None:
        super().__init__(name)
        self.frame_name = frame_name

    def field(self, key: str) -> Written:
        """The field's column."""
        return Written(f'{self.frame_name}["{FIELDS_BY_KEY[key].header}"]')

    def divide(self, left: Node, right: Node) -> Written:
        """A quotient that is NaN, not infinite, over zero."""
        divisor = self.within(right, ATOM)
        if field_keys(right):
            divisor += ".replace(0, np.nan)"
        return Written(f"{self.within(left, PRODUCT)} / {divisor}", PRODUCT)

    def call(self, function: str, args: tuple[Node, ...]) -> Written:
        """A function; rounding is spelt out, because numpy's takes halves to the even digit."""
        if function != "ROUND":
            return super().call(function, args)
        digits = int(evaluate(args[1], {}))
        up, down = ("*", "/") if digits > 0 else ("/", "*")
        scale = 10 ** abs(digits)
        size = f"np.abs({self.print(args[0])})"
        whole = f"np.floor({size} {up} {scale} + 0.5) {down} {scale}" if digits else f"np.floor({size} + 0.5)"
        return Written(f"np.copysign({whole}, {self.print(args[0])})")

    def power(self, base: Node, exponent: Node) -> Written:
        """A power."""
        written = super().power(base, exponent)
        return Written(written.text.replace("^", " ** "), written.level)


def _numbers(values: Values | pd.Series[float] | float) -> Values:
    if isinstance(values, pd.Series):
        return np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)
    return np.asarray(values, dtype=np.float64)


def _value(tree: Node, frame: Mapping[str, Values]) -> Values:
    match tree:
        case Number(value):
            return np.asarray(value, dtype=np.float64)
        case Field(key):
            return frame[key]
        case Negate(operand):
            return np.asarray(-_value(operand, frame))
        case Binary(op, left, right):
            return _finite(_operation(op, _value(left, frame), _value(right, frame)))
        case Call(function, args):
            return _finite(_function(function, [_value(arg, frame) for arg in args]))
        case _:
            raise _not_a_kpi(f"the place {tree}")


def _operation(op: str, left: Values, right: Values) -> Values:
    match op:
        case "+":
            return _snapped(left + right, left, right)
        case "-":
            return _snapped(left - right, left, right)
        case "*":
            return left * right
        case "/":
            return left / right
        case "^":
            return np.power(left, right)
        case _:
            raise _not_a_kpi(f"the operator {op}")


def _function(function: str, args: list[Values]) -> Values:
    match function, args:
        case "MIN", [left, right]:
            return np.minimum(left, right)
        case "MAX", [left, right]:
            return np.maximum(left, right)
        case "ABS", [value]:
            return np.abs(value)
        case "ROUND", [value, digits]:
            return _rounded(value, digits)
        case _:
            raise _not_a_kpi(f"{function} with {len(args)} arguments")


def _rounded(value: Values, digits: Values) -> Values:
    """Halves away from zero, judged on 15 digits, as every spreadsheet does."""
    scale = 10.0 ** np.abs(digits)
    up = np.where(digits >= 0, scale, 1 / scale)
    shifted = np.floor(np.abs(value) * up * (1 + NEAR_ZERO / 8) + 0.5)
    return np.copysign(np.where(digits >= 0, shifted / scale, shifted * scale), value)


def _snapped(result: Values, left: Values, right: Values) -> Values:
    return np.where(np.abs(result) < NEAR_ZERO * np.maximum(np.abs(left), np.abs(right)), 0.0, result)


def _finite(values: Values) -> Values:
    return np.where(np.isfinite(values), values, np.nan)


def _not_a_kpi(what: str) -> UnsupportedFormulaError:
    return UnsupportedFormulaError(name="A KPI", target="pandas", what=what, remedy=KpiPrinter.remedy)
