"""What a workbook's small parts say: its sheets, tables, defined names, texts and date formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sheetgen.workbook.markup import unescape_text
from sheetgen.workbook.package import Package
from sheetgen.workbook.place import Rectangle, parse_rectangle
from sheetgen.workbook.texts import read_shared_texts

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_TEXT_FORMAT = 49
_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)


class SheetPart(NamedTuple):
    """A sheet of the workbook: `state` is `visible`, `hidden` or `veryHidden`."""

    title: str
    state: str
    part: str


@dataclass(frozen=True, slots=True)
class BookTable:
    """A native table: 0-based header row, first and last data row and first column; `formulas` by calculated header."""

    name: str
    tab: str
    header_row: int
    first_row: int
    last_row: int
    column: int
    headers: tuple[str, ...]
    formulas: dict[str, str]

    @property
    def header_cells(self) -> Rectangle:
        """The cells of the header row."""
        return Rectangle(self.header_row, self.column, self.header_row, self.column + len(self.headers) - 1)


def workbook_part(package: Package) -> str:
    """The name of the part that lists the sheets."""
    part = package.related("", "officeDocument")
    if part is None:
        raise KeyError("the workbook")
    return part


def read_sheets(package: Package, workbook: Element, part: str) -> tuple[SheetPart, ...]:
    """The worksheets in tab order; chart sheets, which have no cells, are left out."""
    relations = package.relations(part)
    listed = ((sheet, relations[sheet.get("id", "")]) for sheet in workbook.iterfind("sheets/sheet"))
    return tuple(
        SheetPart(unescape_text(sheet.get("name", "")), sheet.get("state", "visible"), relation.target)
        for sheet, relation in listed
        if relation.kind == "worksheet"
    )


def read_names(workbook: Element) -> Iterator[tuple[str, str]]:
    """The workbook-level defined names with the text of what they refer to; a sheet's own names are left out."""
    for name in workbook.iterfind("definedNames/definedName"):
        if "localSheetId" not in name.attrib:
            yield name.get("name", ""), (name.text or "").strip()


def read_texts(package: Package, part: str) -> tuple[str, ...]:
    """The shared texts of the workbook, in the order that cells refer to."""
    strings = package.related(part, "sharedStrings")
    if not strings:
        return ()
    with package.stream(strings) as stream:
        return read_shared_texts(stream)


def read_tables(package: Package, sheet: SheetPart) -> Iterator[BookTable]:
    """The native tables of a sheet."""
    for relation in package.relations(sheet.part).values():
        if relation.kind == "table":
            yield read_table(package.tree(relation.target), sheet.title)


def read_table(table: Element, tab: str) -> BookTable:
    """The table that a table part describes.

    Raises `ValueError` where its range is not one.
    """
    area = parse_rectangle(table.get("ref", ""))
    if area is None:
        raise ValueError(f"the table {table.get('name')} has no range")
    columns = list(table.iterfind("tableColumns/tableColumn"))
    headers = tuple(unescape_text(column.get("name", "")) for column in columns)
    formulas = {
        header: formula.text or ""
        for header, column in zip(headers, columns, strict=True)
        if (formula := column.find("calculatedColumnFormula")) is not None
    }
    first = area.row + int(table.get("headerRowCount", "1"))
    last = area.last_row - int(table.get("totalsRowCount", "0"))
    name = unescape_text(table.get("displayName", table.get("name", "")))
    return BookTable(name, tab, area.row, first, last, area.column, headers, formulas)


class CellFormats(NamedTuple):
    """The indexes of cell formats that show a number as a date, and of those that hold text."""

    dates: frozenset[int]
    texts: frozenset[int]


def read_formats(package: Package, part: str) -> CellFormats:
    """Which of the workbook's cell formats are dates and texts."""
    styles = package.related(part, "styles")
    if styles is None:
        return CellFormats(frozenset(), frozenset())
    tree = package.tree(styles)
    codes = {code.get("numFmtId"): code.get("formatCode", "") for code in tree.iterfind("numFmts/numFmt")}
    used = [cell.get("numFmtId", "0") for cell in tree.iterfind("cellXfs/xf")]
    dates = (i for i, number in enumerate(used) if _is_date(number, codes.get(number)))
    texts = (i for i, number in enumerate(used) if codes.get(number) == "@" or int(number) == _TEXT_FORMAT)
    return CellFormats(frozenset(dates), frozenset(texts))


def _is_date(number: str, code: str | None) -> bool:
    if code is None:
        return int(number) in _BUILT_IN_DATES
    bare = _NOT_A_CODE.sub("", code.split(";")[0]).lower()
    return "general" not in bare and any(sign in bare for sign in "ymdhs")


def read_properties(package: Package) -> dict[str, str]:
    """The document's properties: title, creator, created …, and the custom ones by their own names."""
    properties: dict[str, str] = {}
    for kind in ("extended-properties", "core-properties", "custom-properties"):
        part = package.related("", kind)
        if part is not None and part in package.parts:
            fields = package.tree(part)
            properties |= {field.get("name", field.tag): "".join(field.itertext()) for field in fields}
    return properties
