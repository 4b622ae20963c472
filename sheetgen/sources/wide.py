"""Wide tables, one column per channel: refused, since their money would be left out without a word."""

from __future__ import annotations

import re
from pathlib import Path

from sheetgen.errors import WideTableError
from sheetgen.fields import BUDGET, CAMPAIGN_ID, CAMPAIGN_NAME, CAMPAIGN_TYPE, FIELDS_BY_KEY, PLATFORM
from sheetgen.sources.headers import header_key
from sheetgen.sources.platforms import Platforms
from sheetgen.sources.recognition import Recognition
from sheetgen.sources.settle import Place
from sheetgen.templates import read_template

IDENTITY = (CAMPAIGN_ID.key, CAMPAIGN_NAME.key, PLATFORM.key, CAMPAIGN_TYPE.key)
LEAST = 2
"""From this many channel columns on, a table without campaigns is wide."""
_WORDS = re.compile(r"[^\W\d_]+")


def refuse_wide(place: Place, recognition: Recognition, platforms: Platforms, extra: Path | None) -> None:
    """Raise `WideTableError` for a table without campaigns or spend whose columns name channels or measures."""
    if any(recognition.match(key) for key in (*IDENTITY, BUDGET.key)):
        return
    channels = {header_key(word) for word in read_template("values", "labels", extra)["channels"]["words"]}
    measures = {
        key
        for platform in platforms.by_key.values()
        for rule in platform.rules
        if rule.field in FIELDS_BY_KEY and FIELDS_BY_KEY[rule.field].is_measure
        for key in rule.keys
    }
    wide = [header for header in recognition.unmapped if _words(header) & (channels | measures)]
    if len(wide) >= LEAST:
        raise WideTableError(path=place.path, headers=", ".join(wide))


def _words(header: str) -> set[str]:
    return {header_key(word) for word in _WORDS.findall(header)}
