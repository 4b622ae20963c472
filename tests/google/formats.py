"""How a value looks in a cell: the number formats that reports use."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from sheetgen.values import SheetError
from tests.google.engine import Shown
from tests.google.grid import Traits
from tests.google.locales import Locale
from tests.google.problem import BeyondDoubleError
from tests.google.wire import Json

_EPOCH: Final = date(1899, 12, 30)
_NUMBER: Final = re.compile(r"(?P<group>#,##)?0(?:\.(?P<decimals>0+))?(?P<percent>%)?")
_DATE_PARTS: Final = {"yyyy": "%Y", "mm": "%m", "dd": "%d"}
_USUAL: Final = {"PERCENT": "0.00%", "DATE": "yyyy-mm-dd", "NUMBER": "#,##0.00", "TEXT": ""}


def formatted(value: Shown, traits: Traits, locale: Locale) -> str:
    """The text that a cell shows.

    Raises `BeyondDoubleError` for a number format that the double does not know.
    """
    match value:
        case None:
            return ""
        case bool():
            return locale.truth[0] if value else locale.truth[1]
        case SheetError(code):
            return code
        case str():
            return value
        case _:
            number_format = traits.get("userEnteredFormat", {}).get("numberFormat")
            return _plain(value, locale) if number_format is None else _patterned(value, number_format, locale)


def _plain(value: float, locale: Locale) -> str:
    text = f"{value:.15g}" if value != int(value) or abs(value) >= 1e15 else str(int(value))
    return text.replace(".", locale.decimal)


def _patterned(value: float, number_format: Json, locale: Locale) -> str:
    pattern = number_format.get("pattern") or _USUAL.get(number_format["type"])
    if pattern == "":
        return _plain(value, locale)
    match = _NUMBER.fullmatch(pattern or "")
    if match is not None:
        return _number(value, match, locale)
    parts = re.split(r"(yyyy|mm|dd)", pattern or "?")
    if any(part not in _DATE_PARTS and not re.fullmatch(r"[-/. ]?", part) for part in parts):
        raise BeyondDoubleError(f"the look of the number format {number_format}")
    day = _EPOCH + timedelta(days=int(value))
    return day.strftime("".join(_DATE_PARTS.get(part, part) for part in parts))


def _number(value: float, pattern: re.Match[str], locale: Locale) -> str:
    scaled = value * 100 if pattern["percent"] else value
    text = f"{scaled:{',' if pattern['group'] else ''}.{len(pattern['decimals'] or '')}f}"
    swapped = text.translate({ord(","): locale.groups[0], ord("."): locale.decimal})
    return swapped + (pattern["percent"] or "")
