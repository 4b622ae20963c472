"""What formulas give: the spreadsheet as a workbook, recalculated by a real engine.

Google's engine differs from the others in places that no export shows, such as truth values in SUMPRODUCT.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import xlsxwriter

from sheetgen.engines.base import Engine, Recalculated
from sheetgen.errors import EngineError
from sheetgen.values import SheetError
from sheetgen.workbook.place import Place
from tests.google.formula import Formula, Kind, Piece
from tests.google.grid import Area, Content
from tests.google.problem import BeyondDoubleError
from tests.google.spreadsheet import Sheet, Spreadsheet, home

_OPTIONS: Final = {"constant_memory": True, "strings_to_numbers": False}
_UNREADABLE: Final = SheetError("#ERROR!")
_LOADING: Final = SheetError("Loading...")
_NOT_IN_SHEETS: Final = frozenset(
    {"AGGREGATE", "DROP", "EXPAND", "GROUPBY", "PERCENTOF", "PIVOTBY", "SORTBY", "TAKE", "TEXTAFTER", "TEXTBEFORE"}
    | {"TEXTSPLIT", "VALUETOTEXT", "ARRAYTOTEXT", "BAHTTEXT", "CUBEVALUE", "TRIMRANGE"}
)
_PLACE: Final = frozenset({Kind.CELL, Kind.LINES, Kind.NAME, Kind.RANGE})

Shown = float | str | bool | SheetError | None
"""What a cell shows; None for a blank one."""


class Results:
    """The values of all cells of a spreadsheet as it is now; the engine runs when the first formula is asked for.

    Without an engine formulas are still loading, as those of large spreadsheets are for a while.
    """

    def __init__(self, spreadsheet: Spreadsheet, engine: Engine | None) -> None:
        self._spreadsheet = spreadsheet
        self._engine = engine

    def shown(self, sheet: int, row: int, column: int, content: Content) -> Shown:
        """What a cell with this content shows.

        Raises `BeyondDoubleError` for a formula that the engine cannot compute.
        """
        if not isinstance(content, Formula):
            return content
        if content.pieces is None:
            return _UNREADABLE
        if content.functions() & _NOT_IN_SHEETS:
            return SheetError("#NAME?")
        if self._engine is None:
            return _LOADING
        place = Place(_tab(sheet), row, column)
        if place in self._recalculated.unavailable:
            reason = self._recalculated.unavailable[place]
            raise BeyondDoubleError(f"computing {content.text} at {place}: {reason}")
        value = self._recalculated.values[place]
        return "" if value is None else value

    def pasted(self, sheet: int, row: int, column: int, content: Content) -> Content:
        """What pasting the value of a cell enters."""
        value = self.shown(sheet, row, column, content)
        if isinstance(value, SheetError):
            raise BeyondDoubleError(f"pasting the error {value.code} as a value")
        return value or None if isinstance(value, str) else value

    def rows(self, area: Area) -> Iterator[list[Shown]]:
        """What the cells of an area show, row by row."""
        grid = self._spreadsheet.sheet(area.sheet).grid
        for row in range(area.top, area.bottom):
            contents = grid.contents(row, area.left, area.right)
            yield [self.shown(area.sheet, row, area.left + i, content) for i, content in enumerate(contents)]

    @cached_property
    def _recalculated(self) -> Recalculated:
        if self._engine is None:
            raise BeyondDoubleError("recalculating without an engine")
        with tempfile.TemporaryDirectory(prefix="sheets-") as folder:
            path = Path(folder) / "spreadsheet.xlsx"
            export(self._spreadsheet, path)
            try:
                return self._engine.recalculate(path)
            except EngineError as error:
                raise BeyondDoubleError(f"recalculating the spreadsheet: {error}") from error


def export(spreadsheet: Spreadsheet, path: Path) -> None:
    """Write contents and names as a workbook whose tabs are called by their ids, without any cached value."""
    with xlsxwriter.Workbook(path, _OPTIONS) as workbook:
        for sheet in spreadsheet.sheets:
            _Tab(workbook.add_worksheet(_tab(sheet.id)), spreadsheet).write(sheet)
        for named in spreadsheet.named_ranges.values():
            if home(named) is not None:
                workbook.define_name(named["name"], f"={_absolute(spreadsheet.area(named['range']))}")


@dataclass(frozen=True)
class _Tab:
    worksheet: xlsxwriter.worksheet.Worksheet
    spreadsheet: Spreadsheet

    def write(self, sheet: Sheet) -> None:
        for row, column, content in sheet.grid.cells():
            match content:
                case Formula():
                    status = self.worksheet.write_formula(row, column, self.excel(content, row, column))
                case bool():
                    status = self.worksheet.write_boolean(row, column, content)
                case str():
                    status = self.worksheet.write_string(row, column, content)
                case _:
                    status = self.worksheet.write_number(row, column, content)
            if status != 0:
                raise BeyondDoubleError(f"exporting {content!r} of {sheet.title} for the engine")

    def excel(self, formula: Formula, row: int, column: int) -> str:
        if formula.pieces is None or formula.functions() & _NOT_IN_SHEETS:
            return "=#VALUE!"
        return "=" + "".join(_excel_text(piece) for piece in self._alive(formula.moved(row, column)))

    def _alive(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        """The pieces with errors in place of sheets and names that there are not."""
        lost = False
        for piece in pieces:
            if piece.kind is Kind.SHEET and not self._is_sheet(piece.sheet):
                lost = True
                yield Piece(Kind.ERROR, "#REF!")
            elif not lost or piece.kind not in _PLACE:
                lost = False
                yield self._found(piece)

    def _is_sheet(self, sheet: int | None) -> bool:
        return sheet is not None and self.spreadsheet.title_of(sheet) is not None

    def _found(self, piece: Piece) -> Piece:
        match piece.kind:
            case Kind.NAME:
                return self._named(piece)
            case Kind.TABLE_COLUMN:
                return self._table_column(piece)
            case _:
                return piece

    def _table_column(self, piece: Piece) -> Piece:
        """The data cells of a table's column, which it has no other name for."""
        name, _, header = piece.text[:-1].lower().partition("[")
        for table in self.spreadsheet.tables.values():
            for column in table["columnProperties"]:
                if (table["name"].lower(), column["columnName"].lower()) == (name, header):
                    area, left = self.spreadsheet.area(table["range"]), column.get("columnIndex", 0)
                    cells = area._replace(top=area.top + 1, left=area.left + left, right=area.left + left + 1)
                    return Piece(Kind.NAME, _absolute(cells))
        return Piece(Kind.ERROR, "#REF!")

    def _named(self, piece: Piece) -> Piece:
        """A name, or the error that it is."""
        named = self.spreadsheet.named(piece.text)
        if named is None:
            return piece if piece.text.upper() in ("TRUE", "FALSE") else Piece(Kind.ERROR, "#NAME?")
        return Piece(Kind.ERROR, "#REF!") if home(named) is None else piece


_LATER: Final = frozenset(
    {
        "CONCAT",
        "DAYS",
        "IFNA",
        "IFS",
        "MAXIFS",
        "MINIFS",
        "NUMBERVALUE",
        "SWITCH",
        "TEXTJOIN",
        "XLOOKUP",
        "XMATCH",
        "XOR",
    }
)
_DOTTED_FROM_THE_START: Final = frozenset({"ERROR.TYPE", "NETWORKDAYS.INTL", "WORKDAY.INTL"})
_EXCEL_SIGNS: Final[Mapping[Kind, str]] = {Kind.ARGUMENT: ",", Kind.COLUMN: ",", Kind.ROW: ";"}


def _excel_text(piece: Piece) -> str:
    if piece.kind is Kind.SHEET and piece.sheet is not None:
        return f"{_tab(piece.sheet)}!"
    if piece.kind is Kind.CALL and _is_later(piece.text[:-1].upper()):
        return f"_xlfn.{piece.text.upper()}"
    if piece.kind is Kind.ERROR:
        return piece.text.replace("#ERROR!", "#VALUE!")
    return _EXCEL_SIGNS.get(piece.kind, piece.text)


def _is_later(function: str) -> bool:
    """Whether a workbook's file marks the function as one that came after Excel 2007."""
    return function in _LATER or ("." in function and function not in _DOTTED_FROM_THE_START)


def _tab(sheet_id: int) -> str:
    """The name of an exported tab: no address, and never too long."""
    return f"Tab_{sheet_id}"


def _absolute(area: Area) -> str:
    first = xlsxwriter.utility.xl_rowcol_to_cell(area.top, area.left, row_abs=True, col_abs=True)
    last = xlsxwriter.utility.xl_rowcol_to_cell(area.bottom - 1, area.right - 1, row_abs=True, col_abs=True)
    return f"{_tab(area.sheet)}!{first}:{last}"
