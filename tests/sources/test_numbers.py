"""Numbers as people write them, each column in its own style."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from sheetgen.errors import AmbiguousNumbersError
from sheetgen.sources.numbers import SAMPLE_ROWS, Decimal, load_number_marks, scan_numbers
from sheetgen.sources.table import RawColumn
from tests.sources.conftest import Load, said

MARKS = load_number_marks()


def read(*texts: str, decimal: Decimal = Decimal.POINT) -> list[float]:
    scan = scan_numbers(RawColumn("Cost", pa.array(texts)), MARKS)
    assert not scan.bad.any()
    values: list[float] = scan.settled(decimal).tolist()
    return values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", 1234.5),
        ("1,234.50", 1234.5),
        ("1 234.50", 1234.5),
        ("1\u00a0234.50", 1234.5),
        ("1\u202f234.50", 1234.5),
        ("1'234.50", 1234.5),
        ("1’234.50", 1234.5),
        ("1,37,720", 137720.0),
        ("1,234,567", 1234567.0),
        ("$1,234.50", 1234.5),
        ("1234.5 €", 1234.5),
        ("EUR 12.5", 12.5),
        ("R$ 12.5", 12.5),
        ("12.5 kr", 12.5),
        ("-5.5", -5.5),
        ("\u22125.5", -5.5),
        ("-$5.5", -5.5),
        ("$-5.5", -5.5),
        ("5.5-", -5.5),
        ("(1,234.50)", -1234.5),
        ("2.10%", 0.021),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("+7", 7.0),
        ("１２.５", 12.5),
    ],
)
def test_a_number_with_a_decimal_point(text: str, value: float) -> None:
    assert read(text) == pytest.approx([value])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234,5", 1234.5),
        ("1.234,50", 1234.5),
        ("1 234,50 €", 1234.5),
        ("1\u202f234,50\u00a0€", 1234.5),
        ("1.234.567", 1234567.0),
        ("0,123", 0.123),
        ("12,34", 12.34),
        ("(1.234,5)", -1234.5),
        ("2,10 %", 0.021),
    ],
)
def test_a_number_with_a_decimal_comma(text: str, value: float) -> None:
    assert read(text, decimal=Decimal.COMMA) == pytest.approx([value])


@pytest.mark.parametrize(
    "text", ["", " ", "-", "--", " --", "—", "NA", "N/A", "#N/A", "null", "None", "nan", "#DIV/0!"]
)
def test_a_null_mark_is_blank(text: str) -> None:
    assert np.isnan(read("1", text)[1])


@pytest.mark.parametrize(
    "text", ["abc", "12 apples", "1.2.3", "12,34,56", "--5", "(5", "5)", "inf", "0x10", "1 23", "2024-01-01", "1e308"]
)
def test_what_is_no_number_is_bad(text: str) -> None:
    scan = scan_numbers(RawColumn("Cost", pa.array(["1", text])), MARKS)
    assert scan.bad.tolist() == [False, True]
    assert np.isnan(scan.settled(Decimal.POINT)[1])


@pytest.mark.parametrize(
    ("texts", "evidence"),
    [
        (["1,234", "5.5"], {Decimal.POINT}),
        (["1.234", "5,5"], {Decimal.COMMA}),
        (["1,234", "5,678"], set()),
        (["1234", "5"], set()),
        (["5,5", "5.5"], {Decimal.POINT, Decimal.COMMA}),
        (["5,5", "0,123", "--", ""], {Decimal.COMMA}),
        (["5,5", "1,234"], {Decimal.COMMA}),
    ],
)
def test_a_value_that_reads_one_way_is_evidence(texts: list[str], evidence: set[Decimal]) -> None:
    assert scan_numbers(RawColumn("Cost", pa.array(texts)), MARKS).evidence == evidence


@pytest.mark.parametrize(
    "texts", [["5,5", "12", "-0,25"], ["5,5", "12", "-0,25", "--", " "], ["5,5", "12", "-0,25", "x"]]
)
def test_decimal_commas_read_alike_in_a_tidy_column_and_beside_other_texts(texts: list[str]) -> None:
    scan = scan_numbers(RawColumn("Cost", pa.array(texts)), MARKS)
    assert scan.settled(Decimal.POINT)[:3].tolist() == [5.5, 12.0, -0.25]
    assert not scan.ambiguous.any()
    assert scan.bad.tolist() == [text == "x" for text in texts]


@pytest.mark.parametrize("sign", [".", ","])
def test_a_sign_far_down_the_column_is_seen_as_well(sign: str) -> None:
    whole = ["12"] * (2 * SAMPLE_ROWS)
    unclear = scan_numbers(RawColumn("Cost", pa.array([*whole, f"1{sign}234"])), MARKS)
    assert np.flatnonzero(unclear.ambiguous).tolist() == [len(whole)]
    proven = scan_numbers(RawColumn("Cost", pa.array([*whole, f"1{sign}234", f"0{sign}5"])), MARKS)
    assert proven.settled(Decimal(sign))[-2:].tolist() == [1.234, 0.5]
    assert proven.evidence == {Decimal(sign)}


def test_a_lone_sign_is_no_number_and_not_blank() -> None:
    assert scan_numbers(RawColumn("Cost", pa.array(["5,5", ","])), MARKS).bad.tolist() == [False, True]


def test_the_column_decides_what_a_value_that_reads_both_ways_means(load: Load) -> None:
    point = load('Campaign,Cost\nA,"1,234"\nB,5.5\n')
    comma = load("Campaign;Cost\nA;1.234\nB;5,5\n")
    assert point.campaigns["Budget"].tolist() == [1234.0, 5.5]
    assert comma.campaigns["Budget"].tolist() == [1234.0, 5.5]


def test_another_column_settles_it_and_the_ledger_says_so(load: Load) -> None:
    data = load("Campaign;Cost;Revenue\nA;1.234;5,5\nB;5.678;6,5\n")
    assert data.campaigns["Budget"].tolist() == [1234.0, 5678.0]
    assert said(data, "numbers_settled") == [
        (0, "Cost", "1.234 is 1.234 or 1,234", "decimal comma: as in the other columns")
    ]


def test_a_rate_that_is_not_imported_settles_it_too(load: Load) -> None:
    data = load("Campaign;Cost;CTR\nA;1.234;5,5%\nB;5.678;6,5%\n")
    assert data.campaigns["Budget"].tolist() == [1234.0, 5678.0]


@pytest.mark.parametrize("text", ["1,234", "1.234"])
def test_counts_are_whole(load: Load, text: str) -> None:
    data = load(f'Campaign;Impressions;Cost\nA;"{text}";5\n')
    assert data.campaigns["Impressions"].tolist() == [1234.0]


def test_a_count_that_the_other_columns_would_make_a_fraction_is_refused(load: Load) -> None:
    with pytest.raises(AmbiguousNumbersError, match="Impressions"):
        load("Campaign;Impressions;Cost\nA;1.234;5.5\n")


def test_money_that_nothing_settles_is_refused_with_an_example(load: Load) -> None:
    with pytest.raises(AmbiguousNumbersError, match=r"'Cost'.*1,234 is 1,234 or 1\.234.*--decimal") as caught:
        load('Campaign,Cost\nA,"1,234"\nB,"5,678"\n')
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("sign", "value"), [(".", 1234.0), (",", 1.234)])
def test_the_option_settles_it(load: Load, sign: str, value: float) -> None:
    assert load('Campaign,Cost\nA,"1,234"\n', decimal=sign).campaigns["Budget"].tolist() == [value]


def test_a_column_of_both_styles_warns_and_reads_each_value_in_its_own(load: Load) -> None:
    data = load("Campaign;Cost\nA;1,5\nB;2.5\n")
    assert data.campaigns["Budget"].tolist() == [1.5, 2.5]
    assert said(data, "mixed_numbers") == [(0, "Cost", "", "")]


def test_a_column_of_both_styles_with_a_value_that_reads_both_ways_is_refused(load: Load) -> None:
    with pytest.raises(AmbiguousNumbersError):
        load("Campaign;Cost\nA;1,5\nB;2.5\nC;1.234\n")


def test_text_in_a_measure_is_blank_and_never_zero(load: Load) -> None:
    data = load("Campaign,Clicks,Cost\nA,abc,5\nB,7,n/a\n")
    assert np.isnan(data.campaigns["Clicks"][0])
    assert np.isnan(data.campaigns["Budget"][1])
    assert said(data, "not_a_number") == [(2, "Clicks", "abc", "")]


def test_a_null_mark_of_the_users_own(load: Load, tmp_path: Path) -> None:
    (tmp_path / "own" / "values").mkdir(parents=True)
    marks = 'numbers = ["", "missing"]\ntexts = [""]\n'
    (tmp_path / "own" / "values" / "nulls.toml").write_text(marks, encoding="utf-8")
    data = load("Campaign,Clicks,Cost\nA,missing,5\nB,7,1.5\n", templates=tmp_path / "own")
    assert np.isnan(data.campaigns["Clicks"][0])
    assert said(data, "not_a_number") == []


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["١٢٣٤٫٥٠", "٧"], [1234.5, 7]),
        (["۱٬۲۳۴٫۵۰", "۷"], [1234.5, 7]),
        (["१२,३४,५६७.५०", "७"], [1234567.5, 7]),
        (["１，２３４．５０", "７"], [1234.5, 7]),
        (["$1.2K", "2.05k", "1.5M", "3"], [1200, 2050, 1_500_000, 3]),
        (["1,2 k€", "1,5 Mio. €", "3"], [1200, 1_500_000, 3]),
    ],
)
def test_digits_of_other_scripts_and_letters_for_thousands(load: Load, texts: list[str], values: list[float]) -> None:
    rows = "".join(f"{place};{text}\n" for place, text in enumerate(texts))
    assert load(f"Campaign;Cost\n{rows}").campaigns["Budget"].tolist() == pytest.approx(values)


def test_abbreviated_numbers_come_with_a_warning(load: Load) -> None:
    data = load("Campaign,Clicks,Cost\nA,12.5K,100 MXN\nB,3,200 MXN\n")
    assert data.campaigns["Clicks"].sum() == 12_503
    assert said(data, "abbreviated") == [(2, "Clicks", "12.5K", "")]
