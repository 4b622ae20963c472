"""Cells that are texts, read by the engine: plain numbers, days as ISO 8601 writes them, and nothing else.

The patterns are of the kind that every engine knows: no groups that are not captured, no classes by a letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from sheetgen.sources.numbers import Decimal

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SPACING = "[ \t\u00a0\u2009\u202f'\u2019]"
_MINUS = "\u2212"
_DIGIT = "[0-9]"
_THOUSANDS = "[1-9][0-9]?[0-9]?"
WITH_POINT = f"^[+-]?([0-9]+|{_THOUSANDS}(,[0-9][0-9][0-9])+)?([.][0-9]*)?([eE][+-]?[0-9]+)?$"
WITH_COMMA = f"^[+-]?([0-9]+|{_THOUSANDS}([.][0-9][0-9][0-9])+)?(,[0-9]*)?$"

_YEAR = "(19|20|21)[0-9][0-9]"
_LEAP_YEAR = "((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)"
_LONG = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
_SHORT = "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
_FEBRUARY = "02-(0[1-9]|1[0-9]|2[0-8])"
_TIME = "([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?(Z|[+-][0-9][0-9]:?[0-9][0-9])?)?"
ISO_MOMENT = f"^({_YEAR}-({_LONG}|{_SHORT}|{_FEBRUARY})|{_LEAP_YEAR}-02-29){_TIME}$"
"""A day that the calendar has, and perhaps a time: what an engine can be asked to read without failing."""
_SHARP = "^.{10}([ T]00:00(:00([.,]0+)?)?(Z|[+-][0-9][0-9]:?[0-9][0-9])?)?$"

_MINUTES = ":[0-9][0-9]"
_FRACTION = ":[0-9][0-9][.,][0-9]+"


def tidy(cell: ir.StringValue) -> ir.StringValue:
    """The text of a number without spaces and other marks between its thousands."""
    return cell.re_replace(_SPACING, "").replace(_MINUS, "-")


def reads_with(text: ir.StringValue, decimal: Decimal) -> ir.BooleanValue:
    """Whether a tidy text is a number with this decimal sign."""
    pattern = WITH_POINT if decimal is Decimal.POINT else WITH_COMMA
    return text.re_search(pattern) & text.re_search(_DIGIT)


def read_number(cell: ir.StringValue, decimal: Decimal) -> ir.FloatingValue:
    """The number of a text, read the only way it can be or with this decimal sign; null for any other text."""
    text = tidy(cell)
    readings = {
        Decimal.POINT: text.replace(",", ""),
        Decimal.COMMA: text.replace(".", "").replace(",", "."),
    }
    signs = sorted(readings, key=lambda sign: sign is not decimal)
    return ibis.cases(*((reads_with(text, sign), readings[sign].cast("float64")) for sign in signs))


def is_blank(cell: ir.StringValue, nulls: tuple[str, ...]) -> ir.BooleanValue:
    """Whether a cell holds nothing, or a text that means nothing."""
    text = cell.strip().lower()
    return cell.isnull() | text.isin(["", *nulls])


def is_unreadable(cell: ir.StringValue, nulls: tuple[str, ...]) -> ir.BooleanValue:
    """Whether a cell holds something that is no number."""
    text = tidy(cell)
    return ~(is_blank(cell, nulls) | reads_with(text, Decimal.POINT) | reads_with(text, Decimal.COMMA))


def is_iso(cell: ir.StringValue) -> ir.BooleanValue:
    """Whether a text is a day, and perhaps a time, as ISO 8601 writes it."""
    return cell.strip().re_search(ISO_MOMENT)


def read_day(cell: ir.StringValue) -> ir.DateValue:
    """The day of an ISO text; null for any other text."""
    return ibis.cases((is_iso(cell), cell.strip().substr(0, 10).cast("date")))


def read_hour(cell: ir.StringValue, midnight: int) -> ir.IntegerValue:
    """The hour of an ISO text, `midnight` where it says no other time; null for any other text."""
    text = cell.strip()
    hour = text.substr(11, 2).cast("int64")
    return ibis.cases((text.re_search(_SHARP), midnight), (is_iso(cell), hour))


def without_minutes(cell: ir.StringValue) -> ir.StringValue:
    """A moment as people write it, with its minutes and seconds set to zero."""
    return cell.re_replace(_FRACTION, ":00").re_replace(_MINUTES, ":00")
