"""Files divided into parts, one for each value of a column: read once, written down part by part, loaded one by one."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from sheetgen.clause import Clause
from sheetgen.errors import EmptyFileError, LimitError
from sheetgen.ledger import Ledger, LedgerLine
from sheetgen.sources.duplicates import drop_own_duplicates, duplicates_count
from sheetgen.sources.load import Loaded, ReadOptions, Told, join_sources, load_reading, open_files
from sheetgen.sources.part import cut_source
from sheetgen.sources.results import load_result_kinds
from sheetgen.sources.source import Source, refuse_above
from sheetgen.sources.split import NOWHERE, Split, split_rows
from sheetgen.sources.table import IntArray

SUFFIX: Final = ".part"


@dataclass(frozen=True)
class Part:
    """The rows of one value: how many, and the file that holds them, which only this process family reads."""

    value: str
    rows: int
    path: Path


@dataclass(frozen=True)
class Division:
    """The parts of files, in the order of their values, and the ledger of the rows that are in none of them."""

    parts: tuple[Part, ...]
    left: Ledger


def divide_files(
    inputs: Sequence[Path], options: ReadOptions, column: str, limit: int, folder: Path, told: Told
) -> Division:
    """Read files once and write the rows of each value of a column to a file of its own in a folder.

    Raises an `InputError` for what cannot be read or divided, `LimitError` for more values than the limit.
    """
    reading = load_reading(options)
    opened = open_files(inputs, options, reading, lambda done: told(0.5 * done))
    cleaned = [drop_own_duplicates(source, reading) for source in opened]
    for source in cleaned:
        refuse_above(source, reading)
    split = split_rows(opened, cleaned, column, reading)
    _require_few(split, opened, column, limit)
    told(0.6)
    counted = [duplicates_count(source) for source in cleaned]
    left = _left(cleaned, split)
    del cleaned
    kinds = load_result_kinds(options.templates)
    parts = []
    for place, chosen in enumerate(_rows_by_value(split)):
        path = folder / f"{place}{SUFFIX}"
        used = [(source, rows, all_count) for source, rows, all_count in zip(opened, chosen, counted, strict=True)]
        cut = [(cut_source(source, rows, kinds), all_count) for source, rows, all_count in used if len(rows)]
        with path.open("wb") as file:
            pickle.dump(cut, file, protocol=pickle.HIGHEST_PROTOCOL)
        parts.append(Part(split.values[place], sum(map(len, chosen)), path))
        told(0.6 + 0.4 * len(parts) / len(split.values))
    return Division(tuple(parts), left)


def load_part(path: Path, options: ReadOptions) -> Loaded:
    """The dataset of a part, as a file of its rows alone would give it.

    Raises an `InputError` for rows that no report can be made of.
    """
    with path.open("rb") as file:
        cut: list[tuple[Source, bool]] = pickle.load(file)
    reading = load_reading(options)
    sources = [drop_own_duplicates(source, reading, all_count=all_count) for source, all_count in cut]
    return join_sources(sources, options, reading)


def _require_few(split: Split, sources: Sequence[Source], column: str, limit: int) -> None:
    if not split.values:
        raise EmptyFileError(path=sources[0].place.path, found=Clause("only totals and notes"))
    if len(split.values) > limit:
        raise LimitError(
            what=f"--split-by {column}",
            found=Clause("{count:,} values", count=len(split.values)),
            allowed=Clause("{count:,} reports", count=limit),
            remedy=Clause("Choose another column, or allow more with --limit {count}.", count=len(split.values)),
        )


def _rows_by_value(split: Split) -> Iterator[list[IntArray]]:
    """The rows of each value, by source, in the order of the file."""
    orders = [np.argsort(places, kind="stable") for places in split.places]
    ranked = [places[order] for places, order in zip(split.places, orders, strict=True)]
    for value in range(len(split.values)):
        bounds = [np.searchsorted(places, [value, value + 1]) for places in ranked]
        yield [order[first:last] for order, (first, last) in zip(orders, bounds, strict=True)]


def _left(cleaned: Sequence[Source], split: Split) -> Ledger:
    """What there is to say about the rows that are in no part."""
    lines: list[LedgerLine] = []
    rows = 0
    for source, places in zip(cleaned, split.places, strict=True):
        out = set(source.table.lines[places == NOWHERE].tolist())
        refused = set(source.table.refused)
        lines += [line for line in source.lines if line.row in out or line in refused]
        rows += len(out) + len(refused)
    return Ledger(tuple(lines), rows)
