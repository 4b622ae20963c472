"""Data too large for one batch: sent ahead to hidden sheets in pieces, and moved into place by the commit."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sheetgen.formula.locate import a1
from sheetgen.push.client import Json, compact
from sheetgen.push.commit import remove_staging
from sheetgen.push.limits import Limits
from sheetgen.push.manifest import STAGING, create_metadata
from sheetgen.push.paste import paste_trial
from sheetgen.push.patch import Patch
from sheetgen.push.reading import quoted
from sheetgen.push.spreadsheet import PresentSpreadsheet
from sheetgen.render.sheets.model import SheetsTab
from sheetgen.render.sheets.places import Range, resolve
from sheetgen.render.sheets.values import require_text

BYTES_OF_A_ROW: Final = 1_000
"""More than most rows of data have: a thousandth of a piece's rows is written out at a time."""


@dataclass(frozen=True)
class Waiting:
    """A patch whose first cell waits at a row and a column of a stage."""

    patch: Patch
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Stage:
    """A sheet of `rows` x `columns` cells on which data of a tab wait.

    A tab that is new waits on the sheet that will be its own (`is_target`), each value in its cell; the data of others
    are copied from a sheet beside it. With `tries_pasting` the last row is there to paste the trial number into.
    """

    tab: SheetsTab
    sheet: int
    rows: int
    columns: int
    waiting: tuple[Waiting, ...]
    is_target: bool
    tries_pasting: bool = False

    @property
    def title(self) -> str:
        """What the sheet is called while it waits."""
        return f"_sheetgen_staging_{self.sheet}"

    @property
    def extra_cells(self) -> int:
        """The cells that the spreadsheet has besides those of the report while the data wait."""
        return 0 if self.is_target else self.rows * self.columns

    @property
    def trial(self) -> str:
        """The cell of the trial number, as A1 text."""
        return f"{quoted(self.title)}!{a1(self.rows - 1, 0)}"

    def create(self) -> Iterator[Json]:
        """The requests that make the sheet."""
        grid = {"rowCount": self.rows, "columnCount": self.columns}
        properties = {"sheetId": self.sheet, "title": self.title, "hidden": True, "gridProperties": grid}
        yield {"addSheet": {"properties": properties}}
        yield create_metadata(STAGING, self.tab.key, {"sheetId": self.sheet})
        if self.tries_pasting:
            cell = Range(self.tab.key, self.rows - 1, 0, self.rows, 1)
            yield resolve(paste_trial(cell), {self.tab.key: self.sheet})

    def pieces(self, size: int) -> Iterator[bytes]:
        """The data as `ValueRange`s, none much larger than so many bytes.

        Raises `RenderError` for a text that no cell holds.
        """
        at_once = max(size // BYTES_OF_A_ROW, 1)
        for each in self.waiting:
            start, rows, written = 0, [], 0
            for first in range(0, each.patch.rows, at_once):
                end = min(first + at_once, each.patch.rows)
                part = compact(
                    [[_sent(value, each.patch.where) for value in row] for row in each.patch.values(first, end)]
                )
                rows.append(part[1:-1])
                written += len(part) - 2
                if written >= size or end == each.patch.rows:
                    yield self._value_range(each, start, end, rows)
                    start, rows, written = end, [], 0

    def copies(self, sheets: Mapping[str, int]) -> Iterator[Json]:
        """The requests that copy the data to their tab, as they are: a text stays a text."""
        for each in self.waiting if not self.is_target else ():
            place = each.patch.place
            height, width = place.end_row - place.row, place.end_column - place.column
            waiting = Range(self.tab.key, each.row, each.column, each.row + height, each.column + width)
            source = resolve(waiting, {self.tab.key: self.sheet})
            yield {"copyPaste": {"source": source, "destination": resolve(place, sheets), "pasteType": "PASTE_VALUES"}}

    def _value_range(self, each: Waiting, start: int, end: int, rows: list[bytes]) -> bytes:
        corner = a1(each.row + end - 1, each.column + len(each.patch.columns) - 1)
        place = f"{quoted(self.title)}!{a1(each.row + start, each.column)}:{corner}"
        return b'{"range":%s,"values":[%s]}' % (json.dumps(place).encode(), b",".join(rows))

    def remove(self) -> Iterator[Json]:
        """The requests after which nothing waits any more."""
        if not self.is_target:
            yield {"deleteSheet": {"sheetId": self.sheet}}


def new_stage(tab: SheetsTab, sheet: int, patches: Collection[Patch]) -> Stage:
    """The stage of a tab that is new: its own sheet."""
    waiting = tuple(Waiting(patch, patch.row, patch.column) for patch in patches)
    return Stage(tab, sheet, tab.rows, tab.columns, waiting, is_target=True)


def packed_stage(tab: SheetsTab, sheet: int, patches: Collection[Patch], *, tries_pasting: bool) -> Stage:
    """A stage beside a tab with patches of one column each, the tallest first, shorter ones below one another."""
    waiting = tuple(_packed(patches))
    rows, columns = _size(waiting, tries_pasting=tries_pasting)
    return Stage(tab, sheet, rows, columns, waiting, is_target=False, tries_pasting=tries_pasting)


def packed_cells(patches: Collection[Patch], *, tries_pasting: bool) -> int:
    """The cells of a packed stage."""
    rows, columns = _size(tuple(_packed(patches)), tries_pasting=tries_pasting)
    return rows * columns


def _packed(patches: Collection[Patch]) -> Iterator[Waiting]:
    height = max((patch.rows for patch in patches), default=0)
    filled: list[int] = []
    for patch in sorted(patches, key=lambda patch: -patch.rows):
        column = next((i for i, rows in enumerate(filled) if rows + patch.rows <= height), len(filled))
        filled += [0] if column == len(filled) else []
        yield Waiting(patch, filled[column], column)
        filled[column] += patch.rows


def _size(waiting: Collection[Waiting], *, tries_pasting: bool) -> tuple[int, int]:
    rows = max((each.row + each.patch.rows for each in waiting), default=0)
    return rows + tries_pasting, max((each.column for each in waiting), default=0) + 1


def create_stages(stages: tuple[Stage, ...], present: PresentSpreadsheet) -> Iterator[Json]:
    """The requests that make all sheets, after those that an earlier push left behind are deleted."""
    yield from remove_staging(present)
    for stage in stages:
        yield from stage.create()


def chunks(stages: tuple[Stage, ...], limits: Limits) -> Iterator[bytes]:
    """Bodies of values.batchUpdate, each at most about as large as a chunk may be."""
    pieces: list[bytes] = []
    for piece in (piece for stage in stages for piece in stage.pieces(limits.piece)):
        if pieces and sum(map(len, pieces)) + len(piece) > limits.chunk:
            yield _body(pieces)
            pieces = []
        pieces.append(piece)
    if pieces:
        yield _body(pieces)


def _body(pieces: list[bytes]) -> bytes:
    return b'{"valueInputOption":"RAW","data":[%s]}' % b",".join(pieces)


def _sent(value: float | str | None, where: str) -> float | str | None:
    return require_text(value, where) if isinstance(value, str) else value
