"""A push from the first look at the spreadsheet to the last answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sheetgen.clause import Clause
from sheetgen.errors import ConcurrentPushError, LimitError, SheetgenError, SheetsRefusalError
from sheetgen.push.client import Json, SheetsClient
from sheetgen.push.commit import Commit, adopt_sheet, encode_batch, new_commit, release_staging
from sheetgen.push.edits import Edits
from sheetgen.push.plan import Plan, TabState, Titles, changed_inputs, make_plan, require_room
from sheetgen.push.reading import SheetInputs, read_inputs
from sheetgen.push.spreadsheet import PresentSpreadsheet, read_spreadsheet
from sheetgen.push.staging import Stage, chunks, create_stages
from sheetgen.render.sheets.batch import Cells
from sheetgen.render.sheets.model import SheetsReport, SheetsTab, SheetsTable
from sheetgen.render.sheets.update import is_rebuilt

MOST_BYTES: Final = 8_000_000
"""Bytes of a call, below the ten million and some that Google refuses."""

MOST_DATA: Final = 200_000
"""Cells of data that are tried in one batch: more are never below the limit."""

Progress = Callable[[str, float], None]


def _silent(_step: str, _done: float) -> None:
    return None


@dataclass(frozen=True)
class PushOptions:
    """How to push: what becomes of edits, whether Looker Studio's columns may change, whether to write at all."""

    edits: Edits = Edits.KEEP
    allows_schema_change: bool = False
    is_dry_run: bool = False


@dataclass(frozen=True, eq=False)
class Push:
    """A push that is done, or planned: with the sheets' IDs by tab, and the API's calls and bytes, made and to come."""

    plan: Plan
    sheets: Mapping[str, int]
    calls: int
    sent: int


@dataclass(frozen=True, eq=False)
class _Load:
    """What goes over: data ahead on stages, in bodies of their own, and the batch of the commit."""

    stages: tuple[Stage, ...] = ()
    body: bytes = b""

    def sizes(self) -> list[int]:
        """The bytes of each call, written out once and forgotten."""
        made = [len(body) for body in chunks(self.stages, MOST_BYTES)]
        return [*([_size(self)] if self.stages else []), *made, len(self.body)]


def push_report(
    client: SheetsClient,
    build: Callable[[Titles], SheetsReport],
    options: PushOptions | None = None,
    progress: Progress = _silent,
) -> Push:
    """Bring a spreadsheet up to a report, which `build` makes for tabs of given titles: wholly or not at all.

    Raises a `SheetgenError` that says what cannot be, or what Google refuses.
    """
    options = options or PushOptions()
    progress("Looking at the spreadsheet", 0.0)
    present, inputs = _look(client, options.edits)
    progress("Planning", 0.2)
    plan = make_plan(build, present, inputs, options.edits, allows_schema_change=options.allows_schema_change)
    if not plan.writes:
        return Push(plan, _sheets(plan), client.calls, client.sent)
    commit = new_commit(plan)
    load = _load(commit, changed_inputs(plan.report, present, inputs) if inputs else {})
    if options.is_dry_run:
        sizes = load.sizes()
        return Push(plan, commit.ids.sheets, client.calls + len(sizes), client.sent + sum(sizes))
    _send(client, commit, load, progress)
    progress("Done", 1.0)
    return Push(plan, commit.ids.sheets, client.calls, client.sent)


def _look(client: SheetsClient, edits: Edits) -> tuple[PresentSpreadsheet, SheetInputs | None]:
    present = read_spreadsheet(client)
    if present.manifest is None:
        return present, None
    return present, read_inputs(client, present, needs_base=edits is not Edits.OVERWRITE)


def _sheets(plan: Plan) -> dict[str, int]:
    return {key: sheet.id for key, sheet in plan.present.own_sheets().items()}


def _load(commit: Commit, changed: Mapping[str, Cells]) -> _Load:
    """As much as fits in one batch, the largest tables ahead of it where need be.

    Raises `LimitError` for a batch that is too large even so, and for data with no room to wait in.
    """
    tables = sorted(_pending(commit, changed), key=lambda each: each[0])
    staged: list[tuple[SheetsTab, SheetsTable]] = []
    while sum(cells for cells, _, _ in tables) > MOST_DATA:
        staged.append(tables.pop()[1:])
    while True:
        stages = _stages(commit, staged)
        body = encode_batch(_requests(commit, changed, stages))
        if len(body) <= MOST_BYTES or not tables:
            break
        staged.append(tables.pop()[1:])
    if len(body) > MOST_BYTES:
        raise LimitError(
            what=Clause("report without its data"),
            found=Clause("{count:,} bytes", count=len(body)),
            allowed=Clause("{count:,} bytes of a call", count=MOST_BYTES),
            remedy=Clause("Take a template with fewer tabs."),
        )
    require_room(commit.plan, sum(stage.extra_cells for stage in stages))
    return _Load(stages, body)


def _pending(commit: Commit, changed: Mapping[str, Cells]) -> Iterator[tuple[int, SheetsTab, SheetsTable]]:
    """The tables to write, each with the number of its cells of data that go over."""
    written = set(commit.plan.keys(TabState.NEW, TabState.CHANGED))
    present = commit.present_tabs()
    for tab in commit.plan.report.tabs:
        for table in tab.tables if tab.key in written else ():
            data = [(len(run.columns), run.is_input) for run in table.data_runs()]
            sheet = present.get(tab.key)
            if sheet is None or is_rebuilt(table, sheet):
                cells = table.rows * sum(width for width, _ in data)
            else:
                found = sheet.tables[table.name]
                added = max(table.rows - (found.end_row - found.row - 1), 0)
                cells = sum(width * (added if is_input else table.rows) for width, is_input in data)
                cells += len(changed.get(tab.key, ()))
            if cells:
                yield cells, tab, table


def _stages(commit: Commit, staged: list[tuple[SheetsTab, SheetsTable]]) -> tuple[Stage, ...]:
    new = set(commit.plan.keys(TabState.NEW))
    taken = {*commit.plan.present.taken, *commit.ids.sheets.values()}
    stages = []
    for tab in {tab.key: tab for tab, _ in staged}.values():
        sheet = commit.ids.sheets[tab.key]
        while sheet in taken and tab.key not in new:
            sheet += 1
        taken.add(sheet)
        tables = tuple(table for at, table in staged if at.key == tab.key)
        stages.append(Stage(tab, tables, sheet, is_target=tab.key in new))
    return tuple(stages)


def _requests(commit: Commit, changed: Mapping[str, Cells], stages: tuple[Stage, ...]) -> Iterator[Json]:
    names = {table.name for stage in stages for table in stage.tables}
    inline = {key: _outside(cells, key, stages) for key, cells in changed.items()}
    targets = {stage.sheet for stage in stages if stage.is_target}
    last = sum(not sheet.is_staging for sheet in commit.plan.present.sheets) + len(stages)
    for request in commit.requests(inline, names):
        adopted = adopt_sheet(request, targets, last)
        last += "addSheet" in adopted
        yield adopted
    for stage in stages:
        yield from stage.copies(commit.ids.sheets)
        yield from stage.remove()
    if stages:
        yield release_staging()


def _outside(cells: Cells, key: str, stages: tuple[Stage, ...]) -> set[tuple[int, int]]:
    """The cells of a tab that are in no table whose data come from a stage."""
    tables = [table for stage in stages if stage.tab.key == key for table in stage.tables]
    return {cell for cell in cells if not any(_is_in(table, *cell) for table in tables)}


def _is_in(table: SheetsTable, row: int, column: int) -> bool:
    return table.row < row < table.end_row and table.column <= column < table.end_column


def _size(load: _Load) -> int:
    return sum(len(encode_batch(stage.create())) for stage in load.stages)


def _send(client: SheetsClient, commit: Commit, load: _Load, progress: Progress) -> None:
    """Stage and commit.

    Raises `ConcurrentPushError` where another push was quicker.
    """
    try:
        if load.stages:
            client.batch_update(
                encode_batch(create_stages(load.stages, commit.plan.present)), lambda: _is_staged(client, load.stages)
            )
            for i, body in enumerate(chunks(load.stages, MOST_BYTES)):
                progress("Sending data", 0.3 + 0.5 * (1 - 0.8**i))
                client.write_values(body)
        progress("Writing the spreadsheet", 0.8)
        client.batch_update(load.body, lambda: _is_committed(client, commit))
    except SheetsRefusalError:
        if not _is_committed(client, commit):
            with suppress(SheetgenError):
                client.batch_update(encode_batch(_removed(load.stages)))
            raise


def _removed(stages: Collection[Stage]) -> Iterator[Json]:
    yield from ({"deleteSheet": {"sheetId": stage.sheet}} for stage in stages)


def _is_staged(client: SheetsClient, stages: tuple[Stage, ...]) -> bool:
    """Whether the stages are there, after a call whose outcome is unknown."""
    found = {sheet.id for sheet in read_spreadsheet(client).sheets if sheet.is_staging}
    return all(stage.sheet in found for stage in stages)


def _is_committed(client: SheetsClient, commit: Commit) -> bool:
    """Whether the batch took effect, after a call whose outcome is unknown.

    Raises `ConcurrentPushError` where another one did.
    """
    before, found = commit.plan.present.manifest, read_spreadsheet(client).manifest
    if found is not None and found.push == commit.manifest.push:
        return True
    if (found and found.push) != (before and before.push):
        raise ConcurrentPushError(sheet=client.spreadsheet_id)
    return False
