"""What campaigns are for: awareness, engagement or conversion, found from the label of their type."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum


class Goal(IntEnum):
    """What campaigns of a type seek, in the order of the numbers that the sheet holds."""

    AWARENESS = 1
    ENGAGEMENT = 2
    CONVERSION = 3


SIGNS = (" ", "-", "_")
"""What does not matter in a label."""


def bare(text: str) -> str:
    """A text in small letters without spaces, hyphens and underscores."""
    text = text.lower()
    for sign in SIGNS:
        text = text.replace(sign, "")
    return text


def goal_of(label: str, lists: Mapping[Goal, str]) -> Goal:
    """The goal whose comma-separated list holds the label, conversion where none does."""
    wanted = f",{bare(label)},"
    return next((goal for goal, words in lists.items() if wanted in f",{bare(words)},"), Goal.CONVERSION)
