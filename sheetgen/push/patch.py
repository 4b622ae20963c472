"""The cells of a tab that a push writes with data, apart from the requests that write all else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

import numpy as np

from sheetgen.render.sheets.model import SheetsColumn, SheetsTab, SheetsTable
from sheetgen.render.sheets.places import Range
from sheetgen.report.model import Values

BRIDGED: Final = 50
"""Cells that stay between two that change, and are written with them: as much to send as another patch."""


@dataclass(frozen=True, eq=False)
class Patch:
    """Neighbouring cells of a tab, the first at `row` and `column`, with the data to write into them by column.

    `where` names them in messages; `is_typed` says whether a native table gives one of the columns a type.
    """

    tab: str
    where: str
    row: int
    column: int
    columns: tuple[Values, ...]
    is_typed: bool = False

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.columns[0])

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return self.rows * len(self.columns)

    @property
    def is_numeric(self) -> bool:
        """Whether there is nothing but numbers and blanks."""
        return all(map(_is_numeric, self.columns))

    @property
    def place(self) -> Range:
        """Where it is to be."""
        return Range(self.tab, self.row, self.column, self.row + self.rows, self.column + len(self.columns))

    def values(self, start: int, stop: int) -> list[list[float | str | None]]:
        """The data of those of its rows, row by row; None is blank."""
        columns = (column[start:stop].tolist() for column in self.columns)
        return [[None if value != value else value for value in row] for row in zip(*columns, strict=True)]


def whole_patches(tab: SheetsTab, table: SheetsTable) -> Iterator[Patch]:
    """All data of a table, neighbouring columns together."""
    for run in table.data_runs():
        yield _patch(tab, table, run.first, run.columns)


def column_patches(tab: SheetsTab, table: SheetsTable) -> Iterator[Patch]:
    """All data of a table, each column for itself."""
    for run in table.data_runs():
        for i, column in enumerate(run.columns, start=run.first):
            yield _patch(tab, table, i, (column,))


def changed_patches(
    tab: SheetsTab, table: SheetsTable, kept: int, changed: Collection[tuple[int, int]]
) -> Iterator[Patch]:
    """Of a table whose first `kept` rows are on their sheet what is new or `changed` there, by column.

    `changed` are rows and columns of the tab: inputs. All other data are written anew.
    """
    rows: dict[int, list[int]] = {}
    for row, at in changed:
        if table.row < row <= table.row + kept:
            rows.setdefault(at - table.column, []).append(row - table.row - 1)
    for run in table.data_runs():
        for i, column in enumerate(run.columns, start=run.first):
            inputs = [*sorted(rows.get(i, ())), *range(kept, table.rows)]
            for start, stop in _stretches(inputs if run.is_input else range(table.rows), column.values):
                yield _patch(tab, table, i, (column,), start, stop)


def text_patch(tab: SheetsTab) -> Patch:
    """The texts of a tab that has them in its first column, one below the other."""
    texts = np.array([(cell.value or {}).get("stringValue") for cell in tab.cells], dtype=object)
    return Patch(tab.key, tab.title, 0, 0, (texts,))


def joined(patches: Collection[Patch]) -> Iterator[Patch]:
    """The patches with those side by side of the same rows as one."""
    ordered = sorted(patches, key=lambda patch: (patch.tab, patch.row, patch.rows, patch.column))
    numbered = enumerate(ordered)
    for _, run in groupby(numbered, lambda each: (each[1].tab, each[1].row, each[1].rows, each[1].column - each[0])):
        found = [patch for _, patch in run]
        columns = tuple(values for patch in found for values in patch.columns)
        yield replace(found[0], columns=columns, is_typed=any(patch.is_typed for patch in found))


def _patch(
    tab: SheetsTab,
    table: SheetsTable,
    first: int,
    columns: Sequence[SheetsColumn],
    start: int = 0,
    stop: int | None = None,
) -> Patch:
    return Patch(
        tab.key,
        f"{tab.title}: {table.name}",
        table.row + 1 + start,
        table.column + first,
        tuple(column.values[start:stop] for column in columns),
        any(column.type is not None for column in columns),
    )


def _stretches(rows: Sequence[int], values: Values) -> Iterator[tuple[int, int]]:
    """The rows as half-open intervals, with small gaps closed.

    A gap with a formula of the reader's stays open, for a formula that is sent as data becomes a text.
    """
    start = stop = -1
    for row in rows:
        if start >= 0 and row - stop <= BRIDGED and not any(map(_is_formula, values[stop:row])):
            stop = row + 1
            continue
        if start >= 0:
            yield start, stop
        start, stop = row, row + 1
    if start >= 0:
        yield start, stop


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=")


def _is_numeric(column: Values) -> bool:
    if column.dtype == np.float64:
        return True
    return all(value is None or (isinstance(value, float | int) and not isinstance(value, bool)) for value in column)
