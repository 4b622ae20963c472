"""Files that cannot be used: one sentence each, exit code 2, never another exception."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sheetgen.errors import (
    EmptyFileError,
    EncryptedFileError,
    InputError,
    MixedCurrenciesError,
    NotATableError,
    OptionError,
    StackedTablesError,
    UnknownColumnsError,
    UnreadableFileError,
    WideTableError,
)
from sheetgen.ledger import Severity
from sheetgen.sources.load import ReadOptions, load_dataset
from tests.sources.conftest import Load

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        load_dataset([tmp_path / "missing.csv"], ReadOptions())


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="folder"):
        load_dataset([tmp_path], ReadOptions())


def test_no_file_at_all() -> None:
    with pytest.raises(OptionError, match="one or more files"):
        load_dataset([], ReadOptions())


@pytest.mark.parametrize(
    ("content", "error", "found"),
    [
        (b"", EmptyFileError, "the file is empty"),
        (b"\xef\xbb\xbf\n \t\n", EmptyFileError, "only blanks"),
        (b"Campaign,Cost,Clicks\n", EmptyFileError, "a header and no row"),
        (b"Campaign,Cost,Clicks", EmptyFileError, "a header and no row"),
        (b"Campaign,Cost,Clicks\n,,\nTotal,1,2\n", EmptyFileError, "no row is left: 1 blank row, 1 total row"),
        (random.Random(1).randbytes(3000), NotATableError, "binary data"),
        (b"\x00\x01\x02\x03" * 50, NotATableError, "binary data"),
        (b"\x89PNG\r\n\x1a\n....", NotATableError, "a PNG picture"),
        (b"%PDF-1.7 ...", NotATableError, "a PDF document"),
        (b"\x1f\x8b\x08....", NotATableError, "gzip archive: unpack it"),
        (b"\n<!DOCTYPE html><html>", NotATableError, "a web page"),
        (b'[{"campaign": 1}]', NotATableError, "JSON"),
        (OLE + b"Workbook", NotATableError, r"old Excel \.xls workbook: save it as \.xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError, "without a password"),
        (b"Name,Colour\nA,red\n", UnknownColumnsError, "Name, Colour"),
        (b"Spring,100,2000\nSummer,200,3000\n", UnknownColumnsError, "Spring, 100, 2000"),
        (b"Impressions\n1\n2\n", UnknownColumnsError, "one measure"),
        (b"Campaign,Platform\nA,Facebook\n", UnknownColumnsError, "one measure"),
        (b"Campaign,Currency,Cost\nA,USD,5\nB,EUR,6\n", MixedCurrenciesError, "EUR, USD"),
        ("Campaign;Cost\nA;$5\nB;6 €\n".encode(), MixedCurrenciesError, r"EUR, \$"),
        (
            b"Date,Revenue,Facebook_Spend,Google_Spend\n2024-01-31,9,1,2\n",
            WideTableError,
            "Facebook_Spend, Google_Spend",
        ),
        (b"Week,Sales,TV,Radio,Print\n2024-01-31,9,1,2,3\n", UnknownColumnsError, "Week, Sales"),
    ],
)
def test_content_that_is_no_campaign_table(load: Load, content: bytes, error: type[InputError], found: str) -> None:
    with pytest.raises(error, match=found) as caught:
        load(content)
    assert caught.value.exit_code == 2
    assert "file1.csv" in str(caught.value)


def test_daily_totals_with_columns_beside_them_are_no_wide_table(load: Load) -> None:
    data = load("Date,Spend,Revenue,Email signups,Search volume\n2024-01-31,9,1,2,3\n")
    assert data.campaigns["Budget"].tolist() == [9.0]


def test_currencies_that_differ_between_files(load: Load) -> None:
    with pytest.raises(MixedCurrenciesError, match="EUR, USD"):
        load("Campaign,Cost (EUR)\nA,1\n", "Campaign,Cost (USD)\nB,1\n")


def test_a_shared_sign_takes_the_currency_that_is_told_elsewhere(load: Load) -> None:
    assert load("Campaign,Currency,Cost\nA,CAD,$5\n").currency == "CAD"
    assert load("Campaign,Cost\nA,$5\n").currency == "USD"
    assert load("Campaign,Cost\nA,5\n").currency is None


@pytest.mark.parametrize("seed", range(40))
def test_a_text_cut_and_shuffled_at_random_is_read_or_refused(load: Load, seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray('Campaign;Date;Cost;Clicks\nÉté;13/02/2024;1.234,5;7\n"Q";14/02/2024;5;8\n'.encode())
    for _ in range(6):
        content[dice.randrange(len(content))] = dice.choice(b'";,\n\r\t0\xff\x00|')
    try:
        data = load(bytes(content))
    except InputError:
        return
    dropped = sum(line.severity is Severity.DROPPED for line in data.ledger.lines)
    assert data.ledger.rows_in == data.ledger.rows_used + dropped


@pytest.mark.parametrize(
    ("first", "line"),
    [
        ("Campaign,Campaign state,Clicks,Cost\nAlpha,Enabled,1000,800.00\n,,,\n", 1),
        ("Campaign,Impr.,Clicks,Cost,Conversions,Reach\nAlpha,9,1000,800.00,3,4\n,,,\n", 4),
    ],
)
def test_a_second_table_in_the_file_is_refused(load: Load, first: str, line: int) -> None:
    with pytest.raises(StackedTablesError, match=f"line {line} is the header of another table"):
        load(first + "Campaign name,Clicks,Spend,Revenue\nGamma,500,300.00,900\n")


def test_the_same_header_again_is_only_dropped(load: Load) -> None:
    header = "Campaign,Clicks,Cost\n"
    assert load(f"{header}A,1,5\n{header}B,2,6\n").campaigns["Budget"].sum() == 11
