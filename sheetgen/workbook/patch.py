"""Cells of a worksheet part replaced or added in place; every other byte of it stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from html import escape
from xml.parsers import expat

from sheetgen.formula.locate import a1
from sheetgen.workbook.markup import escape_text
from sheetgen.workbook.place import parse_cell

Content = float | str | None
"""What a cell is given: a number, a text, or None for blank."""


def patch_cells(xml: bytes, contents: Mapping[tuple[int, int], Content]) -> bytes:
    """The worksheet with the cells at these 0-based rows and columns set, each keeping its format.

    Raises `expat.ExpatError` where the part is not well-formed.
    """
    patch = _Patch(xml, contents)
    patch.run()
    pieces: list[bytes] = []
    done = 0
    for start, end, piece in patch.pieces:
        pieces += (xml[done:start], piece)
        done = end
    return b"".join((*pieces, xml[done:]))


class _Patch:
    """Walks the part once and notes, in file order, which bytes are replaced by what."""

    def __init__(self, xml: bytes, contents: Mapping[tuple[int, int], Content]) -> None:
        self._xml = xml
        self._rows: defaultdict[int, dict[int, Content]] = defaultdict(dict)
        for (row, column), content in sorted(contents.items()):
            self._rows[row][column] = content
        self.pieces: list[tuple[int, int, bytes]] = []
        self._row = self._column = -1
        self._open: tuple[int, str] | None = None
        self._tag_start = 0
        self._prefix = ""

    def run(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(self._xml, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        if local not in ("sheetData", "row", "c"):
            return
        index = self._parser.CurrentByteIndex
        if local == "c":
            self._start_cell(index, attributes)
            return
        self._prefix = f"{prefix}:" if prefix else ""
        self._tag_start = index
        if local == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            self._insert(index, self._new_rows(self._row))

    def _start_cell(self, index: int, attributes: dict[str, str]) -> None:
        place = parse_cell(attributes.get("r", ""))
        self._column = place[1] if place else self._column + 1
        wanted = self._rows.get(self._row, {})
        self._insert(index, self._new_cells(self._column))
        if self._column in wanted:
            self._open = (index, attributes.get("s", ""))

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        index = self._parser.CurrentByteIndex
        if local == "c" and self._open is not None:
            start, style = self._open
            content = self._rows[self._row].pop(self._column)
            self.pieces.append((start, self._after_end_tag(name, index), self._cell(self._column, content, style)))
            self._open = None
        elif local == "row":
            self._close(name, index, self._new_cells(None))
            self._rows.pop(self._row, None)
        elif local == "sheetData":
            self._close(name, index, self._new_rows(None))

    def _insert(self, index: int, piece: bytes) -> None:
        if piece:
            self.pieces.append((index, index, piece))

    def _close(self, name: str, index: int, piece: bytes) -> None:
        """Adds a piece before an end tag; an empty element `<row/>` gets one first."""
        if not piece:
            return
        if self._is_end_tag(name, index):
            self._insert(index, piece)
        else:
            slash = self._xml.rindex(b"/", self._tag_start, index)
            self.pieces.append((slash, index, b">" + piece + f"</{name}>".encode()))

    def _is_end_tag(self, name: str, index: int) -> bool:
        return self._xml.startswith(f"</{name}".encode(), index)

    def _after_end_tag(self, name: str, index: int) -> int:
        return self._xml.index(b">", index) + 1 if self._is_end_tag(name, index) else index

    def _new_rows(self, before: int | None) -> bytes:
        """The wanted rows that the part lacks, up to a row."""
        missing = [row for row in self._rows if before is None or row < before]
        tag = f"{self._prefix}row"
        rows = ((row, self._rows.pop(row)) for row in missing)
        return b"".join(
            f'<{tag} r="{row + 1}">'.encode() + self._cells(row, cells) + f"</{tag}>".encode() for row, cells in rows
        )

    def _new_cells(self, before: int | None) -> bytes:
        """The wanted cells of the row that it lacks, up to a column."""
        wanted = self._rows.get(self._row, {})
        missing = [column for column in wanted if before is None or column < before]
        return self._cells(self._row, {column: wanted.pop(column) for column in missing})

    def _cells(self, row: int, contents: Mapping[int, Content]) -> bytes:
        return b"".join(_cell_xml(self._prefix, row, column, content, "") for column, content in contents.items())

    def _cell(self, column: int, content: Content, style: str) -> bytes:
        return _cell_xml(self._prefix, self._row, column, content, style)


def _cell_xml(prefix: str, row: int, column: int, content: Content, style: str) -> bytes:
    start = f'<{prefix}c r="{a1(row, column)}"' + (f' s="{style}"' if style else "")
    if content is None:
        return f"{start}/>".encode()
    if isinstance(content, str):
        text = escape(escape_text(content), quote=False)
        inner = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
        return f'{start} t="inlineStr">{inner}</{prefix}c>'.encode()
    return f"{start}><{prefix}v>{repr(content).removesuffix('.0')}</{prefix}v></{prefix}c>".encode()
