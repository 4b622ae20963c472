"""Locales: the number format codes of a language and a currency, as xlsx files store them.

Codes are in the file's own notation (`,` groups thousands, `.` is the decimal point), which each reader's
spreadsheet shows its own way; a language mark such as `[$-40C]` names months in the report's language, and
has LibreOffice write numbers as that language does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetgen.clause import Clause
from sheetgen.errors import OptionError, TemplateError
from sheetgen.language import read_language
from sheetgen.report.style import Format
from sheetgen.templates import read_template

BASE = "en"
BLANK = '"–"'

WHOLE = "#,##0"
TENTH = "#,##0.0"
CENT = "#,##0.00"
NO_BREAK_SPACE = "\u00a0"
MOST_SECTIONS = 4
"""A number format has sections for numbers above, below and at zero, and for texts."""


@dataclass(frozen=True)
class Locale:
    """How values read in a language and a currency (an ISO code, or empty for none)."""

    lang: str
    currency: str
    patterns: Mapping[Format, str]

    def pattern(self, format: Format, *, dash: bool = True) -> str:
        """The number format code; its last section shows texts, even the empty one, as a dash or not at all."""
        code = self.patterns[format]
        return code if dash else code.replace(BLANK, '""')

    def label(self, format: Format, least: float = 0.0) -> str:
        """The number format code of the labels in a chart: nothing where the number is zero, or below `least`."""
        sections = self.patterns[format].split(";")
        if len(sections) < MOST_SECTIONS:
            return self.patterns[format]
        if least:
            return f'[>={least}]{sections[0]};""'
        # A code with conditions has no section for zero alone: its last one leaves out the digits that are not there.
        zero = "#,###" if sections[0].startswith("[>") else ""
        return ";".join([*sections[:2], zero])


def load_locale(lang: str, currency: str = "", extra: Path | None = None) -> Locale:
    """The locale of a language file's `[formats]`; what it leaves out is as in English.

    Raises `OptionError` for a currency that is no ISO code and `TemplateError` for a broken file.
    """
    if not re.fullmatch("([A-Z]{3})?", currency):
        raise OptionError(option="--currency", found=currency, allowed=Clause("an ISO code such as EUR, USD or GBP"))
    conventions = read_language(BASE).get("formats", {}) | read_language(lang, extra).get("formats", {})
    for key, value in conventions.items():
        _require_convention(key, value, f"languages/{lang}.toml")
    money = _money(currency, read_template("", "currencies", extra))
    return Locale(lang, currency, _patterns(conventions, *money))


def _require_convention(key: str, value: object, path: str) -> None:
    try:
        str.format(value, number="", symbol="", scale="")  # type: ignore[arg-type]
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise TemplateError(
            path=path,
            where=f"[formats] {key}",
            problem=Clause("{found!r} cannot be read.", found=value),
            remedy=Clause("Write a text with {number}, {symbol} and {scale} where they go."),
        ) from error


def _money(currency: str, known: Mapping[str, Any]) -> tuple[str, int]:
    symbol = known.get("symbols", {}).get(currency, currency)
    return str(symbol), int(known.get("decimals", {}).get(currency, 2))


def _patterns(conventions: Mapping[str, str], symbol: str, decimals: int) -> dict[Format, str]:
    def money(number: str) -> str:
        return _worded(conventions["money"], number, symbol=symbol)

    def percent(number: str) -> str:
        return _worded(conventions["percent"], number)

    def short(key: str, whole: str) -> str:
        scales = (conventions["million"], "#,##0.0,,"), (conventions["thousand"], "0.0,")
        million, thousand = (_worded(conventions[key], code, scale=scale, symbol=symbol) for scale, code in scales)
        # Numbers that round to 1,000 thousand are shown as 1 million.
        return f"[>=999950]{speech}{million};[>=1000]{speech}{thousand};{speech}{whole};{BLANK}"

    def signed(code: str, plus: str = "") -> str:
        return f"{speech}{plus}{code};{speech}-{code};{speech}{code};{BLANK}"

    speech = conventions["numbers"]
    cents = f"{WHOLE}.{'0' * decimals}".rstrip(".")
    return {
        Format.GENERAL: "General",
        Format.TEXT: "@",
        Format.COUNT: signed(WHOLE),
        Format.NUMBER: signed(CENT),
        Format.MONEY: signed(money(WHOLE)),
        Format.MONEY_CENTS: signed(money(cents)),
        Format.PERCENT_WHOLE: signed(percent(WHOLE)),
        Format.PERCENT: signed(percent(TENTH)),
        Format.PERCENT_FINE: signed(percent(CENT)),
        Format.MULTIPLE: signed(f'{CENT}"×"'),
        Format.RATIO: signed(CENT),
        Format.DATE: _dated(conventions["date"]),
        Format.MONTH: _dated(conventions["month"]),
        Format.DAY: _dated(conventions["day"]),
        Format.SIGNED_PERCENT: signed(percent(TENTH), plus="+"),
        Format.SIGNED_MONEY: signed(money(WHOLE), plus="+"),
        Format.COUNT_SHORT: short("short", WHOLE),
        Format.MONEY_SHORT: short("money_short", money(WHOLE)),
    }


def _worded(template: str, number: str, *, symbol: str = "", scale: str = "") -> str:
    if symbol[-1:].isalpha() and "{symbol}{number}" in template:
        symbol += NO_BREAK_SPACE
    quoted = {"symbol": _quoted(symbol), "scale": _quoted(scale)}
    space = _quoted(NO_BREAK_SPACE)
    # Two literals side by side become one, for "M""€" reads as an escaped quote in some programs.
    code = template.replace(NO_BREAK_SPACE, space).format(number=number, **quoted).replace('""', "")
    return code.removesuffix(space).strip()


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def _dated(code: str) -> str:
    return f"{code};{BLANK};{BLANK};{BLANK}"
