"""Student's t distribution with whole degrees of freedom."""

from __future__ import annotations

import math
from typing import Final

_HALVINGS: Final = 200


def t_quantile(outside: float, freedom: int) -> float:
    """The t that a share `outside` of the distribution exceeds on both sides together, as TINV gives it."""
    high = 1.0
    while _inside(high, freedom) < 1 - outside:
        high *= 2
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, freedom) < 1 - outside else (low, middle)
    return (low + high) / 2


def _inside(t: float, freedom: int) -> float:
    """The probability of a value between -t and t (Abramowitz and Stegun, 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    is_odd = freedom % 2
    term = math.cos(angle) if is_odd else 1.0
    series = 0.0
    for k in range(1, (freedom - is_odd) // 2 + 1):
        series += term
        term *= math.cos(angle) ** 2 * (2 * k - 1 + is_odd) / (2 * k + is_odd)
    return (angle + math.sin(angle) * series) * 2 / math.pi if is_odd else math.sin(angle) * series
