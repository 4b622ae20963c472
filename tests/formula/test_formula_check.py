"""What the common set of spreadsheets refuses, and what it lets through."""

from __future__ import annotations

import math

import pytest

from sheetgen.errors import UnsupportedFormulaError
from sheetgen.formula.check import check_formula
from sheetgen.formula.tree import Call, Column, Field, Name, Node, Number, Span, Text, call, eq, gt

CLICKS, REACH = Column("Campaigns", "Clicks"), Column("Campaigns", "Reach")
BLOCK = Span("trend", 0, 0, 9, 0)


def nested(levels: int) -> Node:
    tree: Node = Name("x_1")
    for _ in range(levels):
        tree = call("ABS", tree)
    return tree


def chained(terms: int) -> Node:
    tree: Node = Number(1)
    for _ in range(terms):
        tree = tree + 1
    return tree


REFUSED: dict[str, Node] = {
    "the function XLOOKUP": Call("XLOOKUP", (Name("x_1"), CLICKS, REACH)),
    "ROUND with 1 arguments. Give exactly 2": Call("ROUND", (Number(1),)),
    "SUMIFS with 2 arguments. Give 3 or more": Call("SUMIFS", (CLICKS, REACH)),
    "IF with 4 arguments. Give 2 to 3": Call("IF", (Number(1), Number(1), Number(1), Number(1))),
    "MONTH over a range inside an array function": call("SUMPRODUCT", eq(call("MONTH", CLICKS), 1) * REACH),
    "LN over a range inside an array function": call("SUMPRODUCT", call("LN", BLOCK * 2)),
    "ABS over a range inside an array function": call("SUMPRODUCT", call("SUM", call("ABS", CLICKS))),
    "MOD over a range inside an array function": call("SUMPRODUCT", call("MOD", call("ROW", CLICKS), 2) * CLICKS),
    "a comparison as an argument of SUMPRODUCT": call("SUMPRODUCT", gt(CLICKS, 0), REACH),
    "a text of 256 characters": call("LEN", "x" * 256),
    "the number nan": Number(math.nan) + 1,
    "the number inf": Number(math.inf),
    "the field clicks": Field("clicks") / 2,
    "more than 64 functions inside one another": nested(65),
    "more than 200 nested operations": chained(200),
}

ALLOWED: dict[str, Node] = {
    "mask times values": call("SUMPRODUCT", gt(CLICKS, 0) * REACH),
    "a reduced range": call("SUMPRODUCT", CLICKS * call("ROUND", call("SUM", REACH), 0)),
    "a function of a single value": call("SUMPRODUCT", CLICKS * call("IF", eq(Name("x_1"), 0), 1, 2)),
    "over a range outside SUMPRODUCT": call("SUM", call("MAX", CLICKS), call("INDEX", REACH, 1)),
    "a text at the limit": Text("x" * 255),
    "nesting at the limit": nested(64),
    "height at the limit": chained(199),
}


@pytest.mark.parametrize(("what", "tree"), REFUSED.items(), ids=REFUSED)
def test_refused(what: str, tree: Node) -> None:
    with pytest.raises(UnsupportedFormulaError) as caught:
        check_formula(tree, "Overview!C5")
    assert what in str(caught.value)


@pytest.mark.parametrize("tree", ALLOWED.values(), ids=ALLOWED)
def test_allowed(tree: Node) -> None:
    check_formula(tree, "Overview!C5")


def test_the_refusal_says_which_formula_and_what_to_do() -> None:
    with pytest.raises(UnsupportedFormulaError) as caught:
        check_formula(call("SUMPRODUCT", call("LN", CLICKS)), "Overview!C5")
    assert str(caught.value) == (
        "Overview!C5: The common set of Excel, Google Sheets and LibreOffice has no equivalent of "
        "LN over a range inside an array function. Compute it in a helper column and use that column."
    )
