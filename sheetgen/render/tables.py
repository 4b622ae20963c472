"""Native tables: calculated columns with expected values, inputs, notes on headers."""

from __future__ import annotations

from typing import Any

from sheetgen.render.cells import write_note
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
    with located(f"{page.tab.title}: table {table.name}"):
        columns = [_options(page, column, top, left + offset) for offset, column in enumerate(table.columns)]
        options = {"name": table.name, "columns": columns, "style": None, "banded_rows": False}
        last_row, last_column = top + table.rows, left + len(table.columns) - 1
        accept(page.sheet.add_table(top, left, last_row, last_column, options))
    for offset, column in enumerate(table.columns):
        _write_data(page, column, columns[offset], top + 1, left + offset)
        page.step(table.rows)
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


def _write_data(page: Page, column: TableColumn, options: dict[str, Any], first: int, at: int) -> None:
    row, format, formula = first, options["format"], options.get("formula")
    with located(lambda: page.where(row, at)):
        for row, value in enumerate(column.values.tolist(), start=first):
            if formula is None:
                write_constant(page.sheet, row, at, value, format)
            else:
                write_formula(page.sheet, row, at, formula, value, format)


def _write_extras(page: Page, column: TableColumn, top: int, at: int) -> None:
    if column.input is not None:
        write_input(page, Area(top + 1, at, top + len(column.values), at), column.input)
    if column.note:
        write_note(page, top, at, column.note)
