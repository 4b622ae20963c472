"""Formulas of a report on Google Sheets that a value was typed over: they no longer follow what they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sheetgen.clause import Clause
from sheetgen.formula.locate import a1
from sheetgen.pull.edit import Pulled, PulledEdit
from sheetgen.pull.typed_over import NO_CAMPAIGN, Campaign, formula_edit
from sheetgen.push.client import Constant, SheetsClient
from sheetgen.push.layout import is_disturbed
from sheetgen.push.reading import quoted
from sheetgen.push.spreadsheet import PresentSheet, PresentSpreadsheet
from sheetgen.push.state import Areas
from sheetgen.render.sheets.places import Range
from sheetgen.report.sums import CAMPAIGNS
from sheetgen.workbook.place import Place

MOST_CELLS: Final = 3_000_000
"""Cells of a tab that are looked through; each takes a few bytes of the answer, and many more once it is read."""


def typed_constants(
    client: SheetsClient, present: PresentSpreadsheet, formulas: Areas, campaigns: Mapping[int, Campaign]
) -> Pulled:
    """The values typed over formulas, in one call; what a formula gave before is not known.

    `campaigns` are those of the rows of the campaign table, from 1. A tab whose rows or columns were moved, or that is
    too large to look through, gets a notice.
    """
    own, wanted = present.own_sheets(), dict[int, Sequence[Range]]()
    notices = []
    for key, areas in formulas.items():
        if key in own and areas:
            problem = _problem(present, key, areas)
            notices += [problem] if problem else []
            wanted |= {} if problem else {own[key].id: areas}
    sheets = {sheet.id: sheet for sheet in present.sheets}
    ranges = [_range(sheets[number].title, areas) for number, areas in wanted.items()]
    found = client.read_constants(ranges) if ranges else ()
    typed = [each for each in found if each.value != "" and any(_is_in(each, area) for area in wanted[each.sheet])]
    return Pulled(tuple(_edits(typed, sheets, campaigns)), tuple(notices))


def _problem(present: PresentSpreadsheet, key: str, areas: Sequence[Range]) -> Clause | None:
    sheet = present.own_sheets()[key]
    if present.manifest is not None and is_disturbed(present, sheet, present.manifest.tabs[key]):
        sentence = "{tab}: rows or columns were inserted or deleted, so values typed over formulas are not told."
        return Clause(sentence, tab=sheet.title)
    whole = _bounds(areas)
    if (whole.end_row - whole.row) * (whole.end_column - whole.column) > MOST_CELLS:
        return Clause("{tab}: too many formulas to tell values that were typed over them.", tab=sheet.title)
    return None


def _bounds(areas: Sequence[Range]) -> Range:
    """The rectangle around all areas: one of a call's ranges for each tab."""
    return Range(
        areas[0].tab,
        min(area.row for area in areas),
        min(area.column for area in areas),
        max(area.end_row for area in areas),
        max(area.end_column for area in areas),
    )


def _range(title: str, areas: Sequence[Range]) -> str:
    whole = _bounds(areas)
    return f"{quoted(title)}!{a1(whole.row, whole.column)}:{a1(whole.end_row - 1, whole.end_column - 1)}"


def _is_in(constant: Constant, area: Range) -> bool:
    return area.row <= constant.row < area.end_row and area.column <= constant.column < area.end_column


def _edits(
    typed: Sequence[Constant], sheets: Mapping[int, PresentSheet], campaigns: Mapping[int, Campaign]
) -> Iterator[PulledEdit]:
    for each in typed:
        sheet = sheets[each.sheet]
        table = sheet.tables.get(CAMPAIGNS)
        ours = None if table is None else campaigns.get(each.row + 1)
        place = str(Place(sheet.title, each.row, each.column))
        header = place if table is None or ours is None else table.headers[each.column - table.column]
        yield formula_edit(ours or NO_CAMPAIGN, header, None, each.value, each.row + 1)
