"""A glance at the bytes of texts finds what a close look at each of them would."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from sheetgen.sources.glance import has_byte, has_controls, is_word, longest, may_touch
from sheetgen.sources.rows import Texts
from sheetgen.sources.table import RawColumn

WORDS = pa.array(["", "--", "n/a", "(not set)", "継続"])


@pytest.mark.parametrize(
    ("text", "found"),
    [("", True), ("N/A", True), (" -- ", True), ("\u00a0(Not Set)\u3000", True), ("継続", True), ("継続中", False)],
)
def test_a_word_counts_whatever_its_capitals_and_the_spaces_around_it(text: str, found: bool) -> None:
    texts = pa.array(["a name much longer than any of the words", text])
    assert is_word(texts, WORDS).tolist() == [False, found]
    assert is_word(pa.chunked_array([texts, texts]), WORDS).tolist() == [False, found] * 2


def test_of_a_slice_only_its_own_texts_count() -> None:
    texts = pa.array(["--", "campaign", "n/a"]).slice(1, 2)
    assert is_word(texts, WORDS).tolist() == [False, True]
    assert may_touch(texts, "n", "").tolist() == [False, True]


@pytest.mark.parametrize("text", ["Total", "total: 3", "US total", " x", "x ", "été", "x\u00a0", "合計", "TOTAL"])
def test_what_may_be_a_total_is_looked_at_closely(text: str) -> None:
    assert may_touch(pa.array([text]), "t", "l").tolist() == [True]


def test_texts_that_cannot_be_a_total_are_passed_over() -> None:
    assert may_touch(pa.array(["Brand", "12345", "Retargeting US"]), "t", "l").tolist() == [False, False, False]
    assert may_touch(pa.array([], pa.string()), "t", "l").tolist() == []


def test_bytes_of_all_chunks_are_seen() -> None:
    chunks = pa.chunked_array([["1", "2"], ["3", "4.5"]])
    assert has_byte(chunks, ".")
    assert not has_byte(chunks, ",")
    assert longest(chunks) == 3


@pytest.mark.parametrize(("text", "found"), [("a\x07b", True), ("a\uffff", True), ("Ünï – 日本", False)])
def test_control_characters_are_noticed(text: str, found: bool) -> None:
    assert has_controls(pa.array(["plain", text])) is found


@pytest.mark.parametrize("texts", [["a", "b", "c"], ["b", "a", "b"], ["a", "a", "b"], ["x"], []])
def test_distinct_texts_are_found_in_any_order(texts: list[str]) -> None:
    column = RawColumn("Name", pa.chunked_array([texts[:1], texts[1:]], pa.string()))
    distinct = column.distinct
    assert distinct.dictionary.to_pylist() == list(dict.fromkeys(texts))
    assert distinct.to_pylist() == texts


@pytest.mark.parametrize(("texts", "same"), [(["1", "2", "3"], True), (["1", "2", "4"], False), (["1", "2"], False)])
def test_columns_repeat_each_other_however_they_are_stored(texts: list[str], same: bool) -> None:
    column = RawColumn("Day", pa.chunked_array([["1"], [], ["2", "3"]], pa.string()))
    assert column.repeats(RawColumn("Reporting starts", pa.array(texts))) is same


@pytest.mark.parametrize("texts", [["a", "b", "c"], ["b", "a"], ["b", "a", "b", "b", "b"]])
def test_texts_are_told_apart_only_when_asked(texts: list[str]) -> None:
    column = RawColumn("Name", pa.array(texts))
    found = Texts.of_column(column).where(np.arange(len(texts))[::-1])
    assert found.objects().tolist() == texts[::-1]
    assert found.values.to_pylist() == list(dict.fromkeys(texts))
    assert found.codes.tolist() == [list(dict.fromkeys(texts)).index(text) for text in reversed(texts)]
    assert found.at(np.array([0, -1])).objects().tolist() == [texts[-1], None]


@pytest.mark.parametrize("count", [3, 1_000])
def test_few_and_many_cells_show_the_same(count: int) -> None:
    texts = [f"cell {place}" for place in range(2_000)]
    column = RawColumn("Name", pa.chunked_array([texts[:700], texts[700:]]))
    rows = np.arange(count, dtype=np.int64) * 2
    assert column.shown(rows) == texts[: 2 * count : 2]
