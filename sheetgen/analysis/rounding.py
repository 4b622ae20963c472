"""Numbers rounded and written the way spreadsheets do: halves away from zero, judged on 15 digits."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(number: float, digits: int) -> float:
    """What ROUND gives."""
    return float(_rounded(number, digits))


def fixed(number: float, digits: int) -> str:
    """What FIXED writes: that many decimals, thousands apart, in an English spreadsheet."""
    return f"{_rounded(number, digits):,f}"


def _rounded(number: float, digits: int) -> Decimal:
    found = Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return found if found else abs(found)
