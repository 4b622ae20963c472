"""Edits of input cells, as a marketer would type them: read from text, and written into a copy of the workbook."""

from __future__ import annotations

import math
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sheetgen.analysis.serials import to_serial
from sheetgen.clause import Clause, system_clause
from sheetgen.errors import OptionError, OutputError
from sheetgen.workbook.cells import Book, StoredCell
from sheetgen.workbook.outline import read_sheets, workbook_part
from sheetgen.workbook.package import Package, open_package
from sheetgen.workbook.patch import Content, patch_cells
from sheetgen.workbook.place import Place, parse_cell

_EDIT = re.compile(r"(?:(?P<tab>'(?:[^']|'')+'|[^'!=]+)!)?(?P<target>[^=!]+)=(?P<value>.*)", re.DOTALL)
EXAMPLES = "Tab!Cell=value or name=value, such as Campaigns!G5=1234 or filter_platform=Instagram"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Edit:
    """An input cell, by tab title and 0-based row and column, and what it is set to; None is blank."""

    tab: str
    row: int
    column: int
    value: Content


def parse_edit(text: str, book: Book) -> Edit:
    """The edit that `Campaigns!G5=1234`, `'Data Quality'!B2=` or `set_roi_scale=3` means in a workbook.

    A number stays a number, `2025-03-01` becomes a date in a cell shown as one, nothing is blank, all else is text.
    Raises `OptionError` for a target that is not an input cell.
    """
    match = _EDIT.fullmatch(text)
    if match is None:
        raise _refusal(text, Clause(EXAMPLES))
    tab, target = match["tab"], match["target"].strip()
    place = _named(text, target, book) if tab is None else _placed(text, tab.strip(), target, book)
    sheet = book.sheet(place.tab)
    cell = sheet.cells.get((place.row, place.column)) if sheet else None
    if cell is not None and cell.formula is not None:
        allowed = Clause("a cell without a formula ({place} holds a formula; edit one of its inputs)", place=place)
        raise _refusal(text, allowed)
    for table in book.tables.values():
        if table.tab == place.tab and table.header_cells.holds(place.row, place.column):
            header = "a cell under the header ({place} is a header of the table {table})"
            raise _refusal(text, Clause(header, place=place, table=table.name))
    return Edit(*place, _content(match["value"], cell, book))


def _placed(text: str, tab: str, target: str, book: Book) -> Place:
    title = tab[1:-1].replace("''", "'") if tab.startswith("'") else tab
    sheet = book.sheet(title)
    if sheet is None:
        tabs = ", ".join(sheet.title for sheet in book.sheets)
        raise _refusal(text, Clause("a cell of one of the tabs {tabs}", tabs=tabs))
    cell = parse_cell(target)
    if cell is None:
        raise _refusal(text, Clause("a cell from A1 to XFD1048576 ({found!r} is not one)", found=target))
    return Place(sheet.title, *cell)


def _named(text: str, target: str, book: Book) -> Place:
    names = {name.casefold(): place for name, place in book.names.items()}
    place = names.get(target.casefold())
    if place is None:
        known = ", ".join(sorted(book.names)) or Clause("none in this workbook")
        raise _refusal(text, Clause("Tab!Cell=value, or one of the names {names}", names=known))
    return place


def _content(text: str, cell: StoredCell | None, book: Book) -> Content:
    if text == "":
        return None
    if cell is not None and cell.style in book.formats.texts:
        return text
    if cell is not None and cell.style in book.formats.dates and _DATE.fullmatch(text.strip()):
        return _serial(text.strip())
    return _number(text)


def _serial(text: str) -> Content:
    try:
        return to_serial(date.fromisoformat(text))
    except ValueError:
        return text


def _number(text: str) -> Content:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) and "_" not in text else text


def edit_book(path: Path, edits: Sequence[Edit], target: Path) -> None:
    """Write a copy of a workbook with cells edited: formats, and all parts but the edited sheets, stay byte for byte.

    The cells must hold no formulas, and caches of formulas are left as they were. Raises what `read_book` raises,
    and `OutputError` where the copy cannot be written.
    """
    by_tab: defaultdict[str, dict[tuple[int, int], Content]] = defaultdict(dict)
    for edit in edits:
        by_tab[edit.tab.casefold()][edit.row, edit.column] = edit.value
    with open_package(path) as package:
        part = workbook_part(package)
        sheets = read_sheets(package, package.tree(part), part)
        changed = {
            sheet.part: patch_cells(package.read(sheet.part), by_tab[sheet.title.casefold()])
            for sheet in sheets
            if sheet.title.casefold() in by_tab
        }
        try:
            _write_copy(package, changed, target)
        except OSError as error:
            raise OutputError(path=target, reason=system_clause(error)) from error


def _write_copy(package: Package, changed: Mapping[str, bytes], target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in package.infos():
            copy.writestr(info, changed.get(info.filename) or package.read(info.filename))


def _refusal(text: str, allowed: Clause) -> OptionError:
    return OptionError(option="--edit", found=text, allowed=allowed)
