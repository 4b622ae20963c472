"""Infix text of a tree with no more parentheses than needed; a target is a subclass with what it writes differently."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple

from sheetgen.errors import UnsupportedFormulaError
from sheetgen.formula.tree import Binary, Call, Field, Negate, Node, Number, Text

COMPARE: Final = 1
JOIN: Final = 2
SUM: Final = 3
PRODUCT: Final = 4
UNARY: Final = 5
POWER: Final = 6
ATOM: Final = 7

LEVELS: Final = {
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), COMPARE),
    "&": JOIN,
    **dict.fromkeys("+-", SUM),
    **dict.fromkeys("*/", PRODUCT),
    "^": POWER,
}
"""How tightly each operator binds, in every target."""


class Written(NamedTuple):
    """A piece of text and how tightly its outermost operation binds."""

    text: str
    level: int = ATOM


class Printer(ABC):
    """Writes a tree for one target; `name` is the formula's, for messages."""

    target: ClassVar[str]
    remedy: ClassVar[str]
    gap: ClassVar[str] = " "
    separator: ClassVar[str] = ", "

    def __init__(self, name: str) -> None:
        self.name = name

    def print(self, tree: Node) -> str:
        """The text of the tree.

        Raises `UnsupportedFormulaError` for what the target lacks.
        """
        return self.write(tree).text

    def write(self, tree: Node) -> Written:
        """The text of a part and how tightly it binds."""
        # Most parts are places: a case that reads attributes costs more than to ask for the type.
        if isinstance(tree, Binary):
            return self.operation(tree)
        if isinstance(tree, Call):
            return self.call(tree.function, tree.args)
        if isinstance(tree, Text):
            return self.text(tree.value)
        if isinstance(tree, Number):
            return self.number(tree.value)
        if isinstance(tree, Negate):
            return Written("-" + self.within(tree.operand, ATOM), UNARY)
        return self.place(tree)

    def operation(self, tree: Binary) -> Written:
        """Two operands and their operator."""
        match tree.op:
            case "/":
                return self.divide(tree.left, tree.right)
            case "^":
                return self.power(tree.left, tree.right)
            case op:
                return self.infix(op, tree.left, tree.right)

    def within(self, part: Node, floor: int) -> str:
        """The text of an operand, in parentheses when it binds less tightly than `floor`."""
        written = self.write(part)
        return written.text if written.level >= floor else f"({written.text})"

    def infix(self, op: str, left: Node, right: Node) -> Written:
        """Two operands around an operator; chains read from the left."""
        level = LEVELS[op]
        last = self.within(right, level + 1)
        if level >= SUM and last.startswith("-"):
            last = f"({last})"  # a--b is legal but unreadable
        return Written(f"{self.within(left, level)}{self.gap}{op}{self.gap}{last}", level)

    def divide(self, left: Node, right: Node) -> Written:
        """A quotient."""
        return self.infix("/", left, right)

    def power(self, base: Node, exponent: Node) -> Written:
        """A power; targets disagree on -a^2 and a^b^c, so only atoms go without parentheses."""
        return Written(f"{self.within(base, ATOM)}^{self.within(exponent, ATOM)}", POWER)

    def number(self, value: float) -> Written:
        """A literal number in plain decimals."""
        return Written(plain_number(value), UNARY if value < 0 else ATOM)

    def text(self, value: str) -> Written:
        """A literal text, its double quotes doubled."""
        doubled = value.replace('"', '""')
        return Written(f'"{doubled}"')

    def call(self, function: str, args: tuple[Node, ...]) -> Written:
        """A function call."""
        return Written(f"{function}({self.separator.join([self.write(arg).text for arg in args])})")

    @abstractmethod
    def place(self, part: Node) -> Written:
        """A field, a cell, a column or a name."""

    def refusal(self, what: str) -> UnsupportedFormulaError:
        """The error that says what the target lacks."""
        return UnsupportedFormulaError(name=self.name, target=self.target, what=what, remedy=self.remedy)


class KpiPrinter(Printer):
    """Writes the KPI subset: numbers, fields, arithmetic and min, max, abs, round; refuses the rest by name."""

    remedy = "Write the KPI with fields, numbers, + - * / ^ and min, max, abs, round only."
    functions: ClassVar[dict[str, str]]

    def infix(self, op: str, left: Node, right: Node) -> Written:
        """An arithmetic operation."""
        if LEVELS[op] < SUM:
            raise self.refusal(f"{op} in a KPI")
        return super().infix(op, left, right)

    def text(self, value: str) -> Written:
        """Refused: KPIs are numbers."""
        raise self.refusal(f'the text "{value}" in a KPI')

    def call(self, function: str, args: tuple[Node, ...]) -> Written:
        """A function under the target's own name."""
        if function not in self.functions:
            raise self.refusal(f"the function {function}")
        return super().call(self.functions[function], args)

    def place(self, part: Node) -> Written:
        """A field, summed over the rows in view where the target aggregates."""
        if isinstance(part, Field):
            return self.field(part.key)
        raise self.refusal(f"{part}")

    @abstractmethod
    def field(self, key: str) -> Written:
        """The text of a field."""


@lru_cache
def plain_number(value: float) -> str:
    """The shortest decimal text that reads back as `value`, without exponent: 0.00001, 1000, 2.5."""
    return format(Decimal(repr(float(value) + 0.0)).normalize(), "f")
