"""Copying cells and pasting text: copyPaste, pasteData."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sheetgen.engines.cellrune import CellruneEngine
from tests.google.batch.draft import Draft, Handlers
from tests.google.engine import Results
from tests.google.grid import Area, Content, Grid, Traits
from tests.google.mask import Mask, updated
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.spreadsheet import Spreadsheet
from tests.google.typed import Typed, set_number_format, typed_content
from tests.google.wire import Json

_TRAITS: Final = {
    "PASTE_NORMAL": ("userEnteredFormat", "dataValidation", "note", "textFormatRuns", "hyperlink"),
    "PASTE_FORMAT": ("userEnteredFormat",),
    "PASTE_DATA_VALIDATION": ("dataValidation",),
    "PASTE_FORMULA": (),
    "PASTE_VALUES": (),
}
_CONTENTS: Final = frozenset({"PASTE_NORMAL", "PASTE_FORMULA", "PASTE_VALUES"})


def _copy_paste(draft: Draft, body: Json) -> None:
    """Copy values, formats or validations; a destination of a multiple of the source's size repeats it."""
    kind = body.get("pasteType", "PASTE_NORMAL")
    if kind not in _TRAITS or body.get("pasteOrientation", "NORMAL") != "NORMAL":
        raise BeyondDoubleError(f"copyPaste {kind} {body.get('pasteOrientation', '')}".rstrip())
    book = draft.spreadsheet
    source = book.area(body.get("source", {}))
    target = _stretched(book, source, book.area(body.get("destination", {})))
    draft.require_writable(target)
    _paste(book, source, target, kind)


def _paste_data(draft: Draft, body: Json) -> None:
    """Paste a text cut into cells, each as if it were typed; a part without text clears its cell.

    What a cell beyond the grid, a formula or a table of a page would become is not known.
    """
    kind = body.get("type", "PASTE_NORMAL")
    if kind not in ("PASTE_NORMAL", "PASTE_VALUES") or "html" in body:
        raise BeyondDoubleError(f"pasteData {kind}{' of html' if 'html' in body else ''}")
    if not body.get("delimiter"):
        raise RefusedError("Must specify a delimiter or html.")
    book, corner = draft.spreadsheet, body.get("coordinate", {})
    lines = [line.split(body["delimiter"]) for line in body.get("data", "").split("\n")]
    top, left = corner.get("rowIndex", 0), corner.get("columnIndex", 0)
    area = Area(corner.get("sheetId", 0), top, left, top + len(lines), left + max(map(len, lines)))
    book.require_inside(area)
    draft.require_writable(area)
    for i, line in enumerate(lines):
        typed = [_typed(book, text, top + i, left + j) for j, text in enumerate(line)]
        book.sheet(area.sheet).grid.put(top + i, left, [each.content for each in typed])
        for j, each in enumerate(typed if kind == "PASTE_NORMAL" else ()):
            set_number_format(book, area.sheet, top + i, left + j, each.number_format)


HANDLERS: Final[Handlers] = {"copyPaste": _copy_paste, "pasteData": _paste_data}


def _typed(book: Spreadsheet, text: str, row: int, column: int) -> Typed:
    if text.startswith("="):
        raise BeyondDoubleError("pasteData of a formula")
    return typed_content(book, text, row, column)


def _stretched(book: Spreadsheet, source: Area, target: Area) -> Area:
    """The cells that are pasted to: the destination where the source fits a whole number of times, else its size."""
    height = target.height if target.height % source.height == 0 else source.height
    width = target.width if target.width % source.width == 0 else source.width
    area = Area(target.sheet, target.top, target.left, target.top + height, target.left + width)
    book.require_inside(area)
    return area


def _paste(book: Spreadsheet, source: Area, target: Area, kind: str) -> None:
    origin = book.sheet(source.sheet).grid.copy()
    grid = book.sheet(target.sheet).grid
    values = Results(book, CellruneEngine()) if kind == "PASTE_VALUES" else None
    for i in range(target.height):
        row = source.top + i % source.height
        repeats = target.width // source.width
        if kind in _CONTENTS:
            contents = _contents(origin, source, row, values)
            grid.put(target.top + i, target.left, [*contents] * repeats)
        if _TRAITS[kind]:
            traits = origin.all_traits(row, source.left, source.right)
            _put_traits(grid, target.top + i, target.left, [*traits] * repeats, _TRAITS[kind])


def _contents(origin: Grid, source: Area, row: int, values: Results | None) -> Sequence[Content]:
    contents = origin.contents(row, source.left, source.right)
    if values is None:
        return contents
    return [values.pasted(source.sheet, row, source.left + i, content) for i, content in enumerate(contents)]


def _put_traits(grid: Grid, row: int, column: int, traits: Sequence[Traits | None], names: Sequence[str]) -> None:
    olds = grid.all_traits(row, column, column + len(traits))
    mask: Mask = {name: {} for name in names}
    grid.put_traits(
        row, column, [updated(old or {}, new or {}, mask) or None for old, new in zip(olds, traits, strict=True)]
    )
