"""The best and the worst of the times of a week or a day, among those with enough behind them."""

from __future__ import annotations

from collections.abc import Sequence

from sheetgen.analysis.rounding import rounded

LEAST_SHARE = 0.5
"""A time counts where it has at least this part of an equal share of what the KPI divides by."""

SHARE_DIGITS = 6
SCORE_DIGITS = 9
"""Digits that are compared, so that the last bits of a sum decide nothing."""


def comparable(values: Sequence[float | None], bases: Sequence[float | None]) -> list[float | None]:
    """The values as they are compared; None where one is blank or has too little of the base behind it."""
    total = sum(base or 0.0 for base in bases)
    return [
        None
        if value is None or base is None or not total or rounded(base / total * len(bases), SHARE_DIGITS) < LEAST_SHARE
        else rounded(value, SCORE_DIGITS)
        for value, base in zip(values, bases, strict=True)
    ]


def best_place(scores: Sequence[float | None], *, worst: bool = False) -> int | None:
    """The place from 1 of the largest score, or of the smallest, the first of equals; None for fewer than two."""
    known = [score for score in scores if score is not None]
    if len(known) < 2:
        return None
    return scores.index(min(known) if worst else max(known)) + 1
