"""Single requests of a batchUpdate, from typed parts; their places are resolved by `places.resolve`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from sheetgen.render.grid import DEFAULT_HEIGHT, DEFAULT_WIDTH
from sheetgen.render.sheets.formats import color_style
from sheetgen.render.sheets.ids import Ids
from sheetgen.render.sheets.model import SheetsChart, SheetsTab, SheetsTable
from sheetgen.render.sheets.places import Json, Range, SheetOf

PROTECTION: Final = "sheetgen"
"""The description of a protected range of ours."""

POSITION_FIELDS: Final = "anchorCell,offsetXPixels,offsetYPixels,widthPixels,heightPixels"


def add_sheet(tab: SheetsTab, index: int | None) -> Json:
    """The tab as an empty sheet, at that place among the sheets, or as the last."""
    properties: Json = {"sheetId": SheetOf(tab.key), "title": tab.title, "gridProperties": grid(tab)}
    if index is not None:
        properties["index"] = index
    if tab.hidden:
        properties["hidden"] = True
    if tab.color is not None:
        properties["tabColorStyle"] = color_style(tab.color)
    return {"addSheet": {"properties": properties}}


def grid(tab: SheetsTab) -> Json:
    """The GridProperties of a tab."""
    rows, columns = tab.frozen
    return {
        "rowCount": tab.rows,
        "columnCount": tab.columns,
        "frozenRowCount": rows,
        "frozenColumnCount": columns,
        "hideGridlines": not tab.gridlines,
    }


def size_sheet(tab: str, rows: int, columns: int) -> Json:
    """Another number of rows and columns for a sheet."""
    properties = {"sheetId": SheetOf(tab), "gridProperties": {"rowCount": rows, "columnCount": columns}}
    fields = "gridProperties.rowCount,gridProperties.columnCount"
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def view_sheet(tab: SheetsTab) -> Json:
    """The frozen rows and columns, and the gridlines, of a sheet that is there."""
    names = ("frozenRowCount", "frozenColumnCount", "hideGridlines")
    properties = {name: grid(tab)[name] for name in names}
    return {
        "updateSheetProperties": {
            "properties": {"sheetId": SheetOf(tab.key), "gridProperties": properties},
            "fields": ",".join(f"gridProperties.{name}" for name in names),
        }
    }


def dimensions(tab: SheetsTab) -> Iterator[Json]:
    """The widths of all columns and the heights of all rows, equal neighbours together; which columns are hidden."""
    yield from _sizes(tab.key, "COLUMNS", [tab.widths.get(i, DEFAULT_WIDTH) for i in range(tab.columns)])
    yield _dimension(tab.key, "ROWS", 0, tab.rows, {"pixelSize": DEFAULT_HEIGHT})
    heights = {row: height for row, height in tab.heights.items() if row < tab.rows}
    for row, height in sorted(heights.items()):
        yield _dimension(tab.key, "ROWS", row, row + 1, {"pixelSize": height})
    first = 0
    for is_hidden, run in groupby(range(tab.columns), lambda column: column in tab.hidden_columns):
        end = first + len(tuple(run))
        if is_hidden:
            yield _dimension(tab.key, "COLUMNS", first, end, {"hiddenByUser": True})
        first = end


def show_columns(tab: SheetsTab) -> Json:
    """No column of the tab hidden."""
    return _dimension(tab.key, "COLUMNS", 0, tab.columns, {"hiddenByUser": False})


def _sizes(tab: str, dimension: str, sizes: list[int]) -> Iterator[Json]:
    first = 0
    for size, run in groupby(sizes):
        end = first + len(tuple(run))
        yield _dimension(tab, dimension, first, end, {"pixelSize": size})
        first = end


def _dimension(tab: str, dimension: str, start: int, end: int, properties: Json) -> Json:
    place = {"sheetId": SheetOf(tab), "dimension": dimension, "startIndex": start, "endIndex": end}
    fields = ",".join(properties)
    return {"updateDimensionProperties": {"range": place, "properties": properties, "fields": fields}}


def update_cells(place: Range, rows: list[Json], fields: str) -> Json:
    """Cells written; where rows say nothing of a field, it is cleared."""
    return {"updateCells": {"range": place, "rows": rows, "fields": fields}}


def repeat_cell(place: Range, cell: Json, fields: str) -> Json:
    """One cell written all over a range; a formula moves along."""
    return {"repeatCell": {"range": place, "cell": cell, "fields": fields}}


def set_validation(place: Range, rule: Json | None) -> Json:
    """What may be typed into a range; None lifts what there was."""
    return {"setDataValidation": {"range": place} | ({} if rule is None else {"rule": rule})}


def merge(place: Range) -> Json:
    """The cells of a range as one."""
    return {"mergeCells": {"range": place, "mergeType": "MERGE_ALL"}}


def add_names(names: Mapping[str, Range], ids: Ids) -> Iterator[Json]:
    """The named ranges."""
    for name, place in names.items():
        named = {"namedRangeId": ids.names[name], "name": name, "range": place}
        yield {"addNamedRange": {"namedRange": named}}


def add_rules(tab: SheetsTab) -> Iterator[Json]:
    """The conditional formats of a tab, before any that are there."""
    for index, rule in enumerate(tab.rules):
        yield {"addConditionalFormatRule": {"index": index, "rule": rule}}


def protection(tab: SheetsTab, ids: Ids) -> Json:
    """A ProtectedRange: a warning before an edit anywhere but in inputs."""
    return {
        "protectedRangeId": ids.protections[tab.key],
        "range": {"sheetId": SheetOf(tab.key)},
        "description": PROTECTION,
        "warningOnly": True,
        "unprotectedRanges": list(tab.inputs),
    }


def native_table(tab: SheetsTab, table: SheetsTable, ids: Ids) -> Json:
    """A Table with the types of its columns."""
    return {
        "tableId": ids.tables[table.name],
        "name": table.name,
        "range": table_range(tab, table),
        "rowsProperties": table.colors,
        "columnProperties": column_properties(table),
    }


def column_properties(table: SheetsTable) -> list[Json]:
    """The names and types of a table's columns."""
    names = ({"columnIndex": i, "columnName": column.header} for i, column in enumerate(table.columns))
    kinds = ({} if column.type is None else {"columnType": column.type} for column in table.columns)
    return [name | kind for name, kind in zip(names, kinds, strict=True)]


def table_range(tab: SheetsTab, table: SheetsTable) -> Range:
    """The cells of a table with its header."""
    return Range(tab.key, table.row, table.column, table.end_row, table.end_column)


def add_chart(tab: SheetsTab, chart: SheetsChart, ids: Ids) -> Json:
    """A chart over its cells."""
    made = {"chartId": ids.charts[chart.key], "spec": chart.spec, "position": position(tab, chart)}
    return {"addChart": {"chart": made}}


def position(tab: SheetsTab, chart: SheetsChart) -> Json:
    """An EmbeddedObjectPosition."""
    anchor = {"sheetId": SheetOf(tab.key), "rowIndex": chart.row, "columnIndex": chart.column}
    overlay: dict[str, Any] = {
        "anchorCell": anchor,
        "offsetXPixels": 0,
        "offsetYPixels": 0,
        "widthPixels": chart.width,
        "heightPixels": chart.height,
    }
    return {"overlayPosition": overlay}


def delete_rules(tab: str, indexes: Iterable[int]) -> Iterator[Json]:
    """Conditional formats of a sheet deleted, the last first, for each deletion moves those behind it."""
    for index in sorted(indexes, reverse=True):
        yield {"deleteConditionalFormatRule": {"sheetId": SheetOf(tab), "index": index}}
