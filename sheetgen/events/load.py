"""From events to a dataset: rolled up by an engine, then cleaned and grouped like the rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from sheetgen.clause import Clause
from sheetgen.dataset import Dataset
from sheetgen.errors import EmptyFileError, OptionError
from sheetgen.events.address import Input, is_address, parse_address
from sheetgen.events.connect import EventTable, open_database, open_files
from sheetgen.events.files import find_event_files
from sheetgen.events.mentions import Mention, mention_campaigns, mention_rows
from sheetgen.events.source import EventSource, roll_up_source
from sheetgen.fields import BUDGET, CAMPAIGN_ID, CAMPAIGN_NAME, HOUR
from sheetgen.ledger import Ledger, LedgerLine
from sheetgen.sources.campaigns import roll_up_campaigns
from sheetgen.sources.checks import check_values
from sheetgen.sources.credits import settle_negatives
from sheetgen.sources.grain import Grain, find_grain
from sheetgen.sources.keys import find_campaigns
from sheetgen.sources.labels import clean_texts, merge_labels
from sheetgen.sources.load import Loaded, ReadOptions, convert_all, fed_columns, load_reading, require_mapped
from sheetgen.sources.remarks import EVENT_WITHOUT_CAMPAIGN, GRAIN, TOTAL_ROW, UNTIMED
from sheetgen.sources.rollup import Grouped, roll_up_days, roll_up_hours
from sheetgen.sources.rows import Rows
from sheetgen.sources.source import CleanSource, Reading, Source, in_one_currency, with_platform
from sheetgen.sources.stakes import Spent
from sheetgen.sources.table import BoolArray, IntArray
from sheetgen.sources.totals import load_total_marks

NAMES = (CAMPAIGN_ID, CAMPAIGN_NAME)


def load_events(inputs: Sequence[Input], options: ReadOptions) -> Loaded:
    """The dataset of the events of a database, or of a set of files.

    Raises an `InputError` for inputs, options or columns that cannot be used, `WarehouseError` where an engine fails.
    """
    reading = load_reading(options)
    with _opened(inputs, options) as events:
        require_mapped(events.cells.columns, options)
        return _load(roll_up_source(events, reading), reading)


@contextmanager
def _opened(inputs: Sequence[Input], options: ReadOptions) -> Iterator[EventTable]:
    databases = [given for given in inputs if is_address(given)]
    if options.table and options.query:
        raise OptionError(option="--table", found=options.table, allowed=Clause("a table or a query, not both"))
    if databases and len(inputs) > 1:
        allowed = Clause("one database, or files without a database")
        raise OptionError(option="INPUT", found=Clause("{count} inputs", count=len(inputs)), allowed=allowed)
    if databases:
        with open_database(parse_address(databases[0]), options.table, options.query) as events:
            yield events
        return
    if options.table:
        raise OptionError(option="--table", found=options.table, allowed=Clause("the table of a database"))
    with open_files(find_event_files([Path(given) for given in inputs]), options.query) as events:
        yield events


def _load(found: EventSource, reading: Reading) -> Loaded:
    source, rolled = found.source, found.rolled
    kept, mentions = _named(found, reading)
    source = source.keeping(kept, [])
    typed, currency, currency_lines = in_one_currency(source, reading)
    rows, platform_lines = with_platform(typed.where(kept), source.recognition.platform.constant, reading)
    rows, grain, grain_lines = _with_grain(rows, int(np.count_nonzero(kept[: rolled.days])))
    lines = [*source.lines, *currency_lines, *platform_lines, *grain_lines]
    for problem in source.interpretation.findings.problems:
        lines += problem.lines(typed, kept)
    clean = CleanSource(rows, Grain(int(grain[0])) if len(grain) else Grain.CAMPAIGN, currency, (), _spent(source))
    clean = convert_all([source.place.path], [clean], reading.rates)[0]
    if not len(clean.rows):
        reasons = Clause("no event names a campaign") if rolled.rows_in else Clause("the table has no rows")
        raise EmptyFileError(path=source.place.path, found=reasons)
    group, cell_lines, campaign_lines = _group(clean.rows, grain, rolled.events[kept], reading)
    campaigns, rollup_lines = roll_up_campaigns(group)
    mentions = [
        *mention_rows([*lines, *clean.lines, *cell_lines], rolled),
        *found.faults,
        *mentions,
        *mention_campaigns([*campaign_lines, *rollup_lines]),
    ]
    data = Dataset(
        campaigns=campaigns,
        daily=roll_up_days(group),
        hours=roll_up_hours(group),
        ledger=_ledger(mentions, rolled.rows_in, int(rolled.events[: rolled.days][kept[: rolled.days]].sum())),
        sources=tuple(fed_columns(source)),
        currency=clean.currency,
        files=(source.place.file,),
    )
    return Loaded(data, (source,), (replace(clean, lines=tuple(mention.line for mention in mentions)),))


def _named(found: EventSource, reading: Reading) -> tuple[BoolArray, list[Mention]]:
    """The rows that name a campaign, if any column does, and that are no totals of others."""
    source = found.source
    rows, columns = source.rows, source.table.columns
    names = [match for field in NAMES if (match := source.recognition.match(field.key))]
    kept = np.ones(len(rows), dtype=np.bool_)
    if not names:
        return kept, []
    marks = load_total_marks(source.recognition.platform, reading.templates)
    blank, total = kept.copy(), kept.copy()
    for match in names:
        is_blank, said = rows.texts[match.field].blank, marks.find(columns[match.positions[0]])
        blank &= is_blank
        total &= is_blank | said.whole | said.start
    total &= ~blank
    labels = columns[names[-1].positions[0]]
    places = np.flatnonzero(total)
    said_by = TOTAL_ROW.lines(rows.places(total), "", labels.shown(places), [""] * len(places))
    nameless = EVENT_WITHOUT_CAMPAIGN.lines(rows.places(blank), "", *[[""] * int(np.count_nonzero(blank))] * 2)
    return ~blank & ~total, mention_rows([*said_by, *nameless], found.rolled)


def _with_grain(rows: Rows, days: int) -> tuple[Rows, IntArray, list[LedgerLine]]:
    """The rows with the grain of each; the first `days` rows are campaigns by day, the others by weekday and hour."""
    if days == len(rows):
        rows, grain, lines = find_grain(rows)
        return rows, np.full(len(rows), int(grain)), lines
    is_hour = np.arange(len(rows)) >= days
    _, _, lines = find_grain(rows.where(~is_hour))
    lines = [line for line in lines if line.code != GRAIN.code]
    untimed = np.flatnonzero(is_hour & np.isnan(rows.numbers[HOUR.key]))
    lines += UNTIMED.lines(rows.places(untimed), HOUR.header, *[[""] * len(untimed)] * 2)
    lines.insert(0, GRAIN.line(rows.files[0], after=Grain.HOUR.sentence))
    return rows, np.where(is_hour, int(Grain.WEEKDAY_HOUR), int(Grain.HOUR)), lines


def _group(
    rows: Rows, grain: IntArray, events: IntArray, reading: Reading
) -> tuple[Grouped, list[LedgerLine], list[LedgerLine]]:
    """The rows cleaned and with their campaigns; lines about cells, and lines about campaigns."""
    rows, text_lines = clean_texts(rows)
    rows, label_lines = merge_labels(rows, reading.spellings, events)
    rows, keys, key_lines = find_campaigns(rows, grain)
    rows, negative_lines = settle_negatives(rows, keys.codes, (), grain != Grain.WEEKDAY_HOUR)
    rows, value_lines = check_values(rows)
    lines = [*text_lines, *label_lines, *negative_lines, *value_lines]
    return Grouped(rows, keys, grain, events), lines, key_lines


def _spent(source: Source) -> Spent:
    return Spent(source.place.file, source.rows.line, source.rows.numbers[BUDGET.key])


def _ledger(mentions: Sequence[Mention], rows_in: int, rows_used: int) -> Ledger:
    spend = np.array([mention.spent for mention in mentions], dtype=np.float64)
    return Ledger(tuple(mention.line for mention in mentions), rows_in, rows_used, spend)
