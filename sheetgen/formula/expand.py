"""KPIs that use other KPIs: each one's expression down to the fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sheetgen.clause import Clause
from sheetgen.errors import ExpressionError
from sheetgen.formula.parse import FIELD_KEYS, parse_expression, pointing_error
from sheetgen.formula.tree import Field, Node, place, walk

MAX_NODES: Final = 150
"""Numbers, fields and operations of an expanded expression: its formula must fit into a cell of every target."""

MAX_STEPS: Final = 20
"""KPIs that build on one another."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A KPI's expression as written, and where it stands (`source`), for messages."""

    text: str
    source: str


def expand_expressions(expressions: Mapping[str, Expression]) -> dict[str, Node]:
    """The tree of each expression, by KPI key, with fields only.

    Raises `ExpressionError` at the name that closes a circle or makes an expression too large.
    """
    names = (*FIELD_KEYS, *expressions)
    parsed = {key: parse_expression(written.text, written.source, names) for key, written in expressions.items()}
    return _Expansion(expressions, parsed).all()


class _Expansion:
    def __init__(self, expressions: Mapping[str, Expression], parsed: Mapping[str, Node]) -> None:
        self._expressions = expressions
        self._parsed = parsed
        self._expanded: dict[str, Node] = {}

    def all(self) -> dict[str, Node]:
        return {key: self._expand(key, (key,)) for key in self._parsed}

    def _expand(self, key: str, trail: tuple[str, ...]) -> Node:
        if key not in self._expanded:
            used = {part.key: part for part in walk(self._parsed[key]) if isinstance(part, Field)}
            trees = {name: self._used(part, trail) for name, part in used.items()}
            tree = place(self._parsed[key], trees.__getitem__)
            if sum(1 for _ in walk(tree)) > MAX_NODES:
                text = "with the KPIs it uses this has more than {count} terms. Use simpler ones."
                problem = Clause(text, count=MAX_NODES)
                raise self._error(key, 0, problem)
            self._expanded[key] = tree
        return self._expanded[key]

    def _used(self, part: Field, trail: tuple[str, ...]) -> Node:
        if part.key not in self._parsed:
            return part
        circle = (*trail, part.key)
        if part.key in trail:
            keys = " → ".join(circle[circle.index(part.key) :])
            problem = Clause("{keys} is a circle. A KPI cannot build on itself.", keys=keys)
            raise self._error(trail[-1], part.position, problem)
        if len(trail) == MAX_STEPS:
            text = "more than {count} KPIs build on one another here. Write some of them out in fields."
            problem = Clause(text, count=MAX_STEPS)
            raise self._error(trail[-1], part.position, problem)
        return self._expand(part.key, circle)

    def _error(self, key: str, position: int, problem: Clause) -> ExpressionError:
        written = self._expressions[key]
        return pointing_error(written.text, written.source, position, problem)
