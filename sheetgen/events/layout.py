"""How the columns of an event table are used: what rows are grouped by, what is added up, and how texts are read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sheetgen.fields import DATE, END_DATE, HOUR, MEASURES, START_DATE, Field
from sheetgen.sources.numbers import Decimal
from sheetgen.sources.platforms import BUDGET_TYPE, INDICATOR, PERIOD_END, PERIOD_START, RESULTS
from sheetgen.sources.recognition import Match, Recognition

MOMENTS = (DATE.key, START_DATE.key, END_DATE.key, PERIOD_START, PERIOD_END)
MEASURE_FIELDS = {measure.key: measure for measure in MEASURES}
LEFT_OUT = (RESULTS, INDICATOR, BUDGET_TYPE)
"""What says how single rows of an export are to be read: events say it themselves, or with a query."""


@dataclass(frozen=True, eq=False)
class Measure:
    """A measure with the columns that are added up to it, and the decimal sign of those that are texts."""

    field: Field
    columns: tuple[str, ...]
    decimals: Mapping[str, Decimal] = dataclasses.field(default_factory=dict)


class Fault(Enum):
    """What can be wrong with a measure in one event; the value is its place among the bits of the measure."""

    NEGATIVE = 0
    UNREADABLE = 1


@dataclass(frozen=True)
class Layout:
    """How the columns of an event table are used.

    `keys` are the columns to group by as they are; of those in `moments`, texts with a time of day, only the hour
    counts. `day` has the date or time of the event where the engine can tell days by it, and `clock` the hour where a
    column of its own has it. `nulls` are texts that mean nothing.
    """

    keys: tuple[str, ...]
    moments: frozenset[str]
    day: str | None
    clock: str | None
    measures: tuple[Measure, ...]
    nulls: tuple[str, ...] = ()

    def flag(self, measure: Measure, fault: Fault) -> int:
        """The number that stands for a fault of a measure; those of one event are added up."""
        return 1 << (len(Fault) * self.measures.index(measure) + fault.value)

    @property
    def delivered(self) -> int:
        """The number that tells events with delivery, such as clicks, from those without, where money is negative."""
        return 1 << (len(Fault) * len(self.measures))


def usable(recognition: Recognition) -> tuple[Match, ...]:
    """What the headers feed, but for what is told row by row in exports alone."""
    return tuple(match for match in recognition.mapping if match.field not in LEFT_OUT)


def plan_layout(mapping: Sequence[Match], days_told: str | None, nulls: tuple[str, ...]) -> Layout:
    """The layout of a table whose headers feed these fields.

    `days_told` is the column by which the engine can tell days, if there is one; every text measure still lacks its
    decimal sign.
    """
    columns = {match.field: match.headers[0] for match in mapping}
    clock = columns.get(HOUR.key) if days_told else None
    keys = tuple(
        match.headers[0]
        for match in mapping
        if match.field not in MEASURE_FIELDS and match.headers[0] not in (days_told, clock)
    )
    return Layout(
        keys=keys,
        moments=frozenset(columns[key] for key in MOMENTS if key in columns),
        day=days_told,
        clock=clock,
        measures=tuple(
            Measure(MEASURE_FIELDS[match.field], match.headers) for match in mapping if match.field in MEASURE_FIELDS
        ),
        nulls=nulls,
    )
