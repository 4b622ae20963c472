"""The formula tree: numbers, texts, fields, places and calls, frozen and target-free.

KPI expressions use `Field`; a report's formulas use places: a table's column, this row's cell
of it, a defined name, or cells of a block that the layout positions later. Python's arithmetic
operators build trees; comparisons are functions (`eq`, `gt`, ...) because nodes compare by value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Union

from sheetgen.formula.functions import require_arity

Operand = Union["Node", float, int, str]


class Node:
    """Base of all formula nodes; arithmetic on nodes gives `Binary` nodes."""

    __slots__ = ()

    def __add__(self, other: Operand) -> Binary:
        return Binary("+", self, node(other))

    def __radd__(self, other: Operand) -> Binary:
        return Binary("+", node(other), self)

    def __sub__(self, other: Operand) -> Binary:
        return Binary("-", self, node(other))

    def __rsub__(self, other: Operand) -> Binary:
        return Binary("-", node(other), self)

    def __mul__(self, other: Operand) -> Binary:
        return Binary("*", self, node(other))

    def __rmul__(self, other: Operand) -> Binary:
        return Binary("*", node(other), self)

    def __truediv__(self, other: Operand) -> Binary:
        return Binary("/", self, node(other))

    def __rtruediv__(self, other: Operand) -> Binary:
        return Binary("/", node(other), self)

    def __pow__(self, other: Operand) -> Binary:
        return Binary("^", self, node(other))

    def __and__(self, other: Operand) -> Binary:
        """Text concatenation, as in a spreadsheet."""
        return Binary("&", self, node(other))

    def __rand__(self, other: Operand) -> Binary:
        return Binary("&", node(other), self)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A literal number."""

    value: float


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A literal text, unquoted."""

    value: str


@dataclass(frozen=True, slots=True)
class Field(Node):
    """A field of a KPI expression, by key (`clicks`); replaced by a place before emission."""

    key: str
    position: int = -1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Field) and other.key == self.key

    def __hash__(self) -> int:
        return hash(("Field", self.key))


@dataclass(frozen=True, slots=True)
class ThisRow(Node):
    """The cell of a table's column in the formula's own row."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Column(Node):
    """All data cells of a table's column."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A workbook-level defined name."""

    name: str


@dataclass(frozen=True, slots=True)
class At(Node):
    """One cell of a block, by 0-based row and column inside it."""

    block: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Span(Node):
    """A rectangle of cells of a block, both corners included, 0-based inside it."""

    block: str
    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """Unary minus."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """An infix operation: one of `+ - * / ^ & = <> < <= > >=`."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of one of the closed list of functions (`formula.functions`)."""

    function: str
    args: tuple[Node, ...]


def node(value: Operand) -> Node:
    """The value as a node: numbers and texts become literals."""
    if isinstance(value, Node):
        return value
    if isinstance(value, str):
        return Text(value)
    return Number(float(value))


def call(function: str, *args: Operand) -> Call:
    """A call, checked against the closed list.

    Raises `UnsupportedFormulaError` for a function or a number of arguments outside the list.
    """
    nodes = tuple([node(arg) for arg in args])
    require_arity(function, len(nodes))
    return Call(function, nodes)


def eq(left: Operand, right: Operand) -> Binary:
    """`left = right`."""
    return Binary("=", node(left), node(right))


def ne(left: Operand, right: Operand) -> Binary:
    """`left <> right`."""
    return Binary("<>", node(left), node(right))


def lt(left: Operand, right: Operand) -> Binary:
    """`left < right`."""
    return Binary("<", node(left), node(right))


def le(left: Operand, right: Operand) -> Binary:
    """`left <= right`."""
    return Binary("<=", node(left), node(right))


def gt(left: Operand, right: Operand) -> Binary:
    """`left > right`."""
    return Binary(">", node(left), node(right))


def ge(left: Operand, right: Operand) -> Binary:
    """`left >= right`."""
    return Binary(">=", node(left), node(right))


def children(tree: Node) -> tuple[Node, ...]:
    """The direct operands of a node, left to right."""
    # Asked of every part of every formula: cases that read attributes would take twice as long.
    if isinstance(tree, Binary):
        return (tree.left, tree.right)
    if isinstance(tree, Call):
        return tree.args
    return (tree.operand,) if isinstance(tree, Negate) else ()


def walk(tree: Node) -> Iterator[Node]:
    """The node and everything under it, parents first."""
    yield tree
    for child in children(tree):
        yield from walk(child)


def transform(tree: Node, change: Callable[[Node], Node | None]) -> Node:
    """The tree with each node for which `change` gives a node replaced by it, parents first."""
    changed = change(tree)
    if changed is not None:
        return changed
    match tree:
        case Binary(op, left, right):
            return Binary(op, transform(left, change), transform(right, change))
        case Call(function, args):
            return Call(function, tuple(transform(arg, change) for arg in args))
        case Negate(operand):
            return Negate(transform(operand, change))
        case _:
            return tree


def field_keys(tree: Node) -> tuple[str, ...]:
    """The keys of all fields in the tree, each once, in order of appearance."""
    return tuple(dict.fromkeys(part.key for part in walk(tree) if isinstance(part, Field)))


def place(tree: Node, place_of: Callable[[str], Node]) -> Node:
    """The tree with each field replaced by the node that `place_of` gives for its key."""
    return transform(tree, lambda part: place_of(part.key) if isinstance(part, Field) else None)


def denominators(tree: Node) -> tuple[Node, ...]:
    """Everything the tree divides by, each once; a denominator inside another one comes before it."""
    found: dict[Node, None] = {}
    for child in children(tree):
        found.update(dict.fromkeys(denominators(child)))
    if isinstance(tree, Binary) and tree.op == "/":
        found[tree.right] = None
    return tuple(found)
