"""Funnels: steps that each keep a share of the step before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A step of a funnel; a rate is None where it would be of zero, or of a step before the first."""

    label: str | None = None
    value: float | None = None
    of_previous: float | None = None
    of_first: float | None = None


def steps(labels: Sequence[str], values: Sequence[float | None]) -> list[Step]:
    """The steps that have a value, each compared with the one before it and with the first; then empty ones."""
    known = [(label, value) for label, value in zip(labels, values, strict=True) if value is not None]
    found = [
        Step(label, value, _share(value, known[k - 1][1]) if k else None, _share(value, known[0][1]))
        for k, (label, value) in enumerate(known)
    ]
    return found + [Step()] * (len(labels) - len(known))


def _share(value: float, whole: float) -> float | None:
    return value / whole if whole else None
