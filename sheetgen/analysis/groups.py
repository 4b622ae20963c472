"""Sums by group: a measure is blank where the group has no number for it, never zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from sheetgen.analysis.serials import Floats, add_months
from sheetgen.fields import ALL_MEASURES
from sheetgen.formula.to_pandas import evaluate
from sheetgen.kpis import Kpi
from sheetgen.values import Value

Numbers = Mapping[str, float | None]
"""Field header or KPI key to number; None is blank."""


def blank(value: float) -> float | None:
    """The number, or None for NaN."""
    return None if np.isnan(value) else float(value)


def measures_in(rows: pd.DataFrame) -> list[str]:
    """The headers of the measures that a table has."""
    return [field.header for field in ALL_MEASURES if field.header in rows]


def totals(rows: pd.DataFrame) -> dict[str, float | None]:
    """The sum of each measure over all rows."""
    sums = rows[measures_in(rows)].sum(min_count=1)
    return {str(header): blank(value) for header, value in sums.items()}


def sums_by(rows: pd.DataFrame, column: str, keys: Sequence[float | None]) -> list[dict[str, float | None]]:
    """The sum of each measure for each key of a column; all blank for a key of None."""
    headers = measures_in(rows)
    sums = rows.groupby(column)[headers].sum(min_count=1)
    found = sums.reindex([np.nan if key is None else key for key in keys])
    return [{header: blank(row[header]) for header in headers} for _, row in found.iterrows()]


def rest(total: Numbers, parts: Sequence[Numbers]) -> dict[str, float | None]:
    """What the parts leave of the total, rounded so that float noise is zero; blank where the total is."""
    left: dict[str, float | None] = {}
    for header in parts[0]:
        whole = total[header]
        known = sum(part[header] or 0.0 for part in parts)
        left[header] = None if whole is None else round(whole - known, 2) + 0.0
    return left


def flights_by_month(rows: pd.DataFrame, total: Numbers, first: float, months: int) -> list[dict[str, float | None]]:
    """Each measure spread evenly over the days of its campaign's flight, summed per month from `first` on.

    A campaign without both dates is in no month. A measure whose total is blank is blank in every month.
    """
    bounds = [add_months(first, month) for month in range(months + 1)]
    return [flights_between(rows, total, left, right - 1) for left, right in pairwise(bounds)]


def flights_between(rows: pd.DataFrame, total: Numbers, first: float, last: float) -> dict[str, float | None]:
    """What of each measure falls on the days from `first` to `last`, spread evenly over its campaign's flight.

    A measure whose total is blank is blank.
    """
    start, end = rows["Flight Start"].to_numpy(dtype=float), rows["Flight End"].to_numpy(dtype=float)
    days = (np.minimum(end, last) - np.maximum(start, first) + 1).clip(0)
    weight: Floats = days / (end - start + 1)
    return {
        header: None if total[header] is None else float(np.nansum(rows[header].to_numpy(dtype=float) * weight))
        for header in measures_in(rows)
    }


def kpi_value(kpi: Kpi, numbers: Numbers) -> float | None:
    """A KPI of summed measures; blank where a field it needs is blank or it would divide by zero."""
    known = {field.key: _or_nan(numbers.get(field.header)) for field in ALL_MEASURES}
    return blank(float(evaluate(kpi.expr, known)))


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def with_kpis(numbers: Numbers, kpis: Sequence[Kpi]) -> dict[str, float | None]:
    """The measures together with each KPI of them, by KPI key."""
    return {**numbers, **{kpi.key: kpi_value(kpi, numbers) for kpi in kpis}}


def sheet_text(number: float) -> str:
    """How a spreadsheet writes a number into a text: 15 significant digits, no trailing zeros."""
    return f"{number:.15g}"


def is_number(value: Value) -> bool:
    """Whether a cell's value is a number (not blank, not a text)."""
    return isinstance(value, float | int) and not isinstance(value, bool)
