"""What a cell is and how its value reads: roles and number formats, resolved by a theme and a locale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a cell is on the page; a theme says how that looks."""

    BODY = "body"
    LABEL = "label"
    MUTED = "muted"
    TITLE = "title"
    SUBTITLE = "subtitle"
    SECTION = "section"
    HEAD = "head"
    TOTAL = "total"
    CARD_LABEL = "card_label"
    CARD_VALUE = "card_value"
    CARD_CHANGE = "card_change"
    CARD_STANDING = "card_standing"
    INPUT = "input"
    KPI = "kpi"
    LINK = "link"
    TEXT = "text"
    MESSAGE = "message"


class Format(Enum):
    """How a value reads; blanks and texts in numeric formats show as a dash, `*_SHORT` in thousands and millions."""

    GENERAL = "general"
    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    MONEY_CENTS = "money_cents"
    PERCENT_WHOLE = "percent_whole"
    PERCENT = "percent"
    PERCENT_FINE = "percent_fine"
    MULTIPLE = "multiple"
    RATIO = "ratio"
    DATE = "date"
    DAY = "day"
    MONTH = "month"
    SIGNED_PERCENT = "signed_percent"
    SIGNED_MONEY = "signed_money"
    COUNT_SHORT = "count_short"
    MONEY_SHORT = "money_short"


class Align(Enum):
    """Horizontal alignment; `AUTO` is numbers right, texts left."""

    AUTO = "auto"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Ink(Enum):
    """A colour by what it means."""

    ACCENT = "accent"
    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    MUTED = "muted"
    SERIES_1 = "series_1"
    SERIES_2 = "series_2"
    SERIES_3 = "series_3"
    SERIES_4 = "series_4"
    SERIES_5 = "series_5"
    SERIES_6 = "series_6"
    SERIES_7 = "series_7"
    SERIES_8 = "series_8"
    SCALE_LOW = "scale_low"
    SCALE_MIDDLE = "scale_middle"
    SCALE_HIGH = "scale_high"
    NONE = "none"


SERIES_INKS: tuple[Ink, ...] = (
    Ink.SERIES_1,
    Ink.SERIES_2,
    Ink.SERIES_3,
    Ink.SERIES_4,
    Ink.SERIES_5,
    Ink.SERIES_6,
    Ink.SERIES_7,
    Ink.SERIES_8,
)


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a cell: its role, number format and alignment; `dash` shows blanks as a dash rather than nothing."""

    role: Role = Role.BODY
    format: Format = Format.GENERAL
    align: Align = Align.AUTO
    wrap: bool = False
    dash: bool = True
