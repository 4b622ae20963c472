"""One table of events: recognised by its headers, and rolled up by its engine."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sheetgen.clause import Clause
from sheetgen.errors import UnknownColumnsError
from sheetgen.events.answer import Rolled, read_answer
from sheetgen.events.connect import EventTable
from sheetgen.events.layout import plan_layout, usable
from sheetgen.events.mentions import Mention, mention_faults
from sheetgen.events.profile import Profile, ask_profile, read_profile, settle_decimals
from sheetgen.events.rollup import roll_up
from sheetgen.fields import DATE, HOUR, WEEKDAY
from sheetgen.sources.interpret import interpret, load_marks
from sheetgen.sources.numbers import load_number_marks
from sheetgen.sources.recognition import Match, Recognition, recognise
from sheetgen.sources.remarks import READ_AS
from sheetgen.sources.settle import Habit, Place
from sheetgen.sources.source import HEADERS_SHOWN, NEEDED, Reading, Source, describe
from sheetgen.sources.wide import refuse_wide


@dataclass(frozen=True)
class EventSource:
    """A table of events after its rollup: `source` has the rows of the rollup, typed."""

    source: Source
    rolled: Rolled
    faults: tuple[Mention, ...]


def roll_up_source(events: EventTable, reading: Reading) -> EventSource:
    """Ask the engine for the rollup of its events, and type it.

    Raises an `InputError` for columns that cannot be used or a rollup too long, `WarehouseError` where it fails.
    """
    place = Place(events.name, events.name)
    recognition = _recognise(events, place, reading)
    number_marks = load_number_marks(reading.templates, recognition.platform.nulls)
    habit = recognition.platform.habits.get(recognition.language, Habit())
    profile = _profile(events, recognition, number_marks.nulls)
    layout = plan_layout(recognition.mapping, _day(events, recognition, profile), number_marks.nulls)
    layout, lines = settle_decimals(place, layout, profile, number_marks, reading.choices.decimal, habit)
    rolled = read_answer(events.ask(roll_up(events.cells, layout)), layout, events.name)
    marks = load_marks(reading.templates, recognition.platform.nulls)
    keys = _placed(recognition, rolled)
    typed = interpret(place, rolled.table, keys, marks, replace(reading.choices, habit=habit))
    rows = typed.rows.replaced(numbers=rolled.sums | _clock(rolled, typed.rows.numbers[HOUR.key]))
    read_as = READ_AS.line(events.name, after=Clause("events, rolled up by {engine}", engine=events.engine.label))
    source = Source(
        place,
        rolled.table,
        replace(recognition, mapping=keys),
        replace(typed, rows=rows, mapping=recognition.mapping),
        np.ones(len(rows), dtype=np.bool_),
        (read_as, *describe(events.name, recognition), *lines, *typed.findings.lines),
    )
    return EventSource(source, rolled, tuple(mention_faults(rolled, layout, profile, events.name)))


def _recognise(events: EventTable, place: Place, reading: Reading) -> Recognition:
    headers = tuple(events.cells.columns)
    recognition = recognise(headers, reading.platforms, reading.source, reading.mapping)
    recognition = replace(recognition, mapping=usable(recognition))
    if not recognition.is_enough:
        raise UnknownColumnsError(path=place.path, headers=", ".join(headers[:HEADERS_SHOWN]), needed=NEEDED)
    refuse_wide(place, recognition, reading.platforms, reading.templates)
    return recognition


def _profile(events: EventTable, recognition: Recognition, nulls: tuple[str, ...]) -> Profile:
    layout = plan_layout(recognition.mapping, None, nulls)
    columns = [header for measure in layout.measures for header in measure.columns]
    question = ask_profile(events.cells, columns, _header(recognition, DATE.key), nulls)
    return read_profile(None if question is None else events.ask(question), columns)


def _day(events: EventTable, recognition: Recognition, profile: Profile) -> str | None:
    """The column by which the engine itself can tell days, if any: a date, a time, or ISO texts."""
    header = _header(recognition, DATE.key)
    if header is None:
        return None
    kind = events.cells[header].type()
    return header if kind.is_date() or kind.is_timestamp() or (kind.is_string() and profile.is_iso) else None


def _header(recognition: Recognition, key: str) -> str | None:
    match = recognition.match(key)
    return match.headers[0] if match else None


def _placed(recognition: Recognition, rolled: Rolled) -> tuple[Match, ...]:
    """What the columns of the rollup feed: those that were added up are none of them."""
    places = {column.header: place for place, column in enumerate(rolled.table.columns)}
    return tuple(
        replace(match, positions=(places[match.headers[0]],))
        for match in recognition.mapping
        if match.headers[0] in places
    )


def _clock(rolled: Rolled, hours: np.ndarray) -> dict[str, np.ndarray]:
    """Hour and weekday of the rows that the engine made for hours; those of days have none."""
    told = np.isnan(rolled.weekday)
    if told.all():
        return {}
    return {HOUR.key: np.where(np.isnan(rolled.hour), hours, rolled.hour), WEEKDAY.key: rolled.weekday}
