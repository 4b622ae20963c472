"""Values that cannot be: ends before starts, more clicks than impressions."""

from __future__ import annotations

import numpy as np

from sheetgen.fields import (
    CLICKS,
    CONVERSIONS,
    END_DATE,
    IMPRESSIONS,
    REACH,
    START_DATE,
    Field,
)
from sheetgen.ledger import LedgerLine
from sheetgen.sources.remarks import (
    CLICKS_OVER_IMPRESSIONS,
    CONVERSIONS_OVER_CLICKS,
    END_BEFORE_START,
    REACH_OVER_IMPRESSIONS,
    Remark,
)
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import NO_DATE, BoolArray, FloatArray

BOUNDS: tuple[tuple[Field, Field, Remark], ...] = (
    (CLICKS, IMPRESSIONS, CLICKS_OVER_IMPRESSIONS),
    (REACH, IMPRESSIONS, REACH_OVER_IMPRESSIONS),
    (CONVERSIONS, CLICKS, CONVERSIONS_OVER_CLICKS),
)
"""Measures that another bounds: kept, but worth a warning."""


def check_values(rows: Rows) -> tuple[Rows, list[LedgerLine]]:
    """The rows without impossible values, and a line for each one blanked or only suspicious."""
    lines: list[LedgerLine] = []
    rows = rows.replaced(dates={END_DATE.key: _ordered_ends(rows, lines)})
    for part, whole, remark in BOUNDS:
        above = np.flatnonzero(rows.numbers[part.key] > rows.numbers[whole.key])
        values, limits = _shown(rows.numbers[part.key][above]), _shown(rows.numbers[whole.key][above])
        before = [f"{value} ({whole.header} {limit})" for value, limit in zip(values, limits, strict=True)]
        lines += remark.lines(rows.places(above), part.header, before, values)
    return rows, lines


def _ordered_ends(rows: Rows, lines: list[LedgerLine]) -> np.ndarray:
    start, end = rows.dates[START_DATE.key], rows.dates[END_DATE.key]
    wrong: BoolArray = end < start
    if not wrong.any():
        return end
    before = end[wrong].astype("datetime64[D]").astype(str).tolist()
    lines += END_BEFORE_START.lines(rows.places(wrong), END_DATE.header, before, [""] * len(before))
    return np.where(wrong, NO_DATE, end)


def _shown(values: FloatArray) -> list[str]:
    return [f"{value:.15g}" for value in values.tolist()]
