"""Two platforms against each other: which two, how far apart they are, and whether chance alone explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import erfc, sqrt

import pandas as pd

from sheetgen.analysis.dimension import listed
from sheetgen.analysis.groups import Numbers
from sheetgen.analysis.live import first_rows

FAVOURITES = ("facebook", "instagram")
"""In whatever words: "Facebook Ads" is Facebook."""

LEAST_EXPECTED = 5
"""Cases expected on each side, of each outcome, for the normal approximation of the test to hold."""


def first_sides(campaigns: pd.DataFrame, unset: str) -> tuple[str | None, str | None]:
    """The labels a new report contrasts: Facebook and Instagram, else the two platforms with the largest budgets."""
    rows = campaigns.assign(**{"Platform No": first_rows(campaigns["Platform"])})
    count = rows["Platform No"].nunique()
    labels = [str(label) for label in listed(rows, "Platform", "Platform No", count, unset).labels]
    first, second = (next((label for label in labels if name in label.casefold()), None) for name in FAVOURITES)
    if first and second:
        return first, second
    return (labels[0], labels[1]) if len(labels) > 1 else (None, None)


def position(choice: str, labels: Sequence[str | None]) -> int:
    """The 1-based place of the chosen label, letter case aside; 0 where there is none."""
    folded = [label.casefold() if label else None for label in labels]
    return folded.index(choice.casefold()) + 1 if choice.casefold() in folded else 0


class State(IntEnum):
    """What a test of two proportions came to."""

    UNKNOWN = 0
    NO_SHARE = 1
    TOO_FEW = 2
    TESTED = 3


@dataclass(frozen=True)
class ProportionTest:
    """A two-proportion z-test, two-sided: the pooled rate, the fewest cases expected anywhere, z and p-value."""

    state: State
    pooled: float | None = None
    fewest: float | None = None
    z: float | None = None
    p: float | None = None


def two_proportions(cases: Sequence[float | None], trials: Sequence[float | None]) -> ProportionTest:
    """Whether two rates differ: `cases` out of `trials` on each of the two sides.

    The state says why there is no z: a blank, more cases than trials, or too few cases for the test to hold.
    """
    (x1, x2), (n1, n2) = cases, trials
    if x1 is None or x2 is None or n1 is None or n2 is None or n1 + n2 == 0:
        return ProportionTest(State.UNKNOWN)
    pooled = (x1 + x2) / (n1 + n2)
    fewest = min(n1, n2) * min(pooled, 1 - pooled)
    if x1 > n1 or x2 > n2:
        return ProportionTest(State.NO_SHARE, pooled, fewest)
    if fewest < LEAST_EXPECTED:
        return ProportionTest(State.TOO_FEW, pooled, fewest)
    z = (x1 * n2 - x2 * n1) / (n1 * n2) / sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return ProportionTest(State.TESTED, pooled, fewest, z, erfc(abs(z) / sqrt(2)))


def difference(a: float | None, b: float | None) -> float | None:
    """How much the first is above the second."""
    return None if a is None or b is None else a - b


def relative(a: float | None, b: float | None) -> float | None:
    """The difference as a share of the second, blank where that is zero or less."""
    return None if a is None or b is None or b <= 0 else (a - b) / b


def side(numbers: Sequence[Numbers], place: int) -> Numbers:
    """The numbers at a 1-based place, none at 0."""
    return numbers[place - 1] if place else {}
