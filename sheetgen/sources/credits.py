"""Amounts below zero: credits on what was spent and refunds of what was sold count, anything else cannot be."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from sheetgen.fields import MEASURES, PLANNED_BUDGET, Field, Kind
from sheetgen.ledger import LedgerLine
from sheetgen.sources.remarks import ADJUSTMENT, NEGATIVE, TOTAL_AGREES
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import BoolArray, FloatArray, IntArray

DELIVERED = tuple(field for field in MEASURES if field.kind is Kind.COUNT)

Agreeing = Collection[tuple[str, str]]
"""File and header of each measure whose total in the file agrees with the rows of the file."""


def agreeing_totals(lines: Collection[LedgerLine]) -> Agreeing:
    """What the files' own totals agree with, by the lines of their reconciliation."""
    return {(line.file, line.field) for line in lines if line.code == TOTAL_AGREES.code}


def settle_negatives(
    rows: Rows, campaigns: IntArray, agreeing: Agreeing, whole: BoolArray | None = None
) -> tuple[Rows, list[LedgerLine]]:
    """The rows with the negative values that count, the others blank, and a line for each.

    `campaigns` has the campaign of each row; `whole` are the rows that add up to campaigns, None for all. A negative
    value counts where the file's own total counts it. Money below zero counts as well on a row without delivery, and
    where its campaign as a whole stays at zero or above.
    """
    lines: list[LedgerLine] = []
    numbers = {}
    for field in (*MEASURES, PLANNED_BUDGET):
        values = rows.numbers[field.key]
        negative: BoolArray = values < 0
        if negative.any():
            counts = negative & _counts(rows, field, campaigns, agreeing, whole)
            lines += _lines(rows, field, negative & ~counts, counts)
            numbers[field.key] = np.where(negative & ~counts, np.nan, values)
    return rows.replaced(numbers=numbers), lines


def _counts(rows: Rows, field: Field, campaigns: IntArray, agreeing: Agreeing, whole: BoolArray | None) -> BoolArray:
    told = np.array([(file, field.header) in agreeing for file in rows.files], dtype=np.bool_)[rows.file]
    if field.kind is not Kind.MONEY or field is PLANNED_BUDGET:
        return told
    values = np.nan_to_num(rows.numbers[field.key])
    sums = np.bincount(campaigns, weights=values if whole is None else np.where(whole, values, 0.0))
    counts: BoolArray = told | ~_delivered(rows) | (sums[campaigns] >= 0)
    return counts


def _delivered(rows: Rows) -> BoolArray:
    """Rows that count something, such as impressions or clicks."""
    delivered = np.zeros(len(rows), dtype=np.bool_)
    for field in DELIVERED:
        delivered |= rows.numbers[field.key] > 0
    return delivered


def _lines(rows: Rows, field: Field, blanked: BoolArray, counted: BoolArray) -> list[LedgerLine]:
    values = rows.numbers[field.key]
    before, kept = _shown(values[blanked]), _shown(values[counted])
    return [
        *NEGATIVE.lines(rows.places(blanked), field.header, before, [""] * len(before)),
        *ADJUSTMENT.lines(rows.places(counted), field.header, kept, kept),
    ]


def _shown(values: FloatArray) -> list[str]:
    return [f"{value:.15g}" for value in values.tolist()]
