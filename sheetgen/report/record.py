"""The hidden record tab: what `verify` and `pull` need to know of how a workbook was made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sheetgen.report.model import Block, Cell, PlacedBlock, Tab
from sheetgen.report.style import Format, Role, Style

TITLE = "_sheetgen"
MARK = "sheetgen record 1"
CHUNK = 30_000
"""Below the 32,767 characters that a cell takes."""


def record_tab(record: Mapping[str, Any]) -> Tab:
    """The record as JSON, cut over as many cells as it needs."""
    text = json.dumps(record, ensure_ascii=True, sort_keys=True)
    chunks = [MARK, *(text[i : i + CHUNK] for i in range(0, len(text), CHUNK))]
    look = Style(Role.MUTED, Format.TEXT)
    cells = tuple(Cell(row, 0, chunk, look) for row, chunk in enumerate(chunks))
    block = Block("record", len(cells), 1, cells)
    return Tab("record", TITLE, (PlacedBlock(block, 0, 0),), (40.0,), hidden=True)


def parse_record(cells: Iterable[str]) -> dict[str, Any]:
    """The record of a record tab's cells, top to bottom.

    Raises `ValueError` where they hold no record.
    """
    mark, *chunks = cells
    if mark != MARK:
        raise ValueError(f"the mark is {mark!r}")
    content = json.loads("".join(chunks))
    if not isinstance(content, dict):
        raise ValueError("the record is not an object")
    return content
