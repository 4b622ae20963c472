"""Two sets of cell values compared: what pandas expects against what a spreadsheet gives."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeGuard

from sheetgen.clause import Clause
from sheetgen.values import SheetError, Value
from sheetgen.workbook.place import Place

FLOOR: Final = 1e-3
"""Numbers below this are compared by absolute difference.

A KPI such as ROI = (Revenue - Budget) / Budget is a difference of numbers near 1 that can come out near 0, with the
rounding of the numbers near 1 still in it: about 1e-15, which relative to the result is without bound. A floor of
0.001 times a tolerance of 1e-9 allows 1e-12, and still tells a CTR of 0.05 % from one that is off by a billionth of it.
"""


class Fault(Enum):
    """How a cell differs."""

    VALUE = "value"
    ERROR = "error"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that differs; `relative` is the relative difference of two numbers, infinite for all else."""

    place: Place
    fault: Fault
    expected: Value
    found: Value
    relative: float = math.inf

    @property
    def sentence(self) -> Clause:
        """What is wrong with the cell."""
        match self.fault:
            case Fault.MISSING:
                text = "{place}: expected {expected}, but there is no formula."
            case Fault.EXTRA:
                text = "{place}: the report has no formula here, found {found}."
            case _:
                text = "{place}: expected {expected}, found {found}."
        return Clause(text, place=self.place, expected=_shown(self.expected), found=_shown(self.found))


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many cells were compared, the largest relative difference of two numbers, and the cells that differ."""

    count: int
    largest: float
    differences: tuple[Difference, ...]


def compare(
    expected: Mapping[Place, Value], found: Mapping[Place, Value], tolerance: float = 1e-9, floor: float = FLOOR
) -> Comparison:
    """Compare every cell of either side.

    Numbers a and b agree where |a - b| <= tolerance * max(|a|, |b|, floor). Blank, None and the empty text agree;
    a truth value agrees with a truth value only, text with the same text only, an error with the same expected error
    only. A number that is not finite agrees with nothing. A cell that one side lacks differs, blank or not.
    """
    differences: list[Difference] = []
    largest = 0.0
    for place, wanted in expected.items():
        if place not in found:
            differences.append(Difference(place, Fault.MISSING, wanted, None))
            continue
        got = found[place]
        relative = relative_difference(wanted, got, floor)
        if relative > tolerance:
            fault = Fault.ERROR if isinstance(got, SheetError) else Fault.VALUE
            differences.append(Difference(place, fault, wanted, got, relative))
        if largest < relative < math.inf:
            largest = relative
    extra = [place for place in found if place not in expected]
    differences += (Difference(place, Fault.EXTRA, None, found[place]) for place in extra)
    return Comparison(len(expected) + len(extra), largest, tuple(differences))


def relative_difference(a: Value, b: Value, floor: float = FLOOR) -> float:
    """How far two values are apart: 0 for equal, relative to the larger (or the floor) for numbers, else infinite."""
    if a == b and type(a) is type(b):
        return 0.0 if not _is_number(a) or math.isfinite(a) else math.inf
    if _is_number(a) and _is_number(b):
        apart = abs(a - b) / max(abs(a), abs(b), floor)
        return apart if math.isfinite(apart) else math.inf
    return 0.0 if a in (None, "") and b in (None, "") else math.inf


def _is_number(value: Value) -> TypeGuard[float]:
    return isinstance(value, float | int) and not isinstance(value, bool)


def _shown(value: Value) -> str:
    match value:
        case None | "":
            return Clause("a blank")
        case SheetError(code):
            return code
        case bool():
            return str(value).upper()
        case float() | int():
            return f"{value:.15g}"
        case _:
            return repr(value)
