"""Subtotals that name a campaign: on a row without the days or parts that its other rows have, or as "A Total"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.fields import CAMPAIGN_NAME, DATE, END_DATE, PLATFORM, START_DATE
from sheetgen.ledger import LedgerLine
from sheetgen.sources.glance import may_touch
from sheetgen.sources.outline import is_blank
from sheetgen.sources.pivots import group_rows
from sheetgen.sources.recognition import Recognition
from sheetgen.sources.remarks import ALL_ROW, TOTAL_ROW
from sheetgen.sources.rows import Rows, Texts
from sheetgen.sources.table import BoolArray, DateArray, IntArray, RawColumn, RawTable
from sheetgen.sources.totals import NAMES, SUMMED, Suspects, agrees, load_total_marks

SURE = 2
"""As many measures must add up, where there are so many: one may do so by chance."""


def drop_subtotals(
    table: RawTable,
    rows: Rows,
    recognition: Recognition,
    suspects: Suspects,
    kept: BoolArray,
    extra: Path | None,
) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows without those that add up other rows of their campaign; a warning for periods of days that do not.

    The suspects are no part of any sum, and no subtotal themselves.
    """
    open_rows = kept & ~suspects.named & ~suspects.nameless
    measured = sum(bool(np.nan_to_num(rows.numbers[field.key][open_rows]).any()) for field in SUMMED)
    least = max(1, min(SURE, measured))
    named = _named_after(rows, load_total_marks(recognition.platform, extra).whole, open_rows, least)
    parted, odd = _without_parts(table, rows, recognition, open_rows & ~named, least)
    total = named | parted
    lines = [
        remark.lines(rows.places(where), "", _shown(rows, where), [""] * int(np.count_nonzero(where)))
        for remark, where in ((TOTAL_ROW, total), (ALL_ROW, odd))
    ]
    return kept & ~total, [line for part in lines for line in part]


def _named_after(rows: Rows, marks: Sequence[str], open_rows: BoolArray, least: int) -> BoolArray:
    """Rows called "A Total" or "Total A" that add up the rows called A."""
    names, found = rows.texts[CAMPAIGN_NAME.key], np.zeros(len(rows), dtype=np.bool_)
    shape = _total_shape(marks)
    may_be = may_touch(names.stored, {mark[0] for mark in marks}, {mark[-1] for mark in marks})
    if not pc.any(_has_shape(names.stored.filter(pa.array(may_be)), shape)).as_py():
        return found
    group = _bare_names(names, shape)[names.codes]
    places = np.flatnonzero(open_rows & (group != names.codes))
    if len(places):
        data = open_rows & (group == names.codes) & ~names.blank
        found[places] = agrees(rows, data, places, group, least)
    return found


def _total_shape(marks: Sequence[str]) -> str:
    """What a name in small letters that is a total of another begins or ends with."""
    words = "|".join(map(re.escape, marks))
    return rf"^(?:{words})[\s:]+|[\s:]+(?:{words})$"


def _has_shape(texts: pa.StringArray, shape: str) -> pa.BooleanArray:
    return pc.match_substring_regex(pc.utf8_lower(texts), shape)


def _bare_names(names: Texts, shape: str) -> IntArray:
    """By name, the place of the name that it says to be the total of, or its own; -1 after them, for blanks."""
    bare = np.append(np.arange(len(names.values), dtype=np.int64), -1)
    texts = [text.strip() for text in pc.utf8_lower(names.values).to_pylist()]
    known = {text: place for place, text in enumerate(texts)}
    for place in np.flatnonzero(_has_shape(names.values, shape).to_numpy(zero_copy_only=False)).tolist():
        bare[place] = known.get(re.sub(shape, "", texts[place]).strip(), place)
    return bare


def _without_parts(
    table: RawTable, rows: Rows, recognition: Recognition, open_rows: BoolArray, least: int
) -> tuple[BoolArray, BoolArray]:
    """Rows that are blank where others of their campaign tell a part or a day, if they add them up.

    And the rows for several days among rows for one of them each that they do not add up.
    """
    unnamed = np.logical_and.reduce([rows.texts[key].blank for key in NAMES])
    open_rows = open_rows & (~unnamed | unnamed.all())
    columns, days = _parting(table, recognition), _single_days(rows)
    blank = np.vstack([*(is_blank(column) for column in columns), np.isnat(days)])
    told = ~blank.all(axis=1)
    blank = blank[told]
    candidates, detail = open_rows & blank.any(axis=0), open_rows & ~blank.any(axis=0)
    total, odd = np.zeros_like(open_rows), np.zeros_like(open_rows)
    if not candidates.any() or not detail.any():
        return total, odd
    names = np.array([rows.texts[key].codes for key in NAMES])
    parts = [column.distinct.indices.to_numpy() for column in columns]
    codes = np.array([*parts, np.unique(days, return_inverse=True)[1]], dtype=np.int64)[told]
    for pattern in np.unique(blank[:, candidates], axis=1).T:
        places = np.flatnonzero(candidates & (blank == pattern[:, None]).all(axis=0))
        group = group_rows(np.vstack([names, codes[~pattern]]), len(rows))
        detailed = np.isin(group[places], group[detail])
        adds_up = agrees(rows, detail, places, group, least) & detailed
        total[places] = adds_up
        odd[places] = detailed & ~adds_up & _spans_days(rows)[places]
    return total, odd


def _parting(table: RawTable, recognition: Recognition) -> list[RawColumn]:
    platform = recognition.match(PLATFORM.key)
    named = [table.columns[platform.positions[0]]] if platform else []
    return named + [column for column in table.columns if column.header in recognition.breakdowns]


def _single_days(rows: Rows) -> DateArray:
    """The day of each row: its date, or the start that is its end as well."""
    dates, start, end = (rows.dates[field.key] for field in (DATE, START_DATE, END_DATE))
    return np.where(np.isnat(dates) & (start == end), start, dates)


def _spans_days(rows: Rows) -> BoolArray:
    dates, start, end = (rows.dates[field.key] for field in (DATE, START_DATE, END_DATE))
    spans: BoolArray = np.isnat(dates) & (start < end)
    return spans


def _shown(rows: Rows, where: BoolArray) -> list[str]:
    return [text or "" for text in rows.texts[CAMPAIGN_NAME.key].where(where).objects().tolist()]
