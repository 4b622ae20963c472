"""Total rows: found by how they are named or by what they add up to, dropped, and reconciled with the rows they sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME, CAMPAIGN_TYPE, DATE, MEASURES, PLATFORM, REACH
from sheetgen.ledger import LedgerLine
from sheetgen.sources.glance import may_touch
from sheetgen.sources.platforms import Platform
from sheetgen.sources.recognition import Recognition
from sheetgen.sources.remarks import NAMELESS_ROW, TOTAL_AGREES, TOTAL_DIFFERS, TOTAL_ROW
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import BoolArray, FloatArray, IntArray, RawColumn, RawTable
from sheetgen.templates import read_template

NAMES = (CAMPAIGN_ID.key, CAMPAIGN_NAME.key)
KINDS = (PLATFORM.key, CAMPAIGN_TYPE.key)
TIMES = ("start_date", "end_date", "date", "hour", "weekday")
SUMMED = tuple(field for field in MEASURES if field.additive)

TOLERANCE = 0.001
"""Relative difference up to which a total agrees: rows are rounded to cents, totals are not."""
LEAST = 0.05
LEAST_WORD = 5
SURE = 3
"""As many sums as this do not agree by chance."""


@dataclass(frozen=True)
class TotalMarks:
    """How total rows are named: the whole cell, its beginning or its end."""

    whole: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]

    def find(self, column: RawColumn) -> Said:
        """What the cells of a column say."""
        encoded = column.compact
        firsts, lasts = {mark[0] for mark in (*self.whole, *self.starts)}, {mark[-1] for mark in self.ends}
        places = np.flatnonzero(may_touch(encoded.dictionary, firsts, lasts))
        texts = pc.utf8_normalize(encoded.dictionary.take(pa.array(places)), "NFKC")
        texts = pc.utf8_lower(pc.utf8_trim_whitespace(texts))
        words = _any_of(word for word in self.whole if len(word) >= LEAST_WORD and word.replace("-", "").isalpha())
        about = rf"(?:{_any_of(self.ends)})$|^(?:{words})[\s:]"
        shapes = (f"^(?:{_any_of(self.starts)})", about, f"^(?:{words})")
        found = (pc.is_in(texts, pa.array(self.whole)), *(pc.match_substring_regex(texts, shape) for shape in shapes))
        return Said(*(_spread(flags, places, encoded) for flags in found))


def _spread(flags: pa.BooleanArray, places: IntArray, encoded: pa.DictionaryArray) -> BoolArray:
    """By row, the flag of its text; the flags are those of the texts at some places, False elsewhere."""
    if not pc.any(flags).as_py():
        return np.zeros(len(encoded), dtype=np.bool_)
    by_text = np.zeros(len(encoded.dictionary), dtype=np.bool_)
    by_text[places] = flags.to_numpy(zero_copy_only=False)
    by_row: BoolArray = by_text[encoded.indices.to_numpy()]
    return by_row


@dataclass(frozen=True)
class Said:
    """Where the cells of a column are the name of a total, begin with one, or say what it is about ("Facebook Total").

    `like` is where they begin with a word for a total, such as "Total de 2 résultats": campaigns may do so as well.
    """

    whole: BoolArray
    start: BoolArray
    about: BoolArray
    like: BoolArray


@dataclass(frozen=True)
class Suspects:
    """The rows that say they are a total, and those with numbers and no name, which may be one.

    The doubtful have no name either, in a table where most rows have none: they stay, with a warning.
    """

    named: BoolArray
    nameless: BoolArray
    doubtful: BoolArray


def load_total_marks(platform: Platform, extra: Path | None = None) -> TotalMarks:
    """The marks of `templates/values/totals.toml` and the platform's own."""
    content = read_template("values", "totals", extra)
    whole = (mark.casefold() for mark in (*content["whole"], *platform.totals))
    return TotalMarks(tuple(whole), tuple(content["starts"]), tuple(content["ends"]))


def find_totals(table: RawTable, rows: Rows, recognition: Recognition, marks: TotalMarks, kept: BoolArray) -> Suspects:
    """The rows that are or may be totals; where most rows have no name, only those that add up by several measures."""
    names = {key: marks.find(table.columns[match.positions[0]]) for key in NAMES if (match := recognition.match(key))}
    named = kept & _named_totals(table, rows, recognition, marks, names)
    named |= _likely_totals(rows, recognition, names, kept & ~named)
    nameless = kept & ~named & _nameless(rows, recognition)
    others = kept & ~named & ~nameless
    is_usual = np.count_nonzero(nameless) * 2 <= np.count_nonzero(kept)
    if is_usual or (recognition.platform.blank_name_is_total and others.any()):
        return Suspects(named, nameless, np.zeros_like(kept))
    alike, sure = (_agreeing(rows, others, nameless, least) for least in (1, SURE))
    return Suspects(named, sure, alike & ~sure)


def drop_totals(
    table: RawTable, rows: Rows, recognition: Recognition, suspects: Suspects, kept: BoolArray
) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows that are no totals; lines for totals, for those that do not agree, and for rows without a name."""
    totals, nameless = suspects.named, suspects.nameless
    if not kept.any() or not (totals | nameless | suspects.doubtful).any():
        return kept, []
    data = kept & ~totals & ~nameless
    agreeing = _agreeing(rows, data, totals | nameless)
    odd = nameless & ~agreeing
    outsize = odd & (_outsize(rows, kept, data) | recognition.platform.blank_name_is_total)
    peopled = odd & _is_people_total(rows, data, is_known=bool((totals | (nameless & agreeing)).any()))
    totals = totals | (nameless & (agreeing | outsize | peopled))
    places = np.flatnonzero(totals)
    said = _labels(table, recognition, places)
    labels = ["" if nameless[place] else label for place, label in zip(places, said, strict=True)]
    lines = TOTAL_ROW.lines(rows.places(places), "", labels, [""] * len(places))
    if totals.any() and data.any():
        lines += _reconciled(rows, data, totals & agreeing if (totals & agreeing).any() else totals)
    missing = np.flatnonzero((odd & ~outsize & ~peopled) | (kept & suspects.doubtful))
    lines += NAMELESS_ROW.lines(rows.places(missing), "", [""] * len(missing), [""] * len(missing))
    return kept & ~totals, lines


def _named_totals(
    table: RawTable, rows: Rows, recognition: Recognition, marks: TotalMarks, names: Mapping[str, Said]
) -> BoolArray:
    """Rows that say they are a total, and name no campaign beside it."""
    columns = {match.field: table.columns[match.positions[0]] for match in recognition.mapping}
    used = {place for match in recognition.mapping for place in match.positions}
    splits = [column for column in table.columns if column.header in recognition.breakdowns]
    kinds = [marks.find(columns[key]) for key in KINDS if key in columns]
    kinds += [] if 0 in used else [marks.find(table.columns[0])]
    splits_said = [marks.find(column) for column in (*splits, *(columns[key] for key in TIMES if key in columns))]
    size = len(rows)
    says_total = {key: said.whole | said.start for key, said in names.items()}
    unnamed = _all((rows.texts[key].blank for key in names), size)
    no_campaign = _all((rows.texts[key].blank | says_total[key] for key in names), size)
    certain = _any((said.start for said in (*splits_said, *kinds)), size)
    certain |= _any((said.whole for said in splits_said), size)
    named = _any((*says_total.values(), *(said.whole for said in kinds)), size)
    about = _any((said.about for said in kinds), size) & bool(names)
    return certain | (named & no_campaign) | (about & unnamed)


def _likely_totals(rows: Rows, recognition: Recognition, names: Mapping[str, Said], kept: BoolArray) -> BoolArray:
    """Rows whose name begins like a total's, if they add up the others by all measures, one or two at least.

    A row with an ID of its own is a campaign.
    """
    like = kept & _any((said.like for said in names.values()), len(rows))
    like &= rows.texts[CAMPAIGN_ID.key].blank | (names[CAMPAIGN_ID.key].like if CAMPAIGN_ID.key in names else like)
    if not like.any():
        return like
    others = kept & ~like & ~_nameless(rows, recognition)
    measured = sum(bool(np.nan_to_num(rows.numbers[field.key][others]).any()) for field in SUMMED)
    return _agreeing(rows, others, like, least=max(1, min(measured, SURE - 1)))


def _any_of(texts: Iterable[str]) -> str:
    """A pattern for any of these texts."""
    return "|".join(map(re.escape, texts))


def _nameless(rows: Rows, recognition: Recognition) -> BoolArray:
    """Rows with numbers that name no campaign, in a table that names them."""
    keys = [key for key in NAMES if recognition.match(key)] or [key for key in KINDS if recognition.match(key)]
    unnamed = _all((rows.texts[key].blank for key in keys), len(rows))
    if not keys or not unnamed.any():
        return np.zeros_like(unnamed)
    return unnamed & _any((np.isfinite(rows.numbers[field.key]) for field in MEASURES), len(rows))


def _agreeing(rows: Rows, data: BoolArray, candidates: BoolArray, least: int = 1) -> BoolArray:
    """The candidates whose values are the sums of all data rows, or of those of their date, platform or type."""
    agreeing = np.zeros(len(rows), dtype=np.bool_)
    places = np.flatnonzero(candidates)
    if not len(places) or not data.any():
        return agreeing
    for group in _groups(rows):
        agreeing[places] |= agrees(rows, data, places, group, least)
        if agreeing[places].all():
            break
    return agreeing


def _groups(rows: Rows) -> Iterator[IntArray]:
    """All rows as one group, then the rows by date, platform and type."""
    yield np.zeros(len(rows), dtype=np.int64)
    yield _date_codes(rows)
    yield from (rows.texts[key].codes for key in KINDS)


def agrees(rows: Rows, data: BoolArray, places: IntArray, group: IntArray, least: int = 1) -> BoolArray:
    """Whether the values of the rows at these places are the sums of the data rows of their group; -1 is no group.

    At least so many of a row's measures must be more than zero: a row of zeros and blanks is the sum of nothing.
    """
    agreed = group[places] >= 0
    compared = np.zeros(len(places), dtype=np.int64)
    for field in SUMMED:
        values = rows.numbers[field.key]
        sums = _group_sums(values[data], group[data])
        expected = sums[np.minimum(group[places], len(sums) - 1)]
        found = values[places]
        agreed &= np.isnan(found) | (np.abs(found - expected) <= np.maximum(TOLERANCE * np.abs(expected), LEAST))
        compared += np.abs(np.nan_to_num(found)) > LEAST
    agreed &= compared >= least
    return agreed


def _group_sums(values: FloatArray, group: IntArray) -> FloatArray:
    """Sums by group code, with a last one for codes that no data row has."""
    known = (group >= 0) & ~np.isnan(values)
    return np.append(np.bincount(group[known], weights=values[known], minlength=1), 0.0)


def _date_codes(rows: Rows) -> IntArray:
    dates = rows.dates[DATE.key]
    codes = np.unique(dates, return_inverse=True)[1]
    return np.where(np.isnat(dates), -1, codes)


def _is_people_total(rows: Rows, data: BoolArray, *, is_known: bool) -> BoolArray:
    """Rows that count nothing but people: totals where others are known to be, or if the rows reached as many."""
    counted = _any((np.nan_to_num(rows.numbers[field.key]) != 0 for field in SUMMED), len(rows))
    reach = np.nan_to_num(rows.numbers[REACH.key])
    alike: BoolArray = (reach > 0) & np.isclose(reach, reach[data].sum())
    return ~counted & (alike | is_known)


def _outsize(rows: Rows, kept: BoolArray, data: BoolArray) -> BoolArray:
    """A first or last row without a date that no data row exceeds in any measure: a total of other rows."""
    edge = np.zeros(len(rows), dtype=np.bool_)
    edge[np.flatnonzero(kept)[[0, -1]]] = np.count_nonzero(data) > 1
    edge &= np.isnat(rows.dates[DATE.key])
    for field in SUMMED:
        values = rows.numbers[field.key]
        largest = np.nan_to_num(values[data]).max(initial=0.0)
        edge &= np.isnan(values) | (values >= largest)
    return edge


def _reconciled(rows: Rows, data: BoolArray, totals: BoolArray) -> list[LedgerLine]:
    """A line for each measure of the largest total, beside the sum of the rows."""
    places = np.flatnonzero(totals)
    sizes = np.nansum([rows.numbers[field.key][places] for field in SUMMED], axis=0)
    place = int(places[np.argmax(sizes)])
    lines = []
    for field in SUMMED:
        said, summed = rows.numbers[field.key][place], np.nansum(rows.numbers[field.key][data])
        if not np.isnan(said):
            differs = abs(said - summed) > max(TOLERANCE * abs(summed), LEAST)
            remark, row = TOTAL_DIFFERS if differs else TOTAL_AGREES, int(rows.line[place])
            lines.append(remark.line(rows.files[0], row, field.header, f"{said:.15g}", f"{summed:.15g}"))
    return lines


def _labels(table: RawTable, recognition: Recognition, places: IntArray) -> list[str]:
    """What names the total in each row: the first cell with a word, names before others, or else the first text."""
    named = [match.positions[0] for key in NAMES if (match := recognition.match(key))]
    columns = [*(table.columns[place] for place in named), *table.columns]
    rows = zip(*(column.shown(places) for column in columns), strict=True)
    texts = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    return [next((text for text in row if text[0].isalpha()), next(iter(row), "")) for row in texts]


def _any(masks: Iterable[BoolArray], size: int) -> BoolArray:
    found = np.zeros(size, dtype=np.bool_)
    for mask in masks:
        found |= mask
    return found


def _all(masks: Iterable[BoolArray], size: int) -> BoolArray:
    found = np.ones(size, dtype=np.bool_)
    for mask in masks:
        found &= mask
    return found
