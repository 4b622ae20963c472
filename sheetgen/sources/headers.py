"""Headers as people write them, brought to one form so that they can be matched whole."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sheetgen.sources.money import Currencies

_IN_BRACKETS = re.compile(r"^(.*\S)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$", re.DOTALL)
_LAST_WORD = re.compile(r"^(.*\S)[\s_/:-]+(\S+?)\s*$", re.DOTALL)
_NOT_IN_KEY = re.compile(r"[^\w%]|_")
_MOJIBAKE = re.compile(r"[ÃÂâ]")


@dataclass(frozen=True)
class Header:
    """A header's key, and the currency written in it, if any (`sign` as written)."""

    key: str
    currency: str | None = None
    sign: str = ""


def header_key(text: str) -> str:
    """The header without capitals, accents, spaces and punctuation; `%` stays, since it makes a rate."""
    return _NOT_IN_KEY.sub("", plain_text(text))


def plain_text(text: str) -> str:
    """The text in small letters without accents."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", _repaired(text)).casefold()
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def read_headers(text: str, currencies: Currencies) -> tuple[Header, ...]:
    """The ways to read a header, the most literal first: whole, and without a currency at its end."""
    found = [Header(header_key(text))]
    for pattern in (_IN_BRACKETS, _LAST_WORD):
        parts = pattern.match(unicodedata.normalize("NFKC", text))
        code = currencies.code_of(parts[2]) if parts else None
        if parts and code:
            found.append(Header(header_key(parts[1]), code, parts[2]))
    return tuple(found)


def _repaired(text: str) -> str:
    """The text, with UTF-8 that was read as Windows-1252 (`dÃ©pensÃ©`) put right."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
