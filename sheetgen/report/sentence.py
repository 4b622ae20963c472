"""Sentences that hold live numbers: a template in the report's language, filled in by the sheet and by pandas alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from string import Formatter

from sheetgen.analysis.groups import sheet_text
from sheetgen.analysis.rounding import fixed, rounded
from sheetgen.formula.tree import Node, Text, call


@dataclass(frozen=True)
class Phrase:
    """A text from both sides: the formula that writes it and what pandas expects of it, None for a blank."""

    formula: Node
    expected: str | None


def plain(text: str) -> Phrase:
    """A text without numbers."""
    return Phrase(Text(text), text or None)


def written(cell: Node, text: str | None) -> Phrase:
    """The text of a cell."""
    return Phrase(cell, text)


def number(cell: Node, value: float | None, digits: int = 0) -> Phrase:
    """A number with at most that many decimals; only for a cell that holds one where it is shown."""
    return Phrase(
        _rounded(cell, digits) & "", None if value is None else sheet_text(rounded(_settled(value, digits), digits))
    )


def figure(cell: Node, value: float | None, digits: int = 0) -> Phrase:
    """A number with that many decimals and its thousands apart; only for a cell that holds one where it is shown."""
    shown = None if value is None else fixed(_settled(value, digits), digits)
    return Phrase(call("FIXED", _rounded(cell, digits), digits), shown)


NOISE_DIGITS = 6
"""Decimals beyond those shown, past which a number is taken for the noise of adding up."""


def _rounded(cell: Node, digits: int) -> Node:
    """The cell rounded; twice, for LibreOffice would round a sum of 3352.4999999999995 down, and others up."""
    return call("ROUND", call("ROUND", cell, digits + NOISE_DIGITS), digits)


def _settled(value: float, digits: int) -> float:
    return rounded(value, digits + NOISE_DIGITS)


def percentage(cell: Node, value: float | None, digits: int = 1) -> Phrase:
    """A ratio as the number before a percent sign."""
    return figure(cell * 100, None if value is None else value * 100, digits)


def sentence(template: str, **parts: Phrase) -> Phrase:
    """The template with a phrase in the place of each `{name}`."""
    pieces: list[Node] = []
    for text, name, _, _ in Formatter().parse(template):
        pieces += [Text(text)] if text else []
        pieces += [parts[name].formula] if name else []
    expected = template.format(**{name: part.expected or "" for name, part in parts.items()})
    return Phrase(reduce(lambda left, right: left & right, pieces), expected)


def either(test: Node, holds: bool, yes: Phrase, no: Phrase) -> Phrase:
    """The one phrase where the test holds, else the other."""
    return Phrase(call("IF", test, yes.formula, no.formula), yes.expected if holds else no.expected)
