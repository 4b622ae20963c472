"""Waterfalls: bars that each begin where the one before ended, and the total at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A bar from `start` to `end`, in the pieces that stacked columns are made of.

    Columns stack upwards from zero what is positive and downwards what is negative: `base` is the unseen
    piece between zero and the bar, `above` and `below` are the bar's pieces on either side of zero.
    """

    label: str
    value: float
    start: float
    end: float
    is_total: bool = False

    @property
    def base(self) -> float:
        """The unseen piece, negative for a bar that is wholly below zero."""
        return max(min(self.start, self.end), 0.0) + min(max(self.start, self.end), 0.0)

    @property
    def above(self) -> float:
        """The piece above zero."""
        return abs(self.value) if min(self.start, self.end) >= 0 else max(self.start, self.end, 0.0)

    @property
    def below(self) -> float:
        """The piece below zero, negative."""
        return -abs(self.value) if max(self.start, self.end) <= 0 else min(self.start, self.end, 0.0)


def bars(parts: Sequence[tuple[str, float]], total: tuple[str, float]) -> list[Bar]:
    """A bar for each part, label and value, and one for the total from zero up; none without parts."""
    found: list[Bar] = []
    level = 0.0
    for label, value in parts:
        found.append(Bar(label, value, level, level + value))
        level += value
    return [*found, Bar(*total, 0.0, total[1], is_total=True)] if found else []


def slots_before(count: int, slots: int) -> int:
    """How many of the slots stay empty before `count` bars that stand in their middle."""
    return max(0, (slots - count) // 2)
