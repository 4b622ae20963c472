"""The days that a sample covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from sheetgen.sources.apportion import IntArray


@dataclass(frozen=True)
class Period:
    """Consecutive days, one element each; `month` is 0 to 11 from January, `weekday` 0 to 6 from Monday."""

    dates: npt.NDArray[np.datetime64]
    month: IntArray
    weekday: IntArray

    @classmethod
    def between(cls, start: date, end: date) -> Period:
        """The days from `start` to `end`, both included."""
        first, last = np.datetime64(start, "D"), np.datetime64(end, "D")
        dates = np.arange(first, last + np.timedelta64(1, "D"))
        month = dates.astype("datetime64[M]").astype(np.int64) % 12
        monday = np.datetime64("1970-01-05", "D")
        return cls(dates, month, (dates - monday).astype(np.int64) % 7)
