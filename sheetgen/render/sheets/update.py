"""A report on sheets that are there: updated in place, so that sheet IDs, charts, tables and edits survive."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from sheetgen.render.sheets import requests
from sheetgen.render.sheets.contents import (
    input_values,
    page_cells,
    page_looks,
    table_data,
    table_formulas,
    table_header,
    table_looks,
    table_notes,
)
from sheetgen.render.sheets.ids import Ids
from sheetgen.render.sheets.model import SheetsReport, SheetsTab, SheetsTable
from sheetgen.render.sheets.places import Json, Range, resolve

PROTECTED_FIELDS: Final = "range,description,warningOnly,unprotectedRanges"


@dataclass(frozen=True)
class PresentTable:
    """A native table of ours on a sheet: its ID, its cells with the header, and its columns' headers."""

    table_id: str
    row: int
    column: int
    end_row: int
    headers: tuple[str, ...]

    @property
    def data_rows(self) -> int:
        """How many rows it has below its header."""
        return self.end_row - self.row - 1


@dataclass(frozen=True)
class Present:
    """What of ours a sheet holds: its grid, the indexes of our rules, charts by key, tables by name."""

    rows: int
    columns: int
    rules: tuple[int, ...] = ()
    charts: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, PresentTable] = field(default_factory=dict)
    is_protected: bool = False


def is_rebuilt(table: SheetsTable, present: Present) -> bool:
    """Whether an update makes a table anew with all its data, for it is not there or its columns changed."""
    found = present.tables.get(table.name)
    headers = tuple(column.header for column in table.columns)
    return found is None or (found.row, found.column, found.headers) != (table.row, table.column, headers)


def grow_sheet(tab: SheetsTab, ids: Ids, present: Present) -> Iterator[Json]:
    """Room for a tab on its sheet: before anything that names a cell of it."""
    rows, columns = max(tab.rows, present.rows), max(tab.columns, present.columns)
    if (rows, columns) != (present.rows, present.columns):
        yield resolve(requests.size_sheet(tab.key, rows, columns), ids.sheets)


def update_sheet(
    tab: SheetsTab,
    ids: Ids,
    present: Present,
    changed: Collection[tuple[int, int]] = (),
    staged: Collection[str] = (),
) -> Iterator[Json]:
    """Everything of a tab on a sheet that has room for it; of its inputs only what is `changed`, new or rebuilt.

    `changed` are rows and columns of the tab: the inputs whose cells do not hold what the report says. The title, which
    a reader may change, stays; cells outside the tab's grid go. The data of tables named in `staged` are left out.
    Raises `RenderError` for data that no cell holds.
    """
    yield from (resolve(each, ids.sheets) for each in _contents(tab, present, changed, staged))
    yield from (resolve(each, ids.sheets) for each in _objects(tab, ids, present))
    if tab.rows < present.rows or tab.columns < present.columns:
        yield resolve(requests.size_sheet(tab.key, tab.rows, tab.columns), ids.sheets)


def update_names(report: SheetsReport, ids: Ids, present: Mapping[str, str]) -> Iterator[Json]:
    """The named ranges of a report where `present` are those of ours, ID by name: moved, added or deleted."""
    for name, place in report.names.items():
        if name in present:
            named = {"namedRangeId": present[name], "name": name, "range": resolve(place, ids.sheets)}
            yield {"updateNamedRange": {"namedRange": named, "fields": "range"}}
    missing = {name: place for name, place in report.names.items() if name not in present}
    yield from (resolve(each, ids.sheets) for each in requests.add_names(missing, ids))
    for name, named_id in present.items():
        if name not in report.names:
            yield {"deleteNamedRange": {"namedRangeId": named_id}}


def _contents(
    tab: SheetsTab, present: Present, changed: Collection[tuple[int, int]], staged: Collection[str]
) -> Iterator[Json]:
    rows, columns = max(tab.rows, present.rows), max(tab.columns, present.columns)
    yield requests.view_sheet(tab)
    yield {"unmergeCells": {"range": Range(tab.key, 0, 0, rows, columns)}}
    yield from _delete_tables(tab, present)
    for table in tab.tables:
        yield from _table(tab, table, present)
        if table.name not in staged:
            yield from table_data(tab, table, inputs_from=_rows_kept(table, present))
    yield from page_cells(tab, [cell.box(tab.key) for cell in tab.cells if cell.is_input])
    yield from input_values(tab, changed)
    yield from page_looks(tab, fresh=False)
    yield from map(requests.merge, tab.merges)
    yield requests.show_columns(tab)
    yield from requests.dimensions(tab)


def _delete_tables(tab: SheetsTab, present: Present) -> Iterator[Json]:
    kept = {table.name for table in tab.tables if not is_rebuilt(table, present)}
    for name, found in present.tables.items():
        if name not in kept:
            yield {"deleteTable": {"tableId": found.table_id}}


def _table(tab: SheetsTab, table: SheetsTable, present: Present) -> Iterator[Json]:
    """The cells of a table; where the native table stays, its typed columns are formatted below it before it grows."""
    if is_rebuilt(table, present):
        yield table_header(tab, table)
        yield from table_looks(tab, table)
        yield from table_formulas(tab, table)
        return
    found = present.tables[table.name]
    yield from table_looks(tab, table, typed_from=_rows_kept(table, present))
    if found.end_row != table.end_row:
        resized = {"tableId": found.table_id, "range": requests.table_range(tab, table)}
        yield {"updateTable": {"table": resized, "fields": "range"}}
    yield table_notes(tab, table)
    yield from table_formulas(tab, table)


def _rows_kept(table: SheetsTable, present: Present) -> int:
    """How many rows of a table a sheet holds that an update does not make anew."""
    if is_rebuilt(table, present):
        return 0
    return present.tables[table.name].data_rows


def _objects(tab: SheetsTab, ids: Ids, present: Present) -> Iterator[Json]:
    for table in tab.tables:
        if table.is_native and is_rebuilt(table, present):
            yield {"addTable": {"table": requests.native_table(tab, table, ids)}}
    yield from requests.delete_rules(tab.key, present.rules)
    yield from requests.add_rules(tab)
    protected = {"protectedRange": requests.protection(tab, ids)}
    if present.is_protected:
        yield {"updateProtectedRange": protected | {"fields": PROTECTED_FIELDS}}
    else:
        yield {"addProtectedRange": protected}
    yield from _charts(tab, ids, present)


def _charts(tab: SheetsTab, ids: Ids, present: Present) -> Iterator[Json]:
    for chart in tab.charts:
        if chart.key not in present.charts:
            yield requests.add_chart(tab, chart, ids)
            continue
        chart_id = present.charts[chart.key]
        yield {"updateChartSpec": {"chartId": chart_id, "spec": chart.spec}}
        moved = {"objectId": chart_id, "newPosition": requests.position(tab, chart), "fields": requests.POSITION_FIELDS}
        yield {"updateEmbeddedObjectPosition": moved}
    known = {chart.key for chart in tab.charts}
    for key, chart_id in present.charts.items():
        if key not in known:
            yield {"deleteEmbeddedObject": {"objectId": chart_id}}
