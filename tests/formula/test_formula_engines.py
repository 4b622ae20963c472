"""Random KPI expressions, written into a workbook and recalculated by engines that are not ours, equal `evaluate`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import cellrune
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetgen.fields import MEASURES
from sheetgen.formula.guard import guarded, places
from sheetgen.formula.to_excel import to_excel
from sheetgen.formula.to_pandas import evaluate
from sheetgen.formula.tree import At, Binary, Call, Field, Negate, Node, Number, Span, ThisRow, denominators, place

KEYS = [field.key for field in MEASURES]
HEADERS = [field.header for field in MEASURES]
IN_ROW = {field.key: ThisRow("Campaigns", field.header) for field in MEASURES}
Row = list[float | None]

fields = st.sampled_from(KEYS).map(Field)
numbers = st.sampled_from([0.05, 0.5, 1.0, 2.0, 3.0, 7.25, 1000.0]).map(Number)
powers = st.builds(lambda base, exponent: Binary("^", base, Number(exponent)), fields, st.sampled_from([2.0, 3.0]))


def _larger(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Binary, st.sampled_from("+-*/"), parts, parts),
        st.builds(Negate, parts),
        st.builds(lambda name, a, b: Call(name, (a, b)), st.sampled_from(["MIN", "MAX"]), parts, parts),
        st.builds(lambda a: Call("ABS", (a,)), parts),
        st.builds(lambda a, digits: Call("ROUND", (a, Number(digits))), fields, st.sampled_from([-1.0, 0.0, 2.0])),
    )


leaves = st.one_of(fields, fields, numbers, powers)
expressions = st.recursive(leaves, _larger, max_leaves=7).filter(
    lambda tree: all(places(part) or evaluate(part, {}) for part in denominators(tree))
)
amounts = st.one_of(
    st.none(),
    st.just(0.0),
    st.integers(1, 100_000).map(float),
    st.integers(1, 10_000_000).map(lambda cents: cents / 100),
)
rows = st.lists(amounts, min_size=len(KEYS), max_size=len(KEYS))


class Corner(NamedTuple):
    tab: str
    row: int
    column: int


@dataclass(frozen=True)
class Plain:
    """Block coordinates are sheet coordinates."""

    def cell(self, place: At) -> Corner:
        return Corner(place.block, place.row, place.column)

    def span(self, place: Span) -> tuple[Corner, Corner]:
        raise AssertionError(place)


def _write(path: Path, trees: list[Node], data: list[Row]) -> None:
    """A table whose blanks are empty cells, and a summary whose blanks are the text of a formula."""
    with xlsxwriter.Workbook(path) as book:
        table, summary = book.add_worksheet("Campaigns"), book.add_worksheet("Summary")
        titles = [*HEADERS, *(f"KPI {k}" for k in range(len(trees)))]
        columns = [{"header": title} for title in titles]
        table.add_table(0, 0, len(data), len(titles) - 1, {"name": "Campaigns", "columns": columns})
        for i, row in enumerate(data, start=1):
            places_of = {key: At("Summary", i, j) for j, key in enumerate(KEYS)}
            for j, amount in enumerate(row):
                table.write(i, j, amount)
                summary.write(i, j, '=""' if amount is None else amount)
            for k, tree in enumerate(trees, start=len(KEYS)):
                in_row = place(guarded(tree, typed=True), IN_ROW.__getitem__)
                in_summary = place(guarded(tree, typed=False), places_of.__getitem__)
                table.write_formula(i, k, "=" + to_excel(in_row, Plain(), "Campaigns"))
                summary.write_formula(i, k, "=" + to_excel(in_summary, Plain(), "Summary"))


def _recalculated(path: Path, tab: str, height: int, width: int) -> list[list[object]]:
    book = cellrune.Workbook.open_path(str(path))
    book.recalculate()
    last = xlsxwriter.utility.xl_rowcol_to_cell(height, len(KEYS) + width - 1)
    first = xlsxwriter.utility.xl_rowcol_to_cell(1, len(KEYS))
    return [[cell.get("value", cell) for cell in line] for line in book.read_values(tab, first, last)]


@settings(max_examples=25, deadline=None)
@given(trees=st.lists(expressions, min_size=8, max_size=12), data=st.lists(rows, min_size=6, max_size=8))
def test_sheet_equals_evaluate(tmp_path_factory: pytest.TempPathFactory, trees: list[Node], data: list[Row]) -> None:
    path = tmp_path_factory.mktemp("engines") / "book.xlsx"
    _write(path, trees, data)
    for tab in ("Campaigns", "Summary"):
        found = _recalculated(path, tab, len(data), len(trees))
        for row, cells in zip(data, found, strict=True):
            known = {key: math.nan if amount is None else amount for key, amount in zip(KEYS, row, strict=True)}
            for tree, cell in zip(trees, cells, strict=True):
                expected = evaluate(tree, known)
                shown = "" if math.isnan(expected) else pytest.approx(expected, rel=1e-9)
                assert cell == shown, (tab, tree, known)
