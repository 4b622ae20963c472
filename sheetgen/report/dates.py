"""Days and months in words, for sentences: a spreadsheet's own formats do not reach into a text."""

from __future__ import annotations

from datetime import date, timedelta

from sheetgen.formula.tree import Node, call
from sheetgen.language import Language
from sheetgen.report.sentence import Phrase, sentence

EPOCH = date(1899, 12, 30)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_phrase(say: Language, cell: Node, serial: float | None) -> Phrase:
    """A day, such as "3 March 2025"; only for a cell that holds one where it is shown."""
    day, month, year = _part("DAY", cell, serial), _month(say, cell, serial), _part("YEAR", cell, serial)
    return sentence(say("{day} {month} {year}"), day=day, month=month, year=year)


def _month(say: Language, cell: Node, serial: float | None) -> Phrase:
    names = [say(name) for name in MONTHS]
    found = None if serial is None else names[_date(serial).month - 1]
    return Phrase(call("CHOOSE", call("MONTH", cell), *names), found)


def _part(function: str, cell: Node, serial: float | None) -> Phrase:
    found = None if serial is None else str(getattr(_date(serial), function.lower()))
    return Phrase(call(function, cell), found)


def _date(serial: float) -> date:
    return EPOCH + timedelta(days=serial)
