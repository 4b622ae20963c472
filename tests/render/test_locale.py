"""Locales: the number format codes of a language and a currency."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.styles.numbers import is_date_format

from sheetgen.errors import OptionError, TemplateError
from sheetgen.report.locale import load_locale
from sheetgen.report.style import Format


@pytest.mark.parametrize(
    ("lang", "currency", "format", "code"),
    [
        ("en", "EUR", Format.COUNT, '#,##0;-#,##0;#,##0;"–"'),
        ("en", "USD", Format.MONEY, '"$"#,##0;-"$"#,##0;"$"#,##0;"–"'),
        ("en", "USD", Format.MONEY_CENTS, '"$"#,##0.00;-"$"#,##0.00;"$"#,##0.00;"–"'),
        ("en", "JPY", Format.MONEY_CENTS, '"¥"#,##0;-"¥"#,##0;"¥"#,##0;"–"'),
        ("en", "KWD", Format.MONEY_CENTS, '"KWD\u00a0"#,##0.000;-"KWD\u00a0"#,##0.000;"KWD\u00a0"#,##0.000;"–"'),
        ("en", "", Format.MONEY, '#,##0;-#,##0;#,##0;"–"'),
        ("en", "EUR", Format.PERCENT_WHOLE, '#,##0%;-#,##0%;#,##0%;"–"'),
        ("en", "EUR", Format.PERCENT, '#,##0.0%;-#,##0.0%;#,##0.0%;"–"'),
        ("en", "EUR", Format.SIGNED_PERCENT, '+#,##0.0%;-#,##0.0%;#,##0.0%;"–"'),
        ("en", "EUR", Format.MULTIPLE, '#,##0.00"×";-#,##0.00"×";#,##0.00"×";"–"'),
        ("en", "EUR", Format.DATE, '[$-409]d mmm yyyy;"–";"–";"–"'),
        ("en", "EUR", Format.MONEY_SHORT, '[>=999950]"€"#,##0.0,,"M";[>=1000]"€"0.0,"K";"€"#,##0;"–"'),
        ("fr", "EUR", Format.MONEY, '[$-40C]#,##0"\u00a0€";[$-40C]-#,##0"\u00a0€";[$-40C]#,##0"\u00a0€";"–"'),
        ("fr", "EUR", Format.PERCENT, '[$-40C]#,##0.0"\u00a0"%;[$-40C]-#,##0.0"\u00a0"%;[$-40C]#,##0.0"\u00a0"%;"–"'),
        ("fr", "EUR", Format.MONTH, '[$-40C]mmm yyyy;"–";"–";"–"'),
        ("fr", "EUR", Format.DATE, 'dd/mm/yyyy;"–";"–";"–"'),
        (
            "fr",
            "EUR",
            Format.MONEY_SHORT,
            '[>=999950][$-40C]#,##0.0,,"\u00a0M€";[>=1000][$-40C]0.0,"\u00a0k€";[$-40C]#,##0"\u00a0€";"–"',
        ),
    ],
)
def test_a_format_is_written_as_language_and_currency_want(lang: str, currency: str, format: Format, code: str) -> None:
    assert load_locale(lang, currency).pattern(format) == code


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_format_has_a_code_and_only_dates_look_like_dates(lang: str) -> None:
    locale = load_locale(lang, "EUR")
    dates = {format for format in Format if is_date_format(locale.pattern(format))}
    assert dates == {Format.DATE, Format.MONTH, Format.DAY}


def test_blanks_may_show_as_nothing() -> None:
    assert load_locale("en", "EUR").pattern(Format.COUNT, dash=False) == '#,##0;-#,##0;#,##0;""'


@pytest.mark.parametrize(
    ("format", "code"),
    [
        (Format.PERCENT, "#,##0.0%;-#,##0.0%;"),
        (Format.COUNT, "#,##0;-#,##0;"),
        (Format.MONEY_SHORT, '[>=999950]"€"#,##0.0,,"M";[>=1000]"€"0.0,"K";#,###'),
        (Format.GENERAL, "General"),
    ],
)
def test_the_label_of_a_zero_shows_nothing(format: Format, code: str) -> None:
    assert load_locale("en", "EUR").label(format) == code


@pytest.mark.parametrize("currency", ["eur", "EURO", "€"])
def test_a_currency_is_an_iso_code(currency: str) -> None:
    with pytest.raises(OptionError, match=f"--currency: '{currency}' is not allowed. Allowed: an ISO code"):
        load_locale("en", currency)


def test_a_language_gives_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "de.toml").write_text('[formats]\nmoney = "{number} {symbol}"', encoding="utf-8")
    locale = load_locale("de", "EUR", tmp_path)
    assert locale.pattern(Format.MONEY) == '#,##0 "€";-#,##0 "€";#,##0 "€";"–"'
    assert locale.pattern(Format.MONTH) == load_locale("en").pattern(Format.MONTH)


@pytest.mark.parametrize("value", ["7", '"{amount} €"', '"{"'])
def test_a_mistake_in_a_language_is_said_with_its_place(value: str, tmp_path: Path) -> None:
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "de.toml").write_text(f"[formats]\nmoney = {value}", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"languages/de.toml: \[formats\] money: .* cannot be read"):
        load_locale("de", "EUR", tmp_path)
