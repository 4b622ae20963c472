"""Bytes of a text file in any usual encoding, made UTF-8 with line feeds."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sheetgen.clause import Clause
from sheetgen.errors import DamagedFileError, NotATableError

SAMPLE_BYTES = 65_536
BLOCK_BYTES = 1 << 20
CONTROL_SHARE = 0.05
"""Above this share of control characters a file is binary, not a text with a stray one."""

_CONTROLS = np.array([byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b" for byte in range(256)])
_BOMS = ((codecs.BOM_UTF8, "UTF-8"), (codecs.BOM_UTF16_LE, "UTF-16-LE"), (codecs.BOM_UTF16_BE, "UTF-16-BE"))


@dataclass(frozen=True)
class Text:
    """A file's text as UTF-8 bytes without a mark, what it was encoded in, and how many characters were lost."""

    data: bytes
    encoding: str
    lost: int = 0


def decode(path: Path, data: bytes) -> Text:
    """The text of these bytes, with every line end that is a lone CR made a line feed.

    Raises `NotATableError` for bytes that are no text, `DamagedFileError` where UTF-16 breaks off.
    """
    text = _to_utf8(path, data)
    _require_text(path, text.data)
    if b"\n" not in text.data and b"\r" in text.data:
        return Text(text.data.replace(b"\r", b"\n"), text.encoding, text.lost)
    return text


def _to_utf8(path: Path, data: bytes) -> Text:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _recode(path, data[len(mark) :], encoding)
    wide = _wide_encoding(data)
    if not wide:
        _require_text(path, data)
    return _recode(path, data, wide or "UTF-8")


def _recode(path: Path, data: bytes, encoding: str) -> Text:
    if encoding == "UTF-8":
        return Text(data, encoding) if data.isascii() or _is_utf8(data) else _damaged_utf8(data) or _windows(path, data)
    try:
        return Text(data.decode(encoding).encode("utf-8", "replace"), encoding)
    except UnicodeDecodeError as error:
        reason = Clause("the {encoding} text breaks off inside a character", encoding=encoding)
        raise DamagedFileError(path=path, reason=reason) from error


def _is_utf8(data: bytes) -> bool:
    """Whether all of it is valid, seen block by block: the whole, decoded, may take four times its size."""
    decoder, view = codecs.getincrementaldecoder("utf-8")(), memoryview(data)
    try:
        for start in range(0, len(data), BLOCK_BYTES):
            decoder.decode(view[start : start + BLOCK_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _damaged_utf8(data: bytes) -> Text | None:
    """The text, if far more of it is valid UTF-8 than not: Windows-1252 would spoil every accent."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    valid = sum(character > "\x7f" for character in text) - lost
    return Text(text.encode(), "UTF-8", lost) if valid > 3 * lost else None


def _windows(path: Path, data: bytes) -> Text:
    try:
        return Text(data.decode("cp1252").encode(), "Windows-1252")
    except UnicodeDecodeError as error:
        found = Clause("bytes that are no text in UTF-8, UTF-16 or Windows-1252")
        raise NotATableError(path=path, found=found) from error


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark: digits and separators leave a zero in every other byte."""
    sample = np.frombuffer(data[:SAMPLE_BYTES], dtype=np.uint8)
    if len(sample) < 2:
        return ""
    high, low = (sample[1::2] == 0).mean(), (sample[0::2] == 0).mean()
    if high > 0.05 and high > 10 * low:
        return "UTF-16-LE"
    return "UTF-16-BE" if low > 0.05 and low > 10 * high else ""


def _require_text(path: Path, data: bytes) -> None:
    sample = np.frombuffer(data[:SAMPLE_BYTES], dtype=np.uint8)
    if len(sample) and _CONTROLS[sample].mean() > CONTROL_SHARE:
        raise NotATableError(path=path, found=Clause("binary data"))
