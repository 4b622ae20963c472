"""How a value looks in a cell: the number formats that reports use."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from sheetgen.values import SheetError
from tests.google.engine import Shown
from tests.google.grid import Traits
from tests.google.locales import Locale
from tests.google.problem import BeyondDoubleError

_EPOCH: Final = date(1899, 12, 30)
_PIECE: Final = re.compile(r"""(?P<number>(?:#,##)?0(?:\.0+)?)|"(?P<text>[^"]*)"|(?P<sign>[-+%])""")
_DATE_PART: Final = re.compile(r"(yyyy|mmm|mm|dd|d)")
_USUAL: Final = {"PERCENT": "0.00%", "DATE": "yyyy-mm-dd", "NUMBER": "#,##0.00", "TEXT": ""}
_MONTHS: Final = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}


def formatted(value: Shown, traits: Traits, locale: Locale) -> str:
    """The text that a cell shows.

    Raises `BeyondDoubleError` for a number format that the double does not know.
    """
    number_format = traits.get("userEnteredFormat", {}).get("numberFormat", {})
    pattern = number_format.get("pattern") or _USUAL.get(number_format.get("type"), "")
    match value:
        case None:
            return ""
        case bool():
            return locale.truth[0] if value else locale.truth[1]
        case SheetError(code):
            return code
        case str():
            return _text(value, pattern)
        case _ if pattern == "":
            return _plain(value, locale)
        case _ if "0" in pattern:
            return _number(value, pattern, locale)
        case _:
            return _date(value, pattern, locale)


def _plain(value: float, locale: Locale) -> str:
    text = f"{value:.15g}" if value != int(value) or abs(value) >= 1e15 else str(int(value))
    return text.replace(".", locale.decimal)


def _text(value: str, pattern: str) -> str:
    """A text as it is, unless the format has a fourth part, which says what is shown in its place."""
    parts = pattern.split(";")
    return parts[3].strip('"') if len(parts) == 4 else value


def _number(value: float, pattern: str, locale: Locale) -> str:
    """A number by the part of the pattern for its sign: the first, that of negative ones, that of zero."""
    parts = pattern.split(";")
    chosen = 1 if value < 0 else 2 if value == 0 else 0
    if chosen >= len(parts):
        return ("-" if value < 0 else "") + _part(abs(value), parts[0], locale)
    return _part(abs(value), parts[chosen], locale)


def _part(value: float, pattern: str, locale: Locale) -> str:
    if _PIECE.sub("", pattern):
        raise BeyondDoubleError(f"the look of the number format {pattern}")
    signs = [piece["sign"] for piece in _PIECE.finditer(pattern)]
    scaled = Decimal(repr(value)) * (100 if "%" in signs else 1)
    return "".join(
        _digits(scaled, piece["number"], locale) if piece["number"] else piece["text"] or piece["sign"] or ""
        for piece in _PIECE.finditer(pattern)
    )


def _digits(value: Decimal, pattern: str, locale: Locale) -> str:
    decimals = len(pattern.partition(".")[2])
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:{',' if pattern.startswith('#') else ''}.{decimals}f}"
    return text.translate({ord(","): locale.groups[0], ord("."): locale.decimal})


def _date(value: float, pattern: str, locale: Locale) -> str:
    day, language = _EPOCH + timedelta(days=int(value)), locale.name.split("_")[0]
    parts = _DATE_PART.split(pattern)
    if not all(re.fullmatch(r"[-/. ]?", part) for part in parts[::2]) or ("mmm" in parts and language not in _MONTHS):
        raise BeyondDoubleError(f"the look of the number format {pattern} in {locale.name}")
    months = _MONTHS.get(language, "").split()
    shown = {"yyyy": f"{day:%Y}", "mm": f"{day:%m}", "dd": f"{day:%d}", "d": str(day.day)}
    shown |= {"mmm": months[day.month - 1]} if months else {}
    return "".join(shown.get(part, part) for part in parts)
