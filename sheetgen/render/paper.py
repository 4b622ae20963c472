"""Print set-up: A4, one page wide, headers of tables repeated, page numbers below."""

from __future__ import annotations

from typing import Final

from sheetgen.render.sheet import Sheet
from sheetgen.report.model import Tab

A4: Final = 9
LONGEST_FOOTER_TITLE: Final = 80


def set_paper(sheet: Sheet, tab: Tab, report_title: str) -> None:
    """Prepare a sheet for printing."""
    sheet.set_paper(A4)
    if tab.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer(f"&L&8{_footer_text(report_title)}&C&8{_footer_text(tab.title)}&R&8&P / &N")
    tables = [place.row for place in tab.placed if place.block.table is not None]
    if len(tables) == 1:
        sheet.repeat_rows(tables[0])
    if tab.height and tab.width:
        sheet.print_area(0, 0, tab.height - 1, tab.width - 1)


def _footer_text(text: str) -> str:
    # In a footer & starts a code; a digit after the size code would be read as part of it.
    shown = text[:LONGEST_FOOTER_TITLE].replace("&", "&&")
    return f" {shown}" if shown[:1].isdigit() else shown
