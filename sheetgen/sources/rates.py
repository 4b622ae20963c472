"""The rates of a file as an oracle: computed again from their rows, and compared with what the file says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pyarrow.compute as pc

from sheetgen.fields import FIELDS_BY_KEY, Kind
from sheetgen.ledger import LedgerLine
from sheetgen.sources.numbers import Decimal, NumberMarks, scan_numbers
from sheetgen.sources.platforms import GENERIC, Platforms
from sheetgen.sources.recognition import RateColumn, Recognition
from sheetgen.sources.remarks import RATE_AGREES, RATE_DIFFERS
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import BoolArray, FloatArray, RawColumn, RawTable

TOLERANCE = 0.01
"""Relative difference, beyond what rounding explains, from which a rate is a warning."""
CENT = 0.005
SCALES = (1.0, 0.01)
"""A rate is written as a ratio or as a percentage without its sign."""


@dataclass(frozen=True)
class Comparison:
    """A column of rates in one reading: by row the file's own, the computed one, and what rounding does not explain."""

    told: FloatArray
    computed: FloatArray
    apart: FloatArray

    @property
    def typical(self) -> float:
        """The median difference: the right reading has the smallest."""
        return float(np.nanmedian(self.apart))


def compare_rates(
    table: RawTable,
    rows: Rows,
    recognition: Recognition,
    platforms: Platforms,
    marks: NumberMarks,
    kept: BoolArray,
) -> list[LedgerLine]:
    """A line for each rate that can be computed again, with the row where the file differs most."""
    lines = []
    for rate in recognition.rates:
        readings = _readings(rate, table, rows, recognition, platforms, marks)
        known = [reading for reading in readings if np.isfinite(reading.apart[kept]).any()]
        if known:
            lines.append(_line(rate, rows, min(known, key=lambda reading: reading.typical), kept))
    return lines


def _line(rate: RateColumn, rows: Rows, best: Comparison, kept: BoolArray) -> LedgerLine:
    place = int(np.argmax(np.where(kept, np.nan_to_num(best.apart, nan=-1.0), -1.0)))
    remark = RATE_DIFFERS if best.apart[place] > TOLERANCE else RATE_AGREES
    said = f"{best.computed[place]:.6g} ({best.apart[place]:.2%})"
    return remark.line(rows.files[0], int(rows.line[place]), rate.header, f"{best.told[place]:.6g}", said)


def _readings(
    rate: RateColumn,
    table: RawTable,
    rows: Rows,
    recognition: Recognition,
    platforms: Platforms,
    marks: NumberMarks,
) -> Iterator[Comparison]:
    """The ways to read a column of rates, each compared with the rates computed from the rows."""
    if rate.rule is None:
        return
    above = _operand(rate.rule.numerator, table, rows, recognition, platforms, marks)
    below = _operand(rate.rule.denominator, table, rows, recognition, platforms, marks)
    if above is None or below is None:
        return
    with np.errstate(divide="ignore", invalid="ignore"):
        computed = np.where(below > 0, above / below * rate.rule.times, np.nan)
        field = FIELDS_BY_KEY.get(rate.rule.numerator)
        rounding = CENT / below * rate.rule.times if field and field.kind is Kind.MONEY else np.zeros(len(below))
    column = table.columns[rate.position]
    scan = scan_numbers(column, marks)
    for sign, scale in product(sorted(scan.evidence or Decimal, key=lambda one: one.value), SCALES):
        told = scan.settled(sign)
        step = _step(column, sign) * np.where(scan.percent, 0.01, 1.0)
        yield Comparison(told, computed / scale, _apart(told * scale, computed, 0.5 * step * scale + rounding))


def _apart(told: FloatArray, computed: FloatArray, rounding: FloatArray) -> FloatArray:
    """The relative difference that rounding leaves unexplained; NaN where either is blank."""
    excess = np.maximum(np.abs(told - computed) - rounding * (1 + 1e-9), 0.0)
    size = np.maximum(np.abs(computed), np.abs(told))
    return np.where(size > 0, excess / np.where(size > 0, size, 1.0), np.abs(told - computed))


def _step(column: RawColumn, sign: Decimal) -> FloatArray:
    """One unit of each cell's last decimal."""
    parts = pc.extract_regex(column.text, rf"[{sign.value}](?P<decimals>\d+)\D*$")
    digits = pc.utf8_length(pc.struct_field(parts, "decimals")).fill_null(0)
    steps: FloatArray = np.power(10.0, -digits.to_numpy(zero_copy_only=False).astype(np.float64))
    return steps


def _operand(
    key: str, table: RawTable, rows: Rows, recognition: Recognition, platforms: Platforms, marks: NumberMarks
) -> FloatArray | None:
    """The values of a field, or of the column whose header means the same as the one given; None without either."""
    if key in FIELDS_BY_KEY:
        return rows.numbers[key] if recognition.match(key) else None
    own = () if recognition.platform.key == GENERIC else recognition.platform.rules
    alike = {same for rule in (*own, *platforms.by_key[GENERIC].rules) if key in rule.keys for same in rule.keys}
    position = next((place for place, header in enumerate(table.headers) if _means(header, alike, platforms)), None)
    if position is None:
        return None
    for match in recognition.mapping:
        if match.positions == (position,) and match.field in rows.numbers:
            return rows.numbers[match.field]
    scan = scan_numbers(table.columns[position], marks)
    return None if scan.ambiguous.any() else scan.settled(Decimal.POINT)


def _means(header: str, keys: set[str], platforms: Platforms) -> bool:
    return any(way.key in keys for way in platforms.read(header))
