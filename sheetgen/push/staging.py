"""Data too large for one batch: sent ahead to hidden sheets in pieces, and moved into place by the commit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sheetgen.formula.locate import a1
from sheetgen.push.client import Json, compact
from sheetgen.push.commit import remove_staging
from sheetgen.push.manifest import STAGING, create_metadata
from sheetgen.push.reading import quoted
from sheetgen.push.spreadsheet import PresentSpreadsheet
from sheetgen.render.sheets.model import DataRun, SheetsTab, SheetsTable
from sheetgen.render.sheets.places import Range, resolve
from sheetgen.render.sheets.values import require_text

PIECE: Final = 2_000_000
"""Bytes of a range of values, about."""

ROWS: Final = 2_000
"""Rows that are written out at a time."""


@dataclass(frozen=True, eq=False)
class Stage:
    """A sheet on which the data of a tab's tables wait.

    A tab that is new waits on the sheet that will be its own (`is_target`), each value in its cell; the data of others
    are copied from the same cells of a sheet beside it.
    """

    tab: SheetsTab
    tables: tuple[SheetsTable, ...]
    sheet: int
    is_target: bool

    @property
    def title(self) -> str:
        """What the sheet is called while it waits."""
        return f"_sheetgen_staging_{self.sheet}"

    def create(self) -> Iterator[Json]:
        """The requests that make the sheet."""
        grid = {"rowCount": self.tab.rows, "columnCount": self.tab.columns}
        yield {
            "addSheet": {
                "properties": {"sheetId": self.sheet, "title": self.title, "hidden": True, "gridProperties": grid}
            }
        }
        yield create_metadata(STAGING, self.tab.key, {"sheetId": self.sheet})

    def pieces(self) -> Iterator[bytes]:
        """The data as `ValueRange`s, none much larger than a piece.

        Raises `RenderError` for a text that no cell holds.
        """
        for table in self.tables:
            for run in table.data_runs():
                yield from self._run_pieces(table, run)

    def _run_pieces(self, table: SheetsTable, run: DataRun) -> Iterator[bytes]:
        start, rows, size = 0, [], 0
        where = f"{self.tab.title}: {table.name}"
        for first in range(0, table.rows, ROWS):
            part = compact([[_sent(value, where) for value in row] for row in run.values(first, first + ROWS)])[1:-1]
            rows.append(part)
            size += len(part)
            end = min(first + ROWS, table.rows)
            if size >= PIECE or end == table.rows:
                yield self._value_range(table, run, start, end, rows)
                start, rows, size = end, [], 0

    def _value_range(self, table: SheetsTable, run: DataRun, start: int, end: int, rows: list[bytes]) -> bytes:
        left, top = table.column + run.first, table.row + 1
        area = f"{quoted(self.title)}!{a1(top + start, left)}:{a1(top + end - 1, left + len(run.columns) - 1)}"
        return b'{"range":%s,"values":[%s]}' % (json.dumps(area).encode(), b",".join(rows))

    def copies(self, sheets: Mapping[str, int]) -> Iterator[Json]:
        """The requests that copy the data to their tab, as they are: a text stays a text."""
        if self.is_target:
            return
        for table in self.tables:
            for run in table.data_runs():
                left = table.column + run.first
                target = Range(self.tab.key, table.row + 1, left, table.end_row, left + len(run.columns))
                destination = resolve(target, sheets)
                source = {**destination, "sheetId": self.sheet}
                yield {"copyPaste": {"source": source, "destination": destination, "pasteType": "PASTE_VALUES"}}

    def remove(self) -> Iterator[Json]:
        """The requests after which nothing waits any more."""
        if not self.is_target:
            yield {"deleteSheet": {"sheetId": self.sheet}}


def create_stages(stages: tuple[Stage, ...], present: PresentSpreadsheet) -> Iterator[Json]:
    """The requests that make all sheets, after those that an earlier push left behind are deleted."""
    yield from remove_staging(present)
    for stage in stages:
        yield from stage.create()


def chunks(stages: tuple[Stage, ...], most: int) -> Iterator[bytes]:
    """Bodies of values.batchUpdate, at most about so many bytes each."""
    pieces: list[bytes] = []
    for piece in (piece for stage in stages for piece in stage.pieces()):
        if pieces and sum(map(len, pieces)) + len(piece) > most:
            yield _body(pieces)
            pieces = []
        pieces.append(piece)
    if pieces:
        yield _body(pieces)


def _body(pieces: list[bytes]) -> bytes:
    return b'{"valueInputOption":"RAW","data":[%s]}' % b",".join(pieces)


def _sent(value: float | str | None, where: str) -> float | str | None:
    return require_text(value, where) if isinstance(value, str) else value
