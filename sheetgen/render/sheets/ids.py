"""IDs for what a push adds: the same for the same key in every spreadsheet, unless it is taken there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from sheetgen.render.sheets.model import SheetsReport

LARGEST: Final = 2**31 - 1


@dataclass(frozen=True)
class Ids:
    """IDs by key: of sheets and protections by tab, of charts by chart, of named ranges and tables by name."""

    sheets: Mapping[str, int]
    charts: Mapping[str, int]
    protections: Mapping[str, int]
    names: Mapping[str, str]
    tables: Mapping[str, str]


NO_IDS: Final = Ids({}, {}, {}, {}, {})


def propose_ids(report: SheetsReport, taken: Iterable[int] = (), known: Ids = NO_IDS) -> Ids:
    """An ID for everything in a report: the `known` one, else a new one that is not `taken`."""
    numbers = _Numbers({*taken, *known.sheets.values(), *known.charts.values(), *known.protections.values()})
    tabs = [tab.key for tab in report.tabs]
    charts = [chart.key for tab in report.tabs for chart in tab.charts]
    tables = [table.name for tab in report.tabs for table in tab.tables if table.is_native]
    return Ids(
        sheets={key: known.sheets.get(key) or numbers.take("sheet", key) for key in tabs},
        charts={key: known.charts.get(key) or numbers.take("chart", key) for key in charts},
        protections={key: known.protections.get(key) or numbers.take("protection", key) for key in tabs},
        names={key: known.names.get(key) or _text("name", key) for key in report.names},
        tables={key: known.tables.get(key) or _text("table", key) for key in tables},
    )


@dataclass
class _Numbers:
    taken: set[int] = field(default_factory=set)

    def take(self, kind: str, key: str) -> int:
        """A number from 1 on that nothing has yet."""
        attempt = 0
        while (number := _hash(kind, key, attempt) % LARGEST + 1) in self.taken:
            attempt += 1
        self.taken.add(number)
        return number


def _text(kind: str, key: str) -> str:
    return f"sg{_hash(kind, key):x}"


def _hash(kind: str, key: str, attempt: int = 0) -> int:
    return int.from_bytes(sha256(f"sheetgen {kind} {key} {attempt}".encode()).digest()[:8])
