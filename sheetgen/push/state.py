"""The hidden tab that remembers what a push proposed for every input: the base of the next comparison."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sheetgen.clause import Clause
from sheetgen.errors import PushStateError
from sheetgen.push.values import InputValues, table_values
from sheetgen.render.sheets.model import SheetsCell, SheetsTab
from sheetgen.render.sheets.places import Range

KEY: Final = "state"
TITLE: Final = "_sheetgen_state"
CHUNK: Final = 30_000
"""Below the 32,767 characters that a cell takes when the spreadsheet is downloaded for Excel."""


Areas = Mapping[str, tuple[Range, ...]]
"""The cells with formulas by the key of their tab."""


@dataclass(frozen=True, eq=False)
class State:
    """What a push remembers: the values that it proposed, and where it put formulas; nowhere in one of old."""

    values: InputValues
    formulas: Areas


def digest(values: InputValues) -> str:
    """A hash of the values."""
    return sha256(_bytes(_content(values))).hexdigest()[:16]


def state_tab(values: InputValues, formulas: Areas) -> SheetsTab:
    """The hidden tab that holds the values and the places of formulas, packed, from its first cell down."""
    areas = {tab: [[at.row, at.column, at.end_row, at.end_column] for at in found] for tab, found in formulas.items()}
    packed = base64.b64encode(zlib.compress(_bytes(_content(values) | {"formulas": areas}), 6)).decode()
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


def decode(chunks: Iterable[object], expected: str) -> State:
    """What the tab's cells remember; the values have that digest.

    Raises `PushStateError` for cells that were changed.
    """
    try:
        packed = base64.b64decode("".join(map(str, chunks)), validate=True)
        content = json.loads(zlib.decompress(packed))
        tables = {name: table_values(headers, columns) for name, (headers, columns) in content["tables"].items()}
        values = InputValues(content["names"], tables)
        formulas = {tab: tuple(Range(tab, *at) for at in areas) for tab, areas in content.get("formulas", {}).items()}
    except (ValueError, KeyError, TypeError, binascii.Error, zlib.error) as error:
        raise PushStateError(problem=Clause("the tab {tab} was changed", tab=TITLE)) from error
    if digest(values) != expected:
        raise PushStateError(problem=Clause("the tab {tab} was changed", tab=TITLE))
    return State(values, formulas)


def _content(values: InputValues) -> dict[str, Any]:
    tables = {name: [table.headers, table.columns()] for name, table in values.tables.items()}
    return {"names": dict(values.names), "tables": tables}


def _bytes(content: dict[str, Any]) -> bytes:
    """The same for the same content."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
