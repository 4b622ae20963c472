"""A total split into parts and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetgen.analysis.rounding import rounded

CERTAIN = 1e-6
"""A rest below this share of the total may be the noise of adding up: it counts only in whole cents."""


@dataclass(frozen=True)
class Split:
    """Parts in a given order, the rest last.

    `raw` is what each part holds, None for a blank; `values` and `labels` are what is shown, None where a part
    is nothing; `places` says how many are shown up to each part.
    """

    raw: tuple[float | None, ...]
    values: tuple[float | None, ...]
    labels: tuple[str | None, ...]
    places: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many parts are shown."""
        return self.places[-1]

    def shown(self) -> list[tuple[str, float]]:
        """Label and value of the parts that are shown."""
        pairs = zip(self.labels, self.values, strict=True)
        return [(label or "", value) for label, value in pairs if value is not None]


def split_up(
    labels: Sequence[str | None], raw: Sequence[float | None], total: float | None, other: str, *, signed: bool
) -> Split:
    """The parts `raw` of a total and what they leave of it, called `other`; only what is above zero unless `signed`."""
    whole = (*raw, left_over(total, raw))
    values = tuple(value if value and (signed or value > 0) else None for value in whole)
    shown = [value is not None for value in values]
    named = zip((*labels, other), shown, strict=True)
    return Split(
        whole,
        values,
        tuple(label if is_shown else None for label, is_shown in named),
        tuple(sum(shown[: k + 1]) for k in range(len(shown))),
    )


def left_over(total: float | None, parts: Sequence[float | None]) -> float | None:
    """What the parts leave of the total, None where the total is."""
    if total is None:
        return None
    left = total - sum(part or 0.0 for part in parts)
    return left if abs(left) > CERTAIN * abs(total) else rounded(left, 2)


def apart(value: float | None, whole: float | None, *, is_cost: bool) -> float | None:
    """How far a part's KPI is from the whole's: a share of it for a cost, the difference for a rate."""
    if value is None or whole is None or (is_cost and whole == 0):
        return None
    return value / whole - 1 if is_cost else value - whole
