"""What is at stake in a line of the ledger: the money spent that its row tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheetgen.ledger import LedgerLine
from sheetgen.sources.table import FloatArray, IntArray


@dataclass(frozen=True)
class Spent:
    """The money of every row of a file, dropped ones included, by its line: the lines ascend."""

    file: str
    lines: IntArray
    money: FloatArray


def spend_of_lines(lines: Sequence[LedgerLine], files: Sequence[Spent]) -> FloatArray:
    """The money of each line's row, NaN where there is none or an earlier line of the same code is about the row."""
    about = pd.DataFrame(
        {
            "code": [line.code for line in lines],
            "file": [line.file for line in lines],
            "row": [line.row for line in lines],
        }
    )
    found = np.full(len(lines), np.nan)
    for one in files:
        places = np.flatnonzero((about["file"] == one.file).to_numpy() & (about["row"] > 0).to_numpy())
        if not len(places) or not len(one.lines):
            continue
        rows = about["row"].to_numpy()[places]
        at = np.minimum(np.searchsorted(one.lines, rows), len(one.lines) - 1)
        found[places] = np.where(one.lines[at] == rows, one.money[at], np.nan)
    return np.where(about.duplicated().to_numpy(), np.nan, found)
