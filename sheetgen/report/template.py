"""Report templates: which tabs there are and which blocks each shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from sheetgen.errors import TemplateError
from sheetgen.templates import read_template

GRID_COLUMNS = 12


class TabKind(Enum):
    """How a tab's columns are laid out."""

    DASHBOARD = "dashboard"
    TABLES = "tables"
    DATA = "data"
    FORM = "form"
    LEDGER = "ledger"
    GUIDE = "guide"


@dataclass(frozen=True)
class BlockSpec:
    """A block on a shelf, `columns` grid columns wide where the tab is a dashboard."""

    block: str
    columns: int = GRID_COLUMNS


@dataclass(frozen=True)
class TabSpec:
    """A tab: its shelves of blocks from top to bottom."""

    key: str
    title: str
    kind: TabKind
    shelves: tuple[tuple[BlockSpec, ...], ...]


@dataclass(frozen=True)
class ReportTemplate:
    """The tabs of a report in order; `content` is the template as it was read."""

    tabs: tuple[TabSpec, ...]
    content: Mapping[str, Any]


def load_report_template(name: str, known_blocks: frozenset[str], extra: Path | None = None) -> ReportTemplate:
    """The report template of that name.

    Raises `TemplateError` for an unknown template, block, tab kind or a shelf wider than the page.
    """
    return parse_report_template(read_template("reports", name, extra), known_blocks, f"reports/{name}.toml")


def parse_report_template(content: Mapping[str, Any], known_blocks: frozenset[str], path: str) -> ReportTemplate:
    """The template of a file's content.

    Raises `TemplateError` as `load_report_template` does.
    """
    tabs = tuple(_tab(entry, known_blocks, path) for entry in content.get("tab", []))
    if not tabs:
        raise TemplateError(
            path=path, where="file", problem="it has no tab.", remedy="Begin each tab with a line [[tab]]."
        )
    for what in ("key", "title"):
        values = [str(getattr(tab, what)).casefold() for tab in tabs]
        twice = next((value for value in values if values.count(value) > 1), None)
        if twice:
            raise TemplateError(
                path=path, where=f"tab {twice}", problem=f"two tabs have this {what}.", remedy="Rename one."
            )
    return ReportTemplate(tabs, content)


def _tab(entry: Mapping[str, Any], known_blocks: frozenset[str], path: str) -> TabSpec:
    where = f"tab {entry.get('key', '?')}"
    kinds = {kind.value: kind for kind in TabKind}
    if entry.get("kind") not in kinds:
        problem = f"kind {entry.get('kind')!r} is not known."
        raise TemplateError(path=path, where=where, problem=problem, remedy=f"Use one of {', '.join(kinds)}.")
    if not isinstance(entry.get("key"), str) or not isinstance(entry.get("title"), str):
        raise TemplateError(
            path=path, where=where, problem="key or title is missing.", remedy='Write key = "…", title = "…".'
        )
    shelves = tuple(
        tuple(_block(spec, known_blocks, path, where) for spec in shelf) for shelf in entry.get("shelves", [])
    )
    for shelf in shelves:
        if sum(spec.columns for spec in shelf) > GRID_COLUMNS:
            problem = f"the shelf of {shelf[0].block} is wider than {GRID_COLUMNS} columns."
            raise TemplateError(path=path, where=where, problem=problem, remedy="Make its blocks narrower.")
    return TabSpec(entry["key"], entry["title"], kinds[entry["kind"]], shelves)


def _block(spec: Mapping[str, Any], known_blocks: frozenset[str], path: str, where: str) -> BlockSpec:
    name, columns = spec.get("block"), spec.get("columns", GRID_COLUMNS)
    if name not in known_blocks:
        remedy = f"Use one of {', '.join(sorted(known_blocks))}."
        raise TemplateError(path=path, where=where, problem=f"block {name!r} is not known.", remedy=remedy)
    if not isinstance(columns, int) or not 1 <= columns <= GRID_COLUMNS:
        problem = f"block {name}: columns is {columns!r}."
        raise TemplateError(
            path=path, where=where, problem=problem, remedy=f"Write a whole number from 1 to {GRID_COLUMNS}."
        )
    return BlockSpec(name, columns)
