"""Blank semantics: a KPI shows nothing where a field it uses is blank or something it divides by is zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sheetgen.formula.tree import Binary, Call, Negate, Node, Number, Text, call, denominators, eq, lt, place, walk


class HasExpression(Protocol):
    """Anything with a KPI's expression tree."""

    @property
    def expr(self) -> Node:
        """The tree, with fields."""
        ...


def kpi_formula(kpi: HasExpression, place_of: Callable[[str], Node], *, typed: bool) -> Node:
    """The guarded formula of a KPI whose field `key` stands at `place_of(key)`.

    `typed`: the cells are typed in (the rows of a table), so that anything may stand there, rather than the number or
    the text "" of another formula.
    """
    return place(guarded(kpi.expr, typed=typed), place_of)


def guarded(expr: Node, *, typed: bool) -> Node:
    """`expr` where all its fields are numbers and no denominator is zero, else the text "".

    A denominator made of numbers alone is not tested: `load_kpis` refuses one that is zero.
    """
    result = expr
    zeros = [part for part in denominators(expr) if places(part)]
    for part in reversed(zeros):
        if not _is_place(part):
            # A condition of its own: inside OR, which evaluates all of it, a blank's "" would meet arithmetic.
            result = call("IF", eq(part, 0), "", result)
    tests = _tests(places(expr), {part for part in zeros if _is_place(part)}, typed)
    if not tests:
        return result
    return call("IF", tests[0] if len(tests) == 1 else call("OR", *tests), "", result)


def places(tree: Node) -> tuple[Node, ...]:
    """The fields, cells and names of a tree, each once, in order of appearance."""
    return tuple(dict.fromkeys(part for part in walk(tree) if _is_place(part)))


def _tests(used: tuple[Node, ...], divided_by: set[Node], typed: bool) -> list[Node]:
    zeros = [eq(part, 0) for part in used if part in divided_by]
    if typed and used:
        return [lt(call("COUNT", *used), len(used)), *zeros]
    return [*(eq(part, "") for part in used), *zeros]


def _is_place(part: Node) -> bool:
    return not isinstance(part, Number | Text | Negate | Binary | Call)
