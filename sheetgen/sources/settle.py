"""How a column that reads both ways is settled: by its own evidence, an option, or the file's other columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from sheetgen.clause import Clause
from sheetgen.errors import AmbiguousDatesError, AmbiguousNumbersError
from sheetgen.fields import CLICKS, IMPRESSIONS, REACH, Field, Kind
from sheetgen.ledger import LedgerLine
from sheetgen.sources.dates import DateOrder, DateScan
from sheetgen.sources.numbers import Decimal, NumberScan
from sheetgen.sources.remarks import DATES_SETTLED, MIXED_DATES, MIXED_NUMBERS, NUMBERS_SETTLED
from sheetgen.sources.table import RawColumn

WHOLE = (IMPRESSIONS, REACH, CLICKS)
"""Counts that are never fractions; conversions can be, where a platform shares one among several clicks."""

DECIMALS = {Decimal.POINT: Clause("decimal point"), Decimal.COMMA: Clause("decimal comma")}
ORDERS = {DateOrder.DAY_FIRST: Clause("day first"), DateOrder.MONTH_FIRST: Clause("month first")}

_Choice = TypeVar("_Choice", Decimal, DateOrder)
_Settled = tuple[_Choice, list[LedgerLine]]


@dataclass(frozen=True)
class Place:
    """A file or table: its path or address for errors, its name for ledger lines."""

    path: Path | str
    file: str


@dataclass(frozen=True)
class NumberColumn:
    """A column of numbers with its scan and the field it feeds."""

    field: Field
    column: RawColumn
    scan: NumberScan


@dataclass(frozen=True)
class DateColumn:
    """A column of dates with its scan and the field it feeds."""

    field: Field
    column: RawColumn
    scan: DateScan


@dataclass(frozen=True)
class Habit:
    """How a platform writes dates and decimals in the language of a file's headers; None for what it leaves open."""

    order: DateOrder | None = None
    decimal: Decimal | None = None
    why: Clause = Clause("")


def settle_decimal(
    place: Place,
    number: NumberColumn,
    option: Decimal | None,
    others: Callable[[], Iterable[Sequence[NumberScan]]],
    habit: Habit,
) -> _Settled[Decimal]:
    """The decimal sign of a column and what to say about it.

    `others` gives groups of the file's other columns, asked only if needed: the first group with evidence counts,
    and without any the habit.
    Raises `AmbiguousNumbersError` where nothing settles it.
    """
    header, own = number.column.header, number.scan.evidence
    lines = [MIXED_NUMBERS.line(place.file, field=header)] if len(own) > 1 else []
    if not number.scan.ambiguous.any():
        return Decimal.POINT, lines
    if len(own) == 1:
        return next(iter(own)), lines
    example = _number_example(number)
    sign, why = (option, Clause("--decimal")) if option else _decimal_elsewhere(number, others)
    if sign is None and not own:
        sign, why = habit.decimal, habit.why
    if sign is None:
        raise AmbiguousNumbersError(path=place.path, header=header, example=example)
    said = Clause("{choice}: {reason}", choice=DECIMALS[sign], reason=why)
    return sign, [*lines, NUMBERS_SETTLED.line(place.file, field=header, before=example, after=said)]


def settle_date_order(
    place: Place, dated: DateColumn, option: DateOrder | None, others: Sequence[DateColumn], habit: Habit
) -> _Settled[DateOrder]:
    """The order of day and month in a column and what to say about it: the habit's where no column tells.

    Raises `AmbiguousDatesError` where nothing settles it.
    """
    header, own = dated.column.header, dated.scan.evidence
    lines = [MIXED_DATES.line(place.file, field=header)] if len(own) > 1 else []
    if not dated.scan.ambiguous.any():
        return DateOrder.DAY_FIRST, lines
    if len(own) == 1:
        return next(iter(own)), lines
    row = np.flatnonzero(dated.scan.ambiguous)[:1]
    example = dated.column.shown(row)[0]
    order, why = (option, Clause("as the option says")) if option else _order_elsewhere(dated, others)
    if order is None and not own and _is_usual(habit.order, dated.scan):
        order, why = habit.order, habit.why
    if order is None:
        day, month = (str(dated.scan.settled(one)[row][0].astype("datetime64[D]")) for one in DateOrder)
        readings = Clause("{one} or {other}", one=day, other=month)
        raise AmbiguousDatesError(path=place.path, header=header, example=example, readings=readings)
    said = Clause("{choice}: {reason}", choice=ORDERS[order], reason=why)
    return order, [*lines, DATES_SETTLED.line(place.file, field=header, before=example, after=said)]


def _decimal_elsewhere(
    number: NumberColumn, others: Callable[[], Iterable[Sequence[NumberScan]]]
) -> tuple[Decimal | None, Clause]:
    if number.scan.evidence:
        return None, Clause("")
    seen = next(filter(None, (_common(scan.evidence for scan in group) for group in others())), None)
    whole = [sign for sign in Decimal if _is_whole(number.scan.settled(sign))]
    if seen and (number.field not in WHOLE or seen in whole):
        return seen, Clause("as in the other columns")
    if number.field.kind is Kind.COUNT and len(whole) == 1 and not seen:
        return whole[0], Clause("counts are whole")
    return None, Clause("")


def _order_elsewhere(dated: DateColumn, others: Sequence[DateColumn]) -> tuple[DateOrder | None, Clause]:
    alike = [other for other in others if other.scan.separators & dated.scan.separators]
    seen = None if dated.scan.evidence else _common(other.scan.evidence for other in alike)
    headers = ", ".join(other.column.header for other in alike if other.scan.evidence)
    return seen, Clause("as in {headers}", headers=headers)


def _is_usual(order: DateOrder | None, scan: DateScan) -> bool:
    """Whether dates are written so: the month first only with slashes."""
    return order is not DateOrder.MONTH_FIRST or scan.separators == {"/"}


def _is_whole(values: np.ndarray) -> bool:
    return bool(np.all(np.isnan(values) | (values == np.floor(values))))


def _number_example(number: NumberColumn) -> Clause:
    row = np.flatnonzero(number.scan.ambiguous)[:1]
    point, comma = number.scan.point[row][0], number.scan.comma[row][0]
    shown = number.column.shown(row)[0]
    return Clause("{text} is {one} or {other}", text=shown, one=f"{point:,.15g}", other=f"{comma:,.15g}")


def _common(evidence: Iterable[frozenset[_Choice]]) -> _Choice | None:
    """What all of the evidence says, if it says one thing."""
    found: set[_Choice] = set().union(*evidence)
    return found.pop() if len(found) == 1 else None
