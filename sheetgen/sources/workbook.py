"""An Excel workbook becomes a table: the sheet with the best header, its cells typed as Excel stores them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from sheetgen.clause import Clause
from sheetgen.errors import DamagedFileError, EmptyFileError
from sheetgen.ledger import LedgerLine
from sheetgen.sources.headers import header_key
from sheetgen.sources.remarks import PREAMBLE, READ_AS, SHEET_CHOSEN, SHEET_LEFT, SHEETS_READ
from sheetgen.sources.table import (
    DATE_TYPE,
    HEADER_SEARCH_ROWS,
    NO_DATE,
    HeaderPlace,
    HeaderScore,
    RawColumn,
    RawTable,
    find_header,
)

Cells = list[list[Any]]
"""Rows of a sheet from A1 on: text, number, bool, date, datetime, time or timedelta; blank is an empty text."""

LEAST_HEADERS = 3
"""A sheet left out with as many known headers may hold campaigns."""


def read_workbook(path: Path, file: str, data: bytes, score: HeaderScore) -> list[RawTable]:
    """The table of the sheet whose header scores best, the first of equals, and those of others with the same header.

    Raises `DamagedFileError` for a workbook that breaks off, `EmptyFileError` where no sheet has a cell.
    """
    sheets = {name: cells for name, cells in _sheets(path, data).items() if cells}
    if not sheets:
        raise EmptyFileError(path=path, found=Clause("every sheet is empty"))
    places = {
        name: find_header([_shown_row(row) for row in cells[:HEADER_SEARCH_ROWS]], score)
        for name, cells in sheets.items()
    }
    best = max(places, key=lambda sheet: places[sheet].score)
    keys = {name: _header_keys(cells[places[name].row]) for name, cells in sheets.items()}
    alike = [name for name in sheets if keys[name] == keys[best] and places[name].score == places[best].score]
    if not places[best].score or len(alike) == 1:
        return [_table(file, best, sheets[best], places[best], _choice(file, best, places))]
    remarks = [SHEETS_READ.line(file, after=", ".join(alike)), *_left(file, alike, places)]
    tables = [_table(f"{file} [{name}]", name, sheets[name], places[name], []) for name in alike]
    first = replace(tables[0], remarks=(*remarks, *tables[0].remarks))
    return [replace(table, sheet=name) for table, name in zip([first, *tables[1:]], alike, strict=True)]


def _header_keys(row: Sequence[Any]) -> list[str]:
    """The headers as they are matched, those of empty columns left out."""
    return [key for key in map(header_key, _shown_row(row)) if key]


def _choice(file: str, sheet: str, places: Mapping[str, HeaderPlace]) -> list[LedgerLine]:
    if len(places) == 1:
        return []
    others = ", ".join(name for name in places if name != sheet)
    return [SHEET_CHOSEN.line(file, before=others, after=sheet), *_left(file, [sheet], places)]


def _left(file: str, read: Sequence[str], places: Mapping[str, HeaderPlace]) -> list[LedgerLine]:
    """A line for each sheet left out that looks like a table of campaigns too."""
    left = [name for name, place in places.items() if name not in read and place.score >= LEAST_HEADERS]
    return [SHEET_LEFT.line(file, before=name) for name in left]


def _sheets(path: Path, data: bytes) -> dict[str, Cells]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except CalamineError as error:
        raise DamagedFileError(path=path, reason=str(error)) from error
    except BaseException as error:
        # A panic of the Rust reader derives from BaseException alone; everything else of that kind is not ours.
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise DamagedFileError(path=path, reason=Clause("a cell reference outside of the sheet")) from error


def _table(file: str, sheet: str, cells: Cells, place: HeaderPlace, choice: Sequence[LedgerLine]) -> RawTable:
    rows = cells[place.row + 1 :]
    headers = [text.strip() for text in _shown_row(cells[place.row])]
    columns = zip(*rows, strict=True) if rows else ([] for _ in headers)
    read = Clause("Excel sheet {sheet!r}, header on row {row}", sheet=sheet, row=place.row + 1)
    remarks = [READ_AS.line(file, after=read), *choice]
    above = [_shown_row(row) for row in cells[: place.row]]
    shown = [" ".join(filter(None, row)) for row in above]
    remarks += [PREAMBLE.line(file, row, before=text) for row, text in enumerate(shown, start=1) if text]
    return RawTable(
        file,
        tuple(_column(header, values) for header, values in zip(headers, columns, strict=True)),
        np.arange(len(rows), dtype=np.int64) + place.row + 2,
        remarks=tuple(remarks),
        above=tuple("\t".join(row).rstrip() for row in above),
    )


def _column(header: str, cells: Sequence[Any]) -> RawColumn:
    text = pa.array([_shown(cell) for cell in cells], pa.string())
    kinds = set(map(type, cells))
    numbers = dates = None
    if kinds & {float, int}:
        numbers = np.array([cell if type(cell) in (float, int) else np.nan for cell in cells], dtype=np.float64)
    if kinds & {date, datetime}:
        dates = np.array([cell if isinstance(cell, date) else NO_DATE for cell in cells], dtype=DATE_TYPE)
    return RawColumn(header, text, numbers, dates)


def _shown_row(row: Sequence[Any]) -> list[str]:
    return [_shown(cell) for cell in row]


def _shown(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).upper() if isinstance(cell, bool) else str(cell)
