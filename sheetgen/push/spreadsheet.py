"""A spreadsheet as it is now: its sheets, and the objects on them that a push must know."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sheetgen.push.client import SheetsClient
from sheetgen.push.manifest import STAGING, Manifest, parse_manifest
from sheetgen.render.sheets.update import PresentTable

Json = dict[str, Any]

FIELDS: Final = (
    "namedRanges,developerMetadata(metadataId,metadataKey,metadataValue),"
    "sheets(properties(sheetId,title,index,hidden,gridProperties(rowCount,columnCount)),"
    "charts.chartId,slicers.slicerId,protectedRanges.protectedRangeId,"
    "conditionalFormats(ranges,gradientRule.minpoint.type,booleanRule.condition.type),"
    "tables(tableId,name,range,columnProperties(columnIndex,columnName)),"
    "developerMetadata(metadataId,metadataKey,metadataValue))"
)


@dataclass(frozen=True)
class NamedRange:
    """A named range: its ID, and the sheet and first cell, 0-based."""

    id: str
    sheet: int
    row: int
    column: int


@dataclass(frozen=True)
class PresentSheet:
    """A sheet: its grid, and the IDs of its objects; `rules` are signatures in order, `tables` go by name."""

    id: int
    title: str
    rows: int
    columns: int
    is_staging: bool
    charts: frozenset[int]
    protections: frozenset[int]
    rules: tuple[str, ...]
    tables: Mapping[str, PresentTable]

    @property
    def cells(self) -> int:
        """The cells of its grid."""
        return self.rows * self.columns


@dataclass(frozen=True)
class PresentSpreadsheet:
    """A spreadsheet with what the last push noted on it; named ranges by name, `taken` the IDs of all objects."""

    sheets: tuple[PresentSheet, ...]
    names: Mapping[str, NamedRange]
    manifest: Manifest | None
    taken: frozenset[int]

    def own_sheets(self) -> Mapping[str, PresentSheet]:
        """The sheets of the last push by the key of their tab, whatever they are called and wherever they stand.

        Of a tab and a user's copy of it, which may carry the same metadata, the manifest knows the first.
        """
        if self.manifest is None:
            return {}
        by_id = {sheet.id: sheet for sheet in self.sheets}
        return {key: by_id[tab.sheet] for key, tab in self.manifest.tabs.items() if tab.sheet in by_id}

    def foreign_sheets(self) -> list[PresentSheet]:
        """The sheets that are the user's."""
        own = {sheet.id for sheet in self.own_sheets().values()}
        return [sheet for sheet in self.sheets if sheet.id not in own and not sheet.is_staging]


def read_spreadsheet(client: SheetsClient) -> PresentSpreadsheet:
    """The spreadsheet as it is now, in one call.

    Raises `PushStateError` for notes of a push that cannot be read, and what the client raises.
    """
    return parse_spreadsheet(client.get(FIELDS))


def parse_spreadsheet(found: Json) -> PresentSpreadsheet:
    """The spreadsheet of an answer.

    Raises `PushStateError` for notes of a push that cannot be read.
    """
    sheets = found.get("sheets", [])
    return PresentSpreadsheet(
        sheets=tuple(_sheet(each) for each in sheets),
        names={each["name"]: _named_range(each) for each in found.get("namedRanges", [])},
        manifest=parse_manifest(found.get("developerMetadata", [])),
        taken=frozenset(number for each in sheets for number in _numbers(each)),
    )


def rule_signature(rule: Json) -> str:
    """What of a conditional format tells ours from a user's: its kind and its cells."""
    condition = rule.get("booleanRule", {}).get("condition", {})
    names = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
    cells = [[each.get(name, 0) for name in names] for each in rule.get("ranges", [])]
    return sha256(json.dumps([condition.get("type", "gradient"), cells]).encode()).hexdigest()[:6]


def _sheet(found: Json) -> PresentSheet:
    properties = found.get("properties", {})
    grid = properties.get("gridProperties", {})
    metadata = {each.get("metadataKey") for each in found.get("developerMetadata", [])}
    return PresentSheet(
        id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        rows=grid.get("rowCount", 0),
        columns=grid.get("columnCount", 0),
        is_staging=STAGING in metadata,
        charts=frozenset(each["chartId"] for each in found.get("charts", [])),
        protections=frozenset(each["protectedRangeId"] for each in found.get("protectedRanges", [])),
        rules=tuple(rule_signature(rule) for rule in found.get("conditionalFormats", [])),
        tables={each["name"]: _table(each) for each in found.get("tables", [])},
    )


def _table(found: Json) -> PresentTable:
    area = found.get("range", {})
    columns = sorted(found.get("columnProperties", []), key=lambda each: int(each.get("columnIndex", 0)))
    return PresentTable(
        table_id=found.get("tableId", ""),
        row=area.get("startRowIndex", 0),
        column=area.get("startColumnIndex", 0),
        end_row=area.get("endRowIndex", 0),
        headers=tuple(each.get("columnName", "") for each in columns),
    )


def _named_range(found: Json) -> NamedRange:
    area = found.get("range", {})
    row, column = area.get("startRowIndex", 0), area.get("startColumnIndex", 0)
    return NamedRange(found.get("namedRangeId", ""), area.get("sheetId", 0), row, column)


def _numbers(found: Json) -> Iterator[int]:
    yield found.get("properties", {}).get("sheetId", 0)
    yield from (each["chartId"] for each in found.get("charts", []))
    yield from (each["slicerId"] for each in found.get("slicers", []))
    yield from (each["protectedRangeId"] for each in found.get("protectedRanges", []))
