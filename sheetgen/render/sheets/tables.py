"""Tables by columns: one format, one rule and one formula each, whatever the number of rows."""

from __future__ import annotations

from typing import Final

from sheetgen.clause import Clause
from sheetgen.render.sheets.formats import color_style
from sheetgen.render.sheets.inputs import validation
from sheetgen.render.sheets.model import SheetsColumn, SheetsTable
from sheetgen.render.sheets.page import Page
from sheetgen.render.sheets.places import Json
from sheetgen.render.sheets.values import require_text
from sheetgen.report.model import DateInput, Input, Table, TableColumn, TextInput
from sheetgen.report.style import Format, Role

WHITE: Final = "#FFFFFF"
ISO_DATE: Final = {"type": "DATE", "pattern": "yyyy-mm-dd"}
"""How dates read for other programs."""


CLOSED: Final = Clause(
    "Google Sheets does not stretch formulas to rows typed under a table: insert rows inside it, or push again."
)


def table(page: Page, made: Table, top: int, left: int, *, native: bool = True) -> SheetsTable:
    """A table whose header starts at `top` and `left`; unless `native` its cells only look like one.

    Raises `UnsupportedFormulaError` or `RenderError` for what a column cannot hold.
    """
    if native:
        page.remark(CLOSED)
    columns = (_column(page, column, top, left + i, native) for i, column in enumerate(made.columns))
    return SheetsTable(made.name, top, left, made.rows, tuple(columns), _colors(page) if native else None)


def _column(page: Page, column: TableColumn, top: int, at: int, native: bool) -> SheetsColumn:
    formula = None if column.formula is None else page.formula(column.formula, top + 1, at, fixed=True)
    # In a column with a type Google refuses validation: the type takes its place where it asks for the same.
    kind = _type(column.input) if native else None
    has_rule = column.input is not None and kind is None
    return SheetsColumn(
        header=require_text(column.header, page.where(top, at)),
        header_format=page.formats.header(column.style),
        format=_format(page, column, native),
        values=column.values,
        formula=formula,
        note=column.note,
        validation=validation(page, column.input, top + 1, at) if has_rule and column.input else None,
        type=kind,
        is_input=column.input is not None or column.style.role is Role.INPUT,
    )


def _format(page: Page, column: TableColumn, native: bool) -> Json:
    format = page.formats.column(column.style, formula=column.formula is not None)
    is_feed = column.style.format is Format.DATE and not native
    return format | {"numberFormat": ISO_DATE} if is_feed else format


def _type(wanted: Input | None) -> str | None:
    """The column type that takes what an input takes; none for numbers, which have bounds too, and for formulas."""
    match wanted:
        case TextInput():
            return "TEXT"
        case DateInput():
            return "DATE"
        case _:
            return None


def _colors(page: Page) -> Json:
    header = page.formats.theme.colors.header
    bands = {"firstBandColorStyle": color_style(WHITE), "secondBandColorStyle": color_style(WHITE)}
    return {"headerColorStyle": color_style(header)} | bands
