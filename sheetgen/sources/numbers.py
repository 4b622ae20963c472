"""Numbers as people write them: each column is read with a decimal point and with a decimal comma, then settled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.sources.glance import has_byte, is_word
from sheetgen.sources.money import load_currencies
from sheetgen.sources.table import BoolArray, FloatArray, RawColumn
from sheetgen.templates import read_template

SAMPLE_ROWS = 2_000
LARGEST = 1e100
"""What is larger is no amount, and its sums would overflow."""

_MINUS = r"[\x{2212}\x{2012}-\x{2015}\x{FE63}]"
_APOSTROPHE = r"[\x{2018}\x{2019}\x{02BC}`\x{00B4}]"
_THOUSANDS_OR_POINT = r"^\s*[+-]?[1-9]\d{0,2}\.\d{3}\s*$"
_THOUSANDS_OR_COMMA = r"^\s*[+-]?[1-9]\d{0,2},\d{3}(?:[eE][+-]?\d+)?\s*$"
_BARE = r"^(?:[+-]?\d[\d.,' ]*)?$"
_PARTS = ("open", "lead", "before", "inner", "body", "exponent", "scale", "percent", "after", "trail", "close")
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6}
_DIGITS = dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९٫٬", "0123456789" * 3 + ".,", strict=True))
_SPACED = r"\d+|[1-9]\d{0,2}(?:[ ']\d{3})+"
_INDIAN = r"[1-9]\d?(?:,\d{2})+,\d{3}"
_WITH_POINT = rf"^(?:{_SPACED}|[1-9]\d{{0,2}}(?:,\d{{3}})+|{_INDIAN})?(?:\.\d*)?$"
_WITH_COMMA = rf"^(?:{_SPACED}|[1-9]\d{{0,2}}(?:\.\d{{3}})+)?(?:,\d*)?$"


class Decimal(Enum):
    """The decimal sign of a column."""

    POINT = "."
    COMMA = ","


@dataclass(frozen=True)
class NumberMarks:
    """What templates say about numbers: texts that mean nothing, and the shape of a number with its currency."""

    nulls: tuple[str, ...]
    shape: str

    def is_null(self, text: pa.StringArray) -> BoolArray:
        """Where the text means that there is no value."""
        return is_word(text, pa.array(self.nulls))


@dataclass(frozen=True)
class NumberScan:
    """A column read both ways, NaN where a reading fails; `bad` is where both do and the cell is not blank.

    `abbreviated` is where thousands or millions are written with a letter.
    `evidence` holds the decimal signs that at least one value can only be read with.
    """

    point: FloatArray
    comma: FloatArray
    bad: BoolArray
    percent: BoolArray
    abbreviated: BoolArray
    evidence: frozenset[Decimal]
    signs: frozenset[str] = frozenset()

    @classmethod
    def of_one_reading(cls, values: FloatArray, evidence: frozenset[Decimal]) -> NumberScan:
        """A column whose values read one way only."""
        nowhere = np.zeros(len(values), dtype=np.bool_)
        return cls(values, values, nowhere, nowhere, nowhere, evidence)

    @property
    def reads_one_way(self) -> bool:
        """Whether the column was read once, with the decimal sign that it has, if any."""
        return self.point is self.comma

    @property
    def ambiguous(self) -> BoolArray:
        """Where the two readings differ."""
        if self.reads_one_way:
            return np.zeros(len(self.point), dtype=np.bool_)
        both = ~np.isnan(self.point) & ~np.isnan(self.comma)
        differ: BoolArray = both & (self.point != self.comma)
        return differ

    def settled(self, decimal: Decimal) -> FloatArray:
        """The values: each in the only way it can be read, or with this decimal sign."""
        if self.reads_one_way:
            return self.point
        first, second = (self.point, self.comma) if decimal is Decimal.POINT else (self.comma, self.point)
        return np.where(np.isnan(first), second, first)


def load_number_marks(extra: Path | None = None, nulls: tuple[str, ...] = ()) -> NumberMarks:
    """The marks of `templates/values`, and a platform's own null marks."""
    content = read_template("values", "nulls", extra)
    sign = load_currencies(extra).pattern()
    shape = (
        rf"(?i)^(?P<open>\()?\s*(?P<lead>[+-])?\s*(?P<before>{sign})?\s*(?P<inner>[+-])?\s*"
        r"(?P<body>\d[\d.,' ]*|[.,]\d+)(?P<exponent>e[+-]?\d+)?\s*"
        rf"(?:(?P<scale>{'|'.join(_SCALES)})\b\.?)?\s*(?P<percent>%)?\s*(?P<after>{sign})?\s*(?P<trail>-)?\s*(?P<close>\))?$"
    )
    marks = (mark.strip().lower() for mark in (*content["numbers"], *nulls))
    return NumberMarks(tuple(dict.fromkeys(marks)), shape)


def scan_numbers(column: RawColumn, marks: NumberMarks) -> NumberScan:
    """The column's cells as numbers, read both ways."""
    if column.numbers is None:
        plain = _read_plain(column.cells, marks)
        if plain is not None:
            has_point = _mentions(column.cells, Decimal.POINT.value)
            return NumberScan.of_one_reading(plain, frozenset({Decimal.POINT} if has_point else ()))
        plain = _read_comma(column.cells, marks)
        if plain is not None:
            return NumberScan.of_one_reading(plain, frozenset({Decimal.COMMA}))
    return _read_both_ways(column, marks)


def _read_plain(cells: pa.StringArray, marks: NumberMarks) -> FloatArray | None:
    """The values, if all are plain numbers whose points, if any, are decimal."""
    if _mentions(cells, Decimal.POINT.value) and _may_be_thousands(cells, Decimal.POINT.value, _THOUSANDS_OR_POINT):
        return None
    return _cast_filled(cells, cells, marks)


def _read_comma(cells: pa.StringArray, marks: NumberMarks) -> FloatArray | None:
    """The values, if all are plain numbers and their commas are decimal."""
    if _mentions(cells, Decimal.POINT.value) or not _mentions(cells, Decimal.COMMA.value):
        return None
    if _may_be_thousands(cells, Decimal.COMMA.value, _THOUSANDS_OR_COMMA):
        return None
    return _cast_filled(cells, pc.replace_substring(cells, Decimal.COMMA.value, Decimal.POINT.value), marks)


def _cast_filled(cells: pa.StringArray, digits: pa.StringArray, marks: NumberMarks) -> FloatArray | None:
    """The numbers, NaN where a cell holds nothing; None unless the digits of all others are of a reasonable number."""
    # What fails in the first rows fails in all of them, and is told sooner.
    is_long = len(cells) > SAMPLE_ROWS
    if is_long and _cast_filled(cells.slice(0, SAMPLE_ROWS), digits.slice(0, SAMPLE_ROWS), marks) is None:
        return None
    values = _cast(digits)
    if values is None:
        values = _cast(pc.if_else(pc.equal(cells, ""), None, digits))
    if values is None:
        values = _cast(pc.if_else(pa.array(marks.is_null(cells)), None, pc.utf8_trim_whitespace(digits)))
    return None if values is None or _is_outsize(values) else values


def _cast(cells: pa.StringArray) -> FloatArray | None:
    """The numbers, NaN for a null; None unless every text is a number."""
    values = np.empty(len(cells))
    start = 0
    try:
        for chunk in cells.chunks if isinstance(cells, pa.ChunkedArray) else [cells]:
            numbers = pc.cast(chunk, pa.float64()).fill_null(np.nan)
            values[start : start + len(chunk)] = numbers.to_numpy(zero_copy_only=False)
            start += len(chunk)
    except pa.ArrowInvalid:
        return None
    return values


def _is_outsize(values: FloatArray) -> bool:
    return bool(len(values)) and bool(max(np.fmax.reduce(values), -np.fmin.reduce(values)) > LARGEST)


def _may_be_thousands(cells: pa.StringArray, sign: str, shape: str) -> bool:
    """Whether every value with the sign has the shape of thousands, like `1.234`.

    One that has not settles what the sign is in all of them; mostly it is among the first rows.
    """
    for part in (cells.slice(0, SAMPLE_ROWS), cells):
        with_sign = part.filter(pc.match_substring(part, sign))
        if pc.any(pc.invert(pc.match_substring_regex(with_sign, shape))).as_py():
            return False
    return True


def _mentions(cells: pa.StringArray, sign: str) -> bool:
    """Whether a cell has the sign; a look at the first rows, or at the bare bytes, mostly tells."""
    if pc.any(pc.match_substring(cells.slice(0, SAMPLE_ROWS), sign)).as_py():
        return True
    return has_byte(cells, sign) and bool(pc.any(pc.match_substring(cells, sign)).as_py())


def _read_both_ways(column: RawColumn, marks: NumberMarks) -> NumberScan:
    typed = np.full(len(column.text), np.nan) if column.numbers is None else column.numbers
    is_text = ~(np.abs(typed) <= LARGEST)
    encoded = pc.dictionary_encode(pc.if_else(pa.array(is_text), column.text, ""))
    codes = encoded.indices.to_numpy()
    texts = encoded.dictionary
    parts = _parts(_normalised(texts), marks.shape)
    factor = _factor(parts)
    point = _read_body(parts, _WITH_POINT, thousands="[ ',]", decimal=".") * factor
    comma = _read_body(parts, _WITH_COMMA, thousands="[ '.]", decimal=",") * factor
    bad = np.isnan(point) & np.isnan(comma) & ~marks.is_null(texts)
    percent = _has(parts, "percent")
    return NumberScan(
        np.where(is_text, point[codes], typed),
        np.where(is_text, comma[codes], typed),
        bad[codes],
        percent[codes],
        _has(parts, "scale")[codes],
        _evidence(point, comma),
        _signs(parts),
    )


def _evidence(point: FloatArray, comma: FloatArray) -> frozenset[Decimal]:
    with_point, with_comma = np.isfinite(point), np.isfinite(comma)
    found = {Decimal.POINT: (with_point & ~with_comma).any(), Decimal.COMMA: (with_comma & ~with_point).any()}
    return frozenset(sign for sign, is_found in found.items() if is_found)


def _normalised(texts: pa.StringArray) -> pa.StringArray:
    texts = pc.utf8_trim_whitespace(pc.utf8_normalize(texts, "NFKC"))
    if pc.any(pc.match_substring_regex(texts, f"[{''.join(_DIGITS)}]")).as_py():
        western = str.maketrans(_DIGITS)
        texts = pa.array([text.translate(western) for text in texts.to_pylist()], pa.string())
    texts = pc.replace_substring_regex(texts, _MINUS, "-")
    return pc.replace_substring_regex(texts, _APOSTROPHE, "'")


def _parts(texts: pa.StringArray, shape: str) -> pa.StructArray:
    """The sign, currency, digits and so on of each text, null where it has not the shape of a number."""
    if not pc.all(pc.match_substring_regex(texts, _BARE)).as_py():
        return pc.extract_regex(texts, shape)
    # Without currencies the shape is plain, and taking it apart by hand is thirty times as fast.
    nothing = pa.array([""]).take(pa.array(np.zeros(len(texts), dtype=np.int64)))
    known = {
        "lead": pc.utf8_slice_codeunits(texts, 0, 1),
        "body": pc.utf8_ltrim(pc.if_else(pc.equal(texts, ""), None, texts), "+-"),
    }
    return pa.StructArray.from_arrays([known.get(name, nothing) for name in _PARTS], _PARTS)


def _factor(parts: pa.StructArray) -> FloatArray:
    """1 or -1, a hundredth of it for a percentage, thousands for a K, NaN for one bracket without the other."""
    opened, closed = _has(parts, "open"), _has(parts, "close")
    minus = np.zeros(len(parts), dtype=np.int64)
    for name in ("lead", "inner", "trail"):
        minus += pc.equal(pc.struct_field(parts, name), "-").fill_null(False).to_numpy(zero_copy_only=False)
    sign = np.where((minus > 0) | opened, -1.0, 1.0)
    sizes = np.where(_has(parts, "percent"), 0.01, 1.0) * _scale(parts)
    return np.where((opened == closed) & (minus <= 1), sign, np.nan) * sizes


def _scale(parts: pa.StructArray) -> FloatArray:
    """What the number is multiplied by: 1,000 for a K, 1,000,000 for an M."""
    if not _has(parts, "scale").any():
        return np.ones(len(parts))
    letters = pc.utf8_lower(pc.struct_field(parts, "scale")).to_pylist()
    return np.array([_SCALES.get(text, 1.0) for text in letters])


def _read_body(parts: pa.StructArray, shape: str, thousands: str, decimal: str) -> FloatArray:
    body = pc.utf8_trim_whitespace(pc.struct_field(parts, "body"))
    digits = pc.replace_substring(pc.replace_substring_regex(body, thousands, ""), decimal, ".")
    written = pc.binary_join_element_wise(digits, pc.struct_field(parts, "exponent"), "")
    readable = pc.match_substring_regex(body, shape)
    values: FloatArray = (
        pc.cast(pc.if_else(readable, written, None), pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False)
    )
    return np.where(np.abs(values) > LARGEST, np.nan, values)


def _has(parts: pa.StructArray, name: str) -> BoolArray:
    found: BoolArray = pc.not_equal(pc.struct_field(parts, name), "").fill_null(False).to_numpy(zero_copy_only=False)
    return found


def _signs(parts: pa.StructArray) -> frozenset[str]:
    """The currency signs and codes beside the numbers."""
    found = {text for name in ("before", "after") for text in pc.unique(pc.struct_field(parts, name)).to_pylist()}
    return frozenset(text for text in found if text)
