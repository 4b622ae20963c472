"""Blank semantics: a KPI shows nothing where a field it uses is blank or something it divides by is zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sheetgen.formula.tree import Binary, Call, Negate, Node, Number, Text, call, denominators, eq, place, walk


class HasExpression(Protocol):
    """Anything with a KPI's expression tree."""

    @property
    def expr(self) -> Node:
        """The tree, with fields."""
        ...


def kpi_formula(kpi: HasExpression, place_of: Callable[[str], Node], *, blank_is_empty: bool) -> Node:
    """The guarded formula of a KPI whose field `key` stands at `place_of(key)`.

    `blank_is_empty`: blank cells are truly empty (the rows of a table), rather than the text "" of another formula.
    """
    return place(guarded(kpi.expr, blank_is_empty=blank_is_empty), place_of)


def guarded(expr: Node, *, blank_is_empty: bool) -> Node:
    """`expr` where all its fields are filled in and no denominator is zero, else the text "".

    A denominator made of numbers alone is not tested: `load_kpis` refuses one that is zero.
    """
    result = expr
    zeros = [part for part in denominators(expr) if places(part)]
    for part in reversed(zeros):
        if not _is_place(part):
            # A condition of its own: inside OR, which evaluates all of it, a blank's "" would meet arithmetic.
            result = call("IF", eq(part, 0), "", result)
    tests = _tests(places(expr), {part for part in zeros if _is_place(part)}, blank_is_empty)
    if not tests:
        return result
    return call("IF", tests[0] if len(tests) == 1 else call("OR", *tests), "", result)


def places(tree: Node) -> tuple[Node, ...]:
    """The fields, cells and names of a tree, each once, in order of appearance."""
    return tuple(dict.fromkeys(part for part in walk(tree) if _is_place(part)))


def _tests(used: tuple[Node, ...], divided_by: set[Node], blank_is_empty: bool) -> list[Node]:
    if blank_is_empty:
        # An empty cell equals 0, so the test for zero also finds the blank.
        return [eq(part, 0) if part in divided_by else eq(part, "") for part in used]
    return [*(eq(part, "") for part in used), *(eq(part, 0) for part in used if part in divided_by)]


def _is_place(part: Node) -> bool:
    return not isinstance(part, Number | Text | Negate | Binary | Call)
