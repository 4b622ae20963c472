"""A file on disk becomes a table of raw cells, whatever its format."""

from __future__ import annotations

import re
from pathlib import Path

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import EmptyFileError, UnreadableFileError
from sheetgen.sources.delimited import read_delimited
from sheetgen.sources.encoding import decode
from sheetgen.sources.magic import Format, recognise_format
from sheetgen.sources.table import HeaderScore, RawTable

_NOT_BLANK = re.compile(rb"[^\xef\xbb\xbf\xff\xfe\x00 \t\r\n]")


def read_tables(path: Path, file: str, score: HeaderScore) -> list[RawTable]:
    """The rows of the file under its header; `file` is how the ledger names it.

    A workbook has a table for each of its sheets that have the same header.
    Raises an `InputError` that says what is wrong with the file.
    """
    data = _read_bytes(path)
    if not _NOT_BLANK.search(data):
        found = Clause("the file holds only blanks") if data else Clause("the file is empty")
        raise EmptyFileError(path=path, found=found)
    # The readers of other formats take as long to import as a small CSV takes to read.
    match recognise_format(path, data):
        case Format.XLSX:
            from sheetgen.sources.workbook import read_workbook

            tables = read_workbook(path, file, data, score)
        case Format.PARQUET:
            from sheetgen.sources.parquet import read_parquet

            tables = [read_parquet(path, file, data)]
        case Format.TEXT:
            tables = [read_delimited(path, file, decode(path, data), score)]
    filled = [table for table in tables if len(table.lines) or table.refused]
    if not filled:
        raise EmptyFileError(path=path, found=Clause("a header and no row under it"))
    return filled


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError(path=path, reason=Clause("there is no such file")) from error
    except IsADirectoryError as error:
        raise UnreadableFileError(path=path, reason=Clause("it is a folder, not a file")) from error
    except OSError as error:
        raise UnreadableFileError(path=path, reason=system_clause(error)) from error
    except ValueError as error:
        raise UnreadableFileError(path=path, reason=error) from error
