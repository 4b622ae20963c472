"""One of many reports: what to make, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sheetgen.api import BuildOptions, Summary
from sheetgen.errors import SheetgenError


@dataclass(frozen=True)
class Task:
    """A report to make, of a file or of a part of divided files."""

    value: str
    options: BuildOptions
    source: Path
    is_part: bool


@dataclass(frozen=True)
class Outcome:
    """A report that was made, with its summary, or the problem that kept it from being made."""

    value: str
    path: Path
    summary: Summary | None = None
    problem: SheetgenError | None = None
