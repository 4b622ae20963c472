"""What was recognised in files, before a report is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np
import pandas as pd

from sheetgen.dataset import Dataset
from sheetgen.events.address import Input
from sheetgen.fields import CAMPAIGN_FIELDS, DATE, END_DATE, FIELDS_BY_KEY, START_DATE
from sheetgen.intake import load_inputs
from sheetgen.kpis import load_kpis
from sheetgen.ledger import LedgerLine
from sheetgen.sources.headers import header_key
from sheetgen.sources.load import Loaded, ReadOptions, Told
from sheetgen.sources.platforms import FIELD_KEYS, RESULTS
from sheetgen.sources.recognition import Match, Origin
from sheetgen.sources.source import CleanSource, Source

RECONCILED = ("total_agrees", "total_differs")
RATES = ("rate_agrees", "rate_differs")


class Confidence(Enum):
    """How sure it is that a header feeds a column."""

    CERTAIN = "certain"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class FedColumn:
    """A canonical column with the headers that feed it, and the headers that could feed it instead.

    `is_partial` is true for results of which only some rows count: `--map` would count them all.
    """

    column: str
    headers: tuple[str, ...]
    confidence: Confidence
    alternatives: tuple[str, ...] = ()
    is_partial: bool = False


@dataclass(frozen=True)
class FileInspection:
    """What one file is: whose export, how it is written, what a row is, the days and the money, and its columns."""

    file: str
    platform: str
    reason: str
    language: str
    layout: str
    grain: str
    period: tuple[date, date] | None
    currency: str | None
    columns: tuple[FedColumn, ...]
    unmapped: tuple[str, ...]
    totals: tuple[LedgerLine, ...]
    rates: tuple[LedgerLine, ...]

    @property
    def mapping(self) -> tuple[str, ...]:
        """Each header with its column, as `--map` takes them."""
        return tuple(f"{header}={fed.column}" for fed in self.columns if not fed.is_partial for header in fed.headers)


@dataclass(frozen=True, eq=False)
class Inspection:
    """What all files are, which columns stay blank in the report, and the KPIs that follow them."""

    files: tuple[FileInspection, ...]
    blank: tuple[str, ...]
    blank_kpis: tuple[str, ...]
    data: Dataset


def inspect_files(inputs: Sequence[Input], options: ReadOptions, told: Told = lambda _done: None) -> Inspection:
    """What these files are, or the events of a database, as a report would read them.

    Raises an `InputError` for what a report could not be made of.
    """
    loaded = load_inputs(inputs, options, told)
    campaigns = loaded.data.campaigns
    blank = [field for field in CAMPAIGN_FIELDS if campaigns[field.header].isna().all()]
    keys = {field.key for field in blank}
    return Inspection(
        tuple(_inspect(source, clean, loaded) for source, clean in zip(loaded.sources, loaded.clean, strict=True)),
        tuple(field.header for field in blank),
        tuple(kpi.header for kpi in load_kpis(options.templates) if keys.intersection(kpi.fields)),
        loaded.data,
    )


def _inspect(source: Source, clean: CleanSource, loaded: Loaded) -> FileInspection:
    recognition = source.recognition
    lines = [line for line in loaded.data.ledger.lines if line.file == source.place.file]
    return FileInspection(
        file=source.place.file,
        platform=recognition.platform.label,
        reason=recognition.reason,
        language=recognition.language,
        layout=next((line.after for line in lines if line.code == "read_as"), ""),
        grain=clean.grain.sentence,
        period=_period(clean),
        currency=clean.currency,
        columns=tuple(_fed(match, source) for match in source.interpretation.mapping if match.field in FIELD_KEYS),
        unmapped=recognition.unmapped,
        totals=tuple(line for line in lines if line.code in RECONCILED),
        rates=tuple(line for line in lines if line.code in RATES),
    )


def _fed(match: Match, source: Source) -> FedColumn:
    recognition = source.recognition
    others = [other.headers[0] for other in recognition.alternatives if other.field == match.field]
    results = recognition.match(RESULTS)
    is_partial = results is not None and match.positions == results.positions
    return FedColumn(_column(match.field), match.headers, _confidence(match, others), tuple(others), is_partial)


def _confidence(match: Match, others: Sequence[str]) -> Confidence:
    """How sure it is: a platform's own header or the column's own name is, a common word less, a guess least."""
    if match.origin is Origin.SAID:
        return Confidence.CERTAIN
    if match.origin is Origin.OWN or header_key(match.headers[0]) == header_key(_column(match.field)):
        return Confidence.HIGH
    return Confidence.LOW if others or match.origin in (Origin.GUESS, Origin.BORROWED) else Confidence.MEDIUM


def _column(key: str) -> str:
    return FIELDS_BY_KEY[key].header if key in FIELDS_BY_KEY else key.title()


def _period(clean: CleanSource) -> tuple[date, date] | None:
    """The first and the last day of the file's rows."""
    dates = np.concatenate([clean.rows.dates[field.key] for field in (START_DATE, DATE, END_DATE)])
    known = dates[~np.isnat(dates)]
    return (pd.Timestamp(known.min()).date(), pd.Timestamp(known.max()).date()) if len(known) else None
