"""What users tidy cells with: trimWhitespace, findReplace, deleteDuplicates, cutPaste and updateBorders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sheetgen.engines.cellrune import CellruneEngine
from tests.google.batch.draft import Draft, Handlers
from tests.google.engine import Results
from tests.google.formula import Formula
from tests.google.grid import Area
from tests.google.problem import BeyondDoubleError, RefusedError
from tests.google.typed import typed_content
from tests.google.wire import Json

_OUTER: Final = ("top", "bottom", "left", "right")


def _trim_whitespace(draft: Draft, body: Json) -> Json:
    """Texts lose spaces at their ends, and all but one inside."""
    area, changed = draft.area_to_write(body.get("range", {})), 0
    for row, column, text in _texts(draft, area):
        trimmed = re.sub(r"\s+", " ", text).strip()
        if trimmed != text:
            draft.spreadsheet.sheet(area.sheet).grid.put(row, column, [trimmed or None])
            changed += 1
    return {"cellsChangedCount": changed}


def _find_replace(draft: Draft, body: Json) -> Json:
    """Replace in texts, each of which is then entered as if it were typed."""
    if body.get("includeFormulas") or body.get("searchByRegex") or body.get("allSheets"):
        raise BeyondDoubleError("findReplace in formulas, of regular expressions or on all sheets")
    if "range" not in body and "sheetId" not in body:
        raise BeyondDoubleError("findReplace nowhere")
    if not body.get("find"):
        raise RefusedError("Must specify what to find.")
    whole = {"sheetId": body["sheetId"]} if "sheetId" in body else {}
    area = draft.area_to_write(body.get("range", whole))
    pattern = re.compile(re.escape(body["find"]), re.NOFLAG if body.get("matchCase") else re.IGNORECASE)
    found, rows, values = 0, set(), 0
    for row, column, text in _texts(draft, area):
        if body.get("matchEntireCell") and not pattern.fullmatch(text):
            continue
        new, count = pattern.subn(lambda _: body.get("replacement", ""), text)
        if count:
            content = typed_content(draft.spreadsheet, new, row, column).content
            draft.spreadsheet.sheet(area.sheet).grid.put(row, column, [content])
            found, values = found + count, values + 1
            rows.add(row)
    counts = {"occurrencesChanged": found, "valuesChanged": values, "rowsChanged": len(rows), "sheetsChanged": 1}
    return counts if found else {}


def _delete_duplicates(draft: Draft, body: Json) -> Json:
    """Rows of a range that show what one above shows go, and those below move up."""
    area = draft.area_to_write(body.get("range", {}))
    columns = [each.get("startIndex", 0) - area.left for each in body.get("comparisonColumns", [])]
    grid = draft.spreadsheet.sheet(area.sheet).grid
    lines = [grid.contents(row, area.left, area.right) for row in range(area.top, area.bottom)]
    if any(isinstance(content, Formula) for line in lines for content in line):
        raise BeyondDoubleError("deleteDuplicates of formulas")
    shown = Results(draft.spreadsheet, CellruneEngine()).rows(area)
    first: dict[str, int] = {}
    for i, line in enumerate(shown):
        key = repr([_folded(line[at]) for at in columns or range(area.width)])
        first.setdefault(key, i)
    kept = [lines[i] for i in first.values()]
    blank = (None,) * area.width
    for i in range(area.height):
        grid.put(area.top + i, area.left, kept[i] if i < len(kept) else blank)
    return {"duplicatesRemovedCount": area.height - len(kept)}


def _cut_paste(draft: Draft, body: Json) -> None:
    """Move values and looks; formulas that look at what is moved would follow."""
    if body.get("pasteType", "PASTE_NORMAL") != "PASTE_NORMAL":
        raise BeyondDoubleError(f"cutPaste {body['pasteType']}")
    source, corner = draft.area_to_write(body.get("source", {})), body.get("destination", {})
    top, left = corner.get("rowIndex", 0), corner.get("columnIndex", 0)
    target = Area(corner.get("sheetId", 0), top, left, top + source.height, left + source.width)
    draft.spreadsheet.require_inside(target)
    draft.require_writable(target)
    if any(isinstance(each, Formula) for sheet in draft.spreadsheet.sheets for _, _, each in sheet.grid.cells()):
        raise BeyondDoubleError("cutPaste on a spreadsheet with formulas")
    grid, goal = draft.spreadsheet.sheet(source.sheet).grid, draft.spreadsheet.sheet(target.sheet).grid
    rows = range(source.top, source.bottom)
    cells = [(grid.contents(i, source.left, source.right), grid.all_traits(i, source.left, source.right)) for i in rows]
    blank = (None,) * source.width
    for i in rows:
        grid.put(i, source.left, blank)
        grid.put_traits(i, source.left, blank)
    for i, (contents, traits) in enumerate(cells):
        goal.put(top + i, left, contents)
        goal.put_traits(top + i, left, traits)


def _update_borders(draft: Draft, body: Json) -> None:
    """Give cells the borders at their side of a range; a border of the style NONE is taken away."""
    area = draft.area_to_write(body.get("range", {}))
    inner = {"innerHorizontal": ("top", "bottom"), "innerVertical": ("left", "right")}
    sides = {side: (side,) for side in _OUTER} | inner
    for side, names in sides.items():
        for name in names if side in body else ():
            _draw(draft, _edge(area, name, inside=side in inner), name, body[side])


HANDLERS: Final[Handlers] = {
    "trimWhitespace": _trim_whitespace,
    "findReplace": _find_replace,
    "deleteDuplicates": _delete_duplicates,
    "cutPaste": _cut_paste,
    "updateBorders": _update_borders,
}


def _texts(draft: Draft, area: Area) -> Iterator[tuple[int, int, str]]:
    grid = draft.spreadsheet.sheet(area.sheet).grid
    for row in range(area.top, min(area.bottom, grid.end()[0])):
        for column, content in enumerate(grid.contents(row, area.left, area.right), start=area.left):
            if isinstance(content, str):
                yield row, column, content


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def _edge(area: Area, side: str, *, inside: bool) -> Area:
    """The cells whose border on that side is at the edge of an area, or inside it."""
    match side:
        case "top":
            return area._replace(top=area.top + 1) if inside else area._replace(bottom=area.top + 1)
        case "bottom":
            return area._replace(bottom=area.bottom - 1) if inside else area._replace(top=area.bottom - 1)
        case "left":
            return area._replace(left=area.left + 1) if inside else area._replace(right=area.left + 1)
        case _:
            return area._replace(right=area.right - 1) if inside else area._replace(left=area.right - 1)


def _draw(draft: Draft, area: Area, side: str, border: Json) -> None:
    def change(old: Json) -> Json:
        shape = old.get("userEnteredFormat", {})
        borders = {name: each for name, each in shape.get("borders", {}).items() if name != side}
        borders |= {} if border.get("style", "NONE") == "NONE" else {side: border}
        others = {name: each for name, each in shape.items() if name != "borders"}
        return {**old, "userEnteredFormat": others | ({"borders": borders} if borders else {})}

    if area.height > 0 and area.width > 0:
        draft.spreadsheet.sheet(area.sheet).grid.alter_traits(area, change)
