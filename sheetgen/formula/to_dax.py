"""DAX text of a KPI: a Power BI measure that sums before it divides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.formula.printer import KpiPrinter, Written
from sheetgen.formula.tree import Binary, Field, Node, children, field_keys


def to_dax(tree: Node, name: str = "A KPI", table: str = "Campaigns") -> str:
    """The measure's expression over `table`, with canonical headers; blank as everywhere else.

    `name` is the KPI's, for messages. Raises `UnsupportedFormulaError`.
    """
    printer = DaxPrinter(name, table)
    written = printer.print(tree)
    zeros = tuple(dict.fromkeys(_lost_zeros(tree, lossless=True)))
    # BLANK = 0 holds in DAX, so a field tested for zero needs no ISBLANK.
    covered = {*_kept_fields(tree), *zeros}
    lost = [field for field in map(Field, field_keys(tree)) if field not in covered]
    tests = [f"ISBLANK({printer.print(field)})" for field in lost] + [f"{printer.print(zero)} = 0" for zero in zeros]
    return f"IF({' || '.join(tests)}, BLANK(), {written})" if tests else written


class DaxPrinter(KpiPrinter):
    """Writes measures over one table."""

    target = "DAX"
    functions: ClassVar = {"MIN": "MIN", "MAX": "MAX", "ABS": "ABS", "ROUND": "ROUND"}

    def __init__(self, name: str, table: str) -> None:
        super().__init__(name)
        self.table = table

    def field(self, key: str) -> Written:
        """The field's sum over the rows in view."""
        return Written(f"SUM({self.table}[{FIELDS_BY_KEY[key].header}])")

    def divide(self, left: Node, right: Node) -> Written:
        """A quotient that is BLANK over zero."""
        if not field_keys(right):
            return super().divide(left, right)
        return Written(f"DIVIDE({self.print(left)}, {self.print(right)})")

    def power(self, base: Node, exponent: Node) -> Written:
        """A power by name: DAX and spreadsheets disagree on -a^2."""
        return Written(f"POWER({self.print(base)}, {self.print(exponent)})")


def _passes_blank(tree: Node) -> bool:
    """Whether BLANK in an operand makes the whole BLANK: so in products and quotients, while + and - take it for 0."""
    return isinstance(tree, Binary) and tree.op in ("*", "/")


def _kept_fields(tree: Node) -> Iterator[Field]:
    """The fields whose blank reaches the result by itself."""
    if isinstance(tree, Field):
        yield tree
    elif _passes_blank(tree):
        for child in children(tree):
            yield from _kept_fields(child)


def _lost_zeros(tree: Node, *, lossless: bool) -> Iterator[Node]:
    """The denominators whose zero gives a BLANK that some + or function above would take for 0."""
    for child in children(tree):
        yield from _lost_zeros(child, lossless=lossless and _passes_blank(tree))
    if not lossless and isinstance(tree, Binary) and tree.op == "/" and field_keys(tree.right):
        yield tree.right
