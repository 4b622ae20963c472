"""Writes a report as an .xlsx file: tabs, names, properties, in the look of a theme and the ways of a locale."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Final

from xlsxwriter.exceptions import FileCreateError, FileSizeError
from xlsxwriter.workbook import Workbook

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import OutputError
from sheetgen.formula.locate import a1, tab_prefix
from sheetgen.render.cells import write_cells
from sheetgen.render.charts import write_charts
from sheetgen.render.grid import grid_of
from sheetgen.render.hooks import hooks_found
from sheetgen.render.logo import write_logo
from sheetgen.render.office_theme import theme_xml
from sheetgen.render.package import StreamedWorkbook
from sheetgen.render.page import Page
from sheetgen.render.paper import set_paper
from sheetgen.render.rules import write_rules
from sheetgen.render.sheet import Sheet
from sheetgen.render.strict import accept, located, warnings_raised
from sheetgen.render.styles import Styles
from sheetgen.render.tables import write_table
from sheetgen.report.address import AddressBook, address_book
from sheetgen.report.locale import Locale
from sheetgen.report.model import Report, Tab
from sheetgen.report.theme import Theme

Progress = Callable[[int, int], None]

EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When a workbook was made, unless its report says so: the same report gives the same bytes."""

DOCUMENT_PROPERTIES: Final = frozenset(
    {"title", "subject", "author", "manager", "company", "category", "keywords", "comments", "status"}
)


def write_xlsx(report: Report, path: Path, theme: Theme, locale: Locale, progress: Progress | None = None) -> None:
    """Write the report to exactly `path`; `progress` is told how many of how many cells are done.

    Raises `RenderError` for what a workbook cannot hold and `OutputError` for a place that cannot be written.
    """
    with warnings_raised():
        workbook = StreamedWorkbook(path) if hooks_found() else Workbook(str(path))
        workbook.use_custom_theme(StringIO(theme_xml(theme)))
        _write_tabs(report, workbook, Styles(workbook, theme, locale), _counter(report, progress))
        _define_names(address_book(report), workbook)
        _set_properties(report, workbook)
        with located(report.title):
            _close(workbook, path)


def _counter(report: Report, progress: Progress | None) -> Callable[[int], None]:
    # Each cell counts twice: when it is given to XlsxWriter, and when its tab becomes XML.
    done, total = 0, 2 * sum(_size(tab) for tab in report.tabs)

    def step(cells: int) -> None:
        nonlocal done
        done += cells
        if progress is not None:
            progress(done, total)

    return step


def _size(tab: Tab) -> int:
    blocks = [place.block for place in tab.placed]
    tables = [block.table for block in blocks if block.table is not None]
    return sum(len(block.cells) for block in blocks) + sum(table.rows * len(table.columns) for table in tables)


def _write_tabs(report: Report, workbook: Workbook, styles: Styles, step: Callable[[int], None]) -> None:
    book = address_book(report)
    titles = {tab.key: tab.title for tab in report.tabs}
    # Sheets first: charts and links may lead to tabs further on.
    sheets = [_add_sheet(workbook, tab, step) for tab in report.tabs]
    for sheet, tab in zip(sheets, report.tabs, strict=True):
        page = Page(sheet, tab, grid_of(tab, styles.theme), styles, book, titles, step)
        with located(f"tab {tab.title!r}"):
            _write_tab(page, report.title)
    first = next(sheet for sheet, tab in zip(sheets, report.tabs, strict=True) if not tab.hidden)
    first.activate()
    first.set_first_sheet()


def _add_sheet(workbook: Workbook, tab: Tab, step: Callable[[int], None]) -> Sheet:
    with located(f"tab {tab.title!r}"):
        sheet: Sheet = workbook.add_worksheet(tab.title, Sheet)
    sheet.report_to(step, _size(tab))
    return sheet


def _write_tab(page: Page, report_title: str) -> None:
    _set_view(page)
    # LibreOffice prints a hidden tab that has a print area.
    if not page.tab.hidden:
        set_paper(page.sheet, page.tab, page.grid, report_title)
    for column, width in page.grid.widths.items():
        accept(page.sheet.set_column_pixels(column, column, width, None, {"hidden": column in page.grid.hidden}))
    for row, height in page.grid.heights.items():
        accept(page.sheet.set_row_pixels(row, height))
    for place in page.tab.placed:
        if place.block.table is not None:
            write_table(page, place.block.table, place.row, place.column)
    for place in page.tab.placed:
        write_cells(page, place.block, place.row, place.column)
        write_charts(page, place.block, place.row, place.column)
        write_rules(page, place.block, place.row, place.column)
    write_logo(page)


def _set_view(page: Page) -> None:
    sheet, tab = page.sheet, page.tab
    sheet.hide_gridlines(1 if tab.gridlines else 2)
    sheet.set_zoom(tab.zoom)
    if tab.freeze is not None:
        sheet.freeze_panes(*tab.freeze)
    if tab.ink is not None:
        sheet.set_tab_color(page.styles.theme.color(tab.ink))
    if tab.hidden:
        sheet.hide()
    if tab.height and tab.width:
        used = f"{a1(0, 0)}:{a1(tab.height - 1, tab.width - 1)}"
        # Neighbouring formulas differ on purpose, IDs are texts, gaps are #N/A: no green corners for them.
        quiet = ("number_stored_as_text", "eval_error", "formula_differs", "formula_range")
        accept(sheet.ignore_errors(dict.fromkeys(quiet, used)))


def _define_names(book: AddressBook, workbook: Workbook) -> None:
    for name, place in book.names.items():
        cell = a1(place.row, place.column, fixed_row=True, fixed_column=True)
        with located(f"defined name {name}"):
            accept(workbook.define_name(name, f"={tab_prefix(place.tab, '')}{cell}"))


def _set_properties(report: Report, workbook: Workbook) -> None:
    properties = {"title": report.title} | dict(report.properties)
    created = properties.pop("created", "")
    known = {key: value for key, value in properties.items() if key in DOCUMENT_PROPERTIES}
    workbook.set_properties(known | {"created": datetime.fromisoformat(created) if created else EPOCH})
    for key, value in properties.items():
        if key not in known:
            with located(f"property {key}"):
                accept(workbook.set_custom_property(key, value, "text"))


def _close(workbook: Workbook, path: Path) -> None:
    try:
        workbook.close()
    except FileCreateError as error:
        raise OutputError(path=path, reason=system_clause(error.args[0])) from error
    except FileSizeError as error:
        raise OutputError(path=path, reason=Clause("the workbook is larger than 4 GB")) from error
