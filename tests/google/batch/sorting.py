"""Sorting the rows of a range, as a user does with a filter's menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.values import SheetError
from tests.google.batch.draft import Draft, Handlers
from tests.google.engine import Results, Shown
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.wire import Json


def _sort_range(draft: Draft, body: Json) -> None:
    """Sort by columns, the first one first; formulas move along with their rows, blanks come last."""
    area = draft.area_to_write(body.get("range", {}))
    grid = draft.spreadsheet.sheet(area.sheet).grid
    shown = list(Results(draft.spreadsheet, CellruneEngine()).rows(area))
    order = list(range(area.height))
    for spec in reversed(body.get("sortSpecs", [])):
        column = _column(spec) - area.left
        if not 0 <= column < area.width:
            raise RefusedError("A sort spec must name a column of the range.")
        order = _sorted(order, [row[column] for row in shown], descending=spec.get("sortOrder") == "DESCENDING")
    contents = [grid.contents(area.top + row, area.left, area.right) for row in order]
    traits = [grid.all_traits(area.top + row, area.left, area.right) for row in order]
    for i in range(area.height):
        grid.put(area.top + i, area.left, contents[i])
        grid.put_traits(area.top + i, area.left, traits[i])


HANDLERS: Final[Handlers] = {"sortRange": _sort_range}


def _column(spec: Json) -> int:
    if set(spec) - {"dimensionIndex", "sortOrder"}:
        raise BeyondDoubleError("sorting by colours or data sources")
    return int(spec.get("dimensionIndex", 0))


def _sorted(rows: Sequence[int], values: Sequence[Shown], *, descending: bool) -> list[int]:
    filled = [row for row in rows if values[row] is not None]
    blank = [row for row in rows if values[row] is None]
    return sorted(filled, key=lambda row: _rank(values[row]), reverse=descending) + blank


def _rank(value: Shown) -> tuple[int, float, str]:
    """Numbers come before texts, then truth values, then errors."""
    match value:
        case bool():
            return 2, value, ""
        case int() | float():
            return 0, value, ""
        case SheetError(code):
            return 3, 0, code
        case _:
            return 1, 0, str(value).lower()
