"""How numbers look in cells: the formats that reports use, in the spreadsheet's locale."""

from __future__ import annotations

import pytest

from sheetgen.values import SheetError
from tests.google.engine import Shown
from tests.google.formats import formatted
from tests.google.locales import locale_named
from tests.google.problem import BeyondDoubleError

EURO = '#,##0.00"\u00a0€";-#,##0.00"\u00a0€";#,##0.00"\u00a0€";"–"'
DOLLAR = '+"$"#,##0;-"$"#,##0;"$"#,##0;""'
SHARE = '#,##0.0%;-#,##0.0%;#,##0.0%;"–"'


def shown(value: Shown, kind: str, pattern: str, locale: str = "en_US") -> str:
    return formatted(
        value, {"userEnteredFormat": {"numberFormat": {"type": kind, "pattern": pattern}}}, locale_named(locale)
    )


@pytest.mark.parametrize(
    ("value", "kind", "pattern", "locale", "text"),
    [
        (1234.5, "CURRENCY", EURO, "en_US", "1,234.50\u00a0€"),
        (1234.5, "CURRENCY", EURO, "fr_FR", "1\u202f234,50\u00a0€"),
        (-1234.5, "CURRENCY", EURO, "de_DE", "-1.234,50\u00a0€"),
        (0.0, "CURRENCY", EURO, "en_US", "0.00\u00a0€"),
        ("", "CURRENCY", EURO, "en_US", "–"),
        (1234.5, "CURRENCY", DOLLAR, "en_US", "+$1,235"),
        (-3.2, "CURRENCY", DOLLAR, "en_US", "-$3"),
        (0.0615, "PERCENT", SHARE, "en_US", "6.2%"),
        (-0.0615, "PERCENT", SHARE, "fr_FR", "-6,2%"),
        (0.125, "PERCENT", '#,##0.0"\u00a0"%', "fr_FR", "12,5\u00a0%"),
        (-7.25, "NUMBER", "#,##0.0", "en_US", "-7.3"),
        (45000.0, "DATE", "d mmm yyyy", "en_US", "15 Mar 2023"),
        (45000.0, "DATE", "mmm yyyy", "fr_FR", "mars 2023"),
        (45000.0, "DATE", "dd/mm/yyyy", "de_DE", "15/03/2023"),
    ],
)
def test_a_number_looks_as_its_format_says(value: Shown, kind: str, pattern: str, locale: str, text: str) -> None:
    assert shown(value, kind, pattern, locale) == text


def test_errors_texts_and_blanks_look_as_they_are() -> None:
    found = [shown(value, "NUMBER", "#,##0") for value in (SheetError("#N/A"), "a", None, True)]
    assert found == ["#N/A", "a", "", "TRUE"]


@pytest.mark.parametrize(("pattern", "locale"), [("0.00E+00", "en_US"), ("[h]:mm", "en_US"), ("d mmm yyyy", "de_DE")])
def test_a_format_that_the_double_does_not_know_is_loud(pattern: str, locale: str) -> None:
    with pytest.raises(BeyondDoubleError, match="the look of the number format"):
        shown(45000.0, "NUMBER", pattern, locale)
