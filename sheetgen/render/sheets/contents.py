"""The cells of a tab as requests: pages by bands of rows, tables by columns, data by chunks of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from sheetgen.render.sheets.areas import formatted_areas
from sheetgen.render.sheets.model import DataRun, SheetsCell, SheetsTab, SheetsTable
from sheetgen.render.sheets.places import Json, Plain, Range
from sheetgen.render.sheets.requests import repeat_cell, set_validation, update_cells
from sheetgen.render.sheets.values import constant

MOST_CELLS: Final = 20_000
"""Cells in one request, so that a large table is never all in memory."""

VALUE_FIELD: Final = "userEnteredValue"
FORMAT_FIELD: Final = "userEnteredFormat"
RULE_FIELDS: Final = "note,dataValidation"
CONTENT_FIELDS: Final = f"{VALUE_FIELD},{RULE_FIELDS}"
"""All of a cell but how it looks."""

Segment = tuple[int, int]
"""The first column, and the one after the last."""


def page_cells(tab: SheetsTab, kept: Collection[Range] = ()) -> Iterator[Json]:
    """The contents of all cells outside tables, blank ones cleared; in `kept` ranges the values are left alone."""
    found = {(cell.row, cell.column): _own(cell) for cell in tab.cells}
    for start, stop, segments in _bands(tab, kept):
        for first, end in segments:
            rows = [_row(found, row, first, end) for row in range(start, stop)]
            yield update_cells(Range(tab.key, start, first, stop, end), rows, CONTENT_FIELDS)
    for box in kept:
        rows = [_row(found, row, box.column, box.end_column) for row in range(box.row, box.end_row)]
        rows = [{"values": [_without_value(cell) for cell in row.get("values", ())]} for row in rows]
        yield update_cells(box, rows, RULE_FIELDS)


def page_looks(tab: SheetsTab, *, fresh: bool) -> Iterator[Json]:
    """The formats of all cells outside tables; on a sheet that is not `fresh` the old ones are cleared before."""
    for start, stop, segments in [] if fresh else _bands(tab, ()):
        for first, end in segments:
            yield repeat_cell(Range(tab.key, start, first, stop, end), {}, FORMAT_FIELD)
    for area, format in formatted_areas(tab):
        yield repeat_cell(area, {FORMAT_FIELD: format}, FORMAT_FIELD)


def _without_value(cell: Json) -> Json:
    return {name: part for name, part in cell.items() if name != VALUE_FIELD}


def _own(cell: SheetsCell) -> Json:
    parts = {VALUE_FIELD: cell.value, "note": cell.note, "dataValidation": cell.validation}
    return {name: part for name, part in parts.items() if part is not None}


def _row(found: Mapping[tuple[int, int], Json], row: int, first: int, end: int) -> Json:
    values = [found.get((row, column), {}) for column in range(first, end)]
    while values and not values[-1]:
        values.pop()
    return {"values": values} if values else {}


def _bands(tab: SheetsTab, kept: Iterable[Range]) -> Iterator[tuple[int, int, tuple[Segment, ...]]]:
    """Rows with the same segments to write, as many together as a request takes."""
    blocked: dict[int, list[Segment]] = {}
    tables = (Range(tab.key, table.row, table.column, table.end_row, table.end_column) for table in tab.tables)
    for box in (*tables, *kept):
        for row in range(box.row, box.end_row):
            blocked.setdefault(row, []).append((box.column, box.end_column))
    most = max(1, MOST_CELLS // tab.columns)
    for segments, run in groupby(range(tab.rows), lambda row: _between(tab.columns, blocked.get(row, ()))):
        rows = list(run)
        if segments:
            yield from ((start, min(start + most, rows[-1] + 1), segments) for start in rows[::most])


def _between(columns: int, blocked: Iterable[Segment]) -> tuple[Segment, ...]:
    made, first = [], 0
    for start, end in sorted(blocked):
        if start > first:
            made.append((first, start))
        first = max(first, end)
    return (*made, (first, columns)) if first < columns else tuple(made)


def table_header(tab: SheetsTab, table: SheetsTable) -> Json:
    """The header of a table, its formats and notes."""
    values = []
    for column in table.columns:
        note = {"note": column.note} if column.note else {}
        written = {VALUE_FIELD: {"stringValue": column.header}, FORMAT_FIELD: column.header_format}
        values.append(written | note)
    place = Range(tab.key, table.row, table.column, table.row + 1, table.end_column)
    return update_cells(place, [{"values": values}], f"{VALUE_FIELD},{FORMAT_FIELD},note")


def table_notes(tab: SheetsTab, table: SheetsTable) -> Json:
    """The notes on a header that is there."""
    values = [{"note": column.note} if column.note else {} for column in table.columns]
    place = Range(tab.key, table.row, table.column, table.row + 1, table.end_column)
    return update_cells(place, [{"values": values}], "note")


def table_looks(tab: SheetsTab, table: SheetsTable, typed_from: int = 0) -> Iterator[Json]:
    """The formats of a table's columns and what may be typed into them, equal neighbours together.

    Columns with a type are left alone in the first `typed_from` rows, which Google does not let anyone format.
    """
    first = table.column
    for (format, rule, has_type), run in groupby(
        table.columns, lambda column: (column.format, column.validation, column.type is not None)
    ):
        end = first + len(tuple(run))
        start = table.row + 1 + (typed_from if has_type else 0)
        if start < table.end_row:
            place = Range(tab.key, start, first, table.end_row, end)
            yield repeat_cell(place, {FORMAT_FIELD: format}, FORMAT_FIELD)
            if not has_type:
                yield set_validation(place, rule)
        first = end


def table_formulas(tab: SheetsTab, table: SheetsTable) -> Iterator[Json]:
    """The calculated columns of a table, one request each."""
    for at, column in enumerate(table.columns, start=table.column):
        if column.formula is not None:
            place = Range(tab.key, table.row + 1, at, table.end_row, at + 1)
            yield repeat_cell(place, {VALUE_FIELD: {"formulaValue": column.formula}}, VALUE_FIELD)


def table_data(tab: SheetsTab, table: SheetsTable, inputs_from: int = 0) -> Iterator[Json]:
    """The data of a table by chunks of rows, so that a large one is never all in memory.

    Inputs in the first `inputs_from` rows are left alone.
    """
    for run in table.data_runs():
        most = max(1, MOST_CELLS // len(run.columns))
        for start in range(inputs_from if run.is_input else 0, table.rows, most):
            stop = min(start + most, table.rows)
            yield _data(tab, table, run, start, stop)


def _data(tab: SheetsTab, table: SheetsTable, run: DataRun, start: int, stop: int) -> Json:
    first, top = table.column + run.first, table.row + 1
    place = Range(tab.key, top + start, first, top + stop, first + len(run.columns))
    where = f"{tab.title}: {table.name}"
    rows = Plain({"values": [_datum(value, where) for value in row]} for row in run.values(start, stop))
    return update_cells(place, rows, VALUE_FIELD)


def _datum(value: float | str | None, where: str) -> Json:
    written = constant(value, where)
    return {} if written is None else {VALUE_FIELD: written}


def input_values(tab: SheetsTab, changed: Collection[tuple[int, int]]) -> Iterator[Json]:
    """The model's values of those input cells, by row and column of the tab; rectangles together."""
    values = dict(_input_data(tab, changed))
    columns: dict[int, list[int]] = {}
    for row, column in sorted(values):
        columns.setdefault(row, []).append(column)
    for (_, runs), group in groupby(enumerate(columns), lambda each: (each[1] - each[0], _runs(columns[each[1]]))):
        rows = [row for _, row in group]
        for first, end in runs:
            most = max(1, MOST_CELLS // (end - first))
            for start in rows[::most]:
                stop = min(start + most, rows[-1] + 1)
                yield _input_block(values, Range(tab.key, start, first, stop, end))


def _runs(columns: list[int]) -> tuple[Segment, ...]:
    """Neighbouring columns together."""
    runs = (list(run) for _, run in groupby(enumerate(columns), lambda each: each[1] - each[0]))
    return tuple((run[0][1], run[-1][1] + 1) for run in runs)


def _input_block(values: Mapping[tuple[int, int], Json | None], place: Range) -> Json:
    rows = Plain()
    for row in range(place.row, place.end_row):
        written = (values[row, column] for column in range(place.column, place.end_column))
        rows.append({"values": [{} if value is None else {VALUE_FIELD: value} for value in written]})
    return update_cells(place, rows, VALUE_FIELD)


def _input_data(tab: SheetsTab, changed: Collection[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Json | None]]:
    for cell in tab.cells:
        if cell.is_input and (cell.row, cell.column) in changed:
            yield (cell.row, cell.column), cell.value
    for table in tab.tables:
        where = f"{tab.title}: {table.name}"
        for row, column in changed:
            if table.row < row < table.end_row and table.column <= column < table.end_column:
                data = table.columns[column - table.column].values[row - table.row - 1]
                value = data.item() if hasattr(data, "item") else data
                yield (row, column), constant(value, where)
