"""A Parquet file becomes a table; numbers and dates keep their types, whole numbers their digits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sheetgen.errors import DamagedFileError
from sheetgen.sources.remarks import READ_AS
from sheetgen.sources.table import DATE_TYPE, FloatArray, RawColumn, RawTable


def read_parquet(path: Path, file: str, data: bytes) -> RawTable:
    """The table of a Parquet file; rows count from 1.

    Raises `DamagedFileError` for a file that breaks off.
    """
    try:
        table = pq.read_table(pa.BufferReader(data))
        table.validate(full=True)
        headers = table.column_names
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DamagedFileError(path=path, reason=str(error).splitlines()[0]) from error
    columns = tuple(
        read_cells(str(header), column.combine_chunks()) for header, column in zip(headers, table.columns, strict=True)
    )
    lines = np.arange(table.num_rows, dtype=np.int64) + 1
    return RawTable(file, columns, lines, remarks=(READ_AS.line(file, after="Parquet"),))


def read_cells(header: str, cells: pa.Array) -> RawColumn:
    """A column of typed cells: as texts, and as the numbers or moments that they are."""
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    kind = cells.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = pc.cast(cells, pa.float64(), safe=False)
        return RawColumn(header, _number_text(cells, kind), numbers.fill_null(np.nan).to_numpy(zero_copy_only=False))
    if pa.types.is_temporal(kind) and not pa.types.is_time(kind) and not pa.types.is_duration(kind):
        return _date_column(header, cells)
    return RawColumn(header, _text(cells))


def _date_column(header: str, cells: pa.Array) -> RawColumn:
    if pa.types.is_timestamp(cells.type) and cells.type.tz:
        cells = pc.local_timestamp(cells)
    moments = pc.cast(cells, pa.timestamp("us"), safe=False)
    dates = moments.to_numpy(zero_copy_only=False).astype(DATE_TYPE)
    shown = pc.replace_substring_regex(pc.strftime(moments, "%Y-%m-%d %H:%M:%S"), r" 00:00:00(\.0+)?$", "")
    return RawColumn(header, _text(shown), dates=dates)


def _number_text(cells: pa.Array, kind: pa.DataType) -> pa.StringArray:
    if not pa.types.is_floating(kind):
        return _text(cells)
    values: FloatArray = cells.fill_null(np.nan).to_numpy(zero_copy_only=False)
    whole = values[np.isfinite(values)]
    if np.all(whole == np.floor(whole)) and np.all(np.abs(whole) < 2**53):
        return _text(pc.cast(pc.if_else(pa.array(np.isfinite(values)), cells, None), pa.int64()))
    return _text(cells)


def _text(cells: pa.Array) -> pa.StringArray:
    try:
        return pc.cast(cells, pa.string()).fill_null("")
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array(["" if cell is None else str(cell) for cell in cells.to_pylist()], pa.string())
