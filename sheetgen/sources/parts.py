"""What a row is about besides its campaign and day: the ad set, age, country or account that it is a part for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.sources.headers import header_key
from sheetgen.sources.rows import TEXT_KEYS
from sheetgen.sources.source import CleanSource, Source

HashArray = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Parts:
    """The columns that part the rows of a file, by header key, and by row a hash of their cells."""

    columns: frozenset[str]
    cells: HashArray


def find_parts(source: Source, clean: CleanSource) -> Parts:
    """The parts of a file's clean rows; other names and IDs than those of the campaign part them as well."""
    recognition, table = source.recognition, source.table
    names = {match.headers[0] for match in recognition.alternatives if match.field in TEXT_KEYS}
    columns = [column for column in table.columns if column.header in names.union(recognition.breakdowns)]
    places = pa.array(np.searchsorted(table.lines, clean.rows.line))
    cells = np.zeros(len(clean.rows), dtype=np.uint64)
    for column in sorted(columns, key=lambda one: header_key(one.header)):
        texts = pc.dictionary_encode(column.text.take(places))
        hashes = pd.util.hash_array(texts.dictionary.to_numpy(zero_copy_only=False), categorize=False)
        cells = cells * np.uint64(31) + hashes[texts.indices.to_numpy()]
    return Parts(frozenset(header_key(column.header) for column in columns), cells)
