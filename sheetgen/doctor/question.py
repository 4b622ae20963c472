"""A question about what Google does, what is expected, and what is found on a scratch tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sheetgen.clause import Clause
from sheetgen.doctor.scratch import Scratch
from sheetgen.errors import SheetsRefusalError
from sheetgen.push.client import Json

ACCEPTED: Final = Clause("accepted")
REFUSED: Final = Clause("refused")


class Verdict(Enum):
    """How an answer compares with what is expected; an open one could not be had."""

    EXPECTED = "as expected"
    DIFFERENT = "different"
    OPEN = "open"


@dataclass(frozen=True)
class Found:
    """What is found, briefly, so that it compares with what is expected; `detail` is more for people."""

    result: str
    detail: str = ""


@dataclass(frozen=True)
class Question:
    """A question of a point of the list; `ask` finds the answer, None where no program can.

    `with_comma` is what is expected in its place where the spreadsheet writes decimals with a comma.
    """

    point: int
    asked: Clause
    expected: str
    ask: Callable[[Scratch], Found | None] | None = None
    with_comma: str | None = None

    def expected_in(self, decimal: str) -> str:
        """What is expected where that is the decimal sign."""
        return self.expected if self.with_comma is None or decimal != "," else self.with_comma


@dataclass(frozen=True)
class Answer:
    """A question with what was expected and found."""

    question: Question
    expected: str
    found: Found
    verdict: Verdict


def outcome(scratch: Scratch, *requests: Json) -> Found:
    """Whether Google takes a batch, and what it says if not."""
    try:
        scratch.send(*requests)
    except SheetsRefusalError as refusal:
        return Found(REFUSED, str(refusal.facts["reason"]))
    return Found(ACCEPTED)


def as_text(value: object) -> str:
    """A value of a cell as an answer names it: numbers without a needless fraction."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
