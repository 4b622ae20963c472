"""Tabs on sheets that are not there yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sheetgen.render.sheets import requests
from sheetgen.render.sheets.contents import (
    page_cells,
    page_looks,
    table_data,
    table_formulas,
    table_header,
    table_looks,
)
from sheetgen.render.sheets.ids import Ids
from sheetgen.render.sheets.model import SheetsTab
from sheetgen.render.sheets.places import Json, resolve


def create_sheets(tabs: Iterable[SheetsTab], ids: Ids, index: int | None = None) -> Iterator[Json]:
    """The tabs as empty sheets, the first at `index`: all of them before any formula that looks at another tab."""
    for i, tab in enumerate(tabs):
        yield resolve(requests.add_sheet(tab, None if index is None else index + i), ids.sheets)


def fill_sheet(tab: SheetsTab, ids: Ids, staged: Collection[str] = ()) -> Iterator[Json]:
    """Everything on a new sheet, the native tables last: Google guards the cells of a typed column."""
    yield from (resolve(each, ids.sheets) for each in _looks(tab))
    for table in tab.tables:
        if table.name not in staged:
            yield from (resolve(each, ids.sheets) for each in table_data(tab, table))
    yield from (resolve(each, ids.sheets) for each in _objects(tab, ids))


def _looks(tab: SheetsTab) -> Iterator[Json]:
    yield from requests.dimensions(tab)
    yield from page_cells(tab)
    yield from page_looks(tab, fresh=True)
    yield from map(requests.merge, tab.merges)
    for table in tab.tables:
        yield table_header(tab, table)
        yield from table_looks(tab, table)
        yield from table_formulas(tab, table)


def _objects(tab: SheetsTab, ids: Ids) -> Iterator[Json]:
    for table in tab.tables:
        if table.is_native:
            yield {"addTable": {"table": requests.native_table(tab, table, ids)}}
    yield from requests.add_rules(tab)
    yield {"addProtectedRange": {"protectedRange": requests.protection(tab, ids)}}
    yield from (requests.add_chart(tab, chart, ids) for chart in tab.charts)
