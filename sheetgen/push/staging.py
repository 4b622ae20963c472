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
    are copied from a sheet beside it.
    """

    tab: SheetsTab
    tables: tuple[SheetsTable, ...]
    sheet: int
    is_target: bool

    @property
    def title(self) -> str:
        """What the sheet is called while it waits."""
        return f"_sheetgen_staging_{self.sheet}"

    @property
    def extra_cells(self) -> int:
        """The cells that the spreadsheet has besides those of the report while the data wait."""
        return 0 if self.is_target else self.tab.rows * self._columns

    @property
    def _columns(self) -> int:
        return self.tab.columns if self.is_target else sum(len(run.columns) for _, run, _ in self._runs())

    def create(self) -> Iterator[Json]:
        """The requests that make the sheet."""
        grid = {"rowCount": self.tab.rows, "columnCount": self._columns}
        properties = {"sheetId": self.sheet, "title": self.title, "hidden": True, "gridProperties": grid}
        yield {"addSheet": {"properties": properties}}
        yield create_metadata(STAGING, self.tab.key, {"sheetId": self.sheet})

    def pieces(self) -> Iterator[bytes]:
        """The data as `ValueRange`s, none much larger than a piece.

        Raises `RenderError` for a text that no cell holds.
        """
        for table, run, column in self._runs():
            start, rows, size = 0, [], 0
            where = f"{self.tab.title}: {table.name}"
            for first in range(0, table.rows, ROWS):
                end = min(first + ROWS, table.rows)
                part = compact([[_sent(value, where) for value in row] for row in run.values(first, end)])[1:-1]
                rows.append(part)
                size += len(part)
                if size >= PIECE or end == table.rows:
                    corner = a1(table.row + end, column + len(run.columns) - 1)
                    yield self._value_range(f"{a1(table.row + 1 + start, column)}:{corner}", rows)
                    start, rows, size = end, [], 0

    def copies(self, sheets: Mapping[str, int]) -> Iterator[Json]:
        """The requests that copy the data to their tab, as they are: a text stays a text."""
        for table, run, column in self._runs() if not self.is_target else ():
            left, width = table.column + run.first, len(run.columns)
            target = Range(self.tab.key, table.row + 1, left, table.end_row, left + width)
            destination = resolve(target, sheets)
            source = destination | {"sheetId": self.sheet, "startColumnIndex": column, "endColumnIndex": column + width}
            yield {"copyPaste": {"source": source, "destination": destination, "pasteType": "PASTE_VALUES"}}

    def _runs(self) -> Iterator[tuple[SheetsTable, DataRun, int]]:
        """The columns of data, and where on the sheet they wait: in a row, unless it is their own sheet."""
        column = 0
        for table in self.tables:
            for run in table.data_runs():
                yield table, run, table.column + run.first if self.is_target else column
                column += len(run.columns)

    def _value_range(self, area: str, rows: list[bytes]) -> bytes:
        place = json.dumps(f"{quoted(self.title)}!{area}").encode()
        return b'{"range":%s,"values":[%s]}' % (place, b",".join(rows))

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
