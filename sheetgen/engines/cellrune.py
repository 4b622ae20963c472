"""The embedded engine: cellrune, pinned, in this process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheetgen.analysis.serials import to_serial
from sheetgen.clause import Clause
from sheetgen.engines.base import Recalculated
from sheetgen.errors import EngineError
from sheetgen.formula.locate import a1
from sheetgen.values import SheetError, Value
from sheetgen.workbook.cells import formula_places
from sheetgen.workbook.edit import Edit
from sheetgen.workbook.place import Place

if TYPE_CHECKING:
    import cellrune

MOST_FORMULAS: Final = 400_000
"""At 284,000, which is 5,000 campaigns, it takes 3.7 GB, and its time grows faster than their number."""

_ROWS_AT_ONCE: Final = 4096

_READ_LIMITS: Final[cellrune.ReadLimitOptions] = {
    "max_archive_bytes": 1 << 31,
    "max_entry_uncompressed_bytes": 1 << 33,
    "max_total_uncompressed_bytes": 1 << 34,
    "max_compression_ratio": 1 << 20,
    "max_cells_per_sheet": 1 << 28,
    "max_total_cells": 1 << 28,
    "max_shared_strings": 1 << 26,
    "max_total_shared_string_bytes": 1 << 32,
    "max_total_cell_text_bytes": 1 << 32,
    "max_total_formula_bytes": 1 << 33,
    "max_merged_ranges": 1 << 20,
}
_CALCULATION_LIMITS: Final[cellrune.CalculationLimitOptions] = {
    "max_dependency_edges": 1 << 30,
    "max_array_cells": 1 << 27,
    "max_function_iterations": 1 << 30,
}


class CellruneEngine:
    """Recalculates in this process; works after `pip install` alone."""

    name = "cellrune"
    most = MOST_FORMULAS

    def recalculate(
        self, path: Path, edits: Sequence[Edit] = (), places: Sequence[Place] | None = None
    ) -> Recalculated:
        """All formula cells as they are after the edits.

        Raises `EngineError`, or what `read_book` raises.
        """
        # Late, so that what recalculates nothing starts without it.
        import cellrune

        places = formula_places(path) if places is None else places
        try:
            with cellrune.Workbook.open_path(path, read_limits=_READ_LIMITS) as workbook:
                for edit in edits:
                    _set(workbook, edit)
                workbook.calculate(
                    today_serial=to_serial(date.today()),
                    now_serial=to_serial(date.today()),
                    random_seed=1,
                    calculation_limits=_CALCULATION_LIMITS,
                )
                return _read(workbook, places)
        except cellrune.CellRuneError as error:
            raise EngineError(engine=self.name, reason=f"{error.code}: {error}") from error


def _set(workbook: cellrune.Workbook, edit: Edit) -> None:
    cell = a1(edit.row, edit.column)
    match edit.value:
        case None:
            workbook.set_blank(edit.tab, cell)
        case str(text):
            workbook.set_text(edit.tab, cell, text)
        case number:
            workbook.set_number(edit.tab, cell, number)


def _read(workbook: cellrune.Workbook, places: Sequence[Place]) -> Recalculated:
    values: dict[Place, Value] = {}
    unavailable: dict[Place, str] = {}
    for place, found in _results(workbook, places):
        match found["kind"]:
            case "blank":
                values[place] = None
            case "number" | "logical":
                values[place] = found["value"]
            case "text":
                values[place] = found["value"] or None
            case "error":
                values[place] = SheetError(found["value"])
            case "unavailable":
                unavailable[place] = f"{found['code']}: {found['message']}"
            case "unsupported":
                unavailable[place] = Clause("a kind of value the engine does not know")
    return Recalculated(values, unavailable)


def _results(workbook: cellrune.Workbook, places: Sequence[Place]) -> Iterator[tuple[Place, cellrune.RangeValue]]:
    """The engine's value of each place, read by bands of rows."""
    for (tab, _), band in _bands(places).items():
        first_row, last_row = min(place.row for place in band), max(place.row for place in band)
        first, last = min(place.column for place in band), max(place.column for place in band)
        rows = workbook.read_values(tab, a1(first_row, first), a1(last_row, last))
        for place in band:
            yield place, rows[place.row - first_row][place.column - first]


def _bands(places: Sequence[Place]) -> Mapping[tuple[str, int], list[Place]]:
    bands: defaultdict[tuple[str, int], list[Place]] = defaultdict(list)
    for place in places:
        bands[place.tab, place.row // _ROWS_AT_ONCE].append(place)
    return bands
