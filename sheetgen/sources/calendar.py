"""Names of months and weekdays, and hours of the day, in the languages of exports."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sheetgen.sources.table import BoolArray, FloatArray, RawColumn
from sheetgen.templates import read_template

_UNTIL = r"(?:\s*(?:-|–|to|à|bis)\s*\d.*)?"
_HOUR = re.compile(r"(\d{1,2})(?:\.0+|[:.h](?:\d{2})?(?:[:.]\d{2})?)?\s*(?:([ap])\.?m\.?)?" + _UNTIL)
_NUMBER = re.compile(r"(\d)(?:\.0+)?")


@dataclass(frozen=True)
class Parts:
    """Hours or weekdays of a column, NaN where blank or `bad`."""

    values: FloatArray
    bad: BoolArray


def load_months(extra: Path | None = None) -> dict[str, int]:
    """Months by name and abbreviation, 1 is January."""
    return _names("months", extra)


def load_weekdays(extra: Path | None = None) -> dict[str, int]:
    """ISO weekdays by name and abbreviation, 1 is Monday."""
    return _names("weekdays", extra)


def scan_hours(column: RawColumn, nulls: tuple[str, ...]) -> Parts:
    """Hours 0-23 from `13`, `1 PM`, `13:00` or `13:00:00 - 13:59:59`."""
    return _scan(column, nulls, _hour)


def scan_weekdays(column: RawColumn, nulls: tuple[str, ...], names: Mapping[str, int]) -> Parts:
    """ISO weekdays from names; from numbers as they are, 0 included."""
    return _scan(column, nulls, lambda text: _weekday(text, names))


def _names(kind: str, extra: Path | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for names in read_template("values", "calendar", extra)[kind].values():
        for place, texts in enumerate(names, start=1):
            for text in texts.split():
                found.setdefault(text.casefold(), place)
    return found


def _scan(column: RawColumn, nulls: tuple[str, ...], read: Callable[[str], int | None]) -> Parts:
    encoded = column.distinct
    codes = encoded.indices.to_numpy()
    texts = [text.strip().casefold() for text in encoded.dictionary.to_pylist()]
    found = [None if text in nulls else read(text) for text in texts]
    unread = (value is None and text not in nulls for text, value in zip(texts, found, strict=True))
    bad = np.fromiter(unread, dtype=np.bool_, count=len(texts))
    values = np.array([np.nan if value is None else value for value in found], dtype=np.float64)
    return Parts(values[codes], bad[codes])


def _hour(text: str) -> int | None:
    found = _HOUR.fullmatch(text)
    if found is None:
        return None
    hour, half = int(found[1]), found[2]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    return hour if hour < 24 else None


def _weekday(text: str, names: Mapping[str, int]) -> int | None:
    found = _NUMBER.fullmatch(text)
    if found:
        return int(found[1]) if int(found[1]) <= 7 else None
    return names.get(text.rstrip("."))
