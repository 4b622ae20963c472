"""Native tables: ids, names, ranges and headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from sheetgen.workbook.checks.anatomy import Anatomy, SheetPart, TablePart
from sheetgen.workbook.checks.names import name_problem
from sheetgen.workbook.place import Place, Rectangle, parse_rectangle

MAX_HEADER: Final = 255


def check_tables(anatomy: Anatomy) -> Iterator[str]:
    """Problems of the native tables."""
    tables = [table for sheet in anatomy.sheets for table in sheet.tables]
    yield from _check_identities(anatomy, tables)
    for sheet in anatomy.sheets:
        listed = sheet.frame.find("tableParts")
        count = len(listed) if listed is not None else 0
        if count != len(sheet.tables):
            yield f"{sheet.title}: lists {count} tables but has {len(sheet.tables)}."
        for table in sheet.tables:
            yield from (f"The table {table.name} on {table.tab}: {problem}" for problem in _problems(table, sheet))
        yield from _check_overlaps(sheet)


def _check_identities(anatomy: Anatomy, tables: list[TablePart]) -> Iterator[str]:
    names = {name.get("name", "").casefold() for name in anatomy.workbook.iterfind("definedNames/definedName")}
    for key, count in Counter(table.tree.get("id", "") for table in tables).items():
        if count > 1 or not key.isdigit() or int(key) < 1:
            yield f"The table id {key!r} is used {count} times, or is not a number from 1."
    for name, count in Counter(table.name.casefold() for table in tables).items():
        if count > 1:
            yield f"{count} tables are named {name!r}."
    for table in tables:
        if problem := name_problem(table.name):
            yield f"The table name {table.name!r} {problem}."
        if table.tree.get("name", table.name) != table.name:
            yield f"The table {table.name} has a second name, {table.tree.get('name')!r}."
        if table.name.casefold() in names:
            yield f"The table {table.name} has the name of a defined name."


def _problems(table: TablePart, sheet: SheetPart) -> Iterator[str]:
    if table.area is None or table.data is None:
        yield f"its range {table.tree.get('ref')!r} is not one."
        return
    if table.tree.get("headerRowCount", "1") != "1":
        yield "it has no header row."
    if table.data.last_row < table.data.row:
        yield "it has no data row."
    yield from _header_problems(table, table.area, sheet)
    filtered = table.tree.find("autoFilter")
    area = parse_rectangle(filtered.get("ref", "")) if filtered is not None else None
    if filtered is not None and area != table.area._replace(last_row=table.data.last_row):
        yield f"its filter covers {filtered.get('ref')}, not the table."


def _header_problems(table: TablePart, area: Rectangle, sheet: SheetPart) -> Iterator[str]:
    width = area.last_column - area.column + 1
    listed = table.tree.find("tableColumns")
    count = listed.get("count", str(width)) if listed is not None else "0"
    if len(table.columns) != width or count != str(width):
        yield f"it is {width} columns wide but lists {len(table.columns)} (said to be {count})."
    for header, times in Counter(map(str.casefold, table.headers)).items():
        if times > 1:
            yield f"{times} columns are headed {header!r}."
    if len({column.get("id") for column in table.columns}) < len(table.columns):
        yield "two columns have the same id."
    for column, header in enumerate(table.headers, start=area.column):
        found = sheet.headers.get((area.row, column))
        if not 0 < len(header) <= MAX_HEADER:
            yield f"a header has {len(header)} characters (1 to {MAX_HEADER} are allowed)."
        if found != header:
            shown = "is no text" if found is None else f"reads {found!r}"
            yield f"the header cell {Place(sheet.title, area.row, column)} {shown}, the column is headed {header!r}."


def _check_overlaps(sheet: SheetPart) -> Iterator[str]:
    merged = [parse_rectangle(cell.get("ref", "")) for cell in sheet.frame.iterfind("mergeCells/mergeCell")]
    areas = [area for area in merged if area is not None]
    if None in merged or any(area[:2] == area[2:] for area in areas):
        yield f"{sheet.title}: a merged range is not a range of several cells."
    for first, second in combinations(areas, 2):
        if first.overlaps(second):
            yield f"{sheet.title}: the merged cells {first} and {second} overlap."
    ranges = [(table.name, table.area) for table in sheet.tables if table.area is not None]
    for (name, area), (other, other_area) in combinations(ranges, 2):
        if area.overlaps(other_area):
            yield f"{sheet.title}: the tables {name} and {other} overlap."
    for name, area in ranges:
        if any(area.overlaps(cell) for cell in areas):
            yield f"{sheet.title}: cells of the table {name} are merged."
