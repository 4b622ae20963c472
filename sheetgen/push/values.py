"""The values of a report's inputs by what they are about, not by where they are: by name, or by table, row and column.

A row goes by its business key, such as campaign and date, so that rows may move from one push to the next.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from sheetgen.fields import CAMPAIGN_ID, DATE, HOUR, WEEKDAY
from sheetgen.render.sheets.model import SheetsColumn, SheetsReport, SheetsTab, SheetsTable
from sheetgen.render.sheets.places import Json, Range
from sheetgen.render.sheets.values import constant

Scalar = float | str | bool | None

NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
KEY_HEADERS: Final = tuple(field.header for field in (CAMPAIGN_ID, DATE, WEEKDAY, HOUR))
"""The columns that say what a row is about, as far as a table has them."""


@dataclass(frozen=True, eq=False)
class TableValues:
    """A table's inputs: rows by business key, each with a value for every header."""

    headers: tuple[str, ...]
    rows: Mapping[str, tuple[Scalar, ...]]

    def columns(self) -> list[list[Scalar]]:
        """The values by column."""
        return [list(column) for column in zip(*self.rows.values(), strict=True)] or [[] for _ in self.headers]


@dataclass(frozen=True, eq=False)
class InputValues:
    """All inputs: single cells by name, and tables by name."""

    names: Mapping[str, Scalar]
    tables: Mapping[str, TableValues]


def table_values(headers: Sequence[str], columns: Sequence[Sequence[Scalar]]) -> TableValues:
    """The inputs of a table from its columns; a blank is None."""
    rows = list(zip(*columns, strict=True))
    return TableValues(tuple(headers), dict(zip(_keys(headers, rows), rows, strict=True)))


def proposed_values(report: SheetsReport) -> InputValues:
    """What a report says of its inputs."""
    cells = {(tab.key, cell.row, cell.column): cell.value for tab in report.tabs for cell in tab.cells if cell.is_input}
    names = {name: cells[_place(at)] for name, at in report.names.items() if _place(at) in cells}
    tables = {table.name: _proposed(table) for tab in report.tabs for table in tab.tables if input_columns(table)}
    return InputValues({name: plain(value) for name, value in names.items()}, tables)


def input_columns(table: SheetsTable) -> dict[str, SheetsColumn]:
    """The columns of a table that are inputs, by header."""
    return {column.header: column for column in table.columns if column.is_input and column.formula is None}


def with_values(report: SheetsReport, values: InputValues) -> SheetsReport:
    """The report with other values in its inputs; its tables keep their rows."""
    at = {_place(place): values.names[name] for name, place in report.names.items() if name in values.names}
    return replace(report, tabs=tuple(_tab_with(tab, at, values.tables) for tab in report.tabs))


def is_same(one: Scalar, other: Scalar) -> bool:
    """Whether two values say the same: 750 and the text 750 do, a blank and 0 do not."""
    if one == other or (isinstance(one, str) and isinstance(other, str)):
        return one == other
    numbers = _number(one), _number(other)
    return None not in numbers and math.isclose(numbers[0] or 0.0, numbers[1] or 0.0, rel_tol=1e-12)


def _number(value: Scalar) -> float | None:
    if isinstance(value, str):
        return float(value) if NUMBER.fullmatch(value.strip()) else None
    return None if value is None or isinstance(value, bool) else float(value)


def plain(value: Json | None) -> Scalar:
    """The scalar of an ExtendedValue."""
    found: Scalar = next(iter(value.values()), None) if value else None
    return found


def _place(place: Range) -> tuple[str, int, int]:
    return place.tab, place.row, place.column


def _keys(headers: Sequence[str], rows: Iterable[Sequence[Scalar]]) -> Iterator[str]:
    """The key of each row; a second row of a key is numbered, and rows without one go by their place."""
    chosen = [i for i, header in enumerate(headers) if header in KEY_HEADERS]
    seen: Counter[str] = Counter()
    for row in rows:
        key = " / ".join(_key_part(row[i]) for i in chosen)
        seen[key] += 1
        yield key if seen[key] == 1 and chosen else f"{key} #{seen[key]}".strip()


def _key_part(value: Scalar) -> str:
    # A campaign's ID may be typed as a number: its digits are the same.
    return f"{value:.15g}" if isinstance(value, float | int) else value or ""


def _proposed(table: SheetsTable) -> TableValues:
    columns = input_columns(table)
    return table_values(tuple(columns), [_scalars(column.values) for column in columns.values()])


def _scalars(values: Any) -> list[Scalar]:
    return [None if value != value or value == "" else value for value in values.tolist()]


def _tab_with(
    tab: SheetsTab, at: Mapping[tuple[str, int, int], Scalar], tables: Mapping[str, TableValues]
) -> SheetsTab:
    cells = (
        replace(cell, value=constant(at[place], tab.title)) if cell.is_input and place in at else cell
        for cell in tab.cells
        for place in [(tab.key, cell.row, cell.column)]
    )
    filled = (_table_with(table, tables[table.name]) if table.name in tables else table for table in tab.tables)
    return replace(tab, cells=tuple(cells), tables=tuple(filled))


def _table_with(table: SheetsTable, values: TableValues) -> SheetsTable:
    found = dict(zip(values.headers, values.columns(), strict=True))
    columns = (
        replace(column, values=_array(found[column.header])) if column.header in found and column.is_input else column
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def _array(values: list[Scalar]) -> Any:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
