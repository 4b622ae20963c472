"""A delimited text becomes a table: delimiter, header line, rows; every row keeps its line number."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from sheetgen.clause import Clause
from sheetgen.errors import DamagedFileError, RaggedTableError
from sheetgen.ledger import LedgerLine
from sheetgen.sources.encoding import Text
from sheetgen.sources.remarks import BYTES_REPLACED, LONG_ROW, PREAMBLE, READ_AS
from sheetgen.sources.table import HEADER_SEARCH_ROWS, HeaderScore, RawColumn, RawTable, find_header

DELIMITERS = {",": Clause("comma"), ";": Clause("semicolon"), "\t": Clause("tab"), "|": Clause("vertical bar")}
HEAD_BYTES = 262_144
_LINE_END = re.compile(rb"\r\n|\r|\n")
BLOCK_BYTES = 1 << 20
_LINE_FEED = 10
LONG_ROW_SHARE = 0.1
"""Above this share of rows longer than the header, the table as a whole is shifted."""


@dataclass(frozen=True)
class Record:
    """One record of a delimited text: its cells, and its first and last 1-based line."""

    cells: list[str]
    first: int
    last: int


@dataclass(frozen=True)
class Layout:
    """How the text is laid out: the delimiter, the header's record and the records above it."""

    delimiter: str
    header: Record
    above: tuple[Record, ...]


def read_delimited(path: Path, file: str, text: Text, score: HeaderScore) -> RawTable:
    """The table under the line that scores best as a header.

    Raises `DamagedFileError` for an unclosed quote and `RaggedTableError` where most rows do not fit the header.
    """
    layout = find_layout(path, text, score)
    headers = [cell.strip().strip("\ufeff") for cell in layout.header.cells]
    body = _after_line(text.data, layout.header.last)
    remarks = _remarks(file, text, layout)
    fast = _read_even(body, layout.delimiter, len(headers))
    if fast is not None:
        lines = np.arange(len(fast[0]), dtype=np.int64) + layout.header.last + 1
        columns = tuple(RawColumn(header, cells) for header, cells in zip(headers, fast, strict=True))
        return RawTable(file, columns, lines, remarks=remarks, above=_texts_above(layout))
    return _read_uneven(path, file, body, layout, headers, remarks)


def find_layout(path: Path, text: Text, score: HeaderScore) -> Layout:
    """The delimiter and header line whose headers are best known; then the one that splits most rows alike."""
    head = text.data[:HEAD_BYTES].decode("utf-8", "ignore")
    ranked = [_layout_by(path, head, delimiter, score) for delimiter in DELIMITERS]
    return max(ranked, key=lambda candidate: candidate[:2])[2]


def _layout_by(path: Path, head: str, delimiter: str, score: HeaderScore) -> tuple[int, int, Layout]:
    records = list(islice(_records(path, head, delimiter), HEADER_SEARCH_ROWS))
    place = find_header([record.cells for record in records], score)
    header = records[place.row]
    alike = sum(len(record.cells) == len(header.cells) for record in records) if len(header.cells) > 1 else 0
    return place.score, alike, Layout(delimiter, header, tuple(records[: place.row]))


def _records(path: Path, text: str, delimiter: str) -> Iterator[Record]:
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            yield Record(cells, before + 1, reader.line_num)
            before = reader.line_num
    except csv.Error as error:
        reason = Clause("line {line}: {reason}", line=reader.line_num, reason=error)
        raise DamagedFileError(path=path, reason=reason) from error


def _after_line(data: bytes, line: int) -> memoryview:
    ends = (end.end() for end in _LINE_END.finditer(data))
    position = next(islice(ends, line - 1, None), len(data))
    return memoryview(data)[position:]


def _read_even(body: memoryview, delimiter: str, width: int) -> list[pa.ChunkedArray] | None:
    """The columns, read fast; None unless each line is one record of `width` values."""
    if width < 2 or not body:
        return None
    names = [str(place) for place in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(body),
            arrow_csv.ReadOptions(column_names=names, block_size=BLOCK_BYTES),
            arrow_csv.ParseOptions(delimiter=delimiter),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
            # Arrow's own allocator takes huge pages, which the kernel may spend longer making room for than we read.
            pa.system_memory_pool(),
        )
    except pa.ArrowInvalid:
        return None
    return list(table.columns) if table.num_rows == _count_lines(body) else None


def _count_lines(body: memoryview) -> int:
    """The lines, seen block by block: `bytes.count` takes twice as long where lines are short."""
    blocks = (body[start : start + BLOCK_BYTES] for start in range(0, len(body), BLOCK_BYTES))
    feeds = sum(int(np.count_nonzero(np.frombuffer(block, dtype=np.uint8) == _LINE_FEED)) for block in blocks)
    return feeds + (body[-1] != _LINE_FEED)


def _read_uneven(
    path: Path, file: str, body: memoryview, layout: Layout, headers: list[str], remarks: tuple[LedgerLine, ...]
) -> RawTable:
    records = list(_records(path, str(body, "utf-8"), layout.delimiter))
    _require_closed_quotes(path, body, records, layout.header.last)
    width = len(headers)
    fitting = [record for record in records if not any(cell.strip() for cell in record.cells[width:])]
    refused = _refuse_long(path, file, records, layout, width)
    rows = [record.cells[:width] + [""] * (width - len(record.cells)) for record in fitting]
    columns = zip(*rows, strict=True) if rows else ([] for _ in headers)
    return RawTable(
        file,
        tuple(RawColumn(header, pa.array(cells, pa.string())) for header, cells in zip(headers, columns, strict=True)),
        np.array([record.first + layout.header.last for record in fitting], dtype=np.int64),
        short=frozenset(place for place, record in enumerate(fitting) if len(record.cells) < width),
        refused=tuple(refused),
        remarks=remarks,
        above=_texts_above(layout),
    )


def _refuse_long(path: Path, file: str, records: Sequence[Record], layout: Layout, width: int) -> list[LedgerLine]:
    long = [record for record in records if any(cell.strip() for cell in record.cells[width:])]
    if len(long) > LONG_ROW_SHARE * len(records):
        first = long[0]
        raise RaggedTableError(
            path=path, line=first.first + layout.header.last, found=len(first.cells), expected=width, count=len(long)
        )
    delimiter = layout.delimiter
    return [
        LONG_ROW.line(file, record.first + layout.header.last, before=delimiter.join(record.cells)) for record in long
    ]


def _require_closed_quotes(path: Path, body: memoryview, records: Sequence[Record], offset: int) -> None:
    """An unclosed quote swallows every line after it."""
    if not records or bytes(body).count(b'"') % 2 == 0:
        return
    last = records[-1]
    if last.last > last.first and "\n" in last.cells[-1]:
        reason = Clause("a quote opened on line {line} is never closed", line=last.first + offset)
        raise DamagedFileError(path=path, reason=reason)


def _texts_above(layout: Layout) -> tuple[str, ...]:
    return tuple(layout.delimiter.join(record.cells).strip() for record in layout.above)


def _remarks(file: str, text: Text, layout: Layout) -> tuple[LedgerLine, ...]:
    found = Clause(
        "{encoding}, separated by {delimiter}, header on line {line}",
        encoding=text.encoding,
        delimiter=DELIMITERS[layout.delimiter],
        line=layout.header.first,
    )
    lines = [READ_AS.line(file, after=found)]
    lines += [
        PREAMBLE.line(file, record.first, before=" ".join(record.cells).strip())
        for record in layout.above
        if any(cell.strip() for cell in record.cells)
    ]
    if text.lost:
        lines.append(BYTES_REPLACED.line(file, before=Clause("{count} bytes", count=text.lost)))
    return tuple(lines)
