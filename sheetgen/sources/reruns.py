"""Files that report on the same campaigns and days: what both say counts once, and where they differ is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from sheetgen.clause import Clause
from sheetgen.errors import OverlapError
from sheetgen.fields import CAMPAIGN_NAME, DATE, END_DATE, HOUR, MEASURES, START_DATE, WEEKDAY, Field
from sheetgen.ledger import LedgerLine
from sheetgen.sources.grain import Grain
from sheetgen.sources.parts import Parts
from sheetgen.sources.remarks import OVERLAP_ADDED, OVERLAP_FIELD, OVERLAP_ROW
from sheetgen.sources.rollup import HOURS_PER_DAY, Grouped, sum_by
from sheetgen.sources.table import BoolArray, DateArray, FloatArray, IntArray

TOLERANCE = 1e-9
UNDATED = -1


class Overlap(Enum):
    """What to do with files that give other figures for the same campaigns and days."""

    REFUSE = "refuse"
    LAST = "last"
    ADD = "add"


@dataclass(frozen=True)
class Meeting:
    """Two files with rows about the same: their places, and by row of all which shared thing it is about, -1 none."""

    first: int
    second: int
    shared: IntArray
    size: int


def settle_reruns(
    group: Grouped, parts: Sequence[Parts], paths: Sequence[Path | str], overlap: Overlap
) -> tuple[Grouped, list[LedgerLine]]:
    """The rows with nothing counted twice; `parts` and `paths` are those of the files.

    Raises `OverlapError` for figures that differ, unless `overlap` says what to do with them.
    """
    keys = _keys(group)
    if not _met(keys, group.rows.file):
        return group, []
    numbers = {field.key: group.rows.numbers[field.key].copy() for field in MEASURES}
    lines: list[LedgerLine] = []
    for meeting in _meetings(group, keys, parts):
        if overlap is Overlap.ADD:
            lines += _added(group, meeting, numbers)
            continue
        for field in MEASURES:
            loser = _losing(group, meeting, field, numbers, paths, overlap)
            lines += _repeated(group, meeting, field, loser)
            numbers[field.key][loser] = np.nan
    return _without_empty(group, numbers, lines)


def _keys(group: Grouped) -> IntArray:
    """The same number for rows of one campaign, grain, day and hour."""
    rows = group.rows
    dates = rows.dates[DATE.key]
    days = np.where(np.isnat(dates), UNDATED, dates.astype("datetime64[D]").astype(np.int64))
    hours = np.nan_to_num(rows.numbers[HOUR.key], nan=UNDATED).astype(np.int64)
    weekdays = np.nan_to_num(rows.numbers[WEEKDAY.key], nan=0.0).astype(np.int64)
    slots = np.select(
        [group.grain == Grain.DAY, group.grain == Grain.HOUR, group.grain == Grain.WEEKDAY_HOUR],
        [days, days * (HOURS_PER_DAY + 1) + hours, weekdays * (HOURS_PER_DAY + 1) + hours],
        UNDATED,
    )
    about = pd.DataFrame({"campaign": group.keys.codes, "grain": group.grain, "slot": slots})
    return np.asarray(about.groupby(list(about.columns), sort=False).ngroup(), dtype=np.int64)


def _met(keys: IntArray, files: IntArray) -> bool:
    """Whether some key has rows of several files."""
    uses = pd.DataFrame({"key": keys, "file": files}).drop_duplicates()
    return bool(uses["key"].duplicated().any())


def _meetings(group: Grouped, keys: IntArray, parts: Sequence[Parts]) -> Iterator[Meeting]:
    """Each pair of files that have rows about the same campaign, days and, where both have the same parts, part."""
    files, cells = group.rows.file, np.concatenate([part.cells for part in parts])
    for first, second in combinations(range(len(parts)), 2):
        inside = (files == first) | (files == second)
        about = pd.DataFrame({"key": keys[inside]})
        if parts[first].columns == parts[second].columns:
            about["part"] = cells[inside]
        codes = np.asarray(about.groupby(list(about.columns), sort=False).ngroup(), dtype=np.int64)
        is_first = files[inside] == first
        shared = np.intersect1d(codes[is_first], codes[~is_first])
        found = np.full(len(keys), -1, dtype=np.int64)
        found[inside] = np.where(np.isin(codes, shared), codes, -1)
        found[_apart(group, found, first)] = -1
        if (found >= 0).any():
            yield Meeting(first, second, found, int(found.max()) + 1)


def _apart(group: Grouped, shared: IntArray, first: int) -> BoolArray:
    """Rows of whole campaigns whose days in the two files do not touch: months, say, that follow each other."""
    places = np.flatnonzero((shared >= 0) & (group.grain == Grain.CAMPAIGN))
    start, end = (group.rows.dates[field.key][places] for field in (START_DATE, END_DATE))
    days = pd.DataFrame({"shared": shared[places], "is_first": group.rows.file[places] == first})
    days["start"], days["end"] = start, np.where(np.isnat(end), start, end)
    spans = days.groupby(["shared", "is_first"]).agg(start=("start", "min"), end=("end", "max")).unstack()
    apart = np.zeros(len(shared), dtype=np.bool_)
    if len(spans):
        before = spans["end"][True] < spans["start"][False]
        after = spans["end"][False] < spans["start"][True]
        apart[places] = np.isin(shared[places], spans.index[before | after])
    return apart


def _sums(group: Grouped, meeting: Meeting, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """A measure of both files by shared thing."""
    about = meeting.shared >= 0
    sides = [about & (group.rows.file == file) for file in (meeting.first, meeting.second)]
    first, second = (sum_by(meeting.shared[side], meeting.size, values[side]) for side in sides)
    return first, second


def _losing(
    group: Grouped,
    meeting: Meeting,
    field: Field,
    numbers: dict[str, FloatArray],
    paths: Sequence[Path | str],
    overlap: Overlap,
) -> BoolArray:
    """The rows whose value of a measure does not count, since the other file gives it too."""
    first, second = _sums(group, meeting, numbers[field.key])
    both = ~np.isnan(first) & ~np.isnan(second)
    differ = both & (np.abs(first - second) > TOLERANCE * np.maximum(np.abs(first), np.abs(second)))
    if differ.any() and overlap is Overlap.REFUSE:
        raise _error(group, meeting, field, paths, np.array([first, second])[:, differ], np.flatnonzero(differ)[0])
    loser = meeting.first if overlap is Overlap.LAST else meeting.second
    losing: BoolArray = np.append(both, False)[meeting.shared] & (group.rows.file == loser)
    return losing


def _error(
    group: Grouped,
    meeting: Meeting,
    field: Field,
    paths: Sequence[Path | str],
    differing: FloatArray,
    shared: np.int64,
) -> OverlapError:
    """The refusal: the figures of both files where they differ, and the first shared thing of which they do."""
    place = int(np.flatnonzero(meeting.shared == shared)[0])
    rows = group.rows
    name = rows.texts[CAMPAIGN_NAME.key].objects()[place] or group.keys.ids[group.keys.codes[place]]
    return OverlapError(
        path=paths[meeting.second],
        other=paths[meeting.first],
        campaign=name,
        days=_days(*(rows.dates[one.key][place : place + 1] for one in (DATE, START_DATE, END_DATE))),
        field=Clause(field.header),
        found=f"{differing[1, 0]:,.15g}",
        before=f"{differing[0, 0]:,.15g}",
        count=differing.shape[1],
    )


def _days(date: DateArray, start: DateArray, end: DateArray) -> str:
    """The day of a row, or its first and last, as text."""
    days = [str(one[0].astype("datetime64[D]")) for one in (date, start, end) if not np.isnat(one[0])]
    return days[0] if not np.isnat(date[0]) else " – ".join(days) or Clause("without dates")


def _added(group: Grouped, meeting: Meeting, numbers: dict[str, FloatArray]) -> list[LedgerLine]:
    """A warning for each measure that both files give."""
    file, other = group.rows.files[meeting.second], group.rows.files[meeting.first]
    lines = []
    for field in MEASURES:
        first, second = _sums(group, meeting, numbers[field.key])
        if (~np.isnan(first) & ~np.isnan(second)).any():
            lines.append(OVERLAP_ADDED.line(file, field=field.header, before=other))
    return lines


def _repeated(group: Grouped, meeting: Meeting, field: Field, loser: BoolArray) -> list[LedgerLine]:
    """A line for the measure of the file that does not count."""
    if not loser.any():
        return []
    files = group.rows.files
    losing = int(group.rows.file[np.argmax(loser)])
    winner = meeting.second if losing == meeting.first else meeting.first
    said = Clause("{count} rows", count=int(np.count_nonzero(loser)))
    return [OVERLAP_FIELD.line(files[losing], field=field.header, before=said, after=files[winner])]


def _without_empty(
    group: Grouped, numbers: dict[str, FloatArray], lines: list[LedgerLine]
) -> tuple[Grouped, list[LedgerLine]]:
    """The rows with these measures, without those that lost all of theirs, and a line for each of these."""
    had = np.logical_or.reduce([np.isfinite(group.rows.numbers[key]) for key in numbers])
    has = np.logical_or.reduce([np.isfinite(values) for values in numbers.values()])
    empty = had & ~has
    count = int(np.count_nonzero(empty))
    dropped = OVERLAP_ROW.lines(group.rows.places(empty), "", [""] * count, [""] * count)
    kept = Grouped(group.rows.replaced(numbers=numbers), group.keys, group.grain).where(~empty)
    return kept, [*lines, *dropped]
