"""The rates of a file as an oracle: computed again from their rows, and compared with what the file says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow.compute as pc

from sheetgen.fields import FIELDS_BY_KEY, Kind
from sheetgen.ledger import LedgerLine
from sheetgen.sources.glance import has_byte
from sheetgen.sources.numbers import Decimal, NumberMarks, scan_numbers
from sheetgen.sources.platforms import GENERIC, Platforms
from sheetgen.sources.recognition import RateColumn, Recognition
from sheetgen.sources.remarks import RATE_AGREES, RATE_DIFFERS
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import BoolArray, FloatArray, RawColumn, RawTable

TOLERANCE = 0.01
"""Relative difference, beyond what rounding explains, from which a rate is a warning."""
CENT = 0.005
SAMPLE_ROWS = 10_000
BLOCK_ROWS = 65_536
SCALES = (1.0, 0.01)
"""A rate is written as a ratio or as a percentage without its sign."""


@dataclass(frozen=True)
class Reading:
    """A column of rates in one reading: by row the file's own and the computed one, and how exact each is.

    `step` is one unit of the last decimal that the file writes, `rounding` what cents leave open in the computed rate.
    """

    told: FloatArray
    step: FloatArray
    computed: FloatArray
    rounding: FloatArray
    scale: float

    @cached_property
    def typical(self) -> float:
        """The median difference, of evenly spread rows in a long table: the right reading has the smallest."""
        spread = self.apart(slice(None, None, len(self.told) // SAMPLE_ROWS + 1))
        return float(np.nanmedian(spread)) if np.isfinite(spread).any() else np.inf

    @cached_property
    def differences(self) -> FloatArray:
        """By row, what rounding does not explain; made block by block, so that what it takes stays in the cache."""
        starts = range(0, len(self.told), BLOCK_ROWS)
        return np.concatenate([np.empty(0), *(self.apart(slice(start, start + BLOCK_ROWS)) for start in starts)])

    def apart(self, rows: slice) -> FloatArray:
        """The relative difference that rounding leaves unexplained in these rows; NaN where either is blank."""
        told, computed = self.told[rows] * self.scale, self.computed[rows]
        rounding = 0.5 * self.step[rows] * self.scale + self.rounding[rows]
        excess = np.maximum(np.abs(told - computed) - rounding * (1 + 1e-9), 0.0)
        size = np.maximum(np.abs(computed), np.abs(told))
        return np.where(size > 0, excess / np.where(size > 0, size, 1.0), np.abs(told - computed))


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
        readings = list(_readings(rate, table, rows, recognition, platforms, marks))
        best = min(readings, key=lambda reading: reading.typical, default=None)
        if best and np.isfinite(best.differences[kept]).any():
            lines.append(_line(rate, rows, best, kept))
    return lines


def _line(rate: RateColumn, rows: Rows, best: Reading, kept: BoolArray) -> LedgerLine:
    apart = np.where(kept & ~np.isnan(best.differences), best.differences, -1.0)
    place = int(np.argmax(apart))
    remark = RATE_DIFFERS if apart[place] > TOLERANCE else RATE_AGREES
    said = f"{best.computed[place] / best.scale:.6g} ({apart[place]:.2%})"
    return remark.line(rows.files[0], int(rows.line[place]), rate.header, f"{best.told[place]:.6g}", said)


def _readings(
    rate: RateColumn,
    table: RawTable,
    rows: Rows,
    recognition: Recognition,
    platforms: Platforms,
    marks: NumberMarks,
) -> Iterator[Reading]:
    """The ways to read a column of rates, each beside the rates computed from the rows."""
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
    for sign in sorted(scan.evidence or Decimal, key=lambda one: one.value):
        step = _step(column, sign, scan.reads_one_way)
        step = step * np.where(scan.percent, 0.01, 1.0) if scan.percent.any() else step
        for scale in SCALES:
            yield Reading(scan.settled(sign), step, computed, rounding, scale)


def _step(column: RawColumn, sign: Decimal, is_plain: bool) -> FloatArray:
    """One unit of each cell's last decimal."""
    if is_plain and not any(has_byte(column.cells, other) for other in "eE \t"):
        length, place = (
            found.to_numpy(zero_copy_only=False)
            for found in (pc.binary_length(column.cells), pc.find_substring(column.cells, sign.value))
        )
        digits = np.where(place < 0, 0, length - place - 1)
    else:
        parts = pc.extract_regex(column.text, rf"[{sign.value}](?P<decimals>\d+)\D*$")
        digits = pc.utf8_length(pc.struct_field(parts, "decimals")).fill_null(0).to_numpy(zero_copy_only=False)
    steps: FloatArray = np.power(10.0, -np.arange(digits.max(initial=0) + 1.0))[digits]
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
