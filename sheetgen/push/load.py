"""What goes over to a spreadsheet, and how: in the batch of the commit, or ahead of it where that is too much."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sheetgen.clause import Clause
from sheetgen.errors import LimitError
from sheetgen.push import state
from sheetgen.push.client import Json
from sheetgen.push.commit import Commit, adopt_sheet, encode_batch, release_staging, remove_staging
from sheetgen.push.limits import Limits
from sheetgen.push.paste import paste, paste_text
from sheetgen.push.patch import Patch, changed_patches, column_patches, joined, text_patch, whole_patches
from sheetgen.push.plan import TabState
from sheetgen.push.room import fewer_campaigns, fullest, require_waiting_room
from sheetgen.push.staging import Stage, chunks, create_stages, new_stage, packed_cells, packed_stage
from sheetgen.render.sheets.batch import Cells
from sheetgen.render.sheets.model import SheetsTab, SheetsTable
from sheetgen.render.sheets.places import resolve
from sheetgen.render.sheets.update import Present, is_rebuilt

SAMPLE: Final = 1_000
"""Rows of a patch that tell how long its numbers are."""


@dataclass(frozen=True, eq=False)
class Load:
    """What goes over: data ahead on stages, in bodies of their own, and the batch of the commit.

    With `is_pasting` some numbers are pasted by the batch: whether the spreadsheet reads them is tried before.
    """

    stages: tuple[Stage, ...]
    create: bytes
    body: bytes
    is_pasting: bool
    limits: Limits

    def sizes(self) -> list[int]:
        """The bytes of each call, written out once and forgotten."""
        ahead = [len(self.create)] if self.stages else []
        trial = [0] if self.is_pasting else []
        return [*ahead, *trial, *(len(body) for body in self.chunks()), len(self.body)]

    def chunks(self) -> Iterator[bytes]:
        """The bodies of the calls that send data ahead."""
        return chunks(self.stages, self.limits)

    @property
    def trials(self) -> list[str]:
        """The cells, as A1 text, that hold the trial number if the spreadsheet reads it."""
        return [stage.trial for stage in self.stages if stage.tries_pasting]


@dataclass(frozen=True, eq=False)
class _Pending:
    """Data that may go over apart: those of a table, or the texts of a tab without one; `cells` of them go over."""

    tab: SheetsTab
    table: SheetsTable | None
    cells: int

    @property
    def name(self) -> str:
        """The table's name, or the tab's key."""
        return self.tab.key if self.table is None else self.table.name


def make_load(commit: Commit, changed: Mapping[str, Cells], limits: Limits) -> Load:
    """As much as fits in one batch, the largest tables ahead of it where need be; `changed` are inputs by tab.

    Raises `LimitError` for a batch that is too large even so, and for data with no room to wait in.
    """
    pending = sorted(_pending(commit, changed), key=lambda each: each.cells)
    apart: list[_Pending] = []
    while sum(each.cells for each in pending) > limits.data:
        apart.append(pending.pop())
    pending += _pages(commit)
    while True:
        stages, pasted = _shared_out(commit, apart, changed, limits)
        body = encode_batch(_requests(commit, changed, apart, stages, pasted))
        if len(body) <= limits.body or not pending:
            break
        apart.append(pending.pop())
    plan = commit.plan
    require_waiting_room(plan.report, plan.present, sum(stage.extra_cells for stage in stages), limits)
    _require_body(commit, body, pasted, limits)
    create = encode_batch(create_stages(stages, plan.present)) if stages else b""
    return Load(stages, create, body, bool(pasted), limits)


def _pending(commit: Commit, changed: Mapping[str, Cells]) -> Iterator[_Pending]:
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
                added = max(table.rows - sheet.tables[table.name].data_rows, 0)
                cells = sum(width * (added if is_input else table.rows) for width, is_input in data)
                cells += len(changed.get(tab.key, ()))
            if cells:
                yield _Pending(tab, table, cells)


def _pages(commit: Commit) -> Iterator[_Pending]:
    """The tab that remembers all inputs, which grows with them."""
    for tab in commit.plan.report.tabs:
        if tab.key == state.KEY:
            yield _Pending(tab, None, len(tab.cells))


def _shared_out(
    commit: Commit, apart: Sequence[_Pending], changed: Mapping[str, Cells], limits: Limits
) -> tuple[tuple[Stage, ...], tuple[Patch, ...]]:
    """The stages for data that go apart, and the numbers that the batch pastes, for they have no room to wait in."""
    new, present = set(commit.plan.keys(TabState.NEW)), commit.present_tabs()
    tabs = {each.tab.key: each.tab for each in apart}
    patches: dict[str, list[Patch]] = {key: [] for key in tabs}
    for each in apart:
        patches[each.tab.key] += _patches(each, present.get(each.tab.key), changed.get(each.tab.key, ()))
    beside = {key: found for key, found in patches.items() if key not in new and found}
    pasted = _to_paste(beside, limits.cells - fullest(commit.plan.report, commit.plan.present))
    waiting = _waiting(beside, pasted)
    sheets = _stage_sheets(commit, tabs)
    stages = [new_stage(tabs[key], sheets[key], patches[key]) for key in tabs if key in new]
    for i, (key, found) in enumerate(waiting.items()):
        if found or (pasted and i == 0):
            stages.append(packed_stage(tabs[key], sheets[key], found, tries_pasting=bool(pasted) and i == 0))
    return tuple(stages), tuple(joined(pasted))


def _patches(pending: _Pending, present: Present | None, changed: Cells) -> Iterable[Patch]:
    tab, table = pending.tab, pending.table
    if table is None:
        return (text_patch(tab),)
    if present is None:
        return whole_patches(tab, table)
    if is_rebuilt(table, present):
        return column_patches(tab, table)
    return changed_patches(tab, table, min(present.tables[table.name].data_rows, table.rows), changed)


def _to_paste(beside: Mapping[str, Sequence[Patch]], room: int) -> list[Patch]:
    """The patches of numbers to paste so that the others have room: shortest first, columns with a type last."""
    pasted: list[Patch] = []
    if _cells(beside, pasted) <= room:
        return pasted
    numbers = [patch for found in beside.values() for patch in found if patch.is_numeric]
    numbers.sort(key=lambda patch: (patch.is_typed, len(paste_text(patch, SAMPLE))), reverse=True)
    while numbers and _cells(beside, pasted) > room:
        pasted.append(numbers.pop())
    return pasted


def _cells(beside: Mapping[str, Sequence[Patch]], pasted: Collection[Patch]) -> int:
    """The cells of stages for what is not pasted."""
    waiting = _waiting(beside, pasted)
    return sum(packed_cells(found, tries_pasting=bool(pasted)) for found in waiting.values())


def _waiting(beside: Mapping[str, Sequence[Patch]], pasted: Collection[Patch]) -> dict[str, list[Patch]]:
    gone = {id(patch) for patch in pasted}
    return {key: [patch for patch in found if id(patch) not in gone] for key, found in beside.items()}


def _stage_sheets(commit: Commit, tabs: Iterable[str]) -> dict[str, int]:
    """The ID of the sheet on which each tab's data wait: that of the tab itself where it is new."""
    new = set(commit.plan.keys(TabState.NEW))
    taken = {*commit.plan.present.taken, *commit.ids.sheets.values()}
    sheets = {}
    for key in tabs:
        sheet = commit.ids.sheets[key]
        while sheet in taken and key not in new:
            sheet += 1
        taken.add(sheet)
        sheets[key] = sheet
    return sheets


def _requests(
    commit: Commit,
    changed: Mapping[str, Cells],
    apart: Sequence[_Pending],
    stages: Sequence[Stage],
    pasted: Iterable[Patch],
) -> Iterator[Json]:
    present = commit.plan.present
    if not stages:
        yield from remove_staging(present)
    pages = {each.tab.key for each in apart if each.table is None}
    inline = {key: _inline(cells, key, apart) for key, cells in changed.items()}
    targets = {stage.sheet for stage in stages if stage.is_target}
    last = sum(not sheet.is_staging for sheet in present.sheets) + len(stages)
    for request in commit.without_cells(pages).requests(inline, {each.name for each in apart}):
        adopted = adopt_sheet(request, targets, last)
        last += "addSheet" in adopted
        yield adopted
    for stage in stages:
        yield from stage.copies(commit.ids.sheets)
        yield from stage.remove()
    for patch in pasted:
        yield from (resolve(request, commit.ids.sheets) for request in paste(patch))
    if stages:
        yield release_staging()


def _inline(cells: Cells, key: str, apart: Sequence[_Pending]) -> set[tuple[int, int]]:
    """The cells of a tab that are in no table whose data go apart."""
    tables = [each.table for each in apart if each.tab.key == key and each.table is not None]
    return {cell for cell in cells if not any(_is_in(table, *cell) for table in tables)}


def _is_in(table: SheetsTable, row: int, column: int) -> bool:
    return table.row < row < table.end_row and table.column <= column < table.end_column


def _require_body(commit: Commit, body: bytes, pasted: Sequence[Patch], limits: Limits) -> None:
    if len(body) <= limits.body:
        return
    what = Clause("report without the data that wait") if pasted else Clause("report without its data")
    fewer_tabs = Clause("Take a template with fewer tabs.")
    raise LimitError(
        what=what,
        found=Clause("{count:,} bytes", count=len(body)),
        allowed=Clause("{count:,} bytes of a call", count=limits.body),
        remedy=fewer_campaigns(commit.plan.report, limits.body / len(body)) if pasted else fewer_tabs,
    )
