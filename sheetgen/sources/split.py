"""Which report each row belongs to: one for each value of a column, found by its header, its field or a common word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from sheetgen.clause import Clause
from sheetgen.errors import OptionError, SplitCampaignError
from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME, FIELDS_BY_KEY, PLATFORM
from sheetgen.sources.glance import is_word
from sheetgen.sources.headers import header_key
from sheetgen.sources.interpret import load_marks
from sheetgen.sources.labels import LABEL_KEYS, label_key
from sheetgen.sources.platforms import CURRENCY, GENERIC
from sheetgen.sources.rows import TEXT_KEYS, Texts
from sheetgen.sources.source import Reading, Source, platform_of
from sheetgen.sources.table import IntArray

BLANK: Final = Clause("(blank)")
"""The value of rows that have none."""

NOWHERE: Final = -1
"""The place of rows that are in no report: totals of the whole file, notes, blank rows."""

SHOWN: Final = 3
FIELDS: Final = {header_key(FIELDS_BY_KEY[key].header): key for key in FIELDS_BY_KEY} | {CURRENCY: CURRENCY}
OPTION: Final = "--split-by"


@dataclass(frozen=True)
class Split:
    """The values of a column, in order and the blank last, and by source the place of each row's value in them."""

    values: tuple[str, ...]
    places: tuple[IntArray, ...]


@dataclass(frozen=True)
class _Column:
    """The cells of one file's column, and how templates spell them, by label key."""

    texts: Texts
    spellings: Mapping[str, str]


def split_rows(opened: Sequence[Source], cleaned: Sequence[Source], name: str, reading: Reading) -> Split:
    """The value of each row of files: a value that only totals and notes have is none.

    Values that differ only in capitals, spaces and hyphens are one. A file without the column takes the values that
    the others give its campaigns. Raises `OptionError` for a column that no file has or that holds numbers, and
    `SplitCampaignError` for a campaign of several values.
    """
    columns = [_find_column(source, name, reading) for source in opened]
    if not any(columns):
        headers = dict.fromkeys(header for source in opened for header in source.table.headers if header)
        raise OptionError(option=OPTION, found=name, allowed=", ".join(headers))
    keys, shown = _spelled([column for column in columns if column])
    codes = [
        _codes(column, keys) if column else _no_codes(source) for source, column in zip(opened, columns, strict=True)
    ]
    known = [(source, found) for source, column, found in zip(opened, columns, codes, strict=True) if column]
    for place, source in enumerate(opened):
        if columns[place] is None:
            codes[place] = _by_campaign(source, known, name, shown)
    return _in_order(opened, cleaned, codes, shown)


def _find_column(source: Source, name: str, reading: Reading) -> _Column | None:
    """The column of a file by that header, field or word; None where it has none."""
    places = [place for place, header in enumerate(source.table.headers) if header_key(header) == header_key(name)]
    fed = {place: match.field for match in source.interpretation.mapping for place in match.positions}
    field = fed.get(places[0], "") if places else FIELDS.get(header_key(name), "")
    if FIELDS_BY_KEY.get(field, PLATFORM).is_measure:
        columns = [match.headers[0] for match in source.interpretation.mapping if match.field in TEXT_KEYS]
        raise OptionError(option=OPTION, found=name, allowed=", ".join(columns))
    if field in TEXT_KEYS:
        return _field_column(source, field, reading)
    place = next(iter(places), None)
    if place is None:
        match = source.recognition.match(field) if field else None
        place = match.positions[0] if match else _place_by_word(source, header_key(name), reading)
    return None if place is None else _Column(_texts_of(source, place, reading), {})


def _field_column(source: Source, field: str, reading: Reading) -> _Column | None:
    """A text field of the file; its platform may be the one whose export it is."""
    texts, constant = source.rows.texts[field], platform_of(source, reading)
    if field == PLATFORM.key and constant:
        texts = texts.completed(constant)
    elif source.recognition.match(field) is None and texts.blank.all():
        return None
    return _Column(texts, reading.spellings[field].by_key if field in LABEL_KEYS else {})


def _place_by_word(source: Source, word: str, reading: Reading) -> int | None:
    """The column whose header the platform, or else any, finds by a word such as `account`."""
    ways = [reading.platforms.read(header) for header in source.table.headers]
    for platform in (source.recognition.platform, reading.platforms.by_key[GENERIC]):
        rules = [rule for rule in platform.rules if word in rule.names]
        ranks = {key: (rule.names.index(word), rank) for rule in rules for rank, key in enumerate(rule.keys)}
        found = [(ranks[way.key], place) for place, read in enumerate(ways) for way in read if way.key in ranks]
        if found:
            return min(found)[1]
    return None


def _texts_of(source: Source, place: int, reading: Reading) -> Texts:
    texts = Texts.of_column(source.table.columns[place])
    marks = load_marks(reading.templates, source.recognition.platform.nulls).blank_texts
    return texts.without(is_word(texts.stored, pa.array(marks)))


def _spelled(columns: Sequence[_Column]) -> tuple[dict[str, int], list[str]]:
    """Each value's place by its key, and how it is shown: as templates spell it, or as most rows do."""
    counts: dict[str, Counter[str]] = {}
    spellings: dict[str, str] = {}
    for column in columns:
        uses = np.bincount(column.texts.codes[~column.texts.blank], minlength=len(column.texts.values))
        for text, count in zip(column.texts.values.to_pylist(), uses.tolist(), strict=True):
            if count and label_key(text):
                counts.setdefault(label_key(text), Counter())[_tidy(text)] += count
        spellings.update(column.spellings)
    shown = [spellings.get(key) or found.most_common(1)[0][0] for key, found in counts.items()]
    return {key: place for place, key in enumerate(counts)}, shown


def _tidy(text: str) -> str:
    """The text on one line."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _codes(column: _Column, keys: Mapping[str, int]) -> IntArray:
    """By row, the place of its value; `NOWHERE` for a blank."""
    places = [keys.get(label_key(text), NOWHERE) for text in column.texts.values.to_pylist()]
    return np.array([*places, NOWHERE], dtype=np.int64)[column.texts.codes]


def _no_codes(source: Source) -> IntArray:
    return np.full(len(source.rows), NOWHERE, dtype=np.int64)


def _by_campaign(source: Source, known: Sequence[tuple[Source, IntArray]], name: str, shown: Sequence[str]) -> IntArray:
    """The values that other files give the campaigns of one: by their ID, or else by their name."""
    codes = _no_codes(source)
    for field in (CAMPAIGN_ID, CAMPAIGN_NAME):
        values = _values_by_text(known, field.key)
        texts = source.rows.texts[field.key]
        found = [values.get(text, set()) for text in texts.values.to_pylist()]
        used = set(np.unique(texts.codes[source.kept & (codes == NOWHERE)]).tolist())
        for place in (place for place, options in enumerate(found) if len(options) > 1 and place in used):
            several = ", ".join(sorted(shown[code] for code in found[place])[:SHOWN])
            campaign = texts.values[place].as_py()
            raise SplitCampaignError(path=source.place.path, column=name, campaign=campaign, found=several)
        single = np.array([*(min(options, default=NOWHERE) for options in found), NOWHERE], dtype=np.int64)
        codes = np.where(codes == NOWHERE, single[texts.codes], codes)
    return codes


def _values_by_text(known: Sequence[tuple[Source, IntArray]], field: str) -> dict[str, set[int]]:
    """The places of the values that rows with each text have."""
    values: dict[str, set[int]] = {}
    for source, codes in known:
        texts = source.rows.texts[field]
        chosen = source.kept & (codes != NOWHERE) & ~texts.blank
        pairs = np.unique(np.stack([texts.codes[chosen], codes[chosen]]), axis=1)
        for text, code in pairs.T.tolist():
            values.setdefault(texts.values[text].as_py(), set()).add(code)
    return values


def _in_order(
    opened: Sequence[Source], cleaned: Sequence[Source], codes: Sequence[IntArray], shown: Sequence[str]
) -> Split:
    """The values that rows of data have, in the order of the alphabet, and the place of each row among them."""
    blank = len(shown)
    filled = [np.where(found == NOWHERE, blank, found) for found in codes]
    counted = np.zeros(blank + 1, dtype=np.int64)
    for found, source in zip(filled, cleaned, strict=True):
        counted += np.bincount(found[source.kept], minlength=blank + 1)
    used = sorted(np.flatnonzero(counted[:blank]).tolist(), key=lambda code: (label_key(shown[code]), shown[code]))
    order = np.full(blank + 1, NOWHERE, dtype=np.int64)
    order[used] = np.arange(len(used))
    order[blank] = len(used)
    values = [*(shown[code] for code in used), *([BLANK] if counted[blank] else [])]
    # Rows that name no value are data only where the whole file says so; a value's own totals are its report's to find.
    chosen = [
        source.kept & (clean.kept | (found != blank))
        for found, source, clean in zip(filled, opened, cleaned, strict=True)
    ]
    places = [np.where(rows, order[found], NOWHERE) for found, rows in zip(filled, chosen, strict=True)]
    return Split(tuple(values), tuple(places))
