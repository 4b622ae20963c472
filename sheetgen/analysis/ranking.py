"""Rankings of campaigns without ties: equal values are told apart by a tiny step per row.

The step is a billionth of the largest value spread over all rows: too small to be seen, large enough
to stay exact in double precision, so that a spreadsheet and pandas rank alike.
"""

from __future__ import annotations

import numpy as np

from sheetgen.analysis.serials import Floats

FINEST = 1e-9
"""The share of the largest value that all steps together take, and the least scale they are taken of."""


def tie_step(values: Floats) -> float:
    """How far two equal values in neighbouring rows are set apart."""
    known = values[~np.isnan(values)]
    scale = max(float(np.max(np.abs(known))), FINEST) if known.size else FINEST
    return scale * FINEST / max(1, known.size)


def rank_keys(values: Floats, row_numbers: Floats, step: float, sign: float = 1.0) -> Floats:
    """Values that rank as `values` do, earlier rows first among equals; NaN stays NaN.

    `sign` -1 ranks the smallest value highest.
    """
    return values * sign - row_numbers * step


def best_rows(keys: Floats, count: int) -> list[float | None]:
    """The 1-based rows of the `count` largest keys, None past the last."""
    known = int(np.sum(~np.isnan(keys)))
    order = np.argsort(-np.nan_to_num(keys, nan=-np.inf), kind="stable")
    return [float(order[k]) + 1 if k < known else None for k in range(count)]


def worst_rows(keys: Floats, count: int) -> list[float | None]:
    """The 1-based rows of the `count` smallest keys, None past the last."""
    return best_rows(-keys, count)
