"""The cells of a block: contents, formats, notes, links and inputs."""

from __future__ import annotations

from collections.abc import Iterator

from sheetgen.errors import RenderError
from sheetgen.formula.tree import Node
from sheetgen.render.sheets.inputs import validation
from sheetgen.render.sheets.model import SheetsCell
from sheetgen.render.sheets.page import Page
from sheetgen.render.sheets.places import Json
from sheetgen.render.sheets.values import constant
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Role


def cells(page: Page, block: Block, top: int, left: int) -> Iterator[SheetsCell]:
    """The cells of a block whose first cell is at `top` and `left`.

    Raises `RenderError` for a content that a cell cannot hold and for a link to no tab.
    """
    for cell in block.cells:
        row, column = top + cell.row, left + cell.column
        if cell.link is not None and cell.link not in page.keys.values():
            raise RenderError(
                where=page.where(row, column), problem=f"the link leads to {cell.link!r}, which is no tab"
            )
        rule = None if cell.input is None else validation(page, cell.input, row, column, cell.note)
        yield SheetsCell(
            row=row,
            column=column,
            value=_value(page, cell, row, column),
            format=page.formats.cell(cell),
            note=None if rule is not None else cell.note,
            validation=rule,
            rows=cell.rows,
            columns=cell.columns,
            is_input=cell.input is not None or cell.style.role is Role.INPUT,
        )


def _value(page: Page, cell: Cell, row: int, column: int) -> Json | None:
    if isinstance(cell.content, Node):
        return {"formulaValue": page.formula(cell.content, row, column)}
    return constant(cell.content, page.where(row, column))
