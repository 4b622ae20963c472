"""Amounts below zero: credits and refunds lower a total, other negative values are blanked."""

from __future__ import annotations

import pytest

from tests.sources.conftest import Load, said


def test_a_credit_that_the_total_of_the_file_counts(load: Load) -> None:
    data = load("Campaign,Clicks,Cost\nA,10,100\nInvalid clicks,-2,-15.5\nTotal,8,84.5\n")
    assert data.campaigns["Budget"].sum() == 84.5
    assert data.campaigns["Clicks"].sum() == 8
    assert said(data, "total_differs") == []
    assert said(data, "adjustment") == [(3, "Budget", "-15.5", "-15.5"), (3, "Clicks", "-2", "-2")]


@pytest.mark.parametrize("amount", ["-50", "($50.00)", "−50", "50-"])
def test_a_credit_on_a_day_of_its_campaign(load: Load, amount: str) -> None:
    data = load(f"Campaign,Day,Clicks,Cost\nA,2025-03-01,10,100\nA,2025-03-02,0,{amount}\n")
    assert data.campaigns["Budget"].tolist() == [50]
    assert data.daily is not None
    assert data.daily["Budget"].tolist() == [100, -50]


def test_a_refund_on_a_day_with_sales(load: Load) -> None:
    data = load("Campaign,Day,Clicks,Cost,Revenue\nA,2025-03-01,10,9,500\nA,2025-03-02,10,9,-120.5\n")
    assert data.campaigns["Revenue"].tolist() == [379.5]


def test_a_credit_without_delivery_stands_for_itself(load: Load) -> None:
    data = load("Campaign,Impressions,Clicks,Cost\nA,100,10,100\nCoupon,0,,-20\n")
    assert data.campaigns["Budget"].tolist() == [100, -20]


def test_delivery_for_less_than_nothing_is_blanked(load: Load) -> None:
    data = load("Campaign,Impressions,Clicks,Cost\nA,100,10,100\nB,100,10,-20\n")
    assert data.campaigns["Budget"].sum() == 100
    assert said(data, "negative_value") == [(3, "Budget", "-20", "")]


def test_counts_below_zero_are_blanked_where_no_total_counts_them(load: Load) -> None:
    data = load("Campaign,Day,Clicks,Cost\nA,2025-03-01,10,100\nA,2025-03-02,-3,5\n")
    assert data.campaigns["Clicks"].tolist() == [10]
    assert said(data, "negative_value") == [(3, "Clicks", "-3", "")]
