"""Tables with typed columns.

What Sheets refuses here was seen by others or is in its reference; the sentences are guessed.
"""

from __future__ import annotations

from typing import Final

from tests.google.batch.draft import Draft, Handlers, lists, update_mask
from tests.google.conditions import check_condition
from tests.google.grid import Area
from tests.google.mask import updated
from tests.google.problem import RefusedError
from tests.google.spreadsheet import Spreadsheet, grid_range, home
from tests.google.wire import Json


def _add_table(draft: Draft, body: Json) -> Json:
    book = draft.spreadsheet
    given = body.get("table", {})
    key = given.get("tableId") or book.new_text_id(book.tables)
    if key in book.tables:
        raise RefusedError(f"Cannot add table with ID: {key}, a table with that ID already exists.")
    book.tables[key] = _checked(draft, given, key)
    return {"table": book.tables[key]}


def _update_table(draft: Draft, body: Json) -> None:
    book, given = draft.spreadsheet, body.get("table", {})
    mask = update_mask(body, "Table")
    key = given.get("tableId", "")
    changed = updated(_known(book, key), given, mask)
    if lists(mask, "range") and not lists(mask, "columnProperties"):
        width = book.area(changed.get("range", {})).width
        kept = [each for each in changed["columnProperties"] if each.get("columnIndex", 0) < width]
        changed = {**changed, "columnProperties": kept}
    book.tables[key] = _checked(draft, changed, key)


def _delete_table(draft: Draft, body: Json) -> None:
    """The table goes, its cells stay."""
    key = body.get("tableId", "")
    _known(draft.spreadsheet, key)
    del draft.spreadsheet.tables[key]


HANDLERS: Final[Handlers] = {"addTable": _add_table, "updateTable": _update_table, "deleteTable": _delete_table}


def _known(book: Spreadsheet, key: str) -> Json:
    if key not in book.tables:
        raise RefusedError(f"No table with ID: {key}")
    return book.tables[key]


def _checked(draft: Draft, given: Json, key: str) -> Json:
    book = draft.spreadsheet
    area = draft.area_to_write(given.get("range", {}))
    if area.height < 2:
        raise RefusedError("A table must have a header row and at least one more row.")
    name = given.get("name") or _free_name(book)
    if any(other["name"].lower() == name.lower() and each != key for each, other in book.tables.items()):
        raise RefusedError(f'A table with the name "{name}" already exists.')
    _require_free(book, area, key)
    columns = _columns(book, area, given.get("columnProperties", []))
    book.sheet(area.sheet).grid.put(area.top, area.left, [column["columnName"] for column in columns])
    return {**given, "tableId": key, "name": name, "range": grid_range(area), "columnProperties": columns}


def _require_free(book: Spreadsheet, area: Area, key: str) -> None:
    """Refuse cells that another table, alternating colours or a merge has."""
    for other, table in book.tables.items():
        if other != key and home(table) == area.sheet and book.area(table["range"]).overlaps(area):
            raise RefusedError(f"The table overlaps the table {table['name']}.")
    for banding in book.banded_ranges.values():
        if home(banding) == area.sheet and book.area(banding["range"]).overlaps(area):
            raise RefusedError("You cannot add a table to a range that already has alternating background colors.")
    if any(merge.overlaps(area) for merge in book.sheet(area.sheet).merges):
        raise RefusedError("You cannot add a table to a range with merged cells.")


def _columns(book: Spreadsheet, area: Area, given: list[Json]) -> list[Json]:
    """All columns of a table: named as asked, else by the header cell, else by their number."""
    by_index = {each.get("columnIndex", 0): each for each in given}
    if len(by_index) < len(given) or any(not 0 <= index < area.width for index in by_index):
        raise RefusedError("Each column of a table has one column index, from 0 to one less than its width.")
    grid = book.sheet(area.sheet).grid
    columns = []
    for index in range(area.width):
        column = by_index.get(index, {})
        _check_column(book, column)
        header = grid.content(area.top, area.left + index)
        name = column.get("columnName") or (header if isinstance(header, str) else f"Column {index + 1}")
        columns.append({**column, "columnIndex": index, "columnName": name})
    names = [column["columnName"].lower() for column in columns]
    if len(set(names)) < len(names):
        raise RefusedError("Column names of a table must be unique.")
    return columns


def _check_column(book: Spreadsheet, column: Json) -> None:
    rule = column.get("dataValidationRule")
    is_dropdown = column.get("columnType") == "DROPDOWN"
    if is_dropdown != (rule is not None):
        raise RefusedError("A data validation rule is needed for a dropdown column, and only there.")
    if rule is not None:
        if rule.get("condition", {}).get("type") != "ONE_OF_LIST":
            raise RefusedError("The condition of a dropdown column must be ONE_OF_LIST.")
        check_condition(book, rule["condition"])


def _free_name(book: Spreadsheet) -> str:
    taken = {table["name"].lower() for table in book.tables.values()}
    return next(name for n in range(1, len(taken) + 2) if (name := f"Table{n}").lower() not in taken)
