"""Edits as a CSV file: written so that a spreadsheet takes no cell for a formula, and read back as they were."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import EditsError, UnreadableFileError
from sheetgen.inputs import Setting
from sheetgen.ledger_csv import FORMULA_STARTS, require_csv
from sheetgen.output import whole_file
from sheetgen.pull.content import parse_written
from sheetgen.pull.edit import EditKind, PulledEdit, content_of

HEADERS: Final = ("kind", "campaign_id", "campaign_name", "column", "before", "after")
"""The same in every language, since `build --edits` reads them."""

SEPARATORS: Final = (",", ";", "\t")
"""A spreadsheet that saves the file again may change the separator."""

KINDS: Final[Mapping[str, EditKind]] = {kind.value: kind for kind in EditKind}


@dataclass(frozen=True)
class EditsFile:
    """The edits of a file, and the name it has in the ledger."""

    name: str
    edits: tuple[PulledEdit, ...] = ()


def write_edits(edits: Sequence[PulledEdit], path: Path) -> None:
    """Write a file of edits, one a line, as UTF-8 with a mark so that Excel reads its accents.

    Raises `OptionError` for a name that is no CSV file's, `OutputError` where the file cannot be written.
    """
    require_csv(path, "--output")
    with whole_file(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADERS)
        rows.writerows(_cells(edit) for edit in edits)


def _cells(edit: PulledEdit) -> tuple[str, ...]:
    named = (edit.campaign_id, edit.campaign_name, edit.column)
    values = ((edit.before, edit.written_before), (edit.after, edit.written_after))
    return (
        edit.kind.value,
        *map(_escaped, named),
        *(_escaped(text) if isinstance(value, str) else text for value, text in values),
    )


def _escaped(text: str) -> str:
    """The text with an apostrophe before what would be a formula, however many it begins with already."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def _unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def read_edits(path: Path, settings: Sequence[Setting]) -> EditsFile:
    """The edits of such a file; blank lines are left out.

    Raises `UnreadableFileError`, or `EditsError` for a file without the headers or a line of another kind.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableFileError(path=path, reason=system_clause(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(path=path, reason=Clause("the file is not UTF-8 text.")) from error
    return EditsFile(path.name, tuple(_edits(path, text, settings)))


def _edits(path: Path, text: str, settings: Sequence[Setting]) -> Iterator[PulledEdit]:
    lines = csv.reader(text.splitlines(keepends=True), delimiter=_separator(path, text))
    headers = next(lines)
    for cells in lines:
        if any(cells):
            row = dict(zip(headers, map(_unescaped, cells), strict=False))
            yield _edit(path, lines.line_num, row, settings)


def _separator(path: Path, text: str) -> str:
    first = text.partition("\n")[0].strip("\r")
    for separator in SEPARATORS:
        if set(HEADERS) <= set(next(csv.reader([first], delimiter=separator), [])):
            return separator
    problem = Clause("the first line is {found!r}, not {headers}.", found=first[:80], headers=",".join(HEADERS))
    raise EditsError(path=path, line=1, problem=problem)


def _edit(path: Path, line: int, row: Mapping[str, str], settings: Sequence[Setting]) -> PulledEdit:
    kind = KINDS.get(row.get("kind", ""))
    if kind is None:
        problem = Clause("{found!r} is no kind of edit: {kinds}.", found=row.get("kind", ""), kinds=", ".join(KINDS))
        raise EditsError(path=path, line=line, problem=problem)
    key, name, column, before, after = (row.get(header, "") for header in HEADERS[1:])
    content = content_of(kind, column, settings)
    old, new = parse_written(before, content), parse_written(after, content)
    return PulledEdit(kind, key, name, column, old, new, content, line)
