"""Formulas that sum what the filters select, the way `analysis.groups` does in pandas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetgen.fields import MEASURE_HEADERS, MEASURES, Field
from sheetgen.formula.tree import Binary, Column, Name, Node, Number, Operand, Text, call, eq, node
from sheetgen.report.context import Context

CAMPAIGNS, DAILY, HOURS = "Campaigns", "Daily", "Hours"
FLIGHT_START, FLIGHT_END = "Flight Start", "Flight End"
ANY_NUMBER = Text(">-1E+99")
"""A criterion that every number meets, and no blank or text."""

Condition = tuple[Column, Node]


@dataclass(frozen=True)
class FilteredTable:
    """A table whose measures can be summed under the filters: `filtered` measures have a column for that.

    `flag` is the column with 1 in the rows to sum: `In Filter`, or `Selected` whatever the dates.
    """

    table: str
    measures: tuple[Field, ...] = MEASURES
    filtered: frozenset[str] = frozenset()
    flag: str = "In Filter"

    def column(self, header: str) -> Column:
        """The column of a measure, or of its filtered part."""
        return Column(self.table, f"Filtered {header}" if header in self.filtered else header)

    def conditions(self, header: str) -> tuple[Condition, ...]:
        """What selects the rows in the filters, where the measure's column does not say it already."""
        return () if header in self.filtered else ((Column(self.table, self.flag), Number(1)),)


def campaign_facts(ctx: Context) -> FilteredTable:
    """The campaign table; with daily data its `Filtered …` columns know the filtered days."""
    filtered = frozenset(MEASURE_HEADERS) if ctx.shape.daily else frozenset()
    return FilteredTable(CAMPAIGNS, ctx.measures, filtered)


def sum_where(facts: FilteredTable, header: str, *conditions: Condition) -> Node:
    """The filtered sum of a measure where all conditions hold, blank where no row has a number."""
    column = facts.column(header)
    pairs = _flat((*conditions, *facts.conditions(header)))
    total = call("SUMIFS", column, *pairs) if pairs else call("SUM", column)
    count = call("COUNTIFS", column, ANY_NUMBER, *pairs) if pairs else call("COUNT", column)
    return call("IF", eq(count, 0), "", total)


def sums_where(facts: FilteredTable, *conditions: Condition) -> dict[str, Node]:
    """`sum_where` for each measure, by header."""
    return {field.header: sum_where(facts, field.header, *conditions) for field in facts.measures}


def _flat(conditions: Sequence[Condition]) -> list[Node]:
    return [part for condition in conditions for part in condition]


def flight_sum(field: Field, first: Node, last: Node) -> Node:
    """What of a measure falls on the days from `first` to `last`, its campaigns' flights spread evenly."""
    start, end = Column(CAMPAIGNS, FLIGHT_START), Column(CAMPAIGNS, FLIGHT_END)
    begins_late, ends_early = _is(">", start, first), _is("<", end, last)
    days = last - (last - end) * ends_early - first - (start - first) * begins_late + 1
    flown = _is("<=", start, last) * _is(">=", end, first)
    share = Column(CAMPAIGNS, "In Filter") * flown * days / (end - start + 1)
    # As an argument of its own, a text among the numbers counts as none; in a product it would be an error.
    total = call("SUMPRODUCT", share, Column(CAMPAIGNS, field.header))
    return call("IF", eq(Name(f"total_{field.key}"), ""), "", total)


def _is(op: str, left: Operand, right: Operand) -> Node:
    return Binary(op, node(left), node(right))


def wildcard_safe(text: Node) -> Node:
    """A text as a MATCH or SUMIFS criterion in which `~ * ?` stand for themselves."""
    for special in "~*?":
        text = call("SUBSTITUTE", text, special, f"~{special}")
    return text
