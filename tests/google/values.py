"""The methods of spreadsheets.values: reading and writing ranges of plain values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sheetgen.values import SheetError
from tests.google.batch.cells import grow, require_length
from tests.google.batch.draft import Draft
from tests.google.batch.sheets import require_cell_budget
from tests.google.engine import Results, Shown
from tests.google.formats import formatted
from tests.google.formula import Formula
from tests.google.grid import Area, Content
from tests.google.locales import locale_named
from tests.google.problem import RefusedError
from tests.google.ranges import read_range
from tests.google.spreadsheet import Spreadsheet
from tests.google.typed import Typed, set_number_format, typed_content
from tests.google.wire import Json


class Rendering(NamedTuple):
    """How values are read: the parameters of a call, with Google's defaults."""

    value: str = "FORMATTED_VALUE"
    date_time: str = "SERIAL_NUMBER"
    dimension: str = "ROWS"


def get_values(book: Spreadsheet, results: Results, text: str, rendering: Rendering) -> Json:
    """The `ValueRange` of a range; empty rows at its end and empty cells at the end of rows are left out."""
    area = read_range(book, text)
    rows = [_rendered_row(book, results, area, row, rendering) for row in range(area.top, area.bottom)]
    if rendering.dimension == "COLUMNS":
        rows = [list(column) for column in zip(*rows, strict=True)]
    lines = [_trimmed(row) for row in rows]
    while lines and not lines[-1]:
        lines.pop()
    result = {"range": book.a1(area), "majorDimension": rendering.dimension}
    return {**result, "values": lines} if lines else result


def put_values(draft: Draft, text: str, value_range: Json, option: str) -> Json:
    """Write a `ValueRange` and give its `UpdateValuesResponse`; a null leaves its cell, an empty text clears it."""
    book = draft.spreadsheet
    area = read_range(book, text)
    if value_range.get("range", text) != text and read_range(book, value_range["range"]) != area:
        raise RefusedError(f"Requested range {text} does not match the range {value_range['range']} of the values.")
    rows = _rows(value_range)
    target = _target(book, area, rows)
    draft.require_writable(target)
    for i, row in enumerate(rows):
        _put_row(book, target, target.top + i, row, option)
    width = max((len(row) for row in rows), default=0)
    return {
        "spreadsheetId": book.id,
        "updatedRange": book.a1(target),
        "updatedRows": len(rows),
        "updatedColumns": width,
        "updatedCells": sum(len(row) for row in rows),
    }


def append_values(draft: Draft, text: str, value_range: Json, option: str) -> Json:
    """Write below the last row that holds a value in the range's columns; the grid grows as it must."""
    book = draft.spreadsheet
    area = read_range(book, text)
    sheet = book.sheet(area.sheet)
    rows = _rows(value_range)
    filled = [row for row, column, _ in sheet.grid.cells() if area.left <= column < area.right and row >= area.top]
    top = max(filled, default=area.top - 1) + 1
    width = max((len(row) for row in rows), default=0)
    grow(sheet, top + len(rows), area.left + width)
    require_cell_budget(book)
    target = Area(sheet.id, top, area.left, top + max(len(rows), 1), area.left + max(width, 1))
    updates = put_values(draft, book.a1(target), {"values": rows}, option)
    answer = {"spreadsheetId": book.id, "updates": updates}
    table = Area(sheet.id, area.top, area.left, top, area.right)
    return {**answer, "tableRange": book.a1(table)} if filled else answer


def clear_values(draft: Draft, text: str) -> str:
    """Clear the contents of a range, not its looks; gives the range in full."""
    area = read_range(draft.spreadsheet, text)
    draft.require_writable(area)
    draft.spreadsheet.sheet(area.sheet).grid.fill(area, None)
    return draft.spreadsheet.a1(area)


def _rows(value_range: Json) -> list[list[Any]]:
    rows: list[list[Any]] = [row or [] for row in value_range.get("values", [])]
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if isinstance(value, list | dict):
                kind = "list_value" if isinstance(value, list) else "struct_value"
                raise RefusedError(f"Invalid values[{i}][{j}]: {kind}")
    if value_range.get("majorDimension", "ROWS") == "COLUMNS":
        height = max((len(column) for column in rows), default=0)
        return [[column[i] if i < len(column) else None for column in rows] for i in range(height)]
    return rows


def _target(book: Spreadsheet, area: Area, rows: Sequence[Sequence[Any]]) -> Area:
    """The cells that values fill: a single cell is a start, a larger range is a limit."""
    height, width = len(rows), max((len(row) for row in rows), default=0)
    is_start = area.height == area.width == 1
    if not is_start and (height > area.height or width > area.width):
        wrong = f"row [{area.top + height}]" if height > area.height else f"column [{_letters(book, area, width)}]"
        raise RefusedError(f"Requested writing within range [{book.a1(area)}], but tried writing to {wrong}")
    target = Area(area.sheet, area.top, area.left, area.top + max(height, 1), area.left + max(width, 1))
    book.require_inside(target)
    return target


def _letters(book: Spreadsheet, area: Area, width: int) -> str:
    corner = Area(area.sheet, area.top, area.left + width - 1, area.top + 1, area.left + width)
    return re.sub(r"\d+$", "", book.a1(corner).rpartition("!")[2])


def _put_row(book: Spreadsheet, target: Area, row: int, values: Sequence[Any], option: str) -> None:
    grid = book.sheet(target.sheet).grid
    olds = grid.contents(row, target.left, target.left + len(values))
    entered = [_entered(book, value, row, target.left + i, option) for i, value in enumerate(values)]
    grid.put(row, target.left, [old if new is None else new.content for old, new in zip(olds, entered, strict=True)])
    for i, new in enumerate(entered):
        if new is not None:
            set_number_format(book, target.sheet, row, target.left + i, new.number_format)


def _entered(book: Spreadsheet, value: Any, row: int, column: int, option: str) -> Typed | None:
    """What a value of a call enters; None for a cell that stays."""
    match value:
        case None:
            return None
        case bool():
            return Typed(value)
        case int() | float():
            return Typed(float(value))
        case _:
            require_length(value)
            return Typed(value or None) if option == "RAW" else typed_content(book, value, row, column)


def _rendered_row(book: Spreadsheet, results: Results, area: Area, row: int, rendering: Rendering) -> list[Any]:
    contents = book.sheet(area.sheet).grid.contents(row, area.left, area.right)
    return [
        _rendered(book, results, area.sheet, row, area.left + i, each, rendering) for i, each in enumerate(contents)
    ]


def _rendered(
    book: Spreadsheet, results: Results, sheet: int, row: int, column: int, content: Content, rendering: Rendering
) -> Any:
    if rendering.value == "FORMULA" and isinstance(content, Formula):
        return content.shown(row, column, book.locale, book.title_of)
    value = results.shown(sheet, row, column, content)
    traits = book.sheet(sheet).grid.traits(row, column)
    if rendering.value == "FORMATTED_VALUE":
        return formatted(value, traits, locale_named(book.locale))
    if isinstance(value, float) and rendering.date_time == "FORMATTED_STRING" and _is_date(traits):
        return formatted(value, traits, locale_named(book.locale))
    return _plain(value)


def _plain(value: Shown) -> Any:
    match value:
        case None:
            return ""
        case SheetError(code):
            return code
        case float() if value == int(value):
            return int(value)
        case _:
            return value


def _is_date(traits: Json) -> bool:
    kind: str = traits.get("userEnteredFormat", {}).get("numberFormat", {}).get("type", "")
    return kind.startswith("DATE")


def _trimmed(row: list[Any]) -> list[Any]:
    end = len(row)
    while end and row[end - 1] == "" and not isinstance(row[end - 1], bool):
        end -= 1
    return row[:end]
