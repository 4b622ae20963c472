"""The cells of a sheet: rows that are shared until one of them changes, so a copy costs little."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from tests.google.formula import Formula
from tests.google.wire import Json

Content = float | str | bool | Formula | None
"""What a user entered; None for a blank cell."""

Traits = Json
"""The fields of a cell's data other than its value: format, note, validation and the like."""

Cells = tuple[Any, ...]
"""The cells of a row up to the last one set, of contents or of traits."""

NO_TRAITS: Final[Traits] = {}


class Area(NamedTuple):
    """A rectangle of cells of a sheet, half open and 0-based, without open sides."""

    sheet: int
    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.right - self.left

    def overlaps(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return self.intersection(other) is not None

    def holds(self, other: Area) -> bool:
        """Whether the other lies wholly inside."""
        return self.intersection(other) == other

    def intersection(self, other: Area) -> Area | None:
        """The cells of both; None where there are none."""
        if self.sheet != other.sheet:
            return None
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom, right = min(self.bottom, other.bottom), min(self.right, other.right)
        return Area(self.sheet, top, left, bottom, right) if top < bottom and left < right else None


class Grid:
    """Contents and traits of cells, each a mapping from row to a tuple of cells that ends with the last one set."""

    def __init__(
        self,
        contents: Mapping[int, tuple[Content, ...]] | None = None,
        traits: Mapping[int, tuple[Traits | None, ...]] | None = None,
    ) -> None:
        self._contents = dict(contents or {})
        self._traits = dict(traits or {})

    def copy(self) -> Grid:
        """A grid of its own that shares the rows."""
        return Grid(self._contents, self._traits)

    def content(self, row: int, column: int) -> Content:
        """What stands in a cell."""
        content: Content = _at(self._contents.get(row, ()), column)
        return content

    def traits(self, row: int, column: int) -> Traits:
        """The other fields of a cell."""
        return _at(self._traits.get(row, ()), column) or NO_TRAITS

    def contents(self, row: int, left: int, right: int) -> Sequence[Content]:
        """A stretch of a row."""
        return _stretch(self._contents.get(row, ()), left, right)

    def all_traits(self, row: int, left: int, right: int) -> Sequence[Traits | None]:
        """The other fields of a stretch of a row."""
        return _stretch(self._traits.get(row, ()), left, right)

    def cells(self) -> Iterator[tuple[int, int, Content]]:
        """All cells that hold something, with their row and column, by rows."""
        for row in sorted(self._contents):
            for column, content in enumerate(self._contents[row]):
                if content is not None:
                    yield row, column, content

    def rows(self) -> list[int]:
        """All rows with a cell that has anything."""
        return sorted(self._contents.keys() | self._traits.keys())

    def end(self) -> tuple[int, int]:
        """The row and the column after the last ones that hold a content."""
        return max(self._contents, default=-1) + 1, max(map(len, self._contents.values()), default=0)

    def put(self, row: int, column: int, contents: Sequence[Content]) -> None:
        """Set the contents of a stretch of a row."""
        _store(self._contents, row, _spliced(self._contents.get(row, ()), column, contents))

    def put_traits(self, row: int, column: int, traits: Sequence[Traits | None]) -> None:
        """Set the other fields of a stretch of a row."""
        _store(self._traits, row, _spliced(self._traits.get(row, ()), column, traits))

    def fill(self, area: Area, content: Content) -> None:
        """Set every cell of an area to the same content."""
        cells = (content,) * area.width
        for row in range(area.top, area.bottom):
            self.put(row, area.left, cells)

    def alter_traits(self, area: Area, change: Callable[[Traits], Traits]) -> None:
        """Change the other fields of every cell of an area; equal cells are changed once."""
        done: dict[int, tuple[Traits | None, Traits | None]] = {}

        def once(old: Traits | None) -> Traits | None:
            if id(old) not in done:
                done[id(old)] = (old, change(old or NO_TRAITS) or None)
            return done[id(old)][1]

        _alter(self._traits, area, once)

    def keep(self, rows: int, columns: int) -> None:
        """Forget all cells beyond these numbers of rows and columns."""
        self._contents = _cut(self._contents, rows, columns)
        self._traits = _cut(self._traits, rows, columns)


def _at(line: Cells, column: int) -> Any:
    return line[column] if column < len(line) else None


def _stretch(line: Cells, left: int, right: int) -> Sequence[Any]:
    part = line[left:right]
    return part + (None,) * (right - left - len(part))


def _spliced(line: Cells, column: int, cells: Sequence[Any]) -> Cells:
    gap = (None,) * (column - len(line))
    return _trimmed((*line[:column], *gap, *cells, *line[column + len(cells) :]))


def _trimmed(line: Cells) -> Cells:
    end = len(line)
    while end and line[end - 1] is None:
        end -= 1
    return line[:end]


def _store(lines: dict[int, Cells], row: int, line: Cells) -> None:
    if line:
        lines[row] = line
    else:
        lines.pop(row, None)


def _alter(lines: dict[int, Cells], area: Area, change: Callable[[Any], Any]) -> None:
    """Change the cells of an area; rows that are the same tuple before are the same tuple after."""
    done: dict[int, tuple[Cells, Cells]] = {}
    for row in range(area.top, area.bottom):
        old = lines.get(row, ())
        if id(old) not in done:
            cells = [change(cell) for cell in _stretch(old, area.left, area.right)]
            done[id(old)] = (old, _spliced(old, area.left, cells))
        _store(lines, row, done[id(old)][1])


def _cut(lines: Mapping[int, Cells], rows: int, columns: int) -> dict[int, Cells]:
    short = {row: _trimmed(line[:columns]) for row, line in lines.items() if row < rows}
    return {row: line for row, line in short.items() if line}
