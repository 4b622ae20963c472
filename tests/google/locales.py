"""How a spreadsheet's locale reads and writes numbers, dates and the separators of formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tests.google.problem import BeyondDoubleError

_DECIMAL_POINT: Final = frozenset({"en", "he", "hi", "ja", "ko", "th", "zh"})
_DECIMAL_COMMA: Final = frozenset(
    {"bg", "ca", "cs", "da", "de", "el", "es", "fi", "fr", "hr", "hu", "id", "it", "nb", "nl", "no", "pl", "pt", "ro"}
    | {"ru", "sk", "sl", "sv", "tr", "uk", "vi"}
)
_OTHER_DECIMALS: Final = {"en_ZA": ",", "es_MX": ".", "de_CH": ".", "de_LI": "."}
_SPACED_GROUPS: Final = frozenset({"bg", "cs", "fi", "fr", "hu", "nb", "no", "pl", "ru", "sk", "sv", "uk"})
_YEAR_FIRST: Final = frozenset({"hu", "ja", "ko", "sv", "zh"})
_TRUTH: Final[Mapping[str, Sequence[str]]] = {
    "de": ("WAHR", "FALSCH"),
    "es": ("VERDADERO", "FALSO"),
    "fr": ("VRAI", "FAUX"),
    "it": ("VERO", "FALSO"),
    "nl": ("WAAR", "ONWAAR"),
    "pt": ("VERDADEIRO", "FALSO"),
}


@dataclass(frozen=True, slots=True)
class Locale:
    """A locale: `order` is that of day, month and year in a date; `groups` are the signs between thousands."""

    name: str
    decimal: str
    groups: str
    order: str
    truth: tuple[str, str]

    @property
    def argument_separators(self) -> str:
        """The signs that separate arguments: the semicolon does everywhere."""
        return ";" if self.decimal == "," else ",;"

    @property
    def column_separator(self) -> str:
        """The sign between the columns of an array."""
        return "\\" if self.decimal == "," else ","


@cache
def locale_named(name: str) -> Locale:
    """The locale of a spreadsheet, such as `fr_FR` or `en`.

    Raises `BeyondDoubleError` for one whose conventions the double does not know.
    """
    language = name.split("_")[0]
    decimal = _OTHER_DECIMALS.get(name) or _decimal(language)
    if decimal is None:
        raise BeyondDoubleError(f"the locale {name}")
    groups = "\u202f\u00a0 " if language in _SPACED_GROUPS else "." if decimal == "," else ","
    order = "ymd" if language in _YEAR_FIRST else "mdy" if name in ("en", "en_US") else "dmy"
    truth = _TRUTH.get(language, ("TRUE", "FALSE"))
    return Locale(name, decimal, groups, order, (truth[0], truth[1]))


def _decimal(language: str) -> str | None:
    if language in _DECIMAL_COMMA:
        return ","
    return "." if language in _DECIMAL_POINT else None
