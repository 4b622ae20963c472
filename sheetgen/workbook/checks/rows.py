"""The rows of a worksheet: each cell by cell, but for rows that differ from the one before in their values only.

A table's rows are alike: the same cells, formats and formulas. What two rows share becomes a pattern, and rows that
match it need no more reading. Any other row, and all that a pattern does not foresee, is read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import IO, Final, NamedTuple
from xml.etree.ElementTree import Element

from sheetgen.workbook.place import MAX_ROWS
from sheetgen.workbook.sheet import RawCell, SheetStream, column_of

CHUNK: Final = 1 << 20
ENOUGH: Final = 40
"""Alike rows before a pattern is made of them, which takes as long as to read so many."""

END: Final = b"</row>"

_START: Final = rb'<row r="([1-9][0-9]{0,6})"(?: spans="[0-9]+:[0-9]+")?>'
_ROW: Final = re.compile(_START + rb"(.*)</row>", re.DOTALL)
_CELL: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]+)"( s="[0-9]+")?(?: t="(?:s|str)")?(?:/>|>(?:<f>([^<]*)</f>)?<v>[^<]*</v></c>)'
)
_NUMBER: Final = rb"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
_LETTER: Final = (
    rb"[ -%'-;=?-~]|&(?:amp|lt|gt|quot);|\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]"
    rb"|[\xe1-\xec][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}"
)
_TEXT: Final = rb"(?:" + _LETTER + rb"){0,8000}"
_CONSTANT: Final = rb'(?:/>|><v>%b</v></c>| t="s"><v>([0-9]{1,9})</v></c>)' % _NUMBER


class AlikeRows(NamedTuple):
    """Rows from `first` to `last`, 0-based, with the same formula in each column that is in `formulas`."""

    first: int
    last: int
    formulas: dict[int, str]


class RowReader:
    """Reads a worksheet part once: `rows()` to its end, then `frame`, the tree without rows.

    `texts` is how many shared texts there are; the 0-based rows in `breaks` are read cell by cell.
    """

    def __init__(self, stream: IO[bytes], texts: int, breaks: Collection[int]) -> None:
        self._stream = stream
        self._texts = texts
        self._breaks = frozenset(breaks)
        self._sheet = SheetStream(stream)
        self._row = -1
        self._sound = True
        self._previous: _Cells = ()
        self._alike = 0
        self._pattern: _Pattern | None = None
        self._run: AlikeRows | None = None

    @property
    def frame(self) -> Element:
        """The worksheet element with everything but the rows."""
        return self._sheet.frame

    def rows(self) -> Iterator[list[RawCell] | AlikeRows]:
        """All cells in file order.

        Raises `expat.ExpatError` where the part is not well-formed.
        """
        text = b""
        while chunk := self._stream.read(CHUNK):
            text += chunk
            position = self._match_rows(text, 0)
            while (end := text.find(END, position)) >= 0:
                yield from self._read_row(text[position : end + len(END)])
                position = self._match_rows(text, end + len(END))
            text = text[position:]
        yield from self._take_run()
        yield self._sheet.feed(text)
        self._sheet.end()

    def distrust(self) -> None:
        """Learn nothing from the row read last: it has a problem."""
        self._sound = False

    def _match_rows(self, text: bytes, position: int) -> int:
        """Takes alike rows into the run; the position after them."""
        pattern = self._pattern
        while pattern is not None and (match := pattern.regex.match(text, position)):
            row = int(match[1]) - 1
            if row != self._row + 1 or row >= MAX_ROWS or row in self._breaks or not self._texts_exist(match, pattern):
                break
            self._take(row, pattern.formulas)
            position = match.end()
        return position

    def _texts_exist(self, match: re.Match[bytes], pattern: _Pattern) -> bool:
        return all(int(number) < self._texts for number in map(match.group, pattern.shared) if number)

    def _take(self, row: int, formulas: dict[int, str]) -> None:
        first = row if self._run is None else self._run.first
        self._run = AlikeRows(first, row, formulas)
        self._row = row
        self._previous = ()

    def _take_run(self) -> Iterator[AlikeRows]:
        if self._run is not None:
            yield self._run
            self._run = None

    def _read_row(self, text: bytes) -> Iterator[list[RawCell] | AlikeRows]:
        yield from self._take_run()
        cells = self._sheet.feed(text)
        self._sound = True
        yield cells
        if cells and self._sound:
            self._row = max(self._row, cells[-1].row - 1)
            self._learn(text[text.rfind(b"<row ") :], cells)

    def _learn(self, text: bytes, cells: list[RawCell]) -> None:
        found = _cells(text)
        self._alike = self._alike + 1 if found and found == self._previous else 1
        if self._alike == ENOUGH and (self._pattern is None or self._pattern.cells != found):
            formulas = {column_of(cell, -1): cell.formula for cell in cells if cell.formula is not None}
            self._pattern = _pattern(found, formulas)
        self._previous = found


_Cells = tuple[tuple[bytes, bytes, bytes], ...]
"""Each cell's letters, format and formula: what alike rows have in common."""


class _Pattern(NamedTuple):
    """Rows with the same cells: group 1 is the row's number, the groups `shared` are numbers of shared texts."""

    regex: re.Pattern[bytes]
    cells: _Cells
    formulas: dict[int, str]
    shared: tuple[int, ...]


def _cells(text: bytes) -> _Cells:
    """The cells of a row, none where it is not as simple as those of tables are."""
    row = _ROW.fullmatch(text)
    if row is None:
        return ()
    cells, position = [], row.start(2)
    while position < row.end(2):
        cell = _CELL.match(text, position)
        if cell is None or cell[2] != row[1]:
            return ()
        cells.append((cell[1], cell[3] or b"", cell[4] or b""))
        position = cell.end()
    return tuple(cells)


def _pattern(cells: _Cells, formulas: dict[int, str]) -> _Pattern:
    source, shared = [_START], []
    for group, (letters, style, formula) in enumerate(cells, start=2):
        source.append(rb'<c r="%b\1"%b' % (letters, style))
        if formula:
            source.append(
                rb'( t="str")?><f>%b</f><v>(?(%d)%b|(?:%b)?)</v></c>' % (re.escape(formula), group, _TEXT, _NUMBER)
            )
        else:
            source.append(_CONSTANT)
            shared.append(group)
    return _Pattern(re.compile(b"".join(source) + END), cells, formulas, tuple(shared))
