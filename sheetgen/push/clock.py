"""Google's clock, as its answers tell it, against this computer's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

from sheetgen.clause import Clause

TOLERANCE: Final = 60.0
"""Seconds of difference that are nothing to speak of."""


@dataclass
class Clocks:
    """The two clocks; `ahead` is by how many seconds this computer's was at the last answer."""

    now: Callable[[], float]
    ahead: float = 0.0

    def hear(self, headers: Mapping[str, str]) -> None:
        """Take the time from an answer's headers."""
        with suppress(ValueError, TypeError):
            self.ahead = self.now() - parsedate_to_datetime(headers.get("Date", "")).timestamp()

    def shift(self) -> Clause | None:
        """How this computer's clock is off; None where it is right."""
        minutes = round(abs(self.ahead) / 60)
        if abs(self.ahead) < TOLERANCE:
            return None
        if self.ahead > 0:
            return Clause("fast by {minutes:,} minutes", minutes=minutes)
        return Clause("slow by {minutes:,} minutes", minutes=minutes)
