"""Exact duplicates, within a file and across files with the same headers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from sheetgen.clause import Clause
from sheetgen.ledger import LedgerLine
from sheetgen.sources.remarks import DUPLICATE_ROW, DUPLICATES_COUNTED, TOTAL_DIFFERS
from sheetgen.sources.rows import MEASURE_KEYS
from sheetgen.sources.source import Reading, Source, drop_summaries
from sheetgen.sources.table import BoolArray, IntArray, RawTable


def drop_own_duplicates(source: Source, reading: Reading) -> Source:
    """The source without totals and repeated rows, which stay where only they make the file's own totals agree."""
    kept = source.kept.copy()
    lines = _drop_in_group([source], [kept])
    once = drop_summaries(source.keeping(kept, lines), reading)
    if not lines or not _disagrees(once):
        return once
    every = drop_summaries(source, reading)
    if _disagrees(every):
        return once
    said = Clause("{count} rows", count=len(lines))
    return every.keeping(every.kept, [DUPLICATES_COUNTED.line(source.place.file, before=said)])


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
    owner = np.repeat(np.arange(len(kept)), [np.count_nonzero(mask) for mask in kept])
    position = np.concatenate([np.flatnonzero(mask) for mask in kept])
    alike = pd.Series(_measure_hash(sources, kept)).duplicated(keep=False).to_numpy()
    owner, position = owner[alike], position[alike]
    if not len(owner):
        return []
    cells = pd.concat([_cells(source.table, position[owner == place]) for place, source in enumerate(sources)])
    codes = cells.groupby(list(cells.columns), sort=False).ngroup().to_numpy()
    first = np.unique(codes, return_index=True)[1][codes]
    repeated = owner != owner[first] if len(sources) > 1 else np.arange(len(first)) != first
    lines = []
    for row, original in enumerate(first.tolist()):
        if repeated[row]:
            source, earlier = sources[owner[row]], sources[owner[original]]
            kept[owner[row]][position[row]] = False
            same = f"{earlier.place.file}, row {earlier.table.lines[position[original]]}"
            lines.append(DUPLICATE_ROW.line(source.place.file, int(source.table.lines[position[row]]), before=same))
    return lines


def _measure_hash(sources: Sequence[Source], kept: Sequence[BoolArray]) -> IntArray:
    """Equal for rows with equal measures."""
    total = np.zeros(sum(np.count_nonzero(mask) for mask in kept), dtype=np.uint64)
    for key in MEASURE_KEYS:
        values = np.concatenate([source.rows.numbers[key][mask] for source, mask in zip(sources, kept, strict=True)])
        bits = np.where(np.isnan(values), -1.0, values + 0.0).view(np.uint64)
        total = (total ^ bits ^ (bits >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
    return total.view(np.int64)


def _cells(table: RawTable, rows: IntArray) -> pd.DataFrame:
    places = pa.array(rows)
    arrays = [column.text.take(places) for column in table.columns]
    cells: pd.DataFrame = pa.Table.from_arrays(arrays, [str(place) for place in range(len(arrays))]).to_pandas()
    return cells
