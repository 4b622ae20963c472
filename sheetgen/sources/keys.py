"""Which campaign each row belongs to: by ID, else by platform and name, else by platform and type."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME, CAMPAIGN_TYPE, PLATFORM
from sheetgen.ledger import LedgerLine
from sheetgen.sources.remarks import ID_SPLIT, NO_CAMPAIGN, ONE_CAMPAIGN
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import BoolArray, IntArray

EVERYTHING = "all-campaigns"
UNNAMED = "unnamed"
SLUG_LENGTH = 48
DENSE = 16
"""Up to so many possible keys for each row, a table of all of them is faster than a hash table."""
HASH_LENGTH = 10
_NOT_IN_SLUG = re.compile(r"[\W_]+")

_BY_ID, _BY_NAME, _BY_TYPE = range(3)


@dataclass(frozen=True)
class Keys:
    """The campaign of each row, as a place in `ids`; campaigns stand in the order in which they appear."""

    codes: IntArray
    ids: npt.NDArray[np.object_]

    @cached_property
    def by_id(self) -> IntArray:
        """The campaigns in the order of their IDs."""
        ids = pa.array(self.ids, pa.string())
        if pc.all(pc.less(ids.slice(0, len(ids) - 1), ids.slice(1))).as_py():
            return np.arange(len(ids), dtype=np.int64)
        order: IntArray = pc.sort_indices(ids).to_numpy().astype(np.int64)
        return order

    def named(self, codes: IntArray) -> pd.Series[str]:
        """The IDs of these campaigns, as objects."""
        return pd.Series(self.ids[codes], dtype=object, copy=False)

    @property
    def first_rows(self) -> IntArray:
        """The first row of each campaign."""
        return _first_rows(self.codes, len(self.ids))


def find_campaigns(rows: Rows, grain: IntArray) -> tuple[Rows, Keys, list[LedgerLine]]:
    """The campaign of each row; IDs and platforms are filled in where other rows of the campaign tell them.

    An ID on several platforms, in files of one grain, is one campaign on each.
    """
    rows = _with_platforms(_with_ids(rows))
    ids, names = rows.texts[CAMPAIGN_ID.key], rows.texts[CAMPAIGN_NAME.key]
    platforms, types = rows.texts[PLATFORM.key], rows.texts[CAMPAIGN_TYPE.key]
    split_ids = _split_ids(rows, grain)
    if not split_ids.any() and not ids.blank.any():
        codes, first = _numbered(ids.codes, len(ids.values))
        return rows, Keys(codes, ids.where(first).objects()), []
    split = split_ids[ids.codes]
    kind = np.where(ids.blank, np.where(names.blank, _BY_TYPE, _BY_NAME), _BY_ID)
    main = np.where(ids.blank, np.where(names.blank, types.codes, names.codes), ids.codes)
    beside = np.where((kind == _BY_ID) & ~split, -1, platforms.codes)
    width = len(platforms.values) + 1
    height = 1 + max(len(ids.values), len(names.values), len(types.values))
    keys, size = main + 1, height
    for part, count in ((kind, 3), (beside + 1, width)):
        if len(part) and (part != part[0]).any():
            keys, size = keys * count + part, size * count
    codes, first = _numbered(keys, size)
    heads = rows.named(first)
    made = _made_ids(heads, kind[first], split[first])
    return rows, Keys(codes, made), _lines(heads, kind[first], split[first], made)


def _numbered(keys: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """The keys (below `size`) numbered in order of appearance, and the first row of each."""
    if size > DENSE * len(keys):
        codes, found = pd.factorize(keys)
        return codes.astype(np.int64), _first_rows(codes, len(found))
    first = np.full(size, -1, dtype=np.int64)
    first[keys[::-1]] = np.arange(len(keys))[::-1]
    rows = np.sort(first[first >= 0])
    number = np.empty(size, dtype=np.int64)
    number[keys[rows]] = np.arange(len(rows))
    return number[keys], rows


def _first_rows(codes: IntArray, size: int) -> IntArray:
    first = np.empty(size, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return first


def _with_ids(rows: Rows) -> Rows:
    """Rows that only name their campaign take the ID that other rows give that name, if there is one."""
    ids, names, platforms = (rows.texts[field.key] for field in (CAMPAIGN_ID, CAMPAIGN_NAME, PLATFORM))
    missing, known = ids.blank & ~names.blank, ~ids.blank & ~names.blank
    if not missing.any() or not known.any():
        return rows
    both = names.codes * (len(platforms.values) + 1) + platforms.codes + 1
    filled = ids.filled(_partners(both, ids.codes, known, missing))
    anywhere = filled.blank & missing & platforms.blank
    filled = filled.filled(_partners(names.codes, ids.codes, known, anywhere))
    placeless = known & ~np.isin(names.codes, names.codes[known & ~platforms.blank])
    filled = filled.filled(_partners(names.codes, ids.codes, placeless, filled.blank & missing))
    return rows.replaced(texts={CAMPAIGN_ID.key: filled})


def _with_platforms(rows: Rows) -> Rows:
    """Rows without an ID or a platform take the platform that other rows give their name, if there is one."""
    ids, names, platforms = (rows.texts[field.key] for field in (CAMPAIGN_ID, CAMPAIGN_NAME, PLATFORM))
    missing, known = ids.blank & ~names.blank & platforms.blank, ~names.blank & ~platforms.blank
    if not missing.any() or not known.any():
        return rows
    return rows.replaced(
        texts={PLATFORM.key: platforms.filled(_partners(names.codes, platforms.codes, known, missing))}
    )


def _partners(keys: IntArray, values: IntArray, known: BoolArray, missing: BoolArray) -> IntArray:
    """For the missing rows, the only value that known rows of the same key have; -1 for several or none."""
    pairs = pd.DataFrame({"key": keys[known], "value": values[known]}).drop_duplicates()
    single = pairs.drop_duplicates("key", keep=False).set_index("key")["value"]
    found = np.full(len(keys), -1, dtype=np.int64)
    found[missing] = single.reindex(keys[missing]).fillna(-1).to_numpy(dtype=np.int64)
    return found


def _split_ids(rows: Rows, grain: IntArray) -> BoolArray:
    """By code of ID, whether files of one grain use it on several platforms; False for a blank ID."""
    ids, platforms = rows.texts[CAMPAIGN_ID.key], rows.texts[PLATFORM.key]
    size, width = len(ids.values) + 1, len(platforms.values) + 1
    if len(platforms.values) < 2:
        return np.zeros(size, dtype=np.bool_)
    known = ~ids.blank & ~platforms.blank
    uses = pd.unique((grain[known] * size + ids.codes[known]) * width + platforms.codes[known])
    id_by_grain = pd.Series(uses // width)
    split = np.zeros(size, dtype=np.bool_)
    split[id_by_grain[id_by_grain.duplicated()] % size] = True
    return split


def _made_ids(heads: Rows, kind: IntArray, split: BoolArray) -> npt.NDArray[np.object_]:
    """A distinct ID per campaign: its own, with the platform where split, or a slug of what tells it apart."""
    made = heads.texts[CAMPAIGN_ID.key].objects()
    if len(made) == 1 and not any(_identities(heads, kind)[0]):
        return np.array([EVERYTHING], dtype=object)
    places = np.flatnonzero((kind != _BY_ID) | split)
    marks = _identities(heads.where(places), kind[places])
    for place, parts in zip(places.tolist(), marks, strict=True):
        if kind[place] != _BY_ID:
            made[place] = _slug(*parts)
        elif parts[-1]:
            made[place] = f"{made[place]}-{_slug(parts[-1])}"
    counts = Counter(made.tolist()) if len(places) else Counter()
    for place, parts in zip(places.tolist(), marks, strict=True):
        if counts[made[place]] > 1:
            made[place] = f"{made[place]}-{_digest(repr((int(kind[place]), *parts)))}"
    return made


def _identities(heads: Rows, kind: IntArray) -> list[tuple[str | None, str | None]]:
    """What tells campaigns apart that have no ID of their own: ID and platform, platform and name or type."""
    ids, names, platforms, types = (
        heads.texts[field.key].objects() for field in (CAMPAIGN_ID, CAMPAIGN_NAME, PLATFORM, CAMPAIGN_TYPE)
    )
    first = np.where(kind == _BY_ID, ids, platforms)
    second = np.select([kind == _BY_ID, kind == _BY_NAME], [platforms, names], types)
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _slug(*parts: str | None) -> str:
    """A short readable ID; a digest makes a long or unreadable one distinct."""
    text = " ".join(part for part in parts if part)
    slug = _NOT_IN_SLUG.sub("-", text.casefold()).strip("-") if text else UNNAMED
    return slug if slug and len(slug) <= SLUG_LENGTH else f"{slug[:SLUG_LENGTH]}-{_digest(text)}".strip("-")


def _digest(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:HASH_LENGTH]


def _lines(heads: Rows, kind: IntArray, split: BoolArray, ids: npt.NDArray[np.object_]) -> list[LedgerLine]:
    lines: list[LedgerLine] = []
    if split.any():
        own = heads.texts[CAMPAIGN_ID.key].objects()
        changed = split & (own != ids)
        lines = ID_SPLIT.lines(heads.places(changed), CAMPAIGN_ID.header, own[changed].tolist(), ids[changed].tolist())
    nameless = set(heads.file[kind == _BY_TYPE].tolist())
    nameless = nameless and nameless - set(heads.file[kind != _BY_TYPE].tolist())
    remark = ONE_CAMPAIGN if len(ids) == 1 and ids[0] == EVERYTHING else NO_CAMPAIGN
    return lines + [remark.line(heads.files[file], field=CAMPAIGN_ID.header) for file in sorted(nameless)]
