"""Rows of averages under a table, which are no data of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME, MEASURES, PLATFORM
from sheetgen.ledger import LedgerLine
from sheetgen.sources.glance import is_word
from sheetgen.sources.recognition import Recognition
from sheetgen.sources.remarks import AVERAGE_ROW
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import BoolArray, RawTable
from sheetgen.sources.totals import find_totals, load_total_marks
from sheetgen.templates import read_template

NAMING = (CAMPAIGN_ID.key, CAMPAIGN_NAME.key, PLATFORM.key)


ROUNDED, SHARE = 0.51, 0.005
"""Averages are rounded: a difference of half a unit, or of half a percent."""


def drop_averages(
    table: RawTable, rows: Rows, recognition: Recognition, kept: BoolArray, extra: Path | None
) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows without those called an average that are the mean or the median of the others."""
    words = pa.array([str(word).casefold() for word in read_template("values", "totals", extra)["averages"]])
    used = {0, *(match.positions[0] for key in NAMING if (match := recognition.match(key)))}
    called = np.zeros(len(rows), dtype=np.bool_)
    labels = np.full(len(rows), "", dtype=object)
    for column in (table.columns[place] for place in sorted(used)):
        encoded = column.compact
        said = is_word(encoded.dictionary, words)
        if said.any():
            here = said[encoded.indices.to_numpy()]
            labels[here] = [text.strip() for text in column.shown(np.flatnonzero(here))]
            called |= here
    if not (kept & called).any():
        return kept, []
    marks = load_total_marks(recognition.platform, extra)
    suspects = find_totals(table, rows, recognition, marks, kept & ~called)
    others = kept & ~called & ~suspects.named & ~suspects.nameless
    averages = kept & called & _equals(rows, others)
    texts = labels[averages].tolist()
    return kept & ~averages, AVERAGE_ROW.lines(rows.places(averages), "", texts, [""] * len(texts))


def _equals(rows: Rows, others: BoolArray) -> BoolArray:
    """Rows with a value above zero whose values are all the mean or the median of the others."""
    equal, filled = np.ones(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_)
    for values in (rows.numbers[field.key] for field in MEASURES):
        known = values[others & np.isfinite(values)]
        if len(known):
            near = [np.abs(values - one) <= max(ROUNDED, SHARE * abs(one)) for one in (known.mean(), np.median(known))]
            equal &= np.isnan(values) | near[0] | near[1]
            filled |= values > 0
    return equal & filled
