"""Dates as people write them: each column is read day first and month first, then settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.sources.calendar import load_months, load_weekdays
from sheetgen.sources.numbers import load_number_marks
from sheetgen.sources.table import DATE_TYPE, NO_DATE, BoolArray, DateArray, IntArray, RawColumn

EXCEL_EPOCH = np.datetime64("1899-12-30", "us")
BLOCK_ROWS = 65_536
DAY = 86_400_000_000
"""Microseconds of a day."""
SERIALS = (20_000, 80_000)
"""Excel serials that are taken for dates: 1954 to 2119."""
YEARS = (1900, 2200)

_TIME = (
    r"(?:(?:t|,?\s+)(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?:z|utc|gmt)?\s*(?:[+-]\d{2}:?\d{2})?)?$"
)
_NUMERIC = r"^(?P<a>\d{1,4})\s?(?P<sep>[./-])\s?(?P<b>\d{1,2})\s?[./-]\s?(?P<c>\d{1,4})\.?" + _TIME
_COMPACT = r"^(?P<a>(?:19|20)\d{2})(?P<b>\d{2})(?P<c>\d{2})" + _TIME
_WEEKDAY = r"^(?:\p{L}+\.?,?\s+)?"
_DAY = r"(?P<a>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_MONTH = r"(?P<name>\p{L}+)\.?"
_DAY_MONTH = _WEEKDAY + _DAY + r"[\s./-]*" + _MONTH + r",?[\s./-]*(?P<c>\d{4}|\d{2})" + _TIME
_MONTH_DAY = _WEEKDAY + _MONTH + r"[\s./-]*" + _DAY + r",?[\s./-]+(?P<c>\d{4})" + _TIME
_SERIAL = r"^\d{5}(?:\.\d+)?$"


class DateOrder(Enum):
    """Which of two numbers in a date is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True)
class DateMarks:
    """What templates say about dates: texts that mean nothing, months and ISO weekdays by name."""

    nulls: tuple[str, ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]


@dataclass(frozen=True)
class DateScan:
    """A column read both ways, with its times of day; NaT where a reading fails, `bad` where both do."""

    day_first: DateArray
    month_first: DateArray
    bad: BoolArray
    separators: frozenset[str] = frozenset()

    @classmethod
    def of_one_reading(cls, moments: DateArray) -> DateScan:
        """A column whose values read one way only."""
        return cls(moments, moments, np.zeros(len(moments), dtype=np.bool_))

    @property
    def evidence(self) -> frozenset[DateOrder]:
        """The orders that at least one value can only be read with."""
        if self.day_first is self.month_first:
            return frozenset()
        day, month = ~np.isnat(self.day_first), ~np.isnat(self.month_first)
        found = {DateOrder.DAY_FIRST: (day & ~month).any(), DateOrder.MONTH_FIRST: (month & ~day).any()}
        return frozenset(order for order, is_found in found.items() if is_found)

    @property
    def ambiguous(self) -> BoolArray:
        """Where the two readings differ."""
        if self.day_first is self.month_first:
            return np.zeros(len(self.day_first), dtype=np.bool_)
        both = ~np.isnat(self.day_first) & ~np.isnat(self.month_first)
        differ: BoolArray = both & (self.day_first != self.month_first)
        return differ

    def settled(self, order: DateOrder) -> DateArray:
        """The moments: each in the only way it can be read, or in this order."""
        if self.day_first is self.month_first:
            return self.day_first
        day_leads = order is DateOrder.DAY_FIRST
        first, second = (self.day_first, self.month_first) if day_leads else (self.month_first, self.day_first)
        return np.where(np.isnat(first), second, first)


def load_date_marks(extra: Path | None = None, nulls: tuple[str, ...] = ()) -> DateMarks:
    """The marks of `templates/values`, and a platform's own null marks."""
    return DateMarks(load_number_marks(extra, nulls).nulls, load_months(extra), load_weekdays(extra))


def scan_dates(column: RawColumn, marks: DateMarks) -> DateScan:
    """The column's cells as moments, read both ways; a typed date or an Excel serial reads one way."""
    texts, codes = column.distinct.dictionary, column.distinct.indices.to_numpy()
    if column.dates is None and column.numbers is None:
        plain = _read_iso(texts)
        if plain is not None:
            return DateScan.of_one_reading(plain[codes])
    scan = _scan_texts(texts, marks)
    typed = np.full(len(codes), NO_DATE, dtype=DATE_TYPE) if column.dates is None else column.dates
    is_text = np.isnat(typed)
    return DateScan(
        np.where(is_text, scan.day_first[codes], typed),
        np.where(is_text, scan.month_first[codes], typed),
        is_text & scan.bad[codes],
        scan.separators,
    )


def whole_days(moments: DateArray) -> DateArray:
    """The moments without their times of day; the same array where none has one."""
    blocks = (moments[start : start + BLOCK_ROWS] for start in range(0, len(moments), BLOCK_ROWS))
    if any(((block.view(np.int64) % DAY != 0) & ~np.isnat(block)).any() for block in blocks):
        return moments.astype("datetime64[D]").astype(DATE_TYPE)
    return moments


def _read_iso(text: pa.StringArray) -> DateArray | None:
    try:
        moments = pc.cast(pc.if_else(pc.equal(text, ""), None, text), pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None
    values: DateArray = moments.to_numpy(zero_copy_only=False)
    return None if _outside_years(values).any() else values


def _scan_texts(texts: pa.StringArray, marks: DateMarks) -> DateScan:
    plain = _normalised(texts)
    day_first = np.full(len(texts), NO_DATE, dtype=DATE_TYPE)
    month_first = day_first.copy()
    numeric = pc.extract_regex(plain, _NUMERIC)
    compact = pc.extract_regex(plain, _COMPACT)
    for reading in (_read_numeric(numeric), _read_numeric(compact)):
        day_first = _filled(day_first, reading[0])
        month_first = _filled(month_first, reading[1])
    for shape in (_DAY_MONTH, _MONTH_DAY):
        named = _read_named(pc.extract_regex(plain, shape), marks)
        day_first, month_first = _filled(day_first, named), _filled(month_first, named)
    serial = _read_serial(plain)
    day_first, month_first = _filled(day_first, serial), _filled(month_first, serial)
    blank = pc.is_in(plain, pa.array(marks.nulls)).to_numpy(zero_copy_only=False)
    separators = {text for text in pc.unique(pc.struct_field(numeric, "sep")).to_pylist() if text}
    bad = np.isnat(day_first) & np.isnat(month_first) & ~blank
    return DateScan(day_first, month_first, bad, frozenset(separators))


def _normalised(texts: pa.StringArray) -> pa.StringArray:
    texts = pc.utf8_lower(pc.utf8_trim_whitespace(pc.utf8_normalize(texts, "NFKC")))
    texts = pc.replace_substring_regex(texts, r"\s+(?:de|of)\s+", " ")
    return pc.replace_substring_regex(pc.replace_substring_regex(texts, "[年月]", "-"), "日", "")


def _filled(first: DateArray, second: DateArray) -> DateArray:
    return np.where(np.isnat(first), second, first)


def _read_numeric(parts: pa.StructArray) -> tuple[DateArray, DateArray]:
    """Day-first and month-first readings; a four-digit number in front is the year in both."""
    a, b, c = (_whole(parts, name) for name in ("a", "b", "c"))
    digits = pc.utf8_length(pc.struct_field(parts, "a")).fill_null(0).to_numpy(zero_copy_only=False)
    year_leads = digits == 4
    year = np.where(year_leads, a, _full_year(c, parts))
    day, month = np.where(year_leads, c, a), b
    other_day, other_month = np.where(year_leads, c, b), np.where(year_leads, b, a)
    return _moments(year, month, day, parts), _moments(year, other_month, other_day, parts)


def _read_named(parts: pa.StructArray, marks: DateMarks) -> DateArray:
    names = pc.struct_field(parts, "name").to_pylist()
    month = np.array([marks.months.get(name, 0) if name else 0 for name in names], dtype=np.int64)
    return _moments(_full_year(_whole(parts, "c"), parts), month, _whole(parts, "a"), parts)


def _read_serial(texts: pa.StringArray) -> DateArray:
    numbers = pc.cast(pc.if_else(pc.match_substring_regex(texts, _SERIAL), texts, None), pa.float64())
    days = numbers.fill_null(np.nan).to_numpy(zero_copy_only=False)
    known = (days >= SERIALS[0]) & (days < SERIALS[1])
    seconds = np.round(np.where(known, days, 0) * 86_400).astype("timedelta64[s]")
    return np.where(known, EXCEL_EPOCH + seconds, NO_DATE)


def _full_year(year: IntArray, parts: pa.StructArray) -> IntArray:
    """The year in full: 00-68 are 2000-2068, 69-99 are 1969-1999; three digits and one are no year."""
    digits = pc.utf8_length(pc.struct_field(parts, "c")).fill_null(0).to_numpy(zero_copy_only=False)
    short = np.where(year <= 68, year + 2000, year + 1900)
    return np.select([digits == 4, digits == 2], [year, short], 0)


def _moments(year: IntArray, month: IntArray, day: IntArray, parts: pa.StructArray) -> DateArray:
    """The moments, NaT where the calendar has no such day or the clock no such time."""
    hour, minute = _clock(parts)
    possible = (year >= YEARS[0]) & (year < YEARS[1]) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    possible &= (hour < 24) & (minute < 60)
    months = np.where(possible, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(possible, day - 1, 0)
    possible &= days.astype("datetime64[M]") == months
    moments = days.astype(DATE_TYPE) + (hour * 60 + minute).astype("timedelta64[m]")
    return np.where(possible, moments, NO_DATE)


def _clock(parts: pa.StructArray) -> tuple[IntArray, IntArray]:
    hour, minute = np.maximum(_whole(parts, "hour"), 0), np.maximum(_whole(parts, "minute"), 0)
    half = pc.utf8_slice_codeunits(pc.struct_field(parts, "half"), 0, 1).fill_null("").to_numpy(zero_copy_only=False)
    twelve = hour == 12
    hour = np.where((half == "p") & ~twelve, hour + 12, np.where((half == "a") & twelve, 0, hour))
    return hour, minute


def _whole(parts: pa.StructArray, name: str) -> IntArray:
    """The named part as whole numbers, -1 where it is absent."""
    text = pc.struct_field(parts, name)
    numbers = pc.cast(pc.if_else(pc.equal(text, ""), None, text), pa.int64())
    values: IntArray = numbers.fill_null(-1).to_numpy(zero_copy_only=False)
    return values


def _outside_years(values: DateArray) -> BoolArray:
    years = values.astype("datetime64[Y]").astype(np.int64) + 1970
    return ~np.isnat(values) & ((years < YEARS[0]) | (years >= YEARS[1]))
