"""The `Spreadsheet` resource: what spreadsheets.get and a batchUpdate show of the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sheetgen.values import SheetError
from tests.google.batch.metadata import visible_metadata
from tests.google.batch.sheets import indexed_properties
from tests.google.engine import Results, Shown
from tests.google.formats import formatted
from tests.google.formula import Formula
from tests.google.grid import Area, Content
from tests.google.locales import locale_named
from tests.google.mask import Mask, wants
from tests.google.ranges import read_range
from tests.google.spreadsheet import Sheet, Spreadsheet, anchor_sheet, grid_range, home, metadata_sheet
from tests.google.wire import Json

_ERROR_TYPES: Final[Mapping[str, str]] = {
    "#ERROR!": "ERROR",
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "Loading...": "LOADING",
}


@dataclass(frozen=True)
class View:
    """What of a spreadsheet a call asks for."""

    project: str
    mask: Mask = field(default_factory=dict)
    ranges: Sequence[str] = ()
    grid_data: bool = False
    without_tables_in_bands: bool = False
    email: str = ""

    @property
    def shows_cells(self) -> bool:
        """Whether grid data is shown: a mask decides alone, where there is one."""
        return wants(self.mask, "sheets", "data") if self.mask else self.grid_data

    def shows(self, field: str) -> bool:
        """Whether this field of cells is shown."""
        return wants(self.mask, "sheets", "data", "rowData", "values", field)


def resource(book: Spreadsheet, results: Results, view: View) -> Json:
    """The resource, before the mask is applied to it; raises `RefusedError` for a range that cannot be read."""
    areas = [read_range(book, text) for text in view.ranges]
    metadata = visible_metadata(book, view.project)
    shown: Json = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": [
            _sheet(book, results, sheet, [area for area in areas if area.sheet == sheet.id], view)
            for sheet in book.sheets
            if not areas or any(area.sheet == sheet.id for area in areas)
        ],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }
    return shown | _filled(
        namedRanges=list(book.named_ranges.values()),
        developerMetadata=[each for each in metadata if metadata_sheet(each) is None],
    )


def _sheet(book: Spreadsheet, results: Results, sheet: Sheet, areas: Sequence[Area], view: View) -> Json:
    metadata = visible_metadata(book, view.project)
    shown: Json = {"properties": indexed_properties(book, sheet)}
    if view.shows_cells:
        shown["data"] = [_grid_data(book, results, area, view) for area in areas or [sheet.whole]]
    if sheet.basic_filter is not None:
        shown["basicFilter"] = sheet.basic_filter
    tables = [table for table in book.tables.values() if home(table) == sheet.id]
    bands = [each for each in book.banded_ranges.values() if home(each) == sheet.id]
    if not view.without_tables_in_bands:
        bands += [_band(table) for table in tables]
    return shown | _filled(
        merges=[grid_range(merge) for merge in sheet.merges],
        conditionalFormats=sheet.rules,
        protectedRanges=[_seen(each, view) for each in book.protected_ranges.values() if home(each) == sheet.id],
        charts=[chart for chart in book.charts.values() if anchor_sheet(chart) == sheet.id],
        slicers=[slicer for slicer in book.slicers.values() if anchor_sheet(slicer) == sheet.id],
        filterViews=[each for each in book.filter_views.values() if home(each) == sheet.id],
        bandedRanges=bands,
        tables=tables,
        developerMetadata=[each for each in metadata if metadata_sheet(each) == sheet.id],
    )


def _filled(**lists: Sequence[Json]) -> Json:
    """The fields that are not empty: proto3 leaves empty ones out."""
    return {name: list(items) for name, items in lists.items() if items}


def _seen(protection: Json, view: View) -> Json:
    """A protected range with whether the caller may edit it: as proto3 has it, only if so."""
    may_edit = protection.get("warningOnly") or view.email in protection.get("editors", {}).get("users", [])
    return {**protection, "requestingUserCanEdit": True} if may_edit else protection


def _band(table: Json) -> Json:
    """A table as it also appears among the banded ranges."""
    white = {"rgbColor": {"red": 1, "green": 1, "blue": 1}}
    return {
        "bandedRangeReference": table["tableId"],
        "range": table["range"],
        "rowProperties": {"firstBandColorStyle": white, "secondBandColorStyle": white},
    }


def _grid_data(book: Spreadsheet, results: Results, area: Area, view: View) -> Json:
    sheet = book.sheet(area.sheet)
    rows = [_row_data(book, results, area, row, view) for row in range(area.top, area.bottom)]
    while rows and not rows[-1]:
        rows.pop()
    data: Json = {
        "rowData": rows,
        "rowMetadata": [_size(sheet.rows.get(row, {}), 21) for row in range(area.top, area.bottom)],
        "columnMetadata": [_size(sheet.columns.get(column, {}), 100) for column in range(area.left, area.right)],
    }
    return data | {name: start for name, start in (("startRow", area.top), ("startColumn", area.left)) if start}


def _size(properties: Json, usual: int) -> Json:
    return {"pixelSize": usual, **properties}


def _row_data(book: Spreadsheet, results: Results, area: Area, row: int, view: View) -> Json:
    grid = book.sheet(area.sheet).grid
    contents = grid.contents(row, area.left, area.right)
    traits = grid.all_traits(row, area.left, area.right)
    cells = []
    for i, (content, others) in enumerate(zip(contents, traits, strict=True)):
        cell = dict(others or {})
        if content is not None:
            cell |= _values(book, results, (area.sheet, row, area.left + i), content, view)
        cells.append(cell)
    while cells and not cells[-1]:
        cells.pop()
    return {"values": cells} if cells else {}


def _values(book: Spreadsheet, results: Results, place: tuple[int, int, int], content: Content, view: View) -> Json:
    """The fields of a cell that say its value, so far as they are asked for: the engine runs only for some of them."""
    _, row, column = place
    cell: Json = {}
    if isinstance(content, Formula):
        cell["userEnteredValue"] = {"formulaValue": content.shown(row, column, book.locale, book.title_of)}
    else:
        cell["userEnteredValue"] = extended_value(content)
    if view.shows("effectiveValue"):
        cell["effectiveValue"] = extended_value(results.shown(*place, content))
    if view.shows("formattedValue"):
        traits = book.sheet(place[0]).grid.traits(row, column)
        cell["formattedValue"] = formatted(results.shown(*place, content), traits, locale_named(book.locale))
    return cell


def extended_value(value: Shown) -> Json:
    """A value as the API writes it."""
    match value:
        case None:
            return {}
        case bool():
            return {"boolValue": value}
        case SheetError(code):
            return {"errorValue": {"type": _ERROR_TYPES[code], "message": code}}
        case str():
            return {"stringValue": value}
        case _:
            return {"numberValue": int(value) if value == int(value) else value}
