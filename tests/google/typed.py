"""What a text becomes when a user types it: a formula, a number, a date, a truth value, or the text itself."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from tests.google.grid import Area, Content
from tests.google.locales import Locale, locale_named
from tests.google.spreadsheet import Spreadsheet
from tests.google.wire import Json

_EPOCH: Final = date(1899, 12, 30)
_DATE: Final = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_CURRENCIES: Final = "€$£¥"


class Typed(NamedTuple):
    """A content, and the number format that typing it sets; None for no change."""

    content: Content
    number_format: Json | None = None


def typed_content(book: Spreadsheet, text: str, row: int, column: int) -> Typed:
    """What typing the text at a cell enters, by the spreadsheet's locale."""
    locale = locale_named(book.locale)
    if text.startswith("="):
        return Typed(book.formula(text, row, column))
    if text.startswith("'"):
        return Typed(text[1:])
    if text.upper() in ("TRUE", locale.truth[0]):
        return Typed(True)
    if text.upper() in ("FALSE", locale.truth[1]):
        return Typed(False)
    return _number(text.strip(), locale) or _date(text.strip(), locale) or Typed(text or None)


def set_number_format(book: Spreadsheet, sheet: int, row: int, column: int, number_format: Json | None) -> None:
    """Give a cell the number format that typing set, unless it has one of its own."""
    if number_format is None:
        return

    def change(old: Json) -> Json:
        shape = old.get("userEnteredFormat", {})
        return (
            old if "numberFormat" in shape else {**old, "userEnteredFormat": {**shape, "numberFormat": number_format}}
        )

    book.sheet(sheet).grid.alter_traits(Area(sheet, row, column, row + 1, column + 1), change)


def _number(text: str, locale: Locale) -> Typed | None:
    plain = text.strip(_CURRENCIES).strip()
    percent = plain.endswith("%")
    groups = f"[{re.escape(locale.groups)}]"
    point = re.escape(locale.decimal)
    digits = rf"[-+]?(?:\d+|\d{{1,3}}(?:{groups}\d{{3}})+)?(?:{point}\d*)?(?:[Ee][-+]?\d+)?"
    plain = plain.removesuffix("%").strip()
    if not re.fullmatch(digits, plain) or not re.search(r"\d", plain):
        return None
    value = float(re.sub(groups, "", plain).replace(locale.decimal, "."))
    if percent:
        return Typed(value / 100, {"type": "PERCENT", "pattern": "0.00%"})
    return Typed(value, {"type": "CURRENCY"} if plain != text else None)


def _date(text: str, locale: Locale) -> Typed | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    order = "ymd" if len(match[1]) == 4 else locale.order
    texts = dict(zip(order, match.groups(), strict=True))
    if len(texts["y"]) != 4:
        return None
    parts = {unit: int(digits) for unit, digits in texts.items()}
    try:
        day = date(parts["y"], parts["m"], parts["d"])
    except ValueError:
        return None
    return Typed(float((day - _EPOCH).days), {"type": "DATE"})
