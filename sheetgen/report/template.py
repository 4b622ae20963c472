"""Report templates: which tabs there are and which blocks each shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from sheetgen.clause import Clause
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
    """The tabs of a report in order; `content` is the template as it was read, `path` how errors name it."""

    tabs: tuple[TabSpec, ...]
    content: Mapping[str, Any]
    path: str = "report"


def load_report_template(name: str, known_blocks: frozenset[str], extra: Path | None = None) -> ReportTemplate:
    """The report template of that name.

    Raises `TemplateError` for an unknown template, block, tab kind or a shelf wider than the page.
    """
    return parse_report_template(read_template("reports", name, extra), known_blocks, f"reports/{name}.toml")


def parse_report_template(content: Mapping[str, Any], known_blocks: frozenset[str], path: str) -> ReportTemplate:
    """The template of a file's content.

    Raises `TemplateError` as `load_report_template` does.
    """
    entries = content.get("tab", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries) or not entries:
        problem = Clause("tab is {found!r}, no table.", found=entries) if entries else Clause("it has no tab.")
        remedy = Clause("Begin each tab with a line [[tab]].")
        raise TemplateError(path=path, where=Clause("file"), problem=problem, remedy=remedy)
    tabs = tuple(_tab(entry, known_blocks, path) for entry in entries)
    for what in ("key", "title"):
        values = [str(getattr(tab, what)).casefold() for tab in tabs]
        twice = next((value for value in values if values.count(value) > 1), None)
        if twice:
            where, problem = Clause("tab {key}", key=twice), Clause("two tabs have this {what}.", what=what)
            raise TemplateError(path=path, where=where, problem=problem, remedy=Clause("Rename one."))
    return ReportTemplate(tabs, content, path)


def _tab(entry: Mapping[str, Any], known_blocks: frozenset[str], path: str) -> TabSpec:
    where = Clause("tab {key}", key=entry.get("key", "?"))
    kinds = {kind.value: kind for kind in TabKind}
    if not isinstance(entry.get("kind"), str) or entry["kind"] not in kinds:
        problem = Clause("kind {found!r} is not known.", found=entry.get("kind"))
        remedy = Clause("Use one of {names}.", names=", ".join(kinds))
        raise TemplateError(path=path, where=where, problem=problem, remedy=remedy)
    if not isinstance(entry.get("key"), str) or not isinstance(entry.get("title"), str):
        problem, remedy = Clause("key or title is missing."), Clause('Write key = "…", title = "…".')
        raise TemplateError(path=path, where=where, problem=problem, remedy=remedy)
    shelves = tuple(
        tuple(_block(spec, known_blocks, path, where) for spec in shelf)
        for shelf in _shelves(entry.get("shelves", []), path, where)
    )
    for shelf in shelves:
        if sum(spec.columns for spec in shelf) > GRID_COLUMNS:
            text, remedy = "the shelf of {block} is wider than {count} columns.", Clause("Make its blocks narrower.")
            problem = Clause(text, block=shelf[0].block, count=GRID_COLUMNS)
            raise TemplateError(path=path, where=where, problem=problem, remedy=remedy)
    return TabSpec(entry["key"], entry["title"], kinds[entry["kind"]], shelves)


def _shelves(found: Any, path: str, where: str) -> list[list[Mapping[str, Any]]]:
    """The shelves as they were written: lists of tables.

    Raises `TemplateError` for anything else.
    """
    shelves: list[Any] = found if isinstance(found, list) else [found]
    wrong = [spec for shelf in shelves if isinstance(shelf, list) for spec in shelf if not isinstance(spec, dict)]
    wrong += [shelf for shelf in shelves if not isinstance(shelf, list)]
    if wrong or not isinstance(found, list):
        problem = Clause("shelves has {found!r}, which is no shelf of blocks.", found=(wrong or [found])[0])
        remedy = Clause('Write shelves = [[{ block = "…" }], …], one list in square brackets for each shelf.')
        raise TemplateError(path=path, where=where, problem=problem, remedy=remedy)
    return shelves


def _block(spec: Mapping[str, Any], known_blocks: frozenset[str], path: str, where: str) -> BlockSpec:
    name, columns = spec.get("block"), spec.get("columns", GRID_COLUMNS)
    if not isinstance(name, str) or name not in known_blocks:
        remedy = Clause("Use one of {names}.", names=", ".join(sorted(known_blocks)))
        problem = Clause("block {found!r} is not known.", found=name)
        raise TemplateError(path=path, where=where, problem=problem, remedy=remedy)
    if type(columns) is not int or not 1 <= columns <= GRID_COLUMNS:
        problem = Clause("block {block}: columns is {found!r}.", block=name, found=columns)
        remedy = Clause("Write a whole number from {low} to {high}.", low=1, high=GRID_COLUMNS)
        raise TemplateError(path=path, where=where, problem=problem, remedy=remedy)
    return BlockSpec(name, columns)
