"""Looker Studio (Data Studio) text of a KPI: a calculated field that sums before it divides."""

from __future__ import annotations

from typing import ClassVar

from sheetgen.fields import FIELDS_BY_KEY
from sheetgen.formula.printer import PRODUCT, KpiPrinter, Written
from sheetgen.formula.tree import Node, field_keys


def to_looker(tree: Node, name: str = "A KPI") -> str:
    """The calculated field over a data source with canonical headers; NULL where a denominator is zero.

    `name` is the KPI's, for messages. Raises `UnsupportedFormulaError`.
    """
    return LookerPrinter(name).print(tree)


class LookerPrinter(KpiPrinter):
    """Writes aggregated calculated fields; NULL passes through their arithmetic, so a zero turned NULL is enough."""

    target = "Looker Studio"
    functions: ClassVar = {"MIN": "NARY_MIN", "MAX": "NARY_MAX", "ABS": "ABS", "ROUND": "ROUND"}

    def field(self, key: str) -> Written:
        """The field's sum over the rows in view."""
        return Written(f"SUM({FIELDS_BY_KEY[key].header})")

    def divide(self, left: Node, right: Node) -> Written:
        """A quotient that is NULL over zero."""
        if not field_keys(right):
            return super().divide(left, right)
        return Written(f"{self.within(left, PRODUCT)} / NULLIF({self.print(right)}, 0)", PRODUCT)

    def power(self, base: Node, exponent: Node) -> Written:
        """A power, which has no sign there."""
        return Written(f"POWER({self.print(base)}, {self.print(exponent)})")
