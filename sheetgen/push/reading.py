"""Reads the inputs of a pushed report back: as they were proposed, and as the sheet has them now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from sheetgen.clause import Clause
from sheetgen.errors import PushStateError
from sheetgen.formula.locate import a1
from sheetgen.push import state
from sheetgen.push.client import SheetsClient
from sheetgen.push.manifest import Manifest, TableRecord, TabRecord
from sheetgen.push.spreadsheet import PresentSheet, PresentSpreadsheet
from sheetgen.push.values import InputValues, Scalar, TableValues, table_values
from sheetgen.render.sheets.update import PresentTable


@dataclass(frozen=True, eq=False)
class SheetInputs:
    """The inputs at the last push (`base`; None where the sheet does not say any more) and `now`.

    `missing` are the keys of tabs that lack a table or the name of an input, `strays` filled cells beside the report,
    `formulas` where the last push put formulas, by tab.
    """

    base: InputValues | None
    now: InputValues
    missing: frozenset[str]
    strays: Mapping[str, tuple[str, ...]]
    formulas: state.Areas


@dataclass(frozen=True)
class _Run:
    """Neighbouring input columns of a table on its sheet."""

    table: str
    headers: tuple[str, ...]
    rows: int
    range: str


@dataclass(frozen=True)
class _Margin:
    """Cells of a tab's sheet beside the report; `row` and `column` are its first."""

    tab: str
    row: int
    column: int
    range: str


def read_inputs(
    client: SheetsClient, present: PresentSpreadsheet, *, needs_base: bool = True, as_results: bool = False
) -> SheetInputs:
    """The inputs of the last push, in one call; a formula typed into one as it stands, or as its result.

    Raises `PushStateError` where nothing was pushed, or where the base is needed and cannot be read.
    """
    manifest = present.manifest
    if manifest is None:
        raise PushStateError(problem=Clause("nothing was pushed to it"))
    own = present.own_sheets()
    names = _name_cells(manifest, present)
    runs = [run for name, each in manifest.tables.items() for run in _runs(name, each, own.get(each.tab))]
    margins = [margin for key, sheet in own.items() for margin in _margins(key, manifest.tabs[key], sheet)]
    chunks = [f"{quoted(own[state.KEY].title)}!A1:A{own[state.KEY].rows}"] if state.KEY in own else []
    ranges = [*names.values(), *(run.range for run in runs), *(margin.range for margin in margins), *chunks]
    found = iter(client.read_values(ranges, as_results=as_results))
    named = {name: _first(rows) for name, rows in zip(names, islice(found, len(names)), strict=True)}
    now = InputValues(named, _tables(runs, islice(found, len(runs))))
    strays = _strays(margins, islice(found, len(margins)))
    kept = _state(manifest, [cell for rows in found for row in rows for cell in row], needs_base)
    base, formulas = (None, {}) if kept is None else (kept.values, kept.formulas)
    return SheetInputs(base, now, _missing(manifest, now) & own.keys(), strays, formulas)


def quoted(title: str) -> str:
    """A tab's title as A1 text has it."""
    return "'" + title.replace("'", "''") + "'"


def _state(manifest: Manifest, chunks: Sequence[object], needed: bool) -> state.State | None:
    try:
        return state.decode(chunks, manifest.state)
    except PushStateError:
        if needed:
            raise
        return None


def _name_cells(manifest: Manifest, present: PresentSpreadsheet) -> dict[str, str]:
    """The cells of single inputs by name; a name whose sheet was deleted has none."""
    titles = {sheet.id: sheet.title for sheet in present.sheets}
    found = {name: present.names[name] for name in manifest.inputs if name in present.names}
    return {
        name: f"{quoted(titles[at.sheet])}!{a1(at.row, at.column)}" for name, at in found.items() if at.sheet in titles
    }


def _runs(name: str, record: TableRecord, sheet: PresentSheet | None) -> Iterator[_Run]:
    table = None if sheet is None else sheet.tables.get(name)
    if sheet is None or table is None or not set(record.headers) <= set(table.headers):
        return
    places = sorted((table.headers.index(header), header) for header in record.headers)
    for _, run in groupby(enumerate(places), lambda each: each[1][0] - each[0]):
        columns = [place for _, place in run]
        yield _run(name, sheet, table, columns)


def _run(name: str, sheet: PresentSheet, table: PresentTable, columns: list[tuple[int, str]]) -> _Run:
    first, last = table.column + columns[0][0], table.column + columns[-1][0]
    area = f"{a1(table.row + 1, first)}:{a1(table.end_row - 1, last)}"
    headers = tuple(header for _, header in columns)
    return _Run(name, headers, table.end_row - table.row - 1, f"{quoted(sheet.title)}!{area}")


def _margins(key: str, record: TabRecord, sheet: PresentSheet) -> Iterator[_Margin]:
    """The parts of a sheet's grid below and right of what was pushed."""
    last = sheet.columns - 1
    if sheet.rows > record.rows:
        yield _Margin(key, record.rows, 0, f"{quoted(sheet.title)}!{a1(record.rows, 0)}:{a1(sheet.rows - 1, last)}")
    if sheet.columns > record.columns:
        area = f"{a1(0, record.columns)}:{a1(sheet.rows - 1, last)}"
        yield _Margin(key, 0, record.columns, f"{quoted(sheet.title)}!{area}")


def _strays(margins: Sequence[_Margin], found: Iterable[list[list[Any]]]) -> Mapping[str, tuple[str, ...]]:
    filled: dict[str, list[str]] = {}
    for margin, rows in zip(margins, found, strict=True):
        for i, row in enumerate(rows):
            places = [a1(margin.row + i, margin.column + j) for j, value in enumerate(row) if value != ""]
            filled.setdefault(margin.tab, []).extend(places)
    return {tab: tuple(places) for tab, places in filled.items() if places}


def _tables(runs: Sequence[_Run], found: Iterable[list[list[Any]]]) -> Mapping[str, TableValues]:
    columns: dict[str, dict[str, list[Scalar]]] = {}
    for run, rows in zip(runs, found, strict=True):
        filled = rows + [[]] * (run.rows - len(rows))
        for i, header in enumerate(run.headers):
            cells = [_blank(row[i]) if i < len(row) else None for row in filled]
            columns.setdefault(run.table, {})[header] = cells
    return {name: table_values(tuple(each), list(each.values())) for name, each in columns.items()}


def _first(rows: list[list[Any]]) -> Scalar:
    return _blank(rows[0][0]) if rows and rows[0] else None


def _blank(value: Any) -> Scalar:
    found: Scalar = None if value == "" else value
    return found


def _missing(manifest: Manifest, now: InputValues) -> frozenset[str]:
    tables = {record.tab for name, record in manifest.tables.items() if name not in now.tables}
    return frozenset(tables | {tab for name, tab in manifest.inputs.items() if name not in now.names})
