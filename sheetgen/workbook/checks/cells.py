"""The cells of each sheet: in order, once, with a format, a kind and a value that exist."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sheetgen.workbook.checks.anatomy import Anatomy, SheetPart, TablePart, Tally
from sheetgen.workbook.checks.formula_cells import FormulaCells
from sheetgen.workbook.checks.rows import AlikeRows, RowReader
from sheetgen.workbook.markup import unescape_text
from sheetgen.workbook.place import MAX_COLUMNS, MAX_ROWS, Place, Rectangle, parse_rectangle
from sheetgen.workbook.sheet import FormulaTexts, RawCell, column_of

MAX_TEXT: Final = 32_767
"""Characters of a cell's text."""

_ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})


def scan_sheets(anatomy: Anatomy) -> Anatomy:
    """The anatomy with its worksheets, each streamed once; problems of cells are in each sheet's tally.

    Raises `ExpatError` where a worksheet is not well-formed, `ValueError` where its positions are not.
    """
    targets = {relation.id: relation.target for relation in anatomy.relations[anatomy.workbook_part]}
    styles = anatomy.shared("styles")
    formats = len(styles.findall("cellXfs/xf")) if styles is not None else 0
    sheets = (
        _Scan(anatomy, unescape_text(sheet.get("name", "")), targets[sheet.get("id", "")], formats).run()
        for sheet in anatomy.workbook.iterfind("sheets/sheet")
    )
    return replace(anatomy, sheets=tuple(sheets))


class _Scan:
    """One pass over a worksheet."""

    def __init__(self, anatomy: Anatomy, title: str, part: str, formats: int) -> None:
        self._package = anatomy.package
        self._title = title
        self._part = part
        self._texts = anatomy.texts
        self._formats = frozenset(map(str, range(formats)))
        self._tables = anatomy.tables(part, title)
        self._header_cells = _header_cells(self._tables)
        self._shared = FormulaTexts()
        self._formulas = FormulaCells()
        self._arrays: list[Rectangle] = []
        self._headers: dict[tuple[int, int], str] = {}
        self._tally = Tally()

    def run(self) -> SheetPart:
        with self._package.stream(self._part) as stream:
            reader = RowReader(stream, len(self._texts), _breaks(self._tables))
            self._read(reader)
            frame = reader.frame
        return SheetPart(
            self._title,
            self._part,
            frame,
            self._tables,
            self._formulas,
            tuple(self._arrays),
            self._headers,
            self._tally,
        )

    def _read(self, reader: RowReader) -> None:
        before = (-1, -1)
        for rows in reader.rows():
            if isinstance(rows, AlikeRows):
                self._formulas.add_rows(rows)
                before = (rows.last, MAX_COLUMNS)
                continue
            for cell in rows:
                row = cell.row - 1
                column = column_of(cell, before[1] if before[0] == row else -1)
                problem = self._problem(cell, row, column, before)
                if problem is None:
                    self._take(cell, row, column)
                else:
                    self._tally.add(Place(self._title, row, column), problem)
                    reader.distrust()
                before = (row, column)

    def _take(self, cell: RawCell, row: int, column: int) -> None:
        if cell.formula is not None:
            self._formulas.add(row, column, self._shared.read(cell.formula, cell.role, row, column))
            if cell.role.get("t") == "array" and (area := parse_rectangle(cell.role.get("ref", ""))):
                self._arrays.append(area)
        elif (row, column) in self._header_cells and cell.kind in ("s", "str", "inlineStr"):
            self._headers[row, column] = self._shown(cell)

    def _shown(self, cell: RawCell) -> str:
        return self._texts[int(cell.value or 0)] if cell.kind == "s" else unescape_text(cell.value or "")

    def _problem(self, cell: RawCell, row: int, column: int, before: tuple[int, int]) -> str | None:
        if (row, column) <= before:
            return "the cell is twice in the file, or out of order."
        if not (0 <= row < MAX_ROWS and 0 <= column < MAX_COLUMNS):
            return "the cell is outside of the sheet."
        if cell.style not in self._formats:
            return f"the format {cell.style} does not exist (the workbook has {len(self._formats)})."
        if cell.value is None or cell.value == "":
            return self._blank_problem(cell)
        return self._value_problem(cell.kind, cell.value)

    def _blank_problem(self, cell: RawCell) -> str | None:
        if cell.formula is not None:
            # XlsxWriter leaves the value of a blank result empty; what must not happen is that none is written.
            return "the formula has no cached value." if cell.value is None else None
        return "the cell has an empty value." if cell.value == "" and cell.kind == "n" else None

    def _value_problem(self, kind: str, value: str) -> str | None:
        match kind:
            case "n":
                return None if _is_finite(value) else f"{value!r} is not a finite number."
            case "s":
                known = value.isascii() and value.isdigit() and int(value) < len(self._texts)
                return None if known else f"the shared text {value} does not exist (there are {len(self._texts)})."
            case "str" | "inlineStr":
                return None if len(value) <= MAX_TEXT else f"a text has more than {MAX_TEXT} characters."
            case "b":
                return None if value in ("0", "1") else f"{value!r} is not a truth value."
            case "e":
                return None if value in _ERRORS else f"{value!r} is not an error that spreadsheets know."
            case _:
                return f"the cell's kind {kind!r} does not exist."


def check_texts(anatomy: Anatomy) -> Iterator[str]:
    """Problems of the shared texts."""
    long = [index for index, text in enumerate(anatomy.texts) if len(text) > MAX_TEXT]
    yield from (f"Shared text {index}: has more than {MAX_TEXT} characters." for index in long)


def _header_cells(tables: tuple[TablePart, ...]) -> frozenset[tuple[int, int]]:
    areas = [table.area for table in tables if table.area is not None]
    return frozenset((area.row, column) for area in areas for column in range(area.column, area.last_column + 1))


def _breaks(tables: tuple[TablePart, ...]) -> frozenset[int]:
    """The rows where tables begin, where their data begin, and those after them."""
    areas = [table.area for table in tables if table.area is not None]
    return frozenset(row for area in areas for row in (area.row, area.row + 1, area.last_row + 1))


def _is_finite(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False
