"""Native tables: calculated columns with expected values, inputs, notes on headers."""

from __future__ import annotations

from typing import Any

from sheetgen.render.cells import write_note
from sheetgen.render.column import Where, constant_texts, result_texts
from sheetgen.render.filling import FilledColumn
from sheetgen.render.hooks import hooks_found
from sheetgen.render.inputs import write_input
from sheetgen.render.page import Page
from sheetgen.render.strict import accept, located
from sheetgen.render.text import require_text
from sheetgen.render.values import write_constant, write_formula
from sheetgen.report.model import Area, Table, TableColumn


def write_table(page: Page, table: Table, top: int, left: int) -> None:
    """Write a table whose header starts at `top` and `left`.

    Raises `RenderError` for a value that a cell cannot hold and for a name or header that Excel does not take.
    """
    area = Area(top, left, top + table.rows, left + len(table.columns) - 1)
    in_bulk = hooks_found() and page.sheet.can_fill(area)
    with located(f"{page.tab.title}: table {table.name}"):
        columns = [_options(page, column, top, left + offset) for offset, column in enumerate(table.columns)]
        options = {"name": table.name, "columns": columns, "style": None, "banded_rows": False}
        accept((page.sheet.add_open_table if in_bulk else page.sheet.add_whole_table)(area, options))
    (_fill if in_bulk else _write_data)(page, table, columns, top + 1, left)
    for offset, column in enumerate(table.columns):
        with located(f"{page.tab.title}: {table.name}[{column.header}]"):
            _write_extras(page, column, top, left + offset)


def _options(page: Page, column: TableColumn, top: int, at: int) -> dict[str, Any]:
    options = {
        "header": require_text(column.header),
        "header_format": page.styles.table_header(column.style),
        "format": page.styles.table_cell(column.style, formula=column.formula is not None),
    }
    if column.formula is not None:
        options["formula"] = page.formula(column.formula, top + 1, at, fixed=True)
    return options


def _fill(page: Page, table: Table, columns: list[dict[str, Any]], first: int, left: int) -> None:
    """Write the data column by column."""
    filled = []
    for at, (column, options) in enumerate(zip(table.columns, columns, strict=True), start=left):
        where = _places(page, first, at)
        if column.formula is None:
            cells = constant_texts(column.values, page.sheet.share, where)
            filled.append(FilledColumn(cells, options["format"]))
        else:
            formula = options["formula"].removeprefix("=")
            filled.append(FilledColumn(result_texts(column.values, where), options["format"], formula))
        page.step(table.rows)
    page.sheet.fill(first, left, filled, table.rows)


def _places(page: Page, first: int, at: int) -> Where:
    return lambda row: page.where(first + row, at)


def _write_data(page: Page, table: Table, columns: list[dict[str, Any]], first: int, left: int) -> None:
    """Write the data cell by cell."""
    for at, (column, options) in enumerate(zip(table.columns, columns, strict=True), start=left):
        formula = options.get("formula")
        for row, value in enumerate(column.values.tolist(), start=first):
            with located(lambda row=row, at=at: page.where(row, at)):  # type: ignore[misc]
                if formula is None:
                    write_constant(page.sheet, row, at, value, options["format"])
                else:
                    write_formula(page.sheet, row, at, formula, value, options["format"])
        page.step(table.rows)


def _write_extras(page: Page, column: TableColumn, top: int, at: int) -> None:
    if column.input is not None:
        write_input(page, Area(top + 1, at, top + len(column.values), at), column.input)
    if column.note:
        write_note(page, top, at, column.note)
