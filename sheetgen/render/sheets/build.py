"""A report for Google Sheets: every tab, name and chart of the model, and what could not be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from sheetgen.formula.tree import At, Name
from sheetgen.render.grid import grid_of
from sheetgen.render.sheets.cells import cells
from sheetgen.render.sheets.charts import charts
from sheetgen.render.sheets.feeds import Feed, with_feeds
from sheetgen.render.sheets.formats import Formats
from sheetgen.render.sheets.heights import with_wrapped_rows
from sheetgen.render.sheets.looker import LOOKER_TABLES
from sheetgen.render.sheets.model import Remark, SheetsReport, SheetsTab, SheetsTable
from sheetgen.render.sheets.page import Page
from sheetgen.render.sheets.places import Range
from sheetgen.render.sheets.rules import rules
from sheetgen.render.sheets.shown import as_shown
from sheetgen.render.sheets.tables import table
from sheetgen.report.address import address_book
from sheetgen.report.locale import Locale
from sheetgen.report.model import Report, Tab
from sheetgen.report.theme import Theme
from sheetgen.values import Value


def build_sheets(report: Report, theme: Theme, locale: Locale, titles: Mapping[str, str] | None = None) -> SheetsReport:
    """The report for Google Sheets; `titles` by key are those of tabs that were renamed there.

    Raises `RenderError` or `UnsupportedFormulaError` for what a spreadsheet of Google cannot hold.
    """
    fed, feeds = with_feeds(_retitled(report, titles or {}))
    book, formats = address_book(fed), Formats(theme, locale)
    keys = {tab.title: tab.key for tab in fed.tabs}
    remarks: dict[Remark, None] = {}
    grids = (with_wrapped_rows(grid_of(tab, theme), tab, theme) for tab in fed.tabs)
    pages = (Page(tab, grid, formats, book, keys, remarks) for tab, grid in zip(fed.tabs, grids, strict=True))
    values = _values(fed)
    tabs = tuple(_tab(page, feeds, values) for page in pages)
    names = {name: Range(keys[at.tab], at.row, at.column, at.row + 1, at.column + 1) for name, at in book.names.items()}
    return SheetsReport(tabs, names, tuple(remarks))


def _retitled(report: Report, titles: Mapping[str, str]) -> Report:
    return replace(report, tabs=tuple(replace(tab, title=titles.get(tab.key, tab.title)) for tab in report.tabs))


def _values(report: Report) -> Mapping[tuple[str, int, int], Value]:
    """What pandas expects of each cell of a page, by the title of its tab, row and column."""
    return {
        (tab.title, place.row + cell.row, place.column + cell.column): cell.value
        for tab, place in report.blocks()
        for cell in place.block.cells
    }


def _tab(page: Page, feeds: Mapping[str, Feed], values: Mapping[tuple[str, int, int], Value]) -> SheetsTab:
    def value_of(part: At | Name) -> Value:
        at = page.book.cell(part) if isinstance(part, At) else page.book.names[part.name]
        return values.get((at.tab, at.row, at.column))

    tab = page.tab
    found = [(page, as_shown(place.block, value_of), place.row, place.column) for place in tab.placed]
    written = [cell for at in found for cell in cells(*at)]
    tables = tuple(_tables(page))
    return SheetsTab(
        key=tab.key,
        title=tab.title,
        rows=max(tab.height, 1),
        columns=_width(tab),
        hidden=tab.hidden,
        gridlines=tab.gridlines,
        frozen=tab.freeze or (0, 0),
        color=None if tab.ink is None else page.formats.theme.color(tab.ink),
        cells=tuple(sorted(written, key=lambda cell: (cell.row, cell.column))),
        tables=tables,
        merges=tuple(cell.box(tab.key) for cell in written if cell.rows * cell.columns > 1),
        widths=page.grid.widths,
        heights=page.grid.heights,
        hidden_columns=page.grid.hidden,
        inputs=(*(cell.box(tab.key) for cell in written if cell.is_input), *_input_columns(tab, tables)),
        rules=tuple(rule for at in found for rule in rules(*at)),
        charts=tuple(chart for at in found for chart in charts(*at, feeds)),
    )


def _width(tab: Tab) -> int:
    # The margin right of a page belongs to it, though nothing stands there.
    return max(tab.width, 1 if tab.hidden else len(tab.widths), 1)


def _tables(page: Page) -> Iterator[SheetsTable]:
    for place in page.tab.placed:
        if place.block.table is not None:
            native = place.block.table.name not in LOOKER_TABLES
            yield table(page, place.block.table, place.row, place.column, native=native)


def _input_columns(tab: Tab, tables: Iterable[SheetsTable]) -> Iterator[Range]:
    for made in tables:
        column = made.column
        for is_input, run in groupby(made.columns, lambda each: each.is_input):
            width = len(tuple(run))
            if is_input:
                yield Range(tab.key, made.row + 1, column, made.end_row, column + width)
            column += width
