"""Rates in a file are computed again from their rows, and the largest difference is told."""

from __future__ import annotations

import pytest

from tests.sources.conftest import Load, said


@pytest.mark.parametrize(
    ("header", "values"),
    [("CTR", ("2.00%", "5.00%")), ("CTR", ("2.00", "5.00")), ("CTR", ("0.02", "0.05")), ("Taux de clics", ("2", "5"))],
)
def test_a_rate_agrees_as_a_percentage_or_a_ratio(load: Load, header: str, values: tuple[str, str]) -> None:
    data = load(f"Campaign,Clicks,Impressions,{header}\nA,20,1000,{values[0]}\nB,5,100,{values[1]}\n")
    assert [line.field for line in data.ledger.lines if line.code == "rate_agrees"] == [header]
    assert said(data, "rate_differs") == []


def test_a_rate_that_differs_names_its_row(load: Load) -> None:
    data = load("Campaign,Clicks,Impressions,Cost,CPC,CPM\nA,20,1000,40,2.00,40\nB,10,100,30,3.50,300\n")
    assert said(data, "rate_differs") == [(3, "CPC", "3.5", "3 (14.13%)")]
    assert [field for _, field, *_ in said(data, "rate_agrees")] == ["CPM"]


def test_rounding_is_no_difference(load: Load) -> None:
    data = load("Campaign,Impressions,Clicks,Cost,CPC\nA,9,7,1,0.14\nB,9,3,1,0.33\n")
    assert len(said(data, "rate_agrees")) == 1


def test_rates_of_link_clicks_and_of_all_clicks_are_told_apart(load: Load) -> None:
    data = load(
        "Campaign name,Impressions,Link clicks,Clicks (all),CTR (all),CTR (link click-through rate)\n"
        "A,1000,20,50,5,2\nB,100,1,2,2,1\n"
    )
    assert [field for _, field, *_ in said(data, "rate_agrees")] == ["CTR (all)", "CTR (link click-through rate)"]


def test_a_total_that_agrees_is_told_beside_the_sum(load: Load) -> None:
    data = load("Campaign,Clicks,Cost\nA,1,5.04\nB,2,6\nTotal,3,11\n")
    assert said(data, "total_agrees") == [(4, "Budget", "11", "11.04"), (4, "Clicks", "3", "3")]
