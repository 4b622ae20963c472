"""Sentences with live numbers: both sides of a template, and numbers written as spreadsheets write them."""

from __future__ import annotations

import pytest

from sheetgen.analysis.rounding import fixed, rounded
from sheetgen.formula.locate import Nowhere
from sheetgen.formula.to_excel import to_excel
from sheetgen.formula.tree import Name, eq
from sheetgen.language import Language
from sheetgen.report.dates import day_phrase
from sheetgen.report.sentence import Phrase, either, figure, number, percentage, plain, sentence, written


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1.01"),
        (-0.04, 1, "0.0"),
        (1_234_567.891, 2, "1,234,567.89"),
        (12.249999999999998, 1, "12.3"),
    ],
)
def test_halves_go_away_from_zero_on_15_digits(value: float, digits: int, text: str) -> None:
    assert fixed(value, digits) == text
    assert rounded(value, digits) == float(text.replace(",", ""))


def excel(phrase: Phrase) -> str:
    return to_excel(phrase.formula, Nowhere("test"), "Overview")


def test_a_template_is_filled_in_on_both_sides() -> None:
    parts = {"platform": written(Name("best"), "Instagram"), "roi": percentage(Name("kpi_roi"), 2.3144)}
    found = sentence("{platform} wins on ROI: {roi}%.", **parts)
    assert found.expected == "Instagram wins on ROI: 231.4%."
    assert excel(found) == 'best&" wins on ROI: "&FIXED(ROUND(ROUND(kpi_roi*100,7),1),1)&"%."'


def test_one_of_two_phrases() -> None:
    found = either(eq(Name("x"), ""), True, plain("nothing"), figure(Name("x"), None))
    assert found.expected == "nothing"
    assert excel(found) == 'IF(x="","nothing",FIXED(ROUND(ROUND(x,6),0),0))'


def test_the_noise_of_a_sum_does_not_decide_a_half() -> None:
    assert figure(Name("x"), 3352.4999999999995).expected == "3,353"
    assert number(Name("x"), 0.12499999999999999, 2).expected == "0.13"


def test_a_number_drops_its_trailing_zeros() -> None:
    assert number(Name("x"), 95.0, 2).expected == "95"
    assert number(Name("x"), 99.9, 2).expected == "99.9"


def test_a_day_in_words() -> None:
    french = Language("fr", {"January": "janvier"})
    assert day_phrase(french, Name("day"), 45659.0).expected == "2 janvier 2025"
