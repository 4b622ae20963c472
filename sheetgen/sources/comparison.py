"""Rows about an earlier period, which an export sets beside those of its own for comparison."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from sheetgen.ledger import LedgerLine
from sheetgen.sources.glance import is_word
from sheetgen.sources.headers import header_key
from sheetgen.sources.remarks import EARLIER_ROW
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import BoolArray, RawTable
from sheetgen.templates import read_template


def drop_earlier(
    table: RawTable, rows: Rows, kept: BoolArray, extra: Path | None
) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows without those that say to be of an earlier period, where others do not."""
    content = read_template("values", "periods", extra)
    keys = {header_key(header) for header in content["comparing"]}
    words = pa.array([str(word).casefold() for word in content["earlier"]])
    earlier = np.zeros(len(rows), dtype=np.bool_)
    for column in table.columns:
        if header_key(column.header) in keys:
            earlier |= is_word(column.distinct.dictionary, words)[column.distinct.indices.to_numpy()]
    dropped = kept & earlier
    if not dropped.any() or not (kept & ~earlier).any():
        return kept, []
    count = int(np.count_nonzero(dropped))
    return kept & ~dropped, EARLIER_ROW.lines(rows.places(dropped), "", [""] * count, [""] * count)
