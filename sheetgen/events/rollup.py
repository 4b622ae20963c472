"""The rollup of events, as one expression that any engine runs where the events are.

Events are grouped once, by what names a campaign, by day and hour, and by what is wrong with them. All that a report
needs is a sum of these groups, so that one query has it all, from one state of the table: campaigns by day, campaigns
by weekday and hour, and how many events had which fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ibis

from sheetgen.dataset import MAX_ROWS
from sheetgen.events.layout import Layout, Measure
from sheetgen.events.text_cells import is_unreadable, read_day, read_hour, read_number, without_minutes
from sheetgen.sources.numbers import LARGEST

if TYPE_CHECKING:
    import ibis.expr.types as ir

DAYS, HOURS, FAULTS = range(3)
"""What a row of the rollup is: a campaign's day, a campaign's hour of the week, or a set of faults."""

MIDNIGHT = 24
"""The hour of a time that is midnight sharp: where all are, there are no times, only days."""

PART, EVENTS, FLAGS, SPENT, DAY, WEEKDAY, HOUR = "part", "events", "flags", "spent", "day", "weekday", "hour"


def roll_up(cells: ir.Table, layout: Layout) -> ir.Table:
    """The rollup of a table of events: rows of all three parts, told apart by `part`.

    It has `key_0`… (the layout's keys as they are), `day` (date), `weekday` (1 is Monday), `hour` (0 to 24, or the
    cell of the clock), `flags` (a sum of the layout's flags), `events` (how many), `spent` (all money, refused money
    too) and a float for each measure, by its key, null where no event has one. A day or hour part of more rows than
    fit a sheet is cut after one row more.
    """
    groups = _groups(cells, layout)
    parts = [_part(groups, layout, DAYS, [*_key_names(layout), *([DAY] if layout.day else [])])]
    if HOUR in groups.columns:
        weekdays = groups.filter(groups[DAY].notnull())
        weekdays = weekdays.mutate(**{WEEKDAY: weekdays[DAY].day_of_week.index().cast("int64") + 1})
        parts.append(_part(weekdays, layout, HOURS, [*_key_names(layout), WEEKDAY, HOUR]))
    parts.append(_part(groups, layout, FAULTS, [FLAGS]))
    return ibis.union(*_alike(parts), distinct=False)


def _key_names(layout: Layout) -> list[str]:
    return [f"key_{place}" for place in range(len(layout.keys))]


def _groups(cells: ir.Table, layout: Layout) -> ir.Table:
    """The events grouped by all that any part is grouped by."""
    names = _key_names(layout)
    rows = {name: _key(cells[key], key, layout) for name, key in zip(names, layout.keys, strict=True)}
    rows |= _clock(cells, layout)
    values = {measure.field.key: _value(cells, measure) for measure in layout.measures}
    rows[FLAGS] = _flags(cells, layout, values)
    by = list(rows)
    rows |= {key: ibis.cases((_is_amount(value), value)) for key, value in values.items()}
    rows[SPENT] = _spent(values, layout)
    typed = cells.select(**rows)
    sums = {name: typed[name].sum() for name in (*values, SPENT)}
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
    values = [_number(cells, header, measure) for header in measure.columns]
    if len(values) == 1:
        return values[0]
    total = sum((value.fill_null(0) for value in values[1:]), values[0].fill_null(0))
    return ibis.cases((ibis.coalesce(*values).notnull(), total))


def _number(cells: ir.Table, header: str, measure: Measure) -> ir.Value:
    cell = cells[header]
    if cell.type().is_string():
        return read_number(cell, measure.decimals[header])
    return cell.cast("int64") if cell.type().is_boolean() else cell


def _is_amount(value: ir.Value) -> ir.Value:
    """Whether a number can be a measure; what is no number and what is infinite is never between others."""
    return value.between(0, LARGEST) if value.type().is_floating() else value >= 0


def _flags(cells: ir.Table, layout: Layout, values: dict[str, ir.Value]) -> ir.Value:
    """What is wrong with an event: a bit for each flag of the layout."""
    total: ir.Value = ibis.literal(0, "int64")
    for flag in layout.flags:
        if flag.bit % 2 == 0:
            found = values[flag.measure.field.key] < 0
        else:
            texts = [cells[header] for header in flag.measure.columns if cells[header].type().is_string()]
            if not texts:
                continue
            found = ibis.or_(*(is_unreadable(text, layout.nulls) for text in texts))
        total = total + ibis.cases((found, 1 << flag.bit), else_=0).cast("int64")
    return total


def _spent(values: dict[str, ir.Value], layout: Layout) -> ir.Value:
    if layout.budget is None:
        return ibis.null("float64")
    money = values[layout.budget.field.key].cast("float64")
    return ibis.cases((money.between(-LARGEST, LARGEST), money))


def _part(groups: ir.Table, layout: Layout, part: int, by: Sequence[str]) -> ir.Table:
    sums = {measure.field.key: groups[measure.field.key].sum().cast("float64") for measure in layout.measures}
    sums[SPENT] = groups[SPENT].sum()
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
