"""Requests of a batch, as tests write them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.google.wire import Json


def add_sheet(sheet_id: int, title: str, rows: int = 10, columns: int = 5, **properties: object) -> Json:
    """A request for a sheet of this size."""
    grid = {"rowCount": rows, "columnCount": columns}
    return {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, "gridProperties": grid, **properties}}}


def set_sheet(sheet_id: int, fields: str, **properties: object) -> Json:
    """A request that changes properties of a sheet."""
    return {"updateSheetProperties": {"properties": {"sheetId": sheet_id, **properties}, "fields": fields}}


def span(sheet_id: int, top: int, left: int, bottom: int, right: int) -> Json:
    """A `GridRange`, half open."""
    rows = {"startRowIndex": top, "endRowIndex": bottom}
    return {"sheetId": sheet_id, **rows, "startColumnIndex": left, "endColumnIndex": right}


def write(sheet_id: int, row: int, column: int, *rows: Sequence[str | float | bool | None]) -> Json:
    """A request that writes values from a cell on; texts that begin with `=` are formulas."""
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    data = [{"values": [cell(value) for value in values]} for values in rows]
    return {"updateCells": {"start": start, "rows": data, "fields": "userEnteredValue"}}


def cell(value: str | float | bool | None) -> Json:
    """The data of a cell; None clears it."""
    match value:
        case None:
            return {}
        case bool():
            return {"userEnteredValue": {"boolValue": value}}
        case str():
            kind = "formulaValue" if value.startswith("=") else "stringValue"
            return {"userEnteredValue": {kind: value}}
        case _:
            return {"userEnteredValue": {"numberValue": value}}


def repeat(area: Json, fields: str, **data: object) -> Json:
    """A request that gives every cell of a range the same data."""
    return {"repeatCell": {"range": area, "cell": data, "fields": fields}}


def add_name(key: str, name: str, area: Json) -> Json:
    """A request for a named range."""
    return {"addNamedRange": {"namedRange": {"namedRangeId": key, "name": name, "range": area}}}


def add_metadata(number: int, key: str, value: str = "", **location: object) -> Json:
    """A request for developer metadata of the document, of the whole spreadsheet where no location is given."""
    place = location or {"spreadsheet": True}
    data = {"metadataId": number, "metadataKey": key, "metadataValue": value, "location": place}
    return {"createDeveloperMetadata": {"developerMetadata": {**data, "visibility": "DOCUMENT"}}}


def add_table(key: str, name: str, area: Json, *columns: str) -> Json:
    """A request for a table with columns of these names."""
    properties = [{"columnIndex": i, "columnName": column} for i, column in enumerate(columns)]
    return {"addTable": {"table": {"tableId": key, "name": name, "range": area, "columnProperties": properties}}}


def add_column_chart(number: int, domain: Json, series: Json) -> Json:
    """A request for a column chart that stands on the sheet of its domain."""
    spec = {
        "basicChart": {
            "chartType": "COLUMN",
            "domains": [{"domain": {"sourceRange": {"sources": [domain]}}}],
            "series": [{"series": {"sourceRange": {"sources": [series]}}}],
        }
    }
    position = {"overlayPosition": {"anchorCell": {"sheetId": domain["sheetId"]}}}
    return {"addChart": {"chart": {"chartId": number, "spec": spec, "position": position}}}


def add_rule(area: Json, kind: str, *values: str) -> Json:
    """A request for a conditional format that turns cells bold."""
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    rule = {"booleanRule": {"condition": condition, "format": {"textFormat": {"bold": True}}}, "ranges": [area]}
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}
