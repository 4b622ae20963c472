"""Rows or columns inserted or deleted: where everything that refers to cells then is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.google.address import column_index, column_letters
from tests.google.formula import Formula, Kind, Piece

_COORDINATE: Final = re.compile(r"([A-Za-z]+)|([0-9]+)")
_LOST: Final = Piece(Kind.ERROR, "#REF!")


@dataclass(frozen=True)
class Shift:
    """`count` rows or columns of a sheet inserted before `start`, or deleted from there on if it is negative."""

    sheet: int
    side: str
    start: int
    count: int

    def interval(self, first: int, end: int) -> tuple[int, int] | None:
        """Where the half-open interval then is; None where all of it is deleted."""
        if self.count > 0:
            return first + self.count * (first >= self.start), end + self.count * (end > self.start)
        moved = self._cut(first), self._cut(end)
        return moved if moved[0] < moved[1] else None

    def ranges(self, part: Any) -> Any:
        """A part of an object with all its ranges and cells moved; None in place of a range that is deleted."""
        if isinstance(part, list):
            return [moved for item in part if (moved := self.ranges(item)) is not None]
        if not isinstance(part, dict):
            return part
        if part.get("sheetId") != self.sheet:
            return {name: self.ranges(item) for name, item in part.items()}
        if (corner := f"{self.side.lower()}Index") in part:
            moved = self.interval(part[corner], part[corner] + 1) or (self.start, self.start + 1)
            return {**part, corner: moved[0]}
        return self._range(part)

    def formula(self, formula: Formula, row: int, column: int, home: int) -> Formula:
        """The formula of a cell of the sheet `home` with its references moved, as entered where it then is."""
        if formula.pieces is None:
            return formula
        pieces = list(formula.moved(row, column))
        result: list[Piece] = []
        sheet: int | None = home
        while pieces:
            length = _reference_length(pieces)
            if not length:
                sheet = pieces[0].sheet if pieces[0].kind is Kind.SHEET else home
                result.append(pieces.pop(0))
                continue
            reference, pieces = pieces[:length], pieces[length:]
            moved = self._reference(reference) if sheet == self.sheet else reference
            if moved == [_LOST] and result and result[-1].kind is Kind.SHEET:
                result.pop()
            result += moved
            sheet = home
        return Formula(formula.text, *self.cell(home, row, column), tuple(result))

    def cell(self, sheet: int, row: int, column: int) -> tuple[int, int]:
        """Where a cell then is; a deleted one stays where it was."""
        if sheet != self.sheet:
            return row, column
        index = row if self.side == "Row" else column
        moved = self.interval(index, index + 1) or (index, index + 1)
        return (moved[0], column) if self.side == "Row" else (row, moved[0])

    def _cut(self, index: int) -> int:
        return index if index <= self.start else max(self.start, index + self.count)

    def _range(self, part: dict[str, Any]) -> dict[str, Any] | None:
        start, end = f"start{self.side}Index", f"end{self.side}Index"
        if start not in part and end not in part:
            return part
        moved = self.interval(part.get(start, 0), part.get(end, 2**31))
        if moved is None:
            return None
        result = {**part, start: moved[0]}
        return result | {end: moved[1]} if end in part else result

    def _reference(self, pieces: Sequence[Piece]) -> list[Piece]:
        """A cell, two cells with a colon or whole lines, moved."""
        text = "".join(piece.text for piece in pieces)
        wanted = 2 if self.side == "Row" else 1
        found = [match for match in _COORDINATE.finditer(text) if match[wanted]]
        indices = [int(match[2]) - 1 if wanted == 2 else column_index(match[1]) for match in found]
        if not indices:
            return list(pieces)
        moved = self.interval(min(indices), max(indices) + 1)
        if moved is None:
            return [_LOST]
        names = iter([self._name(moved[0]), self._name(moved[1] - 1)])
        text = _COORDINATE.sub(lambda match: next(names) if match[wanted] else match[0], text)
        kinds = [piece.kind for piece in pieces]
        texts = text.partition(":") if len(pieces) > 1 else (text,)
        return [Piece(kind, each) for kind, each in zip(kinds, texts, strict=True)]

    def _name(self, index: int) -> str:
        return str(index + 1) if self.side == "Row" else column_letters(index)


def _reference_length(pieces: Sequence[Piece]) -> int:
    """How many of the first pieces are a reference: none, one, or three with a colon between."""
    if pieces[0].kind is Kind.CELL and [piece.kind for piece in pieces[1:3]] == [Kind.RANGE, Kind.CELL]:
        return 3
    return 1 if pieces[0].kind in (Kind.CELL, Kind.LINES) else 0
