"""What a push will do, before anything is written: which tabs are new or changed, which edits stay, what is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from sheetgen.errors import (
    ForeignChartError,
    MovedFormulaError,
    SheetEditsError,
    SheetLayoutError,
    SheetRowsError,
    StrayCellsError,
)
from sheetgen.push import state
from sheetgen.push.edits import Edit, Edits, Merge, merge
from sheetgen.push.feed import require_stable, schema_of
from sheetgen.push.layout import has_moved_table, is_disturbed, places_in
from sheetgen.push.limits import Limits
from sheetgen.push.manifest import TabRecord
from sheetgen.push.reading import SheetInputs
from sheetgen.push.room import require_room
from sheetgen.push.spreadsheet import PresentSheet, PresentSpreadsheet
from sheetgen.push.values import InputValues, is_same, proposed_values, with_values
from sheetgen.render.sheets.fingerprint import fingerprint
from sheetgen.render.sheets.formulas import formula_areas
from sheetgen.render.sheets.model import SheetsReport, SheetsTab

NAMED: Final = 3
"""Edits or rows that a sentence names."""

Titles = Mapping[str, str]
"""Titles of tabs by key, as they are on the spreadsheet."""


class TabState(Enum):
    """What becomes of a tab."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class TabPlan:
    """A tab, what becomes of it, and the rows of its grid; a foreign tab has no key."""

    key: str
    title: str
    state: TabState
    rows: int


@dataclass(frozen=True, eq=False)
class Plan:
    """A push to be: `report` as it is to be on the spreadsheet, with the state tab, and what becomes of every tab.

    `proposed` are the inputs as the report has them, without edits that are kept; `fingerprints` go by tab.
    """

    present: PresentSpreadsheet
    report: SheetsReport
    proposed: InputValues
    fingerprints: Mapping[str, str]
    tabs: tuple[TabPlan, ...]
    edits: tuple[Edit, ...]

    def keys(self, *states: TabState) -> list[str]:
        """The keys of the tabs in one of those states."""
        return [tab.key for tab in self.tabs if tab.state in states]

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.keys(TabState.NEW, TabState.CHANGED, TabState.REMOVED))


def make_plan(
    build: Callable[[Titles], SheetsReport],
    present: PresentSpreadsheet,
    inputs: SheetInputs | None,
    edits: Edits,
    *,
    allows_schema_change: bool = False,
    limits: Limits | None = None,
) -> Plan:
    """The plan for a report, which `build` makes for tabs of given titles, on a spreadsheet with those inputs.

    Raises an `InputError` for what a push must not do unless it is told to.
    """
    report = build({})
    proposed = proposed_values(report)
    if present.manifest is not None and not allows_schema_change:
        require_stable(present.manifest.feeds, schema_of(report))
    merged = _merged(inputs, proposed, edits)
    if edits is Edits.FAIL and merged.edits:
        raise SheetEditsError(count=len(merged.edits), edits=_some(edit.place for edit in merged.edits))
    fingerprints = {tab.key: fingerprint(tab) for tab in report.tabs} | {state.KEY: state.digest(proposed)}
    shown = with_values(_retitled(build, report, present), merged.values)
    shown = replace(shown, tabs=(*shown.tabs, _state_tab(proposed, shown, present)))
    # Edits that are kept stay where they are: only those to be overwritten make a tab stale.
    stale = changed_inputs(shown, present, inputs) if inputs and edits is Edits.OVERWRITE else {}
    tabs = tuple(_tabs(shown, fingerprints, present, stale))
    plan = Plan(present, shown, proposed, fingerprints, tabs, merged.edits)
    if not plan.writes:
        return plan
    require_room(shown, present, limits or Limits())
    if inputs is not None and edits is not Edits.OVERWRITE:
        _require_undisturbed(plan, inputs, merged)
    _require_no_foreign_chart(plan)
    return replace(plan, tabs=tuple(_with_disturbed(plan)))


def _merged(inputs: SheetInputs | None, proposed: InputValues, edits: Edits) -> Merge:
    if inputs is None:
        return Merge(proposed, (), {}, {})
    return merge(inputs.base or proposed, inputs.now, proposed, edits)


def _retitled(
    build: Callable[[Titles], SheetsReport], report: SheetsReport, present: PresentSpreadsheet
) -> SheetsReport:
    """The report for tabs that were renamed: formulas name them. Fingerprints are those of the titles of old."""
    own = present.own_sheets()
    titles = {tab.key: own[tab.key].title for tab in report.tabs if tab.key in own}
    return build(titles) if any(titles.get(tab.key, tab.title) != tab.title for tab in report.tabs) else report


def _state_tab(proposed: InputValues, report: SheetsReport, present: PresentSpreadsheet) -> SheetsTab:
    tab = state.state_tab(proposed, {tab.key: formula_areas(tab) for tab in report.tabs})
    own = present.own_sheets()
    return replace(tab, title=own[tab.key].title) if tab.key in own else tab


def _tabs(
    report: SheetsReport, fingerprints: Mapping[str, str], present: PresentSpreadsheet, stale: Collection[str]
) -> Iterator[TabPlan]:
    own = present.own_sheets()
    records: Mapping[str, TabRecord] = present.manifest.tabs if present.manifest else {}
    for tab in report.tabs:
        found = TabState.NEW
        if tab.key in own:
            record = records[tab.key]
            is_same = record.fingerprint == fingerprints[tab.key] and record.places == places_in(report, tab.key)
            found = TabState.UNCHANGED if is_same and tab.key not in stale else TabState.CHANGED
        yield TabPlan(tab.key, tab.title, found, tab.rows)
    known = {tab.key for tab in report.tabs}
    for key, sheet in own.items():
        if key not in known:
            yield TabPlan(key, sheet.title, TabState.REMOVED, sheet.rows)
    yield from (TabPlan("", sheet.title, TabState.FOREIGN, sheet.rows) for sheet in present.foreign_sheets())


def changed_inputs(
    report: SheetsReport, present: PresentSpreadsheet, inputs: SheetInputs
) -> Mapping[str, set[tuple[int, int]]]:
    """The input cells, by tab, that do not hold what the report says: by what is in the very cell now."""
    own = present.own_sheets()
    changed: dict[str, set[tuple[int, int]]] = {}
    wanted = proposed_values(report)
    for name, value in wanted.names.items():
        at, found = report.names[name], present.names.get(name)
        if at.tab not in own:
            continue
        is_there = found is not None and (found.sheet, found.row, found.column) == (own[at.tab].id, at.row, at.column)
        if not is_there or not is_same(inputs.now.names.get(name), value):
            changed.setdefault(at.tab, set()).add((at.row, at.column))
    for tab in report.tabs:
        if tab.key in own:
            cells = _changed_rows(tab, own[tab.key], wanted, inputs)
            changed.setdefault(tab.key, set()).update(cells)
    return {key: cells for key, cells in changed.items() if cells}


def _changed_rows(
    tab: SheetsTab, sheet: PresentSheet, wanted: InputValues, inputs: SheetInputs
) -> Iterator[tuple[int, int]]:
    """Cells of the tab's tables whose row on the sheet, whatever its key, holds something else."""
    for table in tab.tables:
        found, now = sheet.tables.get(table.name), inputs.now.tables.get(table.name)
        if table.name not in wanted.tables or found is None or now is None:
            continue
        places = {column.header: table.column + i for i, column in enumerate(table.columns)}
        columns = dict(zip(now.headers, now.columns(), strict=True))
        ours = dict(zip(wanted.tables[table.name].headers, wanted.tables[table.name].columns(), strict=True))
        for header in ours.keys() & columns.keys():
            pairs = enumerate(zip(ours[header], columns[header], strict=False), start=table.row + 1)
            yield from ((row, places[header]) for row, (mine, theirs) in pairs if not is_same(theirs, mine))


def _with_disturbed(plan: Plan) -> Iterator[TabPlan]:
    """The tabs, all as changed where one is not as it was left: Google has altered the formulas that look at it."""
    records = plan.present.manifest.tabs if plan.present.manifest else {}
    is_intact = records.keys() <= plan.present.own_sheets().keys() and not any(_disturbed(plan))
    for tab in plan.tabs:
        is_stale = tab.state is TabState.UNCHANGED and not is_intact
        yield replace(tab, state=TabState.CHANGED) if is_stale else tab


def _disturbed(plan: Plan) -> Iterator[str]:
    """The keys of tabs whose cells were moved."""
    own = plan.present.own_sheets()
    records = plan.present.manifest.tabs if plan.present.manifest else {}
    unchanged = plan.keys(TabState.UNCHANGED)
    for tab in plan.report.tabs:
        if tab.key in own:
            moved = tab.key in unchanged and has_moved_table(tab, own[tab.key])
            if moved or is_disturbed(plan.present, own[tab.key], records[tab.key]):
                yield tab.key


def _require_undisturbed(plan: Plan, inputs: SheetInputs, merged: Merge) -> None:
    """Refuse what a push would destroy of the marketer's work.

    Raises `SheetRowsError`, `SheetLayoutError`, `StrayCellsError` or `MovedFormulaError`.
    """
    titles = {tab.key: tab.title for tab in plan.tabs}
    for rows in (merged.added, merged.deleted):
        for table, keys in rows.items():
            raise SheetRowsError(tab=table, rows=_some(key or "–" for key in keys))
    for key, cells in inputs.strays.items():
        raise StrayCellsError(tab=titles.get(key, key), cells=_some(cells))
    for key in sorted({*inputs.missing, *_disturbed(plan)}):
        raise SheetLayoutError(tab=titles.get(key, key))
    for edit in merged.edits:
        if _is_moved_formula(edit, inputs.now, merged.values):
            raise MovedFormulaError(place=edit.place)


def _is_moved_formula(edit: Edit, now: InputValues, wanted: InputValues) -> bool:
    """Whether a formula is kept in a row that moves: written elsewhere it would be a text, as all data are."""
    if not (edit.is_kept and edit.table and isinstance(edit.after, str) and edit.after.startswith("=")):
        return False
    before, after = (list(values.tables[edit.table].rows) for values in (now, wanted))
    return before.index(edit.row) != after.index(edit.row)


def _require_no_foreign_chart(plan: Plan) -> None:
    own = plan.present.own_sheets()
    records = plan.present.manifest.tabs if plan.present.manifest else {}
    for key in plan.keys(TabState.REMOVED):
        foreign = own[key].charts - set(records[key].charts.values())
        if foreign:
            raise ForeignChartError(tab=own[key].title, count=len(foreign))


def _some(texts: Iterable[str]) -> str:
    found = list(texts)
    return "; ".join(found[:NAMED]) + ("; …" if len(found) > NAMED else "")
