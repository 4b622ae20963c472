"""What the bare bytes of texts tell at a glance, so that a close look at each text is seldom needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.sources.table import BoolArray

Bytes = npt.NDArray[np.uint8]

_SPACE, _ASCII = 0x20, 0x80


def has_byte(texts: pa.StringArray, sign: str) -> bool:
    """Whether the memory that the texts share has this ASCII character; it may have it beside them."""
    return any(bool((block == ord(sign)).any()) for block in _memory(texts))


def has_controls(texts: pa.StringArray) -> bool:
    """Whether a text may have a control character, or one of the last of the basic plane (they begin with EF)."""
    return any(bool(((block < _SPACE) | (block == 0xEF)).any()) for block in _memory(texts))


def longest(texts: pa.StringArray) -> int:
    """The length of the longest text, in bytes."""
    return int(pc.max(pc.binary_length(texts)).as_py() or 0)


def may_touch(texts: pa.StringArray, first: Iterable[str], last: Iterable[str]) -> BoolArray:
    """Where a text may begin or end with one of these letters, small or capital, or with what is no ASCII letter."""
    if not len(texts):
        return np.zeros(0, dtype=np.bool_)
    starts, data = _layout(texts)
    return may_begin(texts, first) | _table(last)[data[np.maximum(starts[1:] - 1, 0)]]


def may_begin(texts: pa.StringArray, letters: Iterable[str]) -> BoolArray:
    """Where a text may begin with one of these letters, small or capital, or with what is no ASCII letter."""
    if not len(texts):
        return np.zeros(0, dtype=np.bool_)
    starts, data = _layout(texts)
    return _table(letters)[data[np.minimum(starts[:-1], len(data) - 1)]]


def is_word(texts: pa.StringArray, words: pa.StringArray) -> BoolArray:
    """Where a text, but for capitals and spaces around it, is one of these words in small letters."""
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    length = pc.binary_length(texts).to_numpy(zero_copy_only=False)
    places = np.flatnonzero(may_begin(texts, {word[0] for word in words.to_pylist() if word}) | (length == 0))
    begun = texts.take(pa.array(places))
    may_be = (length[places] <= longest(words)) | may_touch(begun, (), ())
    bare = pc.utf8_lower(pc.utf8_trim_whitespace(begun.filter(pa.array(may_be))))
    found = np.zeros(len(texts), dtype=np.bool_)
    found[places[may_be]] = pc.is_in(bare, words).to_numpy(zero_copy_only=False)
    return found


def _layout(texts: pa.StringArray) -> tuple[npt.NDArray[np.int32], Bytes]:
    """Where each text starts in the memory that they share (after them, where the last one ends), and that memory."""
    starts = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return starts, np.frombuffer(texts.buffers()[2] or b"\0", dtype=np.uint8)


def _memory(texts: pa.StringArray) -> Iterator[Bytes]:
    for chunk in texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]:
        buffer = chunk.buffers()[-1]
        if buffer:
            yield np.frombuffer(buffer, dtype=np.uint8)


def _table(letters: Iterable[str]) -> BoolArray:
    """By byte, whether it may be (part of) one of the letters."""
    table = np.zeros(256, dtype=np.bool_)
    table[: _SPACE + 1] = table[_ASCII:] = True
    for letter in letters:
        table[[byte for case in (letter.lower(), letter.upper()) for byte in case.encode()]] = True
    return table
