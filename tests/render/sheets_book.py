"""Applies the requests of a batch to a plain spreadsheet, as far as values go, and writes it as a workbook.

Formulas are read by the rules of a locale: where the decimal sign is a comma, a comma separates no arguments, and a
point is no part of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

Json = dict[str, Any]

DECIMAL_SIGNS: Final = {"en_US": ".", "fr_FR": ",", "de_DE": ","}

TOKEN: Final = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<tab>'(?:[^']|'')*'!)|(?P<number>(?<![\w$.])\d+(?:[.,]\d+)?(?![\w.(!]))"""
    r"""|(?P<word>[\w.$]+[!(]?)|(?P<space>\s+)|(?P<sign>.)"""
)


def in_locale(formula: str, locale: str) -> str:
    """The formula as an en_US workbook holds it, read as a spreadsheet of the locale would.

    Raises `ValueError` for what that spreadsheet would not read as meant.
    """
    made = []
    for token in TOKEN.finditer(formula):
        kind, piece = token.lastgroup, token.group()
        if kind == "number" and not piece.isdigit():
            if DECIMAL_SIGNS[locale] not in piece:
                raise ValueError(f"{piece} is no number in {locale}: {formula}")
            piece = piece.replace(DECIMAL_SIGNS[locale], ".")
        if kind == "sign" and piece in "{}\\@#[]":
            raise ValueError(f"{piece} is not the same everywhere: {formula}")
        if kind == "sign" and piece == "," and DECIMAL_SIGNS[locale] == ",":
            raise ValueError(f"a comma separates nothing in {locale}: {formula}")
        made.append("," if kind == "sign" and piece == ";" else piece)
    return "".join(made)


@dataclass
class Book:
    """Titles by sheet ID, contents by sheet ID and cell, and named ranges."""

    titles: dict[int, str] = field(default_factory=dict)
    sizes: dict[int, tuple[int, int]] = field(default_factory=dict)
    cells: dict[tuple[int, int, int], Json] = field(default_factory=dict)
    names: dict[str, Json] = field(default_factory=dict)

    def apply(self, requests: Iterable[Json]) -> Book:
        """The book after the requests."""
        for request in requests:
            ((kind, body),) = request.items()
            if kind == "addSheet":
                self._add(body["properties"])
            elif kind == "addNamedRange":
                self.names[body["namedRange"]["name"]] = body["namedRange"]["range"]
            elif kind == "updateCells" and "userEnteredValue" in body["fields"]:
                self._update(body["range"], body["rows"])
            elif kind == "repeatCell" and "userEnteredValue" in body["fields"]:
                self._repeat(body["range"], body["cell"]["userEnteredValue"]["formulaValue"])
        return self

    def _add(self, properties: Json) -> None:
        self.titles[properties["sheetId"]] = properties["title"]
        grid = properties["gridProperties"]
        self.sizes[properties["sheetId"]] = grid["rowCount"], grid["columnCount"]

    def _update(self, place: Json, rows: list[Json]) -> None:
        for i, row in enumerate(range(place["startRowIndex"], place["endRowIndex"])):
            values = rows[i].get("values", []) if i < len(rows) else []
            for j, column in enumerate(range(place["startColumnIndex"], place["endColumnIndex"])):
                written = values[j].get("userEnteredValue") if j < len(values) else None
                self._write(place["sheetId"], row, column, written)

    def _repeat(self, place: Json, formula: str) -> None:
        origin = _a1(place["startRowIndex"], place["startColumnIndex"])
        for row in range(place["startRowIndex"], place["endRowIndex"]):
            for column in range(place["startColumnIndex"], place["endColumnIndex"]):
                self._write(place["sheetId"], row, column, {"formulaValue": formula, "origin": origin})

    def _write(self, sheet: int, row: int, column: int, written: Json | None) -> None:
        rows, columns = self.sizes[sheet]
        assert row < rows, f"{self.titles[sheet]} has {rows} rows"
        assert column < columns, f"{self.titles[sheet]} has {columns} columns"
        self.cells.pop((sheet, row, column), None)
        if written:
            self.cells[sheet, row, column] = written

    def formula(self, sheet: int, row: int, column: int, locale: str) -> str | None:
        """The formula of a cell as an en_US workbook holds it, where repeated moved along; None for a constant."""
        written = self.cells[sheet, row, column]
        if "formulaValue" not in written:
            return None
        text = in_locale(written["formulaValue"], locale)
        if "origin" in written:
            text = Translator(text, origin=written["origin"]).translate_formula(_a1(row, column))
        return text

    def save(self, path: Path, locale: str) -> Path:
        """Write a workbook with the formulas as the locale reads them, and without any stored result."""
        book = Workbook()
        book.remove(book.worksheets[0])
        sheets = {sheet: book.create_sheet(title) for sheet, title in self.titles.items()}
        for (sheet, row, column), written in self.cells.items():
            formula = self.formula(sheet, row, column, locale)
            cell = sheets[sheet].cell(row + 1, column + 1)
            cell.value = formula or next(iter(written.values()))
            if formula is None and isinstance(cell.value, str):
                cell.data_type = "s"
        for name, place in self.names.items():
            column, row = get_column_letter(place["startColumnIndex"] + 1), place["startRowIndex"] + 1
            title = self.titles[place["sheetId"]].replace("'", "''")
            book.defined_names[name] = DefinedName(name, attr_text=f"'{title}'!${column}${row}")
        book.save(path)
        return path


def _a1(row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{row + 1}"
