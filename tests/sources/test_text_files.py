"""Delimited text in any usual encoding, delimiter and line end."""

from __future__ import annotations

import codecs
from itertools import product

import pytest

from sheetgen.errors import DamagedFileError, RaggedTableError
from tests.sources.conftest import Load, said

ROWS = (("Campaign", "Cost", "Clicks"), ("Été", "1.5", "3"), ("Noël", "2.25", "4"))
ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "cp1252": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}


def written(encoding: str, delimiter: str, line_end: str) -> bytes:
    return line_end.join(delimiter.join(row) for row in ROWS).encode(encoding)


@pytest.mark.parametrize(("encoding", "delimiter", "line_end"), list(product(ENCODINGS, ",;\t|", ("\n", "\r\n", "\r"))))
def test_encodings_delimiters_and_line_ends(load: Load, encoding: str, delimiter: str, line_end: str) -> None:
    data = load(ENCODINGS[encoding] + written(encoding, delimiter, line_end))
    assert data.campaigns["Campaign Name"].tolist() == ["Été", "Noël"]
    assert data.campaigns["Budget"].tolist() == [1.5, 2.25]
    assert (data.ledger.rows_in, data.ledger.rows_used) == (2, 2)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(load: Load, encoding: str) -> None:
    assert load(written(encoding, "\t", "\r\n")).campaigns["Campaign Name"].tolist() == ["Été", "Noël"]


def test_utf_16_that_breaks_off_is_damaged(load: Load) -> None:
    with pytest.raises(DamagedFileError):
        load(codecs.BOM_UTF16_LE + written("utf-16-le", "\t", "\n")[:-1])


def test_a_few_bad_bytes_do_not_turn_utf_8_into_windows_1252(load: Load) -> None:
    data = load("Campaign,Cost\nÉté à Orléans,1\n".encode() + b"caf\xe9,2\n")
    assert data.campaigns["Campaign Name"].tolist() == ["Été à Orléans", "caf\ufffd"]
    assert said(data, "bytes_replaced") == [(0, "", "1 bytes", "")]


def test_quotes_hold_delimiters_quotes_and_line_ends(load: Load) -> None:
    data = load('Campaign,Cost,Clicks\n"a, ""b""\nc",1,2\nd,oops,3\n')
    assert data.campaigns["Campaign Name"].tolist() == ['a, "b"\nc', "d"]
    assert said(data, "not_a_number") == [(4, "Cost", "oops", "")]


def test_a_quote_that_is_never_closed_is_damage_with_its_line(load: Load) -> None:
    with pytest.raises(DamagedFileError, match="opened on line 3"):
        load('Campaign,Cost,Clicks\nA,1,2\n"B,1,2\nC,3,4\n')


def test_a_quote_inside_a_value_is_only_a_character(load: Load) -> None:
    assert load('Campaign,Cost\n5" pipe,1\n').campaigns["Campaign Name"].tolist() == ['5" pipe']


def test_lines_above_the_header_are_no_data(load: Load) -> None:
    data = load('sep=;\nCampaign report\n"July 8, 2025 - July 31, 2025"\n\nCampaign;Cost\nA;oops\nB;2\n')
    assert data.campaigns["Campaign Name"].tolist() == ["A", "B"]
    assert [row for row, *_ in said(data, "preamble")] == [1, 2, 3]
    assert said(data, "not_a_number") == [(6, "Cost", "oops", "")]


def test_a_short_row_warns(load: Load) -> None:
    data = load("Campaign,Cost,Clicks\nA,1,2\nB,3\n")
    assert data.campaigns["Budget"].tolist() == [1.0, 3.0]
    assert said(data, "short_row") == [(3, "", "", "")]


def test_empty_values_beyond_the_header_do_not_matter(load: Load) -> None:
    assert load("Campaign,Cost\nA,1,\nB,2,,\n").campaigns["Budget"].tolist() == [1.0, 2.0]


def test_a_long_row_is_dropped_with_what_it_holds(load: Load) -> None:
    rows = "".join(f"c{place},{place},1\n" for place in range(20))
    data = load(f"Campaign,Cost,Clicks\n{rows}X,1,234.50,7\n")
    assert said(data, "long_row") == [(22, "", "X,1,234.50,7", "")]
    assert (data.ledger.rows_in, data.ledger.rows_used, data.ledger.rows_dropped) == (21, 20, 1)


def test_a_table_of_long_rows_is_refused(load: Load) -> None:
    with pytest.raises(RaggedTableError, match="line 2: 4 values under 3 headers"):
        load("Campaign,Cost,Clicks\nA,1,2,3\nB,1,2,3\n")


def test_a_cell_larger_than_the_csv_module_allows(load: Load) -> None:
    data = load('Campaign,Cost\n"' + "x\n" * 100_000 + '",1\n')
    assert data.campaigns["Budget"].tolist() == [1.0]


def test_the_ledger_says_how_a_file_was_read(load: Load) -> None:
    assert said(load("Campaign;Cost\nA;1\n"), "read_as") == [
        (0, "", "", "UTF-8, separated by semicolon, header on line 1")
    ]
