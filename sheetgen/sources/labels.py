"""Texts made fit for a workbook, and the spellings of a platform or type made one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.fields import CAMPAIGN_TYPE, FIELDS_BY_KEY, PLATFORM
from sheetgen.ledger import LedgerLine
from sheetgen.sources.glance import has_controls, longest, may_touch
from sheetgen.sources.remarks import CONTROL_REMOVED, LABEL_CUT, LABEL_MERGED, TEXT_CUT, TRIMMED, Remark
from sheetgen.sources.rows import TEXT_KEYS, Rows, Texts
from sheetgen.sources.table import IntArray
from sheetgen.templates import read_template

LABEL_KEYS = (PLATFORM.key, CAMPAIGN_TYPE.key)
TEXT_LIMIT = 32_767
"""UTF-16 units that an Excel cell holds."""
LABEL_LIMIT = 255
"""UTF-16 units that Excel takes in a list or a formula's text."""
SHOWN = 80
LEAST_WORD = 4
"""Shorter words, such as `li`, are too often something else."""

_CONTROL = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
_SPACES = re.compile(r"[\s_-]+")


@dataclass(frozen=True)
class Spellings:
    """The spelling a report shows, by the key of every way to write it."""

    by_key: Mapping[str, str]


def label_key(text: str) -> str:
    """The label without capitals; hyphens and underscores are spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def load_spellings(extra: Path | None = None) -> dict[str, Spellings]:
    """The spellings of platforms and campaign types, by field, of `templates/values/labels.toml`."""
    content = read_template("values", "labels", extra)
    return {key: _spellings(content.get(key, {})) for key in LABEL_KEYS}


def clean_texts(rows: Rows) -> tuple[Rows, list[LedgerLine]]:
    """Every text without control characters, without spaces around it and short enough for a cell."""
    lines: list[LedgerLine] = []
    cleaned = {}
    for key in TEXT_KEYS:
        limit, cut = (LABEL_LIMIT, LABEL_CUT) if key in LABEL_KEYS else (TEXT_LIMIT, TEXT_CUT)
        texts = rows.texts[key]
        if has_controls(texts.stored) and pc.any(pc.match_substring_regex(texts.stored, _CONTROL)).as_py():
            values = pc.replace_substring_regex(texts.stored, _CONTROL, "")
            texts = _rewrite(rows, key, texts, values, CONTROL_REMOVED, lines)
        if may_touch(texts.stored, (), ()).any():
            texts = _rewrite(rows, key, texts, pc.utf8_trim_whitespace(texts.stored), TRIMMED, lines)
        if longest(texts.stored) > limit // 2:
            texts = _rewrite(rows, key, texts, _cut(texts.stored, limit), cut, lines)
        cleaned[key] = texts
    return rows.replaced(texts=cleaned), lines


def merge_labels(
    rows: Rows, spellings: Mapping[str, Spellings], weights: IntArray | None = None
) -> tuple[Rows, list[LedgerLine]]:
    """Platforms and types in one spelling: the template's, or the most frequent.

    `weights` is how many rows of the source each row stands for, None for one.
    """
    lines: list[LedgerLine] = []
    merged = {}
    for key in LABEL_KEYS:
        texts = rows.texts[key].distinct
        values = pa.array(_one_spelling(texts, spellings[key], weights), pa.string())
        merged[key] = _rewrite(rows, key, texts, values, LABEL_MERGED, lines)
    return rows.replaced(texts=merged), lines


def platforms_named(names: Texts, spellings: Spellings) -> list[str]:
    """Platforms that the names mention as a word, such as `facebook_tier1`."""
    words = {word for name in names.values.to_pylist() for word in label_key(name).split()}
    return sorted({spellings.by_key[word] for word in words if len(word) >= LEAST_WORD and word in spellings.by_key})


def _spellings(content: Mapping[str, list[str]]) -> Spellings:
    return Spellings({label_key(text): shown for shown, others in content.items() for text in (shown, *others)})


def _one_spelling(texts: Texts, spellings: Spellings, weights: IntArray | None) -> list[str]:
    known = ~texts.blank
    counts = np.bincount(texts.codes[known], None if weights is None else weights[known], minlength=len(texts.values))
    written = texts.values.to_pylist()
    best = dict(spellings.by_key)
    for place in np.argsort(-counts, kind="stable").tolist():
        best.setdefault(label_key(written[place]), written[place])
    return [best[label_key(text)] for text in written]


def _rewrite(
    rows: Rows, key: str, texts: Texts, values: pa.StringArray, remark: Remark, lines: list[LedgerLine]
) -> Texts:
    """The texts with new values, blank where nothing is left; a line for each cell that changes."""
    changed = pc.not_equal(texts.stored, values).to_numpy(zero_copy_only=False)
    if not changed.any():
        return texts
    where = np.flatnonzero(texts.marked(changed))
    stored = pa.array(texts.places[where])
    before, after = (_shown(column.take(stored).to_pylist()) for column in (texts.stored, values))
    lines += remark.lines(rows.places(where), FIELDS_BY_KEY[key].header, before, after)
    return texts.rewritten(pc.if_else(pc.equal(values, ""), None, values))


def _cut(values: pa.StringArray, limit: int) -> pa.StringArray:
    # A character outside of the basic plane takes two of Excel's units, so half the limit is always safe.
    if not pc.any(pc.greater(pc.utf8_length(values), limit // 2)).as_py():
        return values
    return pa.array([_cut_text(text, limit) for text in values.to_pylist()], pa.string())


def _cut_text(text: str, limit: int) -> str:
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * limit else units[: 2 * limit].decode("utf-16-le", "ignore")


def _shown(texts: list[str]) -> list[str]:
    return [text if len(text) <= SHOWN else f"{text[:SHOWN]}…" for text in texts]
