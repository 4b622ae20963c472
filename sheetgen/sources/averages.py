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
from sheetgen.templates import read_template

NAMING = (CAMPAIGN_ID.key, CAMPAIGN_NAME.key, PLATFORM.key)


def drop_averages(
    table: RawTable, rows: Rows, recognition: Recognition, kept: BoolArray, extra: Path | None
) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows without those called an average whose values all lie between those of the others."""
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
    averages = kept & called
    if not averages.any():
        return kept, []
    averages &= _between(rows, kept & ~called)
    texts = labels[averages].tolist()
    return kept & ~averages, AVERAGE_ROW.lines(rows.places(averages), "", texts, [""] * len(texts))


def _between(rows: Rows, others: BoolArray) -> BoolArray:
    """Rows with a value, none of them below or above those of all the others."""
    between, filled = np.ones(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_)
    for values in (rows.numbers[field.key] for field in MEASURES):
        known = values[others & np.isfinite(values)]
        if len(known):
            between &= np.isnan(values) | ((values >= known.min()) & (values <= known.max()))
            filled |= np.isfinite(values)
    return between & filled
