"""All requests of a push, in an order that Google can follow: sheets, then names, then what refers to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from sheetgen.render.sheets.fresh import create_sheets, fill_sheet
from sheetgen.render.sheets.ids import Ids
from sheetgen.render.sheets.model import SheetsReport
from sheetgen.render.sheets.places import Json
from sheetgen.render.sheets.update import Present, grow_sheet, update_names, update_sheet

Cells = Collection[tuple[int, int]]
"""Rows and columns of a tab."""


@dataclass(frozen=True)
class Spreadsheet:
    """What of ours a spreadsheet holds: sheets by the key of their tab, the IDs of named ranges by name."""

    sheets: Mapping[str, Present] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def create_report(report: SheetsReport, ids: Ids, staged: Collection[str] = ()) -> Iterator[Json]:
    """All requests of a report on a spreadsheet without one; the data of tables named in `staged` are left out.

    Raises `RenderError` for data that no cell holds.
    """
    return update_report(report, ids, Spreadsheet(), staged=staged)


def update_report(
    report: SheetsReport,
    ids: Ids,
    present: Spreadsheet,
    *,
    changed: Mapping[str, Cells] | None = None,
    unchanged: Collection[str] = (),
    staged: Collection[str] = (),
) -> Iterator[Json]:
    """All requests that bring a spreadsheet up to a report.

    `changed` are the inputs to write, by tab; tabs named in `unchanged` take no request; the data of tables named in
    `staged` are left out. Raises `RenderError` for data that no cell holds.
    """
    tabs = [tab for tab in report.tabs if tab.key not in unchanged]
    yield from create_sheets((tab for tab in tabs if tab.key not in present.sheets), ids)
    for tab in tabs:
        if tab.key in present.sheets:
            yield from grow_sheet(tab, ids, present.sheets[tab.key])
    yield from update_names(report, ids, present.names)
    for tab in tabs:
        if tab.key in present.sheets:
            cells = (changed or {}).get(tab.key, ())
            yield from update_sheet(tab, ids, present.sheets[tab.key], cells, staged)
        else:
            yield from fill_sheet(tab, ids, staged)
