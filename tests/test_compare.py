"""Which pairs of values agree, and what is said of those that do not."""

from __future__ import annotations

import math

import pytest

from sheetgen.compare import Fault, compare
from sheetgen.values import NOT_AVAILABLE, SheetError, Value
from sheetgen.workbook.place import Place

HERE = Place("Data Quality", 1, 1)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (1.0, 1.0),
        (1, 1.0),
        (0.0, -0.0),
        (1e9, 1e9 + 0.5),
        (0.0123, 0.0123 * (1 + 9e-10)),
        (1.0 - 0.9 - 0.1, 0.0),
        (0.0, 9e-13),
        (None, ""),
        ("", None),
        ("Été", "Été"),
        (True, True),
        (NOT_AVAILABLE, SheetError("#N/A")),
    ],
)
def test_values_that_agree(expected: Value, found: Value) -> None:
    assert compare({HERE: expected}, {HERE: found}).differences == ()


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (1.0, 1.00000001),
        (1e-5, 1.0001e-5),
        (0.0, 1e-9),
        (0.0, None),
        (None, 0.0),
        (True, 1.0),
        (0.0, False),
        ("1", 1.0),
        ("a", "A"),
        ("a", "a "),
        (1.0, SheetError("#DIV/0!")),
        (None, NOT_AVAILABLE),
        (NOT_AVAILABLE, SheetError("#REF!")),
        (NOT_AVAILABLE, "#N/A"),
        (math.nan, math.nan),
        (math.inf, math.inf),
        (1.0, math.inf),
        (-1e308, 1e308),
    ],
)
def test_values_that_differ(expected: Value, found: Value) -> None:
    (difference,) = compare({HERE: expected}, {HERE: found}).differences
    assert difference.place == HERE


def test_largest_difference_counts_numbers_that_agree_too() -> None:
    places = [Place("KPIs", row, 0) for row in range(3)]
    expected: dict[Place, Value] = dict(zip(places, (1.0, 200.0, "x"), strict=True))
    found: dict[Place, Value] = dict(zip(places, (1.0, 200.0 * (1 + 2e-10), "y"), strict=True))
    comparison = compare(expected, found)
    assert comparison.count == 3
    assert comparison.largest == pytest.approx(2e-10, rel=1e-3)
    assert [difference.expected for difference in comparison.differences] == ["x"]


def test_tolerance_and_floor_are_the_callers() -> None:
    assert compare({HERE: 100.0}, {HERE: 101.0}, tolerance=0.01).differences == ()
    assert compare({HERE: 0.0}, {HERE: 0.5}, tolerance=0.01, floor=100.0).differences == ()


@pytest.mark.parametrize(
    ("expected", "found", "fault", "sentence"),
    [
        ({HERE: 0.5}, {HERE: 0.25}, Fault.VALUE, "'Data Quality'!B2: expected 0.5, found 0.25."),
        ({HERE: True}, {HERE: "yes"}, Fault.VALUE, "'Data Quality'!B2: expected TRUE, found 'yes'."),
        ({HERE: None}, {HERE: SheetError("#REF!")}, Fault.ERROR, "'Data Quality'!B2: expected a blank, found #REF!."),
        ({HERE: 1.0}, {}, Fault.MISSING, "'Data Quality'!B2: expected 1, but there is no formula."),
        ({HERE: None}, {}, Fault.MISSING, "'Data Quality'!B2: expected a blank, but there is no formula."),
        ({}, {HERE: 2.0}, Fault.EXTRA, "'Data Quality'!B2: the report has no formula here, found 2."),
    ],
)
def test_sentences_name_the_cell(
    expected: dict[Place, Value], found: dict[Place, Value], fault: Fault, sentence: str
) -> None:
    (difference,) = compare(expected, found).differences
    assert (difference.fault, difference.sentence) == (fault, sentence)
