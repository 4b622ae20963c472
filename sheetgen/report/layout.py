"""The layout: where each block of a template goes, and the tabs for what the template left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sheetgen.clause import Clause
from sheetgen.errors import TemplateError
from sheetgen.report.catalog import BLOCKS
from sheetgen.report.context import Context
from sheetgen.report.model import Block, PlacedBlock, Tab
from sheetgen.report.style import Ink
from sheetgen.report.template import GRID_COLUMNS, BlockSpec, ReportTemplate, TabKind, TabSpec

MARGIN = 2.0
WIDTHS: dict[TabKind, tuple[float, ...]] = {
    TabKind.DASHBOARD: (MARGIN, *(11.0,) * GRID_COLUMNS, MARGIN),
    TabKind.TABLES: (MARGIN, 26.0, *(12.5,) * 40),
    TabKind.DATA: (),
    TabKind.FORM: (MARGIN, 44.0, 15.0, 15.0, 72.0, 9.0),
    TabKind.LEDGER: (MARGIN, 30.0, 16.0, 24.0, 16.0, 18.0, 24.0, 24.0, 24.0, 60.0),
    TabKind.GUIDE: (MARGIN, 22.0, 34.0, 30.0, 48.0, 44.0, 42.0, 42.0, 42.0),
}
HELPER_WIDTHS = (26.0, *(14.0,) * 30)
INKS = {TabKind.DASHBOARD: Ink.ACCENT, TabKind.TABLES: Ink.ACCENT, TabKind.FORM: Ink.WARN}
FREEZES = {"campaigns": (1, 2), "daily": (1, 2), "hours": (1, 3)}
OPTIONAL_BLOCKS = {"daily": "daily", "hours": "hours"}
MAX_TITLE = 31
FORBIDDEN_IN_TITLE = set("[]:*?/\\")

LEFT_OUT = (
    TabSpec("campaigns", "Campaigns", TabKind.DATA, ((BlockSpec("campaigns"),),)),
    TabSpec("daily", "Daily", TabKind.DATA, ((BlockSpec("daily"),),)),
    TabSpec("hours", "Hours", TabKind.DATA, ((BlockSpec("hours"),),)),
    TabSpec("settings", "Settings", TabKind.FORM, ((BlockSpec("settings"),), (BlockSpec("benchmarks"),))),
)
"""Tabs that a report cannot do without: added after the template's where it does not place their blocks."""


def lay_out(
    ctx: Context, template: ReportTemplate, told: Callable[[float], None] = lambda _done: None
) -> tuple[Tab, ...]:
    """The tabs of a report, all blocks placed; `told` how much of them is.

    Raises `TemplateError` for a tab title that a spreadsheet refuses, or a block placed twice.
    """
    specs = [spec for spec in (_available(ctx, tab) for tab in template.tabs) if spec.shelves]
    placed = _keys(specs)
    for extra in LEFT_OUT:
        missing = _available(ctx, _without(extra, placed))
        if missing.shelves:
            specs.append(missing)
            placed |= _keys([missing])
    tabs = []
    for spec in specs:
        tabs.append(_tab(ctx, spec))
        told(len(tabs) / len(specs))
    helpers = _helper_tab(ctx, tabs)
    _check_titles([*tabs, helpers], template.path)
    return (*tabs, helpers)


def _keys(specs: Iterable[TabSpec]) -> set[str]:
    return {spec.block for tab in specs for shelf in tab.shelves for spec in shelf}


def _without(tab: TabSpec, placed: set[str]) -> TabSpec:
    shelves = (tuple(spec for spec in shelf if spec.block not in placed) for shelf in tab.shelves)
    return TabSpec(tab.key, tab.title, tab.kind, tuple(shelf for shelf in shelves if shelf))


def _available(ctx: Context, tab: TabSpec) -> TabSpec:
    """The tab without the blocks that the data cannot fill."""
    absent = {block for block, grain in OPTIONAL_BLOCKS.items() if not getattr(ctx.shape, grain)}
    return _without(tab, absent)


def _tab(ctx: Context, spec: TabSpec) -> Tab:
    origin = 0 if spec.kind is TabKind.DATA else 1
    row, placed = origin, []
    for shelf in spec.shelves:
        column, tallest = origin, 0
        for block_spec in shelf:
            block = BLOCKS[block_spec.block](ctx, block_spec.columns)
            placed.append(PlacedBlock(block, row, column))
            column += block_spec.columns
            tallest = max(tallest, block.height)
        row += tallest + (1 if tallest else 0)
    return Tab(
        key=spec.key,
        title=ctx.say(spec.title),
        placed=tuple(placed),
        widths=_widths(spec, placed),
        freeze=FREEZES.get(spec.key) if spec.kind is TabKind.DATA else None,
        ink=INKS.get(spec.kind),
    )


def _widths(spec: TabSpec, placed: list[PlacedBlock]) -> tuple[float, ...]:
    used = max((place.column + place.block.width for place in placed), default=0)
    widths = WIDTHS[spec.kind]
    return widths if spec.kind is TabKind.DASHBOARD else widths[:used]


def _helper_tab(ctx: Context, tabs: list[Tab]) -> Tab:
    """What blocks need and no tab shows, stacked on a hidden tab."""
    present = {place.block.key for tab in tabs for place in tab.placed}
    wanted = [need for tab in tabs for place in tab.placed for need in place.block.needs]
    blocks = []
    while wanted:
        key = wanted.pop(0)
        if key in present:
            continue
        present.add(key)
        blocks.append(BLOCKS[key](ctx, GRID_COLUMNS))
        wanted += blocks[-1].needs
    return Tab("helper", ctx.say("Helper"), stacked(blocks), HELPER_WIDTHS, hidden=True)


def stacked(blocks: Iterable[Block]) -> tuple[PlacedBlock, ...]:
    """The blocks one below the other, with a row between them."""
    row, placed = 0, []
    for block in blocks:
        placed.append(PlacedBlock(block, row, 0))
        row += block.height + 1
    return tuple(placed)


def _check_titles(tabs: list[Tab], path: str) -> None:
    seen: set[str] = set()
    for tab in tabs:
        problem = _title_problem(tab.title, seen)
        if problem:
            where, remedy = Clause("tab {key}", key=tab.key), Clause("Change the title.")
            raise TemplateError(path=path, where=where, problem=problem, remedy=remedy)
        seen.add(tab.title.casefold())


def _title_problem(title: str, seen: set[str]) -> Clause | None:
    if not 0 < len(title) <= MAX_TITLE:
        text = "the title {title!r} has {count} characters; a spreadsheet takes 1 to {most}."
        return Clause(text, title=title, count=len(title), most=MAX_TITLE)
    if FORBIDDEN_IN_TITLE & set(title) or title.startswith("'") or title.endswith("'"):
        text = "the title {title!r} has a character that a spreadsheet refuses: [ ] : * ? / \\ or ' at an end."
        return Clause(text, title=title)
    return Clause("two tabs are titled {title!r}.", title=title) if title.casefold() in seen else None
