"""The baseline: what a report proposes before anybody edits it, packed into its record so that edits can be told."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

import numpy as np
import pandas as pd

from sheetgen.analysis.live import budget_shares
from sheetgen.analysis.serials import to_serials
from sheetgen.dataset import Dataset
from sheetgen.fields import BUDGET, CAMPAIGN_FIELDS, MEASURES, PLANNED_BUDGET, Field, Kind
from sheetgen.inputs import Inputs
from sheetgen.report.blocks.finer import SHARE
from sheetgen.report.sums import DAILY, HOURS
from sheetgen.values import Value

ENTRY: Final = "baseline"
"""The record's entry that holds the baseline."""

LEVEL: Final = 6
"""Of compression: 9 takes twice as long and saves two parts in a hundred."""


@dataclass(frozen=True)
class ColumnSum:
    """How many numbers a column holds, and what they add up to."""

    count: int
    total: float


@dataclass(frozen=True, eq=False)
class Baseline:
    """What a report was made with.

    `campaigns` has the values of each data column by header, one per campaign, dates as serial numbers; `inputs` the
    proposed values by defined name; `sums` what the columns of the daily and hourly tables add up to, by table.
    """

    campaigns: Mapping[str, Sequence[Value]]
    inputs: Mapping[str, Value]
    sums: Mapping[str, Mapping[str, ColumnSum]]


def baseline_of(data: Dataset, inputs: Inputs) -> Baseline:
    """The baseline of a report of the data that proposes these inputs."""
    fields = (*CAMPAIGN_FIELDS, PLANNED_BUDGET)
    campaigns = _ColumnValues(data.campaigns, fields)
    finer = {DAILY: data.daily, HOURS: data.hours}
    return Baseline(campaigns, inputs.values, {name: _sums(rows) for name, rows in finer.items() if rows is not None})


def column_values(rows: pd.DataFrame, fields: Sequence[Field]) -> dict[str, list[Value]]:
    """The values of those fields that the rows have, by header: dates as serial numbers, None for blank."""
    return dict(_ColumnValues(rows, fields))


class _ColumnValues(Mapping[str, list[Value]]):
    """The values of each column, made when they are asked for: all at once are many times as large as the rows."""

    def __init__(self, rows: pd.DataFrame, fields: Sequence[Field]) -> None:
        self._rows = rows
        self._fields = {field.header: field for field in fields if field.header in rows}

    def __getitem__(self, header: str) -> list[Value]:
        return _values(self._fields[header], self._rows[header])

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def _values(field: Field, column: pd.Series) -> list[Value]:
    if field.kind is Kind.TEXT:
        return list(column.astype(object).where(column.notna(), None))
    numbers = to_serials(column) if field.kind is Kind.DATE else column.to_numpy(dtype=float)
    return [None if number != number else number for number in numbers.tolist()]


def _sums(rows: pd.DataFrame) -> dict[str, ColumnSum]:
    """The sums of what the table holds as data: measures, and for budgets their shares."""
    columns = {field.header: rows[field.header].to_numpy(dtype=float) for field in MEASURES if field is not BUDGET}
    columns[SHARE] = budget_shares(rows)
    return {header: column_sum(values.tolist()) for header, values in columns.items()}


def column_sum(values: Sequence[Value]) -> ColumnSum:
    """The sum of a column's numbers; what is no number does not count."""
    numbers = np.array([value for value in values if _is_number(value)], dtype=float)
    return ColumnSum(len(numbers), float(numbers.sum()))


def _is_number(value: Value) -> TypeGuard[float]:
    return isinstance(value, float | int) and not isinstance(value, bool) and value == value


def pack_baseline(baseline: Baseline) -> str:
    """The baseline as a short text of plain letters, the same for the same baseline."""
    sums = {table: {header: [it.count, it.total] for header, it in of.items()} for table, of in baseline.sums.items()}
    deflate = zlib.compressobj(LEVEL)
    pieces = [deflate.compress(text.encode("ascii")) for text in _json(baseline.campaigns, baseline.inputs, sums)]
    return base64.b64encode(b"".join((*pieces, deflate.flush()))).decode("ascii")


def _json(campaigns: Mapping[str, Sequence[Value]], inputs: Mapping[str, Value], sums: object) -> Iterator[str]:
    """The content in pieces, a column at a time."""
    separator = '{"campaigns":{'
    for header in sorted(campaigns):
        yield f"{separator}{_dumped(header)}:{_dumped(campaigns[header])}"
        separator = ","
    start = "" if campaigns else separator
    yield f'{start}}},"inputs":{_dumped(dict(inputs))},"sums":{_dumped(sums)}}}'


def _dumped(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True, allow_nan=False)


def unpack_baseline(packed: str) -> Baseline:
    """The baseline of a packed text.

    Raises `ValueError` for a text that is none.
    """
    try:
        content: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed, validate=True)))
        sums = {table: {header: ColumnSum(*it) for header, it in of.items()} for table, of in content["sums"].items()}
        return Baseline(content["campaigns"], content["inputs"], sums)
    except (KeyError, TypeError, AttributeError, zlib.error, binascii.Error) as error:
        raise ValueError(f"the baseline is damaged: {error}") from error
