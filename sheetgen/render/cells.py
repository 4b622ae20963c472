"""The cells of a block: contents, merged ranges, notes, links and inputs."""

from __future__ import annotations

from typing import Final

from xlsxwriter.format import Format

from sheetgen.formula.tree import Node
from sheetgen.render.inputs import write_input
from sheetgen.render.page import Page
from sheetgen.render.strict import RefusedError, accept, located
from sheetgen.render.text import require_text
from sheetgen.render.values import write_constant, write_formula
from sheetgen.report.model import Area, Block, Cell

NOTE_WIDTH: Final = 240
NOTE_LINE_HEIGHT: Final = 16
NOTE_LINE_LENGTH: Final = 40


def write_cells(page: Page, block: Block, top: int, left: int) -> None:
    """Write the cells of a block whose first cell is at `top` and `left`.

    Raises `RenderError` for a content that a cell cannot hold, and for a cell written twice.
    """
    for cell in block.cells:
        row, column = top + cell.row, left + cell.column
        with located(page.where(row, column)):
            if page.sheet.holds(row, column):
                raise RefusedError(f"the block {block.key} writes over another cell")
            _write_cell(page, cell, row, column)
    page.step(len(block.cells))


def _write_cell(page: Page, cell: Cell, row: int, column: int) -> None:
    area = Area(row, column, row + cell.rows - 1, column + cell.columns - 1)
    format = page.styles.cell(cell)
    if cell.rows * cell.columns > 1:
        accept(page.sheet.merge_range(row, column, area.last_row, area.last_column, "", format))
    if cell.link is not None:
        _write_link(page, cell.link, row, column, format)
    if isinstance(cell.content, Node):
        write_formula(page.sheet, row, column, page.formula(cell.content, row, column), cell.expected, format)
    else:
        write_constant(page.sheet, row, column, cell.content, format)
    if cell.input is not None:
        write_input(page, area, cell.input, cell.note)
    elif cell.note:
        write_note(page, row, column, cell.note)


def write_note(page: Page, row: int, column: int, note: str) -> None:
    """Show a note while the pointer rests on a cell, in a box as high as its text."""
    lines = sum(1 + len(line) // NOTE_LINE_LENGTH for line in note.splitlines())
    options = {
        "author": "",
        "color": "#FFFFFF",
        "font_name": page.styles.theme.fonts.body,
        "font_size": 9,
        "width": NOTE_WIDTH,
        "height": NOTE_LINE_HEIGHT * (lines + 1),
    }
    accept(page.sheet.write_comment(row, column, require_text(note), options))


def _write_link(page: Page, key: str, row: int, column: int, format: Format) -> None:
    if key not in page.titles:
        raise RefusedError(f"the link leads to {key!r}, which is no tab")
    title = page.titles[key].replace("'", "''")
    # The cell's own content is written over the text that XlsxWriter puts here; the link stays.
    accept(page.sheet.write_url(row, column, f"internal:'{title}'!A1", format, " "))
