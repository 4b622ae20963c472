"""Sheet titles and defined names: valid, unique and leading somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from sheetgen.workbook.checks.anatomy import Anatomy
from sheetgen.workbook.checks.formulas import formula_problems, scope_of
from sheetgen.workbook.markup import unescape_text
from sheetgen.workbook.place import parse_cell

MAX_TITLE: Final = 31
MAX_NAME: Final = 255

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_NAME: Final = re.compile(r"[^\W\d]\w*(?:[.\\?]\w*)*|\\[\w.\\?]*")
_ROW_COLUMN: Final = re.compile(r"R[0-9]*(C[0-9]*)?|C[0-9]*|R[0-9]*C[0-9]*", re.IGNORECASE)
_BUILT_IN: Final = "_xlnm."


def name_problem(name: str) -> str | None:
    """Why a table or a defined name cannot be called so; None where it can."""
    if not name or len(name) > MAX_NAME:
        return f"has {len(name)} characters (1 to {MAX_NAME} are allowed)"
    if not _NAME.fullmatch(name):
        return "is not made of letters, digits, underscores and points alone, beginning with a letter"
    if parse_cell(name) is not None or _ROW_COLUMN.fullmatch(name):
        return "could be read as a cell"
    return None


def check_titles(anatomy: Anatomy) -> Iterator[str]:
    """Problems of the sheets' titles and states."""
    sheets = anatomy.workbook.findall("sheets/sheet")
    titles = [unescape_text(sheet.get("name", "")) for sheet in sheets]
    for title, count in Counter(map(str.casefold, titles)).items():
        if count > 1:
            yield f"{title}: {count} sheets have this title."
    for title in titles:
        if not 0 < len(title) <= MAX_TITLE:
            yield f"{title}: the title has {len(title)} characters (1 to {MAX_TITLE} are allowed)."
        if _FORBIDDEN.search(title) or title.startswith("'") or title.endswith("'"):
            yield f"{title}: a title cannot hold any of []:*?/\\ nor begin or end with an apostrophe."
        if title.casefold() == "history":
            yield f"{title}: the title is reserved."
    for number, count in Counter(sheet.get("sheetId", "") for sheet in sheets).items():
        if count > 1:
            yield f"The sheet id {number} is used {count} times."
    yield from _check_visible(anatomy.workbook, sheets)


def _check_visible(workbook: Element, sheets: list[Element]) -> Iterator[str]:
    shown = [index for index, sheet in enumerate(sheets) if sheet.get("state", "visible") == "visible"]
    if not shown:
        yield "The workbook has no visible sheet."
        return
    view = workbook.find("bookViews/workbookView")
    active = int(view.get("activeTab", "0")) if view is not None else shown[0]
    if active not in shown:
        yield f"The active tab {active} is hidden or missing."


def check_names(anatomy: Anatomy) -> Iterator[str]:
    """Problems of the defined names."""
    scope = scope_of(anatomy)
    names = anatomy.workbook.findall("definedNames/definedName")
    keys = Counter((name.get("name", "").casefold(), name.get("localSheetId", "")) for name in names)
    yield from (f"The name {key[0]} is defined {count} times." for key, count in keys.items() if count > 1)
    for element in names:
        name = element.get("name", "")
        if not name.startswith(_BUILT_IN) and (problem := name_problem(name)):
            yield f"The name {name!r} {problem}."
        if int(element.get("localSheetId", "0")) >= len(anatomy.sheets):
            yield f"The name {name} belongs to a sheet that does not exist."
        yield from (f"The name {name}: {problem}" for problem in formula_problems(_text(element), scope))


def _text(element: Element) -> str:
    text = (element.text or "").strip()
    # Two areas, as print titles have, are a union: each must stand on its own.
    return f"SUM({text})" if element.get("name", "").startswith(_BUILT_IN) and "," in text else text
