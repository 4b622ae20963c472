"""Exact duplicates, within a file and across files with the same headers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.clause import Clause
from sheetgen.ledger import LedgerLine
from sheetgen.sources.remarks import DUPLICATE_ROW, DUPLICATES_COUNTED, TOTAL_DIFFERS
from sheetgen.sources.rows import MEASURE_KEYS, Rows
from sheetgen.sources.source import Reading, Source, drop_summaries
from sheetgen.sources.table import BoolArray, IntArray

BLOCK_ROWS = 65_536


def drop_own_duplicates(source: Source, reading: Reading, *, all_count: bool = False) -> Source:
    """The source without totals and repeated rows, which stay where only they make the file's own totals agree.

    With `all_count` that is known of them already.
    """
    kept = source.kept.copy()
    lines = _drop_in_group([source], [kept])
    once = drop_summaries(source.keeping(kept, lines), reading)
    if not lines or not (all_count or _disagrees(once)):
        return once
    every = drop_summaries(source, reading)
    if not all_count and _disagrees(every):
        return once
    said = Clause("{count} rows", count=len(lines))
    return every.keeping(every.kept, [DUPLICATES_COUNTED.line(source.place.file, before=said)])


def duplicates_count(source: Source) -> bool:
    """Whether the source was found to need its repeated rows."""
    return any(line.code == DUPLICATES_COUNTED.code for line in source.lines)


def _disagrees(source: Source) -> bool:
    return any(line.code == TOTAL_DIFFERS.code for line in source.lines)


def drop_shared_duplicates(sources: Sequence[Source]) -> tuple[list[Source], list[LedgerLine]]:
    """The sources without rows that repeat one of an earlier file cell by cell, and a line for each."""
    kept = [source.kept.copy() for source in sources]
    lines: list[LedgerLine] = []
    for headers in dict.fromkeys(source.table.headers for source in sources):
        group = [place for place, source in enumerate(sources) if source.table.headers == headers]
        if len(group) < 2:
            continue
        lines += _drop_in_group([sources[place] for place in group], [kept[place] for place in group])
    return [source.keeping(mask, []) for source, mask in zip(sources, kept, strict=True)], lines


def _drop_in_group(sources: Sequence[Source], kept: Sequence[BoolArray]) -> list[LedgerLine]:
    """Clear the repeated rows in `kept`: those of a file alone, or those that an earlier of several files has.

    Rows whose measures are unique are never compared cell by cell.
    """
    hashes = np.concatenate([_measure_hash(source.rows)[mask] for source, mask in zip(sources, kept, strict=True)])
    alike = _shared(hashes)
    if not alike.any():
        return []
    owner = np.repeat(np.arange(len(kept)), [np.count_nonzero(mask) for mask in kept])[alike]
    position = np.concatenate([np.flatnonzero(mask) for mask in kept])[alike]
    first = _first_alike(sources, owner, position)
    repeated = owner != owner[first] if len(sources) > 1 else np.arange(len(first)) != first
    lines = []
    for row in np.flatnonzero(repeated).tolist():
        source, earlier = sources[owner[row]], sources[owner[first[row]]]
        kept[owner[row]][position[row]] = False
        same = f"{earlier.place.file}, row {earlier.table.lines[position[first[row]]]}"
        lines.append(DUPLICATE_ROW.line(source.place.file, int(source.table.lines[position[row]]), before=same))
    return lines


def _measure_hash(rows: Rows) -> IntArray:
    """Equal for rows with equal measures; made block by block, so that what it takes stays in the cache."""
    total = np.zeros(len(rows), dtype=np.uint64)
    for start in range(0, len(rows), BLOCK_ROWS):
        block = total[start : start + BLOCK_ROWS]
        for key in MEASURE_KEYS:
            values = rows.numbers[key][start : start + BLOCK_ROWS]
            bits = np.where(np.isnan(values), -1.0, values + 0.0).view(np.uint64)
            block ^= bits ^ (bits >> np.uint64(29))
            block *= np.uint64(0x9E3779B97F4A7C15)
    return total.view(np.int64)


def _shared(hashes: IntArray) -> BoolArray:
    """Where another row has the same hash."""
    ordered = np.sort(hashes)
    shared = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.isin(hashes, shared) if len(shared) else np.zeros(len(hashes), dtype=np.bool_)


def _first_alike(sources: Sequence[Source], owner: IntArray, position: IntArray) -> IntArray:
    """For each of these rows, the first of them with the same cells."""
    alike = np.zeros(len(owner), dtype=np.int64)
    places = [pa.array(position[owner == place]) for place in range(len(sources))]
    for columns in zip(*(source.table.columns for source in sources), strict=True):
        texts = pa.chunked_array([column.text.take(rows) for column, rows in zip(columns, places, strict=True)])
        codes = pc.dictionary_encode(texts).combine_chunks().indices.to_numpy()
        alike = pd.factorize(alike * (len(owner) + 1) + codes)[0].astype(np.int64)
    first: IntArray = np.unique(alike, return_index=True)[1][alike]
    return first
