"""From files to a dataset: each file read and cleaned, then all rows rolled up together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sheetgen.clause import Clause
from sheetgen.dataset import ColumnSource, Dataset
from sheetgen.errors import EmptyFileError, OptionError
from sheetgen.fields import END_DATE, FIELDS_BY_KEY, START_DATE
from sheetgen.ledger import Ledger, LedgerLine, Severity
from sheetgen.sources.campaigns import roll_up_campaigns
from sheetgen.sources.checks import check_values
from sheetgen.sources.credits import agreeing_totals, settle_negatives
from sheetgen.sources.dates import DateOrder
from sheetgen.sources.duplicates import drop_own_duplicates, drop_shared_duplicates
from sheetgen.sources.exchange import Rates, base_currency, exchange_file
from sheetgen.sources.files import find_files
from sheetgen.sources.headers import header_key
from sheetgen.sources.interpret import Choices
from sheetgen.sources.keys import find_campaigns
from sheetgen.sources.labels import clean_texts, load_spellings, merge_labels
from sheetgen.sources.numbers import Decimal
from sheetgen.sources.overlap import compare_grains, drop_repeated_hours
from sheetgen.sources.parts import find_parts
from sheetgen.sources.platforms import AUTO, FIELD_KEYS, PERIOD_END, PERIOD_START, load_platforms
from sheetgen.sources.reruns import Overlap, settle_reruns
from sheetgen.sources.rollup import Grouped, roll_up_days, roll_up_hours
from sheetgen.sources.rows import join_rows
from sheetgen.sources.source import CleanSource, Reading, Source, close_source, open_sources, refuse_above
from sheetgen.sources.stakes import spend_of_lines

PERIODS = {PERIOD_START: START_DATE.key, PERIOD_END: END_DATE.key}
"""What the days that an export reports on feed, where campaigns have none of their own."""


OPENING = 0.7
"""The share of loading that opening the files takes."""

Told = Callable[[float], None]
"""Told how much of the whole is done, 0 to 1."""


def _silent(_done: float) -> None:
    return None


@dataclass(frozen=True)
class ReadOptions:
    """What the user says about the input; None and `auto` leave it to the data.

    `decimal` is `.` or `,`; `mapping` has pairs of a header and the canonical column it feeds;
    `templates` is the user's own folder of templates; `rates` has pairs of a currency's ISO code and what one unit of
    it is worth in the currency of the report; `overlap` is what to do with files that give other figures for the
    same campaigns and days: `refuse`, `last` or `add`. With `events` each row of the files is an event, for an engine
    to roll up; `table` or `query` says which events of a database.
    """

    source: str = AUTO
    dayfirst: bool | None = None
    decimal: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    templates: Path | None = None
    rates: tuple[tuple[str, float], ...] = ()
    overlap: str = Overlap.REFUSE.value
    events: bool = False
    table: str | None = None
    query: str | None = None

    @property
    def choices(self) -> Choices:
        """What is said about numbers and dates.

        Raises `OptionError` for a decimal sign that is none.
        """
        if self.decimal not in (None, *(sign.value for sign in Decimal)):
            raise OptionError(option="--decimal", found=self.decimal, allowed="point, comma")
        order = None if self.dayfirst is None else DateOrder.DAY_FIRST if self.dayfirst else DateOrder.MONTH_FIRST
        return Choices(Decimal(self.decimal) if self.decimal else None, order)

    @property
    def overlapping(self) -> Overlap:
        """What to do with files that overlap.

        Raises `OptionError` for a choice that is none.
        """
        if self.overlap not in [choice.value for choice in Overlap]:
            raise OptionError(
                option="--overlap", found=self.overlap, allowed=", ".join(choice.value for choice in Overlap)
            )
        return Overlap(self.overlap)


@dataclass(frozen=True, eq=False)
class Loaded:
    """A dataset with the files it was made from: as they were opened, and as they were cleaned."""

    data: Dataset
    sources: tuple[Source, ...]
    clean: tuple[CleanSource, ...]


def load_dataset(inputs: Sequence[Path], options: ReadOptions, told: Told = _silent) -> Dataset:
    """Campaigns, days and hours of these files, with the ledger of every drop and change.

    Raises an `InputError` that says what is wrong with a file or an option.
    """
    return load_files(inputs, options, told).data


def load_files(inputs: Sequence[Path], options: ReadOptions, told: Told = _silent) -> Loaded:
    """The dataset of these files, folders and patterns, and what was found in each file.

    Raises an `InputError` that says what is wrong with a file or an option.
    """
    reading = load_reading(options)
    opened = open_files(inputs, options, reading, lambda done: told(OPENING * done))
    sources = [drop_own_duplicates(source, reading) for source in opened]
    for source in sources:
        refuse_above(source, reading)
    return join_sources(sources, options, reading)


def open_files(inputs: Sequence[Path], options: ReadOptions, reading: Reading, told: Told = _silent) -> list[Source]:
    """The files of these inputs, opened.

    Raises an `InputError` that says what is wrong with a file or an option.
    """
    paths = find_files(inputs)
    sources = []
    for place, (path, name) in enumerate(zip(paths, _file_names(paths), strict=True), start=1):
        sources += open_sources(path, name, reading)
        told(place / len(paths))
    require_mapped([header for source in sources for header in source.table.headers if header], options)
    return sources


def join_sources(sources: Sequence[Source], options: ReadOptions, reading: Reading) -> Loaded:
    """The dataset of files without duplicates of their own, rolled up together.

    Raises an `InputError` that says what keeps them from being used together.
    """
    paths = [source.place.path for source in sources]
    sources, duplicates = drop_shared_duplicates(sources)
    clean = convert_all(paths, [close_source(source, reading) for source in sources], reading.rates)
    lines = [*(line for source in clean for line in source.lines), *duplicates]
    if not any(len(source.rows) for source in clean):
        dropped = Ledger(tuple(line for line in lines if line.severity is Severity.DROPPED)).counts()
        reasons = ", ".join(f"{count} {code.replace('_', ' ')}" for code, count in dropped.items())
        raise EmptyFileError(path=paths[0], found=Clause("no row is left: {reasons}", reasons=reasons))
    group, group_lines = _group(sources, clean, reading, options.overlapping)
    campaigns, campaign_lines = roll_up_campaigns(group)
    lines += [*group_lines, *campaign_lines, *compare_grains(group)]
    data = Dataset(
        campaigns=campaigns,
        daily=roll_up_days(group),
        hours=roll_up_hours(group),
        ledger=Ledger(
            tuple(lines),
            sum(source.rows_in for source in sources),
            len(group.rows),
            spend_of_lines(lines, [source.spent for source in clean]),
        ),
        sources=tuple(column for source in sources for column in fed_columns(source)),
        currency=next((source.currency for source in clean if source.currency), None),
        files=tuple(source.place.file for source in sources),
    )
    return Loaded(data, tuple(sources), tuple(clean))


def load_reading(options: ReadOptions) -> Reading:
    """What the templates and the options say about how files are read.

    Raises `TemplateError` or `OptionError`.
    """
    platforms = load_platforms(options.templates)
    pairs = tuple((header, _field_key(column)) for header, column in options.mapping)
    platforms = replace(platforms, known_keys=platforms.known_keys | {header_key(header) for header, _ in pairs})
    return Reading(
        platforms,
        load_spellings(options.templates),
        options.source,
        pairs,
        options.choices,
        options.templates,
        dict(options.rates),
    )


def _field_key(column: str) -> str:
    """The key of a canonical column, as the user wrote it."""
    keys = {header_key(FIELDS_BY_KEY[key].header if key in FIELDS_BY_KEY else key): key for key in FIELD_KEYS}
    if header_key(column) not in keys:
        allowed = [FIELDS_BY_KEY[key].header if key in FIELDS_BY_KEY else key.title() for key in FIELD_KEYS]
        raise OptionError(option="--map", found=column, allowed=", ".join(allowed))
    return keys[header_key(column)]


def _file_names(paths: Sequence[Path]) -> tuple[str, ...]:
    """The files as the ledger shows them: by name, or by path where two share a name."""
    counts = Counter(path.name for path in paths)
    return tuple(path.name if counts[path.name] == 1 else str(path) for path in paths)


def require_mapped(headers: Sequence[str], options: ReadOptions) -> None:
    """Raise `OptionError` for a mapping of a header that is not there."""
    for wanted, _ in options.mapping:
        if header_key(wanted) not in map(header_key, headers):
            raise OptionError(option="--map", found=wanted, allowed=", ".join(dict.fromkeys(headers)))


def _group(
    sources: Sequence[Source], clean: Sequence[CleanSource], reading: Reading, overlap: Overlap
) -> tuple[Grouped, list[LedgerLine]]:
    """The rows of all files, with texts and values cleaned, each row's campaign found and nothing there twice."""
    rows = join_rows([source.rows for source in clean])
    grain = np.repeat([int(source.grain) for source in clean], [len(source.rows) for source in clean])
    rows, text_lines = clean_texts(rows)
    rows, label_lines = merge_labels(rows, reading.spellings)
    rows, keys, key_lines = find_campaigns(rows, grain)
    agreeing = agreeing_totals([line for source in clean for line in source.lines])
    rows, negative_lines = settle_negatives(rows, keys.codes, agreeing)
    rows, checked_lines = check_values(rows)
    value_lines = [*negative_lines, *checked_lines]
    group, rerun_lines = _without_reruns(Grouped(rows, keys, grain), sources, clean, overlap)
    kept, hour_lines = drop_repeated_hours(group)
    return group.where(kept), [*text_lines, *label_lines, *value_lines, *key_lines, *rerun_lines, *hour_lines]


def _without_reruns(
    group: Grouped, sources: Sequence[Source], clean: Sequence[CleanSource], overlap: Overlap
) -> tuple[Grouped, list[LedgerLine]]:
    if len(sources) < 2:
        return group, []
    parts = [find_parts(source, one) for source, one in zip(sources, clean, strict=True)]
    return settle_reruns(group, parts, [source.place.path for source in sources], overlap)


def fed_columns(source: Source) -> list[ColumnSource]:
    """Which header of the file feeds which column."""
    fed = {match.field for match in source.interpretation.mapping}
    columns = [(PERIODS.get(match.field, match.field), match) for match in source.interpretation.mapping]
    return [
        ColumnSource(source.place.file, header, FIELDS_BY_KEY[key].header)
        for key, match in columns
        if key in FIELDS_BY_KEY and (key == match.field or key not in fed)
        for header in match.headers
    ]


def convert_all(paths: Sequence[Path | str], clean: Sequence[CleanSource], rates: Rates) -> list[CleanSource]:
    """The files with all money in one currency.

    Raises `MixedCurrenciesError` where several have no rate.
    """
    named = {source.currency for source in clean if source.currency}
    base = base_currency(", ".join(str(path) for path in paths), named, rates)
    return [_converted(source, rates, base) for source in clean]


def _converted(source: CleanSource, rates: Rates, base: str | None) -> CleanSource:
    if source.currency is None or source.currency not in rates:
        return source
    rows, line = exchange_file(source.rows, source.currency, rates, base)
    spent = replace(source.spent, money=source.spent.money * rates[source.currency])
    return replace(source, rows=rows, currency=base, lines=(*source.lines, line), spent=spent)
