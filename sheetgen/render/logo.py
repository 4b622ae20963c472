"""The theme's logo, at the right end of a page's title."""

from __future__ import annotations

from typing import Final

from xlsxwriter.image import Image

from sheetgen.render.page import Page
from sheetgen.render.strict import accept, located
from sheetgen.report.style import Role

TALLEST: Final = 44
"""Pixels a logo may be high."""


def write_logo(page: Page) -> None:
    """Put the logo at the top right of a page that has a title, as high as the title's row lets it be."""
    logo, row = page.styles.theme.logo, _title_row(page)
    if logo is None or row is None:
        return
    with located(f"{page.tab.title}: logo {logo.name}"):
        image = Image(logo)
        scale = min(TALLEST, page.grid.height(row, 1)) / image.height
        right = page.grid.width(0, page.tab.width)
        column, offset = page.grid.column_at(max(0, right - round(image.width * scale)))
        options = {
            "x_offset": offset,
            "x_scale": scale * image.x_dpi / 96,
            "y_scale": scale * image.y_dpi / 96,
            "object_position": 2,
            "description": page.styles.theme.logo_alt,
        }
        accept(page.sheet.insert_image(row, column, str(logo), options))


def _title_row(page: Page) -> int | None:
    rows = (
        place.row + cell.row for place in page.tab.placed for cell in place.block.cells if cell.style.role is Role.TITLE
    )
    return min(rows, default=None)
