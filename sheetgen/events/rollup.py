"""The rollup of events, as one expression that any engine runs where the events are.

Events are grouped once, by what names a campaign, by day and hour, and by what is wrong with them. All that a report
needs is a sum of these groups, so that one query has it all, from one state of the table: campaigns by day, and
campaigns by weekday and hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis

from sheetgen.dataset import MAX_ROWS
from sheetgen.events.layout import Fault, Layout, Measure
from sheetgen.events.text_cells import is_unreadable, read_day, read_hour, read_number, without_minutes
from sheetgen.fields import Kind
from sheetgen.sources.numbers import LARGEST, Decimal

if TYPE_CHECKING:
    import ibis.expr.types as ir

DAYS, HOURS = range(2)
"""What a row of the rollup is: a campaign's day, or a campaign's hour of the week."""

MIDNIGHT = 24
"""The hour of a time that is midnight sharp: where all are, there are no times, only days."""

PART, EVENTS, FLAGS, DAY, WEEKDAY, HOUR = "part", "events", "flags", "day", "weekday", "hour"


def roll_up(cells: ir.Table, layout: Layout) -> ir.Table:
    """The rollup of a table of events: rows of both parts, told apart by `part`.

    It has `key_0`… (the layout's keys as they are), `day` (date), `weekday` (1 is Monday), `hour` (0 to 24, or the
    cell of the clock), `flags` (the sum of the layout's flags for its events), `events` (how many) and a float for
    each measure, by its key, null where no event has one. A part of more rows than fit a sheet is cut after one more.
    """
    groups = _groups(cells, layout)
    keys = [*_key_names(layout), FLAGS]
    days = _part(groups, layout, DAYS, [*keys, *([DAY] if layout.day else [])])
    if HOUR not in groups.columns:
        return days
    dated = groups.filter(groups[DAY].notnull())
    dated = dated.mutate(**{WEEKDAY: dated[DAY].day_of_week.index().cast("int64") + 1})
    return ibis.union(*_alike([days, _part(dated, layout, HOURS, [*keys, WEEKDAY, HOUR])]), distinct=False)


def _key_names(layout: Layout) -> list[str]:
    return [f"key_{place}" for place in range(len(layout.keys))]


def _groups(cells: ir.Table, layout: Layout) -> ir.Table:
    """The events grouped by all that any part is grouped by."""
    names = _key_names(layout)
    rows = {name: _key(cells[key], key, layout) for name, key in zip(names, layout.keys, strict=True)}
    rows |= _clock(cells, layout)
    values = {measure: _value(cells, measure) for measure in layout.measures}
    rows[FLAGS] = _flags(cells, layout, values)
    by = list(rows)
    rows |= {measure.field.key: ibis.cases((_is_usable(value, measure), value)) for measure, value in values.items()}
    typed = cells.select(**rows)
    sums = {measure.field.key: typed[measure.field.key].sum() for measure in layout.measures}
    return typed.group_by(by).agg(**{EVENTS: typed.count()}, **sums)


def _key(cell: ir.Value, header: str, layout: Layout) -> ir.Value:
    kind = cell.type()
    if kind.is_string():
        return without_minutes(cell) if header in layout.moments else cell
    return cell if kind.is_numeric() or kind.is_temporal() else cell.cast("string")


def _clock(cells: ir.Table, layout: Layout) -> dict[str, ir.Value]:
    """The day, and the hour if there are times of day or a column of hours."""
    if layout.day is None:
        return {}
    moment = cells[layout.day]
    day = read_day(moment) if moment.type().is_string() else moment.cast("date")
    if layout.clock:
        return {DAY: day, HOUR: cells[layout.clock].cast("string")}
    if moment.type().is_string():
        return {DAY: day, HOUR: read_hour(moment, MIDNIGHT)}
    if moment.type().is_date():
        return {DAY: day}
    is_midnight = moment == moment.truncate("D")
    return {DAY: day, HOUR: ibis.cases((is_midnight, MIDNIGHT), else_=moment.hour().cast("int64"))}


def _value(cells: ir.Table, measure: Measure) -> ir.Value:
    """The measure as events tell it, null where they do not; several columns are added up."""
    values = [_number(cells[header], measure.decimals.get(header)) for header in measure.columns]
    if len(values) == 1:
        return values[0]
    total = sum((value.fill_null(0) for value in values[1:]), values[0].fill_null(0))
    return ibis.cases((ibis.coalesce(*values).notnull(), total))


def _number(cell: ir.Value, decimal: Decimal | None) -> ir.Value:
    if decimal is not None:
        return read_number(cell, decimal)
    return cell.cast("int64") if cell.type().is_boolean() else cell


def _is_usable(value: ir.Value, measure: Measure) -> ir.Value:
    """Whether a number can be a measure: money below zero may be a credit, but nothing is infinite or no number."""
    least = -LARGEST if measure.field.kind is Kind.MONEY else 0
    if value.type().is_floating():
        return value.between(least, LARGEST)
    return value.notnull() if measure.field.kind is Kind.MONEY else value >= 0


def _flags(cells: ir.Table, layout: Layout, values: Mapping[Measure, ir.Value]) -> ir.Value:
    """What is wrong with an event: the sum of the layout's flags."""
    found: dict[int, ir.Value] = {layout.flag(one, Fault.NEGATIVE): value < 0 for one, value in values.items()}
    for measure in values:
        texts = [cells[header] for header in measure.columns if header in measure.decimals]
        if texts:
            unreadable = (is_unreadable(text, layout.nulls) for text in texts)
            found[layout.flag(measure, Fault.UNREADABLE)] = reduce(or_, unreadable)
    credits = [value < 0 for measure, value in values.items() if measure.field.kind is Kind.MONEY]
    counts = [value > 0 for measure, value in values.items() if measure.field.kind is Kind.COUNT]
    if credits and counts:
        found[layout.delivered] = _is_any(credits) & _is_any(counts)
    flags = (ibis.cases((is_found, flag), else_=0).cast("int64") for flag, is_found in found.items())
    return sum(flags, ibis.literal(0, "int64"))


def _is_any(found: Sequence[ir.Value]) -> ir.Value:
    return reduce(or_, (one.fill_null(False) for one in found))


def _part(groups: ir.Table, layout: Layout, part: int, by: Sequence[str]) -> ir.Table:
    sums = {measure.field.key: groups[measure.field.key].sum().cast("float64") for measure in layout.measures}
    rows = groups.group_by(by).agg(**{EVENTS: groups[EVENTS].sum().cast("int64")}, **sums)
    return rows.mutate(**{PART: ibis.literal(part, "int64")}).limit(MAX_ROWS + 1)


def _alike(parts: Sequence[ir.Table]) -> list[ir.Table]:
    """The parts with the same columns: null where a part has none."""
    kinds = {name: kind for part in parts for name, kind in part.schema().items()}
    return [
        part.select(
            **{name: part[name].cast(kind) if name in part.columns else ibis.null(kind) for name, kind in kinds.items()}
        )
        for part in parts
    ]
