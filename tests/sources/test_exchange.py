"""Money of several currencies is converted at the rates that the user gives, or refused."""

from __future__ import annotations

import pytest

from sheetgen.errors import MixedCurrenciesError
from tests.sources.conftest import Load, said

MIXED = "Campaign,Currency,Cost,Revenue,Clicks\nA,USD,100,200,5\nB,EUR,10,30,6\n"


def test_rows_of_several_currencies_at_the_users_rate(load: Load) -> None:
    data = load(MIXED, rates=(("USD", 0.5),))
    assert data.campaigns[["Budget", "Revenue", "Clicks"]].to_numpy().tolist() == [[50, 100, 5], [10, 30, 6]]
    assert data.currency == "EUR"
    assert said(data, "money_converted") == [(0, "", "1 USD", "0.5 EUR")]


def test_files_of_several_currencies_at_the_users_rate(load: Load) -> None:
    data = load("Campaign,Cost (USD)\nA,100\n", "Campaign,Cost (EUR)\nB,10\n", rates=(("USD", 0.5),))
    assert data.campaigns["Budget"].tolist() == [50, 10]
    assert data.currency == "EUR"


def test_with_a_rate_for_each_currency_the_report_names_its_own(load: Load) -> None:
    data = load(MIXED, rates=(("USD", 0.5), ("EUR", 2.0)))
    assert data.campaigns["Budget"].tolist() == [50, 20]
    assert data.currency is None


@pytest.mark.parametrize("text", [MIXED + "C,GBP,1,1,1\n", MIXED + "C,,1,1,1\n"])
def test_a_currency_without_a_rate_is_refused(load: Load, text: str) -> None:
    with pytest.raises(MixedCurrenciesError, match="--rate"):
        load(text, rates=(("USD", 0.5),))


SIGNS = "Campaign,Cost,Revenue,Clicks\nA,$100.50,$200,5\nB,€10,30 €,6\nC,0,,1\n"


def test_several_signs_in_one_column_at_the_users_rate(load: Load) -> None:
    data = load(SIGNS, rates=(("USD", 0.5),))
    assert data.campaigns["Budget"].tolist() == [50.25, 10, 0]
    assert data.campaigns["Revenue"].sum() == 130
    assert data.currency == "EUR"


@pytest.mark.parametrize(
    ("text", "rates"), [(SIGNS, ()), (SIGNS + "D,5,,1\n", (("USD", 0.5),)), (SIGNS + "D,$5,€5,1\n", (("USD", 0.5),))]
)
def test_several_signs_without_a_rate_or_beside_bare_money_are_refused(
    load: Load, text: str, rates: tuple[tuple[str, float], ...]
) -> None:
    with pytest.raises(MixedCurrenciesError):
        load(text, rates=rates)
