"""What an editable cell is meant to hold, and how its values are written and read in a file of edits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Final

import numpy as np

from sheetgen.analysis.serials import from_serials, to_serial
from sheetgen.compare import relative_difference
from sheetgen.fields import CAMPAIGN_FIELDS, LOCK, PLANNED_BUDGET, SCENARIO_BUDGET, Field, Kind
from sheetgen.inputs import (
    CONTRAST,
    CURVE_CAMPAIGN,
    FILTER_NAMES,
    GOAL_NAMES,
    HEAT_METRIC,
    PACING_DATE,
    PICK,
    PIE_BY,
    SEGMENT_NAMES,
    WATERFALL_BY,
    Setting,
)
from sheetgen.values import Value

SAME: Final = 1e-12
"""The relative difference up to which numbers are the same: spreadsheets store 15 to 17 digits."""


class Content(Enum):
    """The kinds of value that a marketer may type."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


DATA_FIELDS: Final = (*CAMPAIGN_FIELDS, PLANNED_BUDGET, LOCK, SCENARIO_BUDGET)
"""The columns of the campaign table that may be typed into."""

DATES: Final = frozenset({*FILTER_NAMES[2:], PACING_DATE})
PICKS: Final = (PICK, PIE_BY, WATERFALL_BY, HEAT_METRIC, CURVE_CAMPAIGN)
TEXTS: Final = frozenset({*FILTER_NAMES[:2], *PICKS, *CONTRAST, *GOAL_NAMES, *SEGMENT_NAMES})


def _content_of(field: Field) -> Content:
    return {Kind.TEXT: Content.TEXT, Kind.DATE: Content.DATE}.get(field.kind, Content.NUMBER)


COLUMNS: Final[Mapping[str, Content]] = {field.header: _content_of(field) for field in DATA_FIELDS}
"""What each editable column of the campaign table holds, by header."""


def content_of_input(name: str, settings: Sequence[Setting]) -> Content:
    """What the input of that defined name holds."""
    if name in DATES:
        return Content.DATE
    is_text = name in TEXTS or any(setting.name == name and setting.is_text for setting in settings)
    return Content.TEXT if is_text else Content.NUMBER


def as_content(value: Value, content: Content) -> Value:
    """A typed value as its column takes it: a number typed as an ID or a name is its digits."""
    return f"{value:.15g}" if content is Content.TEXT and isinstance(value, float | int) else value


def written(value: Value, content: Content) -> str:
    """A value as a file of edits holds it: dates as 2025-03-01, numbers with all their digits, a blank as nothing."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() | int() if content is Content.DATE and value == int(value):
            return str(from_serials(np.array([float(value)])).dt.date.iloc[0])
        case float() | int():
            return str(int(value)) if value == int(value) else repr(float(value))
        case _:
            return str(value)


def parse_written(text: str, content: Content) -> Value:
    """The value of such a text; one that is no number or date stays the text it is."""
    if text == "" or content is Content.TEXT:
        return text or None
    try:
        number = to_serial(date.fromisoformat(text)) if content is Content.DATE else float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def agree(one: Value, other: Value) -> bool:
    """Whether two values are the same to a marketer: a blank is the empty text, 12 digits of a number decide."""
    return one == other or relative_difference(one, other) <= SAME
