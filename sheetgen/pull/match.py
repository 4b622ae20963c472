"""Which campaign of the baseline each row of a report is: by ID, else by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheetgen.values import Value


class Pair(NamedTuple):
    """A campaign of the baseline and a row of the report, both by position; None where the one has no other."""

    base: int | None
    row: int | None


def pair_campaigns(
    base_ids: Sequence[Value], base_names: Sequence[Value], ids: Sequence[Value], names: Sequence[Value]
) -> tuple[Pair, ...]:
    """Every row and every campaign once: pairs and additions in the order of the rows, then what was deleted.

    IDs go first. A row with an ID that is new or blank is the campaign of its name, if that name is on one such row
    and on one campaign left over.
    """
    base_of = {key: place for place, key in enumerate(base_ids)}
    found: list[int | None] = [None] * len(ids)
    taken: set[int] = set()
    for row, key in enumerate(ids):
        base = base_of.get(key) if key is not None else None
        if base is not None and base not in taken:
            found[row] = base
            taken.add(base)
    by_name = _single(base_names, [base for base in range(len(base_ids)) if base not in taken])
    for name, row in _single(names, [row for row, base in enumerate(found) if base is None]).items():
        if name in by_name:
            found[row] = by_name[name]
            taken.add(by_name[name])
    return tuple(_pairs(found, taken, len(base_ids)))


def _single(names: Sequence[Value], places: Sequence[int]) -> dict[Value, int]:
    """The names that only one of the places has, with that place."""
    counts = Counter(names[place] for place in places)
    return {names[place]: place for place in places if names[place] is not None and counts[names[place]] == 1}


def _pairs(found: Sequence[int | None], taken: set[int], count: int) -> Iterator[Pair]:
    yield from (Pair(base, row) for row, base in enumerate(found))
    yield from (Pair(base, None) for base in range(count) if base not in taken)
