"""The one batch of a push: all of a plan's requests, and the notes that let no second push in between."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sheetgen.push import state
from sheetgen.push.client import Json, compact
from sheetgen.push.feed import schema_of
from sheetgen.push.layout import own_names, places_in, require_free_names
from sheetgen.push.manifest import (
    STAGING,
    TAB,
    Manifest,
    TableRecord,
    TabRecord,
    create_metadata,
    delete_metadata,
)
from sheetgen.push.plan import Plan, TabState
from sheetgen.push.spreadsheet import PresentSheet, PresentSpreadsheet, rule_signature
from sheetgen.push.values import input_columns
from sheetgen.render.sheets.batch import Cells, Spreadsheet, update_report
from sheetgen.render.sheets.ids import Ids, propose_ids
from sheetgen.render.sheets.model import SheetsTab
from sheetgen.render.sheets.places import resolve
from sheetgen.render.sheets.update import Present

LOCK: Final = 1_398_000_000
"""The ID of the state tab's protection is this and the manifest's generation: a push deletes the one that it saw."""


@dataclass(frozen=True, eq=False)
class Commit:
    """A plan with IDs for all that it makes, and the manifest that it leaves."""

    plan: Plan
    ids: Ids
    manifest: Manifest

    def requests(self, changed: Mapping[str, Cells], staged: Collection[str] = ()) -> Iterator[Json]:
        """All requests, in order; `changed` are the inputs to write by tab, `staged` the tables whose data come apart.

        Raises `RenderError` for data that no cell holds.
        """
        present = self.plan.present
        yield from self._claim()
        yield from _restored_names(self.ids, present)
        unchanged = [key for key in self.plan.keys(TabState.UNCHANGED) if key != state.KEY]
        yield from update_report(
            self.plan.report,
            self.ids,
            Spreadsheet(self.present_tabs(), _names_after(self.ids, present)),
            changed=changed,
            unchanged=unchanged,
            staged=staged,
        )
        own = present.own_sheets()
        yield from ({"deleteSheet": {"sheetId": own[key].id}} for key in self.plan.keys(TabState.REMOVED))
        for key in self.plan.keys(TabState.NEW):
            yield create_metadata(TAB, key, {"sheetId": self.ids.sheets[key]})

    def without_cells(self, keys: Collection[str]) -> Commit:
        """The commit that leaves the cells of those tabs blank."""
        tabs = (replace(tab, cells=()) if tab.key in keys else tab for tab in self.plan.report.tabs)
        return replace(self, plan=replace(self.plan, report=replace(self.plan.report, tabs=tuple(tabs))))

    def _claim(self) -> Iterator[Json]:
        """What only one of two pushes can do: delete the lock that both saw, and take the next manifest's ID."""
        before = self.plan.present.manifest
        if before is not None:
            lock = before.tabs[state.KEY].protection if state.KEY in before.tabs else 0
            if lock in self.plan.present.taken:
                yield {"deleteProtectedRange": {"protectedRangeId": lock}}
            yield delete_metadata(metadataId=before.metadata_id)
        yield self.manifest.create()

    def present_tabs(self) -> dict[str, Present]:
        """What the sheets of the report's tabs hold of ours, by tab."""
        own = self.plan.present.own_sheets()
        return {tab.key: self._present(tab, own[tab.key]) for tab in self.plan.report.tabs if tab.key in own}

    def _present(self, tab: SheetsTab, sheet: PresentSheet) -> Present:
        manifest = self.plan.present.manifest
        record = manifest.tabs[tab.key] if manifest else None
        charts = record.charts if record else {}
        everywhere = {chart for each in self.plan.present.sheets for chart in each.charts}
        own = set(self.ids.tables.values())
        return Present(
            rows=sheet.rows,
            columns=sheet.columns,
            rules=_own_rules(sheet.rules, record.rules if record else ()),
            charts={key: number for key, number in charts.items() if number in everywhere},
            tables={name: table for name, table in sheet.tables.items() if table.table_id in own},
            is_protected=tab.key != state.KEY and self.ids.protections[tab.key] in sheet.protections,
        )


def new_commit(plan: Plan) -> Commit:
    """The commit of a plan.

    Raises `SheetClashError` where a name is taken by something of the user's.
    """
    before = plan.present.manifest
    generation = before.generation + 1 if before else 1
    ids = propose_ids(plan.report, plan.present.taken, _known_ids(plan))
    ids = replace(ids, protections={**ids.protections, state.KEY: LOCK + generation})
    require_free_names(plan.report, ids, plan.present)
    return Commit(plan, ids, _manifest(plan, ids, generation))


def encode_batch(requests: Iterator[Json]) -> bytes:
    """The body of a batchUpdate."""
    return b'{"requests":[' + b",".join(map(compact, requests)) + b"]}"


def remove_staging(present: PresentSpreadsheet) -> Iterator[Json]:
    """The requests that delete sheets on which a push that did not end left data."""
    yield from ({"deleteSheet": {"sheetId": sheet.id}} for sheet in present.sheets if sheet.is_staging)


def adopt_sheet(request: Json, staged: Collection[int], index: int) -> Json:
    """The request, or in place of one that adds a sheet which staging made already the one that shows it as a tab.

    `index` is its place among the sheets.
    """
    properties = request.get("addSheet", {}).get("properties", {})
    if properties.get("sheetId") not in staged:
        return request
    shown = {"hidden": False, "index": index} | properties
    fields = [name for name in shown if name not in ("sheetId", "gridProperties")]
    fields += [f"gridProperties.{name}" for name in properties["gridProperties"]]
    return {"updateSheetProperties": {"properties": shown, "fields": ",".join(fields)}}


def release_staging() -> Json:
    """The request after which no sheet counts as staging."""
    return delete_metadata(metadataKey=STAGING)


def _known_ids(plan: Plan) -> Ids:
    records = plan.present.manifest.tabs if plan.present.manifest else {}
    charts = {key: number for record in records.values() for key, number in record.charts.items()}
    return Ids(
        sheets={key: record.sheet for key, record in records.items()},
        charts=charts,
        protections={key: record.protection for key, record in records.items()},
        names={},
        tables={},
    )


def _manifest(plan: Plan, ids: Ids, generation: int) -> Manifest:
    places = {(at.tab, at.row, at.column): name for name, at in plan.report.names.items()}
    inputs = {
        places[tab.key, cell.row, cell.column]: tab.key
        for tab in plan.report.tabs
        for cell in tab.cells
        if cell.is_input and (tab.key, cell.row, cell.column) in places
    }
    tables = {
        table.name: TableRecord(tab.key, tuple(input_columns(table)))
        for tab in plan.report.tabs
        for table in tab.tables
        if input_columns(table)
    }
    return Manifest(
        generation=generation,
        push=uuid.uuid4().hex,
        tabs={tab.key: _record(plan, ids, tab) for tab in plan.report.tabs},
        inputs=inputs,
        tables=tables,
        feeds=schema_of(plan.report),
        state=plan.fingerprints[state.KEY],
    )


def _record(plan: Plan, ids: Ids, tab: SheetsTab) -> TabRecord:
    before = plan.present.manifest
    if before is not None and tab.key != state.KEY and tab.key in plan.keys(TabState.UNCHANGED):
        return before.tabs[tab.key]
    return TabRecord(
        sheet=ids.sheets[tab.key],
        protection=ids.protections[tab.key],
        fingerprint=plan.fingerprints[tab.key],
        rows=tab.rows,
        columns=tab.columns,
        places=places_in(plan.report, tab.key),
        charts={chart.key: ids.charts[chart.key] for chart in tab.charts},
        rules=tuple(rule_signature(resolve(rule, ids.sheets)) for rule in tab.rules),
    )


def _own_rules(present: tuple[str, ...], ours: tuple[str, ...]) -> tuple[int, ...]:
    """The indexes of our conditional formats among all: as many of each signature as were pushed, the first ones."""
    left = Counter(ours)
    found = []
    for i, signature in enumerate(present):
        if left[signature]:
            left[signature] -= 1
            found.append(i)
    return tuple(found)


def _restored_names(ids: Ids, present: PresentSpreadsheet) -> Iterator[Json]:
    """Our named ranges that were renamed get their names back, for formulas use them."""
    wanted = {named: name for name, named in ids.names.items()}
    for name, named in own_names(present).items():
        if wanted.get(named, name) != name:
            renamed = {"namedRangeId": named, "name": wanted[named]}
            yield {"updateNamedRange": {"namedRange": renamed, "fields": "name"}}


def _names_after(ids: Ids, present: PresentSpreadsheet) -> dict[str, str]:
    wanted = {named: name for name, named in ids.names.items()}
    return {wanted.get(named, name): named for name, named in own_names(present).items()}
