"""An Excel workbook becomes a table: the sheet with the best header, its cells typed as Excel stores them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from sheetgen.clause import Clause
from sheetgen.errors import DamagedFileError, EmptyFileError
from sheetgen.sources.remarks import PREAMBLE, READ_AS, SHEET_CHOSEN
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


def read_workbook(path: Path, file: str, data: bytes, score: HeaderScore) -> RawTable:
    """The table of the sheet whose header scores best, the first of equals.

    Raises `DamagedFileError` for a workbook that breaks off, `EmptyFileError` where no sheet has a cell.
    """
    sheets = {name: cells for name, cells in _sheets(path, data).items() if cells}
    if not sheets:
        raise EmptyFileError(path=path, found=Clause("every sheet is empty"))
    places = {
        name: find_header([_shown_row(row) for row in cells[:HEADER_SEARCH_ROWS]], score)
        for name, cells in sheets.items()
    }
    name = max(places, key=lambda sheet: places[sheet].score)
    return _table(file, name, sheets[name], places[name], tuple(sheets))


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


def _table(file: str, sheet: str, cells: Cells, place: HeaderPlace, sheets: Sequence[str]) -> RawTable:
    rows = cells[place.row + 1 :]
    headers = [text.strip() for text in _shown_row(cells[place.row])]
    columns = zip(*rows, strict=True) if rows else ([] for _ in headers)
    read = Clause("Excel sheet {sheet!r}, header on row {row}", sheet=sheet, row=place.row + 1)
    remarks = [READ_AS.line(file, after=read)]
    if len(sheets) > 1:
        others = ", ".join(name for name in sheets if name != sheet)
        remarks.append(SHEET_CHOSEN.line(file, before=others, after=sheet))
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
