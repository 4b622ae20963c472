"""Print set-up: A4, one page wide where that can be read, headers of tables repeated, page numbers below."""

from __future__ import annotations

from math import ceil, floor
from typing import Final

from sheetgen.render.grid import Grid
from sheetgen.render.sheet import Sheet
from sheetgen.report.model import Tab

A4: Final = 9
SHEET_PIXELS: Final = {True: 1047, False: 708}
"""What fits across the paper at full size, by `landscape`."""

PAGE_PIXELS: Final = {True: 675, False: 1000}
"""What fits down the paper at full size, by `landscape`."""

SMALLEST_SCALE: Final = 0.5
"""Tables print on as many pages across as keep their text larger than this."""

SPARE: Final = 0.88
"""How much of the sheet to count on: programs differ in the width of a character."""

SMALLEST_PAGE_PERCENT: Final = 60
"""A tab prints on a single page where that leaves it at least this large."""

SMALLEST_PERCENT: Final = 10
"""The smallest scale that spreadsheets print at."""

LONGEST_FOOTER_TITLE: Final = 80


def set_paper(sheet: Sheet, tab: Tab, grid: Grid, report_title: str) -> None:
    """Prepare a sheet for printing."""
    sheet.set_paper(A4)
    if tab.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.set_footer(f"&L&8{_footer_text(report_title)}&C&8{_footer_text(tab.title)}&R&8&P / &N")
    if tab.height and tab.width:
        sheet.print_area(0, 0, tab.height - 1, tab.width - 1)
    tables = [place.row for place in tab.placed if place.block.table is not None]
    across = _pages_across(tab, grid) if tables else 1
    if tables:
        sheet.fit_to_pages(across, 0)
    else:
        _break_between_blocks(sheet, tab, grid)
    if len(tables) == 1:
        sheet.repeat_rows(tables[0])
    if across > 1 and tab.freeze is not None and tab.freeze[1] > 0:
        sheet.repeat_columns(0, tab.freeze[1] - 1)


def _break_between_blocks(sheet: Sheet, tab: Tab, grid: Grid) -> None:
    """One page wide, and a new page where a row of blocks would be cut: a program that fits pages ignores breaks."""
    percent = min(100, floor(100 * SPARE * SHEET_PIXELS[tab.landscape] / max(1, grid.width(0, tab.width))))
    whole = floor(100 * SPARE * PAGE_PIXELS[tab.landscape] / max(1, grid.height(0, tab.height)))
    if whole >= SMALLEST_PAGE_PERCENT:
        percent = min(percent, whole)
    sheet.set_print_scale(max(percent, SMALLEST_PERCENT))
    room = PAGE_PIXELS[tab.landscape] * 100 / max(percent, SMALLEST_PERCENT)
    top, breaks = 0, []
    for row in sorted({place.row for place in tab.placed}):
        height = max(place.block.height for place in tab.placed if place.row == row)
        if row > top and grid.height(top, row + height - top) > room:
            breaks.append(row)
            top = row
    sheet.set_h_pagebreaks(breaks)


def _pages_across(tab: Tab, grid: Grid) -> int:
    return max(1, ceil(grid.width(0, tab.width) * SMALLEST_SCALE / SHEET_PIXELS[tab.landscape]))


def _footer_text(text: str) -> str:
    # In a footer & starts a code; a digit after the size code would be read as part of it.
    shown = text[:LONGEST_FOOTER_TITLE].replace("&", "&&")
    return f" {shown}" if shown[:1].isdigit() else shown
