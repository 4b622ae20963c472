"""What a report holds now where it may be edited: campaigns, inputs, and the sums of its finer tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sheetgen.clause import Clause
from sheetgen.pull.content import COLUMNS, Content, as_content
from sheetgen.report.baseline import Baseline, ColumnSum, column_sum
from sheetgen.report.sums import CAMPAIGNS
from sheetgen.values import SheetError, Value
from sheetgen.workbook.cells import Book, Sheet, StoredCell
from sheetgen.workbook.place import Place

UNCALCULATED: Final = SheetError("?")
"""Of a formula that no spreadsheet has calculated yet."""


@dataclass(frozen=True, eq=False)
class Held:
    """What may be edited, as it is now.

    `columns` has the values of each data column by header, one per campaign; `rows` their rows of the tab, from 1.
    `inputs` are the values by defined name, `sums` those of the finer tables' columns. A value
    that cannot be told is an error, and has a notice.
    """

    rows: tuple[int, ...]
    columns: Mapping[str, tuple[Value, ...]]
    inputs: Mapping[str, Value]
    sums: Mapping[str, Mapping[str, ColumnSum]]
    notices: tuple[Clause, ...]


def held_in(book: Book, baseline: Baseline) -> Held:
    """What a workbook holds of what its baseline has; rows without any value are left out.

    Rows right under the campaign table count as typed into it: not every spreadsheet lets the table grow.
    Raises `KeyError` where the table, its tab or a column is missing.
    """
    table = book.tables[CAMPAIGNS]
    sheet = book.sheet(table.tab)
    if sheet is None:
        raise KeyError(table.tab)
    notices: list[Clause] = []
    placed = {header: table.column + table.headers.index(header) for header in COLUMNS if header in table.headers}
    inside = range(table.first_row, table.last_row + 1)
    rows = [row for row in inside if _has_value(sheet, row, placed.values())]
    rows += _rows_under(sheet, table.last_row, placed.values())
    columns = {
        header: tuple(_typed(sheet, row, column, COLUMNS[header], notices) for row in rows)
        for header, column in placed.items()
    }
    inputs = {name: _input(book, book.names[name], notices) for name in baseline.inputs if name in book.names}
    sums = {name: _sums(book, name, wanted) for name, wanted in baseline.sums.items() if name in book.tables}
    return Held(tuple(row + 1 for row in rows), columns, inputs, sums, tuple(notices))


def _rows_under(sheet: Sheet, last_row: int, columns: Iterable[int]) -> Iterator[int]:
    row = last_row + 1
    while _has_value(sheet, row, columns):
        yield row
        row += 1


def _has_value(sheet: Sheet, row: int, columns: Iterable[int]) -> bool:
    return any(sheet.value(row, column) is not None for column in columns)


def _typed(sheet: Sheet, row: int, column: int, content: Content, notices: list[Clause]) -> Value:
    return as_content(_known(sheet.cells.get((row, column)), Place(sheet.title, row, column), notices), content)


def _known(cell: StoredCell | None, place: Place, notices: list[Clause]) -> Value:
    """The value of a cell; an error where it has none that can be told, with a notice."""
    if cell is None:
        return None
    if isinstance(cell.value, SheetError):
        code = cell.value.code
        notices.append(Clause("{place} holds the error {code}: its edit is left out.", place=place, code=code))
    elif cell.formula is not None and cell.value is None:
        sentence = "{place} holds a formula without a result. Open and save it in a spreadsheet, then pull again."
        notices.append(Clause(sentence, place=place))
        return UNCALCULATED
    return cell.value


def _input(book: Book, place: Place, notices: list[Clause]) -> Value:
    sheet = book.sheet(place.tab)
    return _known(sheet.cells.get((place.row, place.column)), place, notices) if sheet else None


def _sums(book: Book, table: str, wanted: Mapping[str, ColumnSum]) -> dict[str, ColumnSum]:
    headers = [header for header in wanted if header in book.tables[table].headers]
    return {header: column_sum(book.column(table, header)) for header in headers}
