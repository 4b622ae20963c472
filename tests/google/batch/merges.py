"""Merged cells."""

from __future__ import annotations

from typing import Final

from tests.google.batch.draft import Draft, Handlers
from tests.google.grid import Area
from tests.google.problem import RefusedError
from tests.google.spreadsheet import Sheet, Spreadsheet, home
from tests.google.wire import Json

_PARTIAL: Final = "You must select all cells in a merged range to merge or unmerge them."


def _merge_cells(draft: Draft, body: Json) -> None:
    """Merge an area; the value of its top left cell stays, the others go."""
    book = draft.spreadsheet
    area = draft.area_to_write(body.get("range", {}))
    sheet = book.sheet(area.sheet)
    _separate(sheet, area)
    for merge in _merges(area, body.get("mergeType", "MERGE_ALL")):
        _check_merge(book, sheet, merge)
        kept = sheet.grid.content(merge.top, merge.left)
        sheet.grid.fill(merge, None)
        sheet.grid.put(merge.top, merge.left, [kept])
        if merge.height * merge.width > 1:
            sheet.merges.append(merge)


def _unmerge_cells(draft: Draft, body: Json) -> None:
    area = draft.area_to_write(body.get("range", {}))
    _separate(draft.spreadsheet.sheet(area.sheet), area)


HANDLERS: Final[Handlers] = {"mergeCells": _merge_cells, "unmergeCells": _unmerge_cells}


def _separate(sheet: Sheet, area: Area) -> None:
    if any(merge.overlaps(area) and not area.holds(merge) for merge in sheet.merges):
        raise RefusedError(_PARTIAL)
    sheet.merges = [merge for merge in sheet.merges if not area.holds(merge)]


def _merges(area: Area, kind: str) -> list[Area]:
    match kind:
        case "MERGE_COLUMNS":
            return [area._replace(left=column, right=column + 1) for column in range(area.left, area.right)]
        case "MERGE_ROWS":
            return [area._replace(top=row, bottom=row + 1) for row in range(area.top, area.bottom)]
        case _:
            return [area]


def _check_merge(book: Spreadsheet, sheet: Sheet, merge: Area) -> None:
    grid = sheet.properties["gridProperties"]
    for name, frozen, first, last in (
        ("rows", grid.get("frozenRowCount", 0), merge.top, merge.bottom),
        ("columns", grid.get("frozenColumnCount", 0), merge.left, merge.right),
    ):
        if first < frozen < last:
            raise RefusedError(f"You can't merge frozen and non-frozen {name}.")
    for table in book.tables.values():
        if home(table) == sheet.id and book.area(table["range"]).overlaps(merge):
            raise RefusedError("You can't merge cells within a table.")
