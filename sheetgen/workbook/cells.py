"""A workbook read back: what every cell stores, and where its tables and names are."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from sheetgen.analysis.serials import to_serial
from sheetgen.values import SheetError, Value
from sheetgen.workbook.markup import unescape_text
from sheetgen.workbook.outline import (
    BookTable,
    CellFormats,
    SheetPart,
    read_formats,
    read_names,
    read_properties,
    read_sheets,
    read_tables,
    read_texts,
    workbook_part,
)
from sheetgen.workbook.package import Package, open_package
from sheetgen.workbook.place import Place
from sheetgen.workbook.sheet import FormulaTexts, SheetStream, column_of
from sheetgen.workbook.tokens import single_cell


class StoredCell(NamedTuple):
    """A cell as stored: `formula` without `=`, None for a constant; `value` is the constant or the cached result.

    Dates are serial numbers; the empty text is None. `style` is the index of the cell's format.
    """

    formula: str | None
    value: Value
    style: int


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet's stored cells by 0-based row and column."""

    title: str
    state: str
    cells: dict[tuple[int, int], StoredCell]

    def value(self, row: int, column: int) -> Value:
        """The value of a cell, None where nothing is stored."""
        cell = self.cells.get((row, column))
        return cell.value if cell else None


@dataclass(frozen=True, eq=False)
class Book:
    """A workbook's sheets in tab order, its tables by name and its defined names.

    `names` point at one cell; `ranges` holds the text of all other names.
    """

    path: Path
    sheets: tuple[Sheet, ...]
    tables: dict[str, BookTable]
    names: dict[str, Place]
    ranges: dict[str, str]
    properties: dict[str, str]
    formats: CellFormats

    @cached_property
    def _by_title(self) -> dict[str, Sheet]:
        return {sheet.title.casefold(): sheet for sheet in self.sheets}

    def sheet(self, title: str) -> Sheet | None:
        """The sheet of that title; spreadsheets ignore case in titles."""
        return self._by_title.get(title.casefold())

    def value(self, place: Place) -> Value:
        """The stored value at a place, None where nothing is stored."""
        sheet = self.sheet(place.tab)
        return sheet.value(place.row, place.column) if sheet else None

    def column(self, table: str, header: str) -> list[Value]:
        """The values of a table's column, one per data row.

        Raises `KeyError` for an unknown table, `ValueError` for an unknown header.
        """
        place = self.tables[table]
        column = place.column + place.headers.index(header)
        return [self.value(Place(place.tab, row, column)) for row in range(place.first_row, place.last_row + 1)]

    def formulas(self) -> Iterator[tuple[Place, StoredCell]]:
        """Every cell that holds a formula."""
        for sheet in self.sheets:
            title = sheet.title
            for (row, column), cell in sheet.cells.items():
                if cell.formula is not None:
                    yield Place(title, row, column), cell


def read_book(path: Path) -> Book:
    """The whole workbook, as Excel, LibreOffice or a library saved it.

    Raises `UnreadableFileError`, `EncryptedFileError`, `NotAReportError` or `DamagedFileError`.
    """
    with open_package(path) as package:
        part = workbook_part(package)
        workbook = package.tree(part)
        parts = read_sheets(package, workbook, part)
        texts = read_texts(package, part)
        references = dict(read_names(workbook))
        names = {name: place for name, text in references.items() if (place := single_cell(text))}
        return Book(
            path=path,
            sheets=tuple(Sheet(sheet.title, sheet.state, read_cells(package, sheet, texts)) for sheet in parts),
            tables={table.name: table for sheet in parts for table in read_tables(package, sheet)},
            names=names,
            ranges={name: text for name, text in references.items() if name not in names},
            properties=read_properties(package),
            formats=read_formats(package, part),
        )


def formula_places(path: Path) -> list[Place]:
    """The places of all formulas of a workbook.

    Raises what `read_book` raises.
    """
    return [place for place, _ in read_book(path).formulas()]


def read_values(path: Path, places: Collection[Place]) -> dict[Place, Value]:
    """The stored values of those places that are cells of a workbook; all other cells are passed over.

    Raises what `read_book` raises.
    """
    wanted: dict[str, dict[tuple[int, int], Place]] = {}
    for place in places:
        wanted.setdefault(place.tab, {})[place.row, place.column] = place
    values: dict[Place, Value] = {}
    with open_package(path) as package:
        part = workbook_part(package)
        texts = read_texts(package, part)
        for sheet in read_sheets(package, package.tree(part), part):
            of_sheet = wanted.get(sheet.title, {})
            for cell, value in _stored_values(package, sheet, texts) if of_sheet else ():
                if cell in of_sheet:
                    values[of_sheet[cell]] = value
    return values


def _stored_values(
    package: Package, sheet: SheetPart, texts: tuple[str, ...]
) -> Iterator[tuple[tuple[int, int], Value]]:
    """The 0-based row and column of each stored cell of a sheet, and its value."""
    row = column = -1
    with package.stream(sheet.part) as stream:
        for raw in SheetStream(stream).cells():
            column = column_of(raw, column if raw.row - 1 == row else -1)
            row = raw.row - 1
            yield (row, column), _value(raw.kind, raw.value, texts)


def read_cells(package: Package, sheet: SheetPart, texts: tuple[str, ...]) -> dict[tuple[int, int], StoredCell]:
    """The stored cells of a sheet by 0-based row and column."""
    cells: dict[tuple[int, int], StoredCell] = {}
    formulas = FormulaTexts()
    row = column = -1
    with package.stream(sheet.part) as stream:
        for raw in SheetStream(stream).cells():
            column = column_of(raw, column if raw.row - 1 == row else -1)
            row = raw.row - 1
            formula = None if raw.formula is None else formulas.read(raw.formula, raw.role, row, column)
            cells[row, column] = StoredCell(formula, _value(raw.kind, raw.value, texts), int(raw.style))
    return cells


def _value(kind: str, text: str | None, texts: tuple[str, ...]) -> Value:
    if text is None or text == "":
        return None
    match kind:
        case "n":
            return float(text)
        case "s":
            return texts[int(text)] or None
        case "b":
            return text in ("1", "true")
        case "e":
            return SheetError(text)
        case "d":
            return to_serial(datetime.datetime.fromisoformat(text).replace(tzinfo=None))
        case _:
            return unescape_text(text)
