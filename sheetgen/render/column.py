"""A table's column as the texts that its cells have in XML, made for many rows at a time by Arrow."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sheetgen.render.stored import require_finite, stored_result
from sheetgen.render.strict import RefusedError, located
from sheetgen.render.text import require_text
from sheetgen.report.model import Values
from sheetgen.values import SheetError, Value

Texts = Any
"""An Arrow array of strings, one per row."""

Where = Callable[[int], str]
"""The place of a 0-based row of the column, for messages."""

LONGEST_NUMBER = 24
"""Characters of a float64 in its fewest digits."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """The cells of a float64 array, NaN for blank: `samples` says that kind 0 is a number and kind 1 blank."""

    values: NDArray[np.float64]
    samples: Sequence[Value] = (1.0, None)
    longest: int = LONGEST_NUMBER

    def kinds(self, rows: slice) -> NDArray[np.intp]:
        """The kind of each cell."""
        return np.isnan(self.values[rows]).astype(np.intp)

    def texts(self, rows: slice) -> Texts:
        """What each cell's value reads: the fewest digits that give the same number, nothing for blank."""
        numbers = pa.array(self.values[rows], from_pandas=True)
        return pc.fill_null(pc.cast(numbers, pa.string()), "")

    def value(self, row: int) -> Value:
        """The value of a cell."""
        value = float(self.values[row])
        return None if np.isnan(value) else value


@dataclass(frozen=True, eq=False)
class Coded:
    """The cells of an array of objects: `codes` into its distinct values, each of a kind and with a text.

    `samples` holds a value of each kind.
    """

    values: NDArray[np.object_]
    samples: Sequence[Value]
    codes: NDArray[np.intp]
    kind_of: NDArray[np.intp]
    text_of: Texts

    @property
    def longest(self) -> int:
        """Characters of the longest text."""
        return int(pc.max(pc.binary_length(self.text_of)).as_py() or 0)

    def kinds(self, rows: slice) -> NDArray[np.intp]:
        """The kind of each cell."""
        return self.kind_of[self.codes[rows]]

    def texts(self, rows: slice) -> Texts:
        """What each cell's value reads in XML."""
        return self.text_of.take(pa.array(self.codes[rows]))

    def value(self, row: int) -> Value:
        """The value of a cell."""
        value: Value = self.values[row]
        return value


CellTexts = Numbers | Coded


def constant_texts(values: Values, share: Callable[[str, int], int], where: Where) -> CellTexts:
    """The cells of constants; `share` gives the number of a text that is shared, and is told how many cells show it.

    Raises `RenderError` with its place for a value that no cell holds.
    """

    def read(value: Value, times: int) -> tuple[Value, str]:
        match value:
            case str():
                return "x", str(share(require_text(value), times))
            case SheetError(code=error):
                raise RefusedError(f"the error {error} as a constant")
            case _:
                return _plain(value)

    return _texts(values, read, where)


def result_texts(values: Values, where: Where) -> CellTexts:
    """The cells of one formula with these results.

    Raises `RenderError` with its place for a value that no formula gives.
    """

    def read(value: Value, _times: int) -> tuple[Value, str]:
        match value:
            case SheetError(code=error):
                return value, error
            case str() if value:
                return "x", escape(str(stored_result(value)), quote=False)
            case _:
                return _plain(value)

    return _texts(values, read, where)


def _plain(value: Value) -> tuple[Value, str]:
    """A sample of the kind of a value that is no text, and what the value reads in XML."""
    match value:
        case bool():
            return True, str(int(value))
        case float() | int() if not math.isnan(value):
            return 1.0, repr(require_finite(value))
        case _:
            return None, ""


def _texts(values: Values, read: Callable[[Value, int], tuple[Value, str]], where: Where) -> CellTexts:
    if values.dtype == np.float64:
        return _numbers(values.astype(np.float64, copy=False), where)
    codes, distinct = _distinct(values.tolist())
    code, samples, kinds, texts = 0, _Numbering(), [], []
    with located(lambda: where(int(np.argmax(codes == code)))):
        for code, times in enumerate(np.bincount(codes).tolist()):
            sample, text = read(distinct[code], times)
            kinds.append(samples.number(sample))
            texts.append(text)
    objects = values.astype(np.object_, copy=False)
    return Coded(objects, samples.values(), codes, np.array(kinds, np.intp), pa.array(texts, pa.string()))


def _numbers(values: NDArray[np.float64], where: Where) -> Numbers:
    infinite = np.flatnonzero(np.isinf(values))
    if len(infinite):
        with located(lambda: where(int(infinite[0]))):
            require_finite(float(values[infinite[0]]))
    return Numbers(values)


def _distinct(values: Sequence[Value]) -> tuple[NDArray[np.intp], list[Value]]:
    """The number of each value among the distinct ones, and these."""
    numbering = _Numbering()
    return np.array([numbering.number(value) for value in values], np.intp), list(numbering.values())


class _Numbering:
    """Numbers values in the order of their first appearance; True and 1 are different ones, though equal."""

    def __init__(self) -> None:
        self._known: dict[tuple[type, Value], int] = {}

    def number(self, value: Value) -> int:
        return self._known.setdefault((value.__class__, value), len(self._known))

    def values(self) -> tuple[Value, ...]:
        return tuple(value for _, value in self._known)
