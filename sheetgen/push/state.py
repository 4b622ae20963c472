"""The hidden tab that remembers what a push proposed for every input: the base of the next comparison."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from sheetgen.clause import Clause
from sheetgen.errors import PushStateError
from sheetgen.push.values import InputValues, table_values
from sheetgen.render.sheets.model import SheetsCell, SheetsTab

KEY: Final = "state"
TITLE: Final = "_sheetgen_state"
CHUNK: Final = 30_000
"""Below the 32,767 characters that a cell takes when the spreadsheet is downloaded for Excel."""


def encode(values: InputValues) -> bytes:
    """The values as bytes, the same for the same values."""
    tables = {name: [table.headers, table.columns()] for name, table in values.tables.items()}
    content = {"names": dict(values.names), "tables": tables}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def digest(values: InputValues) -> str:
    """A hash of the values."""
    return sha256(encode(values)).hexdigest()[:16]


def state_tab(values: InputValues) -> SheetsTab:
    """The hidden tab that holds the values, packed, from its first cell down."""
    packed = base64.b64encode(zlib.compress(encode(values), 6)).decode()
    chunks = [packed[i : i + CHUNK] for i in range(0, len(packed), CHUNK)]
    cells = tuple(SheetsCell(row, 0, {"stringValue": chunk}, {}) for row, chunk in enumerate(chunks))
    return SheetsTab(
        key=KEY,
        title=TITLE,
        rows=len(cells),
        columns=1,
        hidden=True,
        gridlines=True,
        frozen=(0, 0),
        color=None,
        cells=cells,
        tables=(),
        merges=(),
        widths={},
        heights={},
        hidden_columns=frozenset(),
        inputs=(),
        rules=(),
        charts=(),
    )


def decode(chunks: Iterable[object], expected: str) -> InputValues:
    """The values of the tab's cells, which have that digest.

    Raises `PushStateError` for cells that were changed.
    """
    try:
        packed = base64.b64decode("".join(map(str, chunks)), validate=True)
        content = json.loads(zlib.decompress(packed))
        tables = {name: table_values(headers, columns) for name, (headers, columns) in content["tables"].items()}
        values = InputValues(content["names"], tables)
    except (ValueError, KeyError, TypeError, binascii.Error, zlib.error) as error:
        raise PushStateError(problem=Clause("the tab {tab} was changed", tab=TITLE)) from error
    if digest(values) != expected:
        raise PushStateError(problem=Clause("the tab {tab} was changed", tab=TITLE))
    return values
