"""A worksheet part as a stream of raw cells, and the rest of it as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element

from sheetgen.workbook.markup import LocalNames, TreeSink, new_parser
from sheetgen.workbook.place import column_number
from sheetgen.workbook.tokens import shift_formula

_CHUNK = 1 << 18
_NO_ATTRIBUTES: dict[str, str] = {}


class RawCell(NamedTuple):
    """A `c` element: `ref` its A1 text ("" where left out), `row` counted from 1, `kind` its type, `value` its text.

    `formula` is the formula's text, "" for a follower of a shared formula, None for a constant;
    `role` is the `f` element's attributes. `style` is the index into the workbook's formats, as written.
    """

    ref: str
    row: int
    kind: str
    style: str
    formula: str | None
    role: dict[str, str]
    value: str | None


def column_of(cell: RawCell, previous: int) -> int:
    """The 0-based column of a cell; where the file leaves it out, the one after the previous.

    Raises `ValueError` where the cell's reference is not one of its row.
    """
    if not cell.ref:
        return previous + 1
    letters = cell.ref.rstrip("0123456789")
    if cell.ref != f"{letters}{cell.row}" or not letters.isalpha():
        raise ValueError(f"{cell.ref!r} is not a cell of row {cell.row}")
    return column_number(letters)


class FormulaTexts:
    """Writes a sheet's shared formulas out, and keeps one copy of each text: a calculated column repeats it per row."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}
        self._shared: dict[str, tuple[str, int, int]] = {}

    def read(self, text: str, role: dict[str, str], row: int, column: int) -> str:
        """The formula of the cell at a 0-based row and column.

        Raises `KeyError` for a follower of a shared formula that is nowhere.
        """
        if role.get("t") == "shared":
            text = self._expand(text, role.get("si", ""), row, column)
        return self._kept.setdefault(text, text)

    def _expand(self, text: str, group: str, row: int, column: int) -> str:
        if text:
            self._shared[group] = (text, row, column)
            return text
        text, first_row, first_column = self._shared[group]
        return shift_formula(text, row - first_row, column - first_column)


class SheetStream:
    """Reads a worksheet part once: first `cells()` or all `feed`s, to its end, then `frame`, the tree without rows."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._names = LocalNames()
        self._sink = TreeSink(self._names)
        self._ready: list[RawCell] = []
        self._text: list[str] = []
        self._row = 0
        self._phonetic = False
        self._parser = new_parser()
        self._leave_rows()

    def cells(self) -> Iterator[RawCell]:
        """The stored cells in file order.

        Raises `expat.ExpatError` where the text is not well-formed.
        """
        while chunk := self._stream.read(_CHUNK):
            yield from self.feed(chunk)
        self.end()

    def feed(self, text: bytes) -> list[RawCell]:
        """The cells that end in the next piece of text.

        Raises `expat.ExpatError` where the text is not well-formed.
        """
        self._parser.Parse(text, False)
        ready, self._ready = self._ready, []
        return ready

    def end(self) -> None:
        """Say that the text is at its end.

        Raises `expat.ExpatError` where it is not complete.
        """
        self._parser.Parse(b"", True)

    @property
    def frame(self) -> Element:
        """The worksheet element with everything but the rows."""
        return self._sink.close()

    def _enter_rows(self) -> None:
        self._parser.StartElementHandler = self._start_in_rows
        self._parser.EndElementHandler = self._end_in_rows
        self._parser.CharacterDataHandler = self._text.append

    def _leave_rows(self) -> None:
        self._parser.StartElementHandler = self._start_outside
        self._parser.EndElementHandler = self._sink.end
        self._parser.CharacterDataHandler = self._sink.data

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        self._sink.start(name, attributes)
        if self._names[name] == "sheetData":
            self._enter_rows()

    def _start_in_rows(self, name: str, attributes: dict[str, str]) -> None:
        match self._names[name]:
            case "c":
                self._cell = attributes
                self._formula: str | None = None
                self._role = _NO_ATTRIBUTES
                self._value: str | None = None
            case "f":
                self._role = attributes
                self._text.clear()
            case "v" | "t":
                self._text.clear()
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
            case "rPh":
                self._phonetic = True

    def _end_in_rows(self, name: str) -> None:
        match self._names[name]:
            case "c":
                get = self._cell.get
                self._ready.append(
                    RawCell(
                        get("r", ""), self._row, get("t", "n"), get("s", "0"), self._formula, self._role, self._value
                    )
                )
            case "v":
                self._value = "".join(self._text)
            case "f":
                self._formula = "".join(self._text)
            case "t" if not self._phonetic:
                self._value = (self._value or "") + "".join(self._text)
            case "rPh":
                self._phonetic = False
            case "sheetData":
                self._leave_rows()
                self._sink.end(name)
