"""The values of a dimension (platform, campaign type) as the report lists them: largest budget first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Listed:
    """A dimension's listed values in two orders, each `size` long; None fills what the data do not need.

    `numbers`, `weights`, `ranks`: in order of appearance, the first campaign row of each value (0: not
    set), its budget (-1: none) and its rank. `ordered`, `labels`: largest budget first. `has_other` is
    true where the data hold more values than are listed.
    """

    numbers: tuple[float | None, ...]
    weights: tuple[float, ...]
    ranks: tuple[float, ...]
    ordered: tuple[float | None, ...]
    labels: tuple[str | None, ...]
    has_other: bool


def listed(campaigns: pd.DataFrame, header: str, number_header: str, size: int, unset: str) -> Listed:
    """The values of column `header`, numbered by column `number_header`, `size` of them listed."""
    distinct = np.unique(campaigns[number_header].to_numpy(dtype=float))
    numbers = [float(number) for number in distinct[:size]] + [None] * (size - len(distinct))
    budgets = campaigns["Budget"].fillna(0.0).groupby(campaigns[number_header].to_numpy()).sum()
    weights = [-1.0 if number is None else float(budgets[number]) for number in numbers]
    order = sorted(range(size), key=lambda k: -weights[k])
    ranks = [0.0] * size
    for rank, k in enumerate(order, start=1):
        ranks[k] = float(rank)
    ordered = [numbers[k] for k in order]
    names = campaigns[header].tolist()
    labels = [None if n is None else unset if n == 0 else str(names[int(n) - 1]) for n in ordered]
    return Listed(tuple(numbers), tuple(weights), tuple(ranks), tuple(ordered), tuple(labels), len(distinct) > size)
