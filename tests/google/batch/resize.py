"""What becomes of the objects on a sheet when its grid is cut."""

from __future__ import annotations

from typing import TypeVar

from tests.google.spreadsheet import Sheet, Spreadsheet, home
from tests.google.wire import Json

Key = TypeVar("Key")


def clip_objects(book: Spreadsheet, sheet: Sheet) -> None:
    """Cut the cells, merges, rules and ranges of a sheet to its grid; what lay wholly outside is gone."""
    sheet.grid.keep(sheet.row_count, sheet.column_count)
    sheet.rows = {row: size for row, size in sheet.rows.items() if row < sheet.row_count}
    sheet.columns = {column: size for column, size in sheet.columns.items() if column < sheet.column_count}
    sheet.merges = [inside for merge in sheet.merges if (inside := merge.intersection(sheet.whole)) is not None]
    rules = [{**rule, "ranges": _clip_all(rule["ranges"], sheet)} for rule in sheet.rules]
    sheet.rules = [rule for rule in rules if rule["ranges"]]
    for key, named in book.named_ranges.items():
        if home(named) == sheet.id:
            cut = clipped(named["range"], sheet)
            book.named_ranges[key] = without_range(named) if cut is None else {**named, "range": cut}
    _clip_ranges(book.protected_ranges, sheet)
    _clip_ranges(book.banded_ranges, sheet)
    _clip_ranges(book.filter_views, sheet)
    _clip_ranges(book.tables, sheet)


def clipped(grid_range: Json, sheet: Sheet) -> Json | None:
    """A range of this sheet cut to its grid; None where nothing of it is left."""
    cut = dict(grid_range)
    for side, size in (("Row", sheet.row_count), ("Column", sheet.column_count)):
        if grid_range.get(f"start{side}Index", 0) >= size:
            return None
        if f"end{side}Index" in cut:
            cut[f"end{side}Index"] = min(cut[f"end{side}Index"], size)
    return cut


def without_range(named: Json) -> Json:
    """A named range that shows `#REF!`, as its cells are gone."""
    return {name: value for name, value in named.items() if name != "range"}


def _clip_all(ranges: list[Json], sheet: Sheet) -> list[Json]:
    return [cut for each in ranges if (cut := clipped(each, sheet)) is not None]


def _clip_ranges(objects: dict[Key, Json], sheet: Sheet) -> None:
    for key, each in list(objects.items()):
        if home(each) != sheet.id:
            continue
        cut = clipped(each["range"], sheet)
        if cut is None:
            del objects[key]
            continue
        objects[key] = {**each, "range": cut}
        if "unprotectedRanges" in each:
            objects[key]["unprotectedRanges"] = _clip_all(each["unprotectedRanges"], sheet)
