"""What tells whether a tab is the same as at the last push."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass
from hashlib import sha256
from typing import Any

from sheetgen.render.sheets.model import SheetsColumn, SheetsTab


def fingerprint(tab: SheetsTab) -> str:
    """A hash of all that a tab holds but its title, which a reader may change."""
    digest = sha256()
    for table in tab.tables:
        digest.update(_bytes([table.name, table.row, table.column, table.rows, table.colors]))
        for column in table.columns:
            digest.update(_bytes(_parts(column, without="values")))
            # The values of a calculated column follow from its formula.
            digest.update(b"" if column.formula is not None else _bytes(column.values.tolist()))
    digest.update(_bytes([part for name, part in _parts(tab, without="title") if name != "tables"]))
    return digest.hexdigest()


def _parts(made: SheetsTab | SheetsColumn, without: str) -> list[tuple[str, Any]]:
    return [(each.name, getattr(made, each.name)) for each in fields(made) if each.name != without]


def _bytes(part: Any) -> bytes:
    return json.dumps(part, default=_plain).encode()


def _plain(part: Any) -> Any:
    if is_dataclass(part) and not isinstance(part, type):
        return [type(part).__name__, asdict(part)]
    return sorted(part)
