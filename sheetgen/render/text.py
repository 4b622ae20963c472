"""Texts for cells: what an xlsx file can hold, and how it holds what looks like an escape."""

from __future__ import annotations

import re
from typing import Final

from sheetgen.render.strict import RefusedError

LONGEST: Final = 32_767
"""UTF-16 units in a cell."""

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE: Final = re.compile("(_x[0-9A-Fa-f]{4}_)")


def require_text(text: str) -> str:
    """The text, when a cell can hold it.

    Raises `RefusedError` for characters that XML forbids and for a text that is too long.
    """
    found = _FORBIDDEN.search(text)
    if found is not None:
        raise RefusedError(f"the character U+{ord(found.group()):04X} at position {found.start()} of a text")
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST:
        raise RefusedError(f"a text of more than {LONGEST} characters")
    return text


def escape_literals(text: str) -> str:
    """The text with `_x0041_` written as `_x005F_x0041_`, for the parts that XlsxWriter leaves as they are."""
    return _ESCAPE.sub(r"_x005F\1", text) if "_x" in text else text
