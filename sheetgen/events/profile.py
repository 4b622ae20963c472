"""What the texts of an event table look like, asked of the engine before the rollup, and how they are to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sheetgen.errors import UnreadableColumnError
from sheetgen.events.layout import Layout
from sheetgen.events.text_cells import is_blank, is_iso, is_unreadable, reads_with, tidy
from sheetgen.fields import Field
from sheetgen.ledger import LedgerLine
from sheetgen.sources.numbers import Decimal, NumberMarks, NumberScan, scan_numbers
from sheetgen.sources.settle import Habit, NumberColumn, Place, settle_decimal
from sheetgen.sources.table import RawColumn

if TYPE_CHECKING:
    import ibis.expr.types as ir

POINT_ONLY, COMMA_ONLY, EITHER, PLAIN, UNREADABLE = "point", "comma", "either", "plain", "unreadable"
READABLE = (POINT_ONLY, COMMA_ONLY, EITHER, PLAIN)
ODD_DAYS = "odd_days"


@dataclass(frozen=True)
class Profile:
    """Examples of the texts of each number column, by kind, and whether every text of the day is an ISO day."""

    examples: Mapping[str, Mapping[str, tuple[str, ...]]]
    is_iso: bool


def ask_profile(cells: ir.Table, columns: Sequence[str], day: str | None, nulls: tuple[str, ...]) -> ir.Table | None:
    """The question for the texts of these number columns, and of the day; None where none of them are texts."""
    texts = [(place, cells[header]) for place, header in enumerate(columns) if cells[header].type().is_string()]
    asked: dict[str, Any] = {}
    for place, cell in texts:
        for kind, found in _kinds(cell, nulls):
            asked |= {f"{kind}_{place}_least": cell.min(where=found), f"{kind}_{place}_most": cell.max(where=found)}
    if day and cells[day].type().is_string():
        odd = ~is_blank(cells[day], nulls) & ~is_iso(cells[day])
        asked[ODD_DAYS] = cells[day].count(where=odd)
    return cells.aggregate(**asked) if asked else None


def _kinds(cell: ir.StringValue, nulls: tuple[str, ...]) -> Iterator[tuple[str, ir.BooleanValue]]:
    text = tidy(cell)
    point, comma = reads_with(text, Decimal.POINT), reads_with(text, Decimal.COMMA)
    has_sign = text.re_search("[.,]")
    yield POINT_ONLY, point & ~comma
    yield COMMA_ONLY, comma & ~point
    yield EITHER, point & comma & has_sign
    yield PLAIN, point & comma & ~has_sign
    yield UNREADABLE, is_unreadable(cell, nulls)


def read_profile(answer: pa.Table | None, columns: Sequence[str]) -> Profile:
    """What the engine answered."""
    found = answer.to_pylist()[0] if answer is not None else {}
    examples = {
        header: {
            kind: tuple(text for end in ("least", "most") if (text := found[f"{kind}_{place}_{end}"]) is not None)
            for kind in (*READABLE, UNREADABLE)
        }
        for place, header in enumerate(columns)
        if f"{POINT_ONLY}_{place}_least" in found
    }
    return Profile(examples, found.get(ODD_DAYS) == 0)


def settle_decimals(
    place: Place, layout: Layout, profile: Profile, marks: NumberMarks, option: Decimal | None, habit: Habit
) -> tuple[Layout, list[LedgerLine]]:
    """The layout with the decimal sign of every column of texts, and what to say about it.

    Raises `AmbiguousNumbersError` for a column that reads both ways, `UnreadableColumnError` for one without a number.
    """
    columns = [
        _number_column(place, header, measure.field, profile, marks)
        for measure in layout.measures
        for header in measure.columns
        if header in profile.examples
    ]
    lines: list[LedgerLine] = []
    signs: dict[str, Decimal] = {}
    for number in columns:
        others = partial(_others, columns, number)
        signs[number.column.header], said = settle_decimal(place, number, option, others, habit)
        lines += said
    measures = (
        replace(measure, decimals={header: signs[header] for header in measure.columns if header in signs})
        for measure in layout.measures
    )
    return replace(layout, measures=tuple(measures)), lines


def _others(columns: Sequence[NumberColumn], number: NumberColumn) -> list[list[NumberScan]]:
    """The other columns of texts, in one group."""
    return [[other.scan for other in columns if other is not number]]


def _number_column(place: Place, header: str, field: Field, profile: Profile, marks: NumberMarks) -> NumberColumn:
    examples = profile.examples[header]
    if examples[UNREADABLE] and not any(examples[kind] for kind in READABLE):
        raise UnreadableColumnError(source=place.path, header=header, example=examples[UNREADABLE][0])
    texts = [text for kind in READABLE for text in examples[kind]]
    column = RawColumn(header, pa.array(texts, pa.string()))
    return NumberColumn(field, column, scan_numbers(column, marks))
