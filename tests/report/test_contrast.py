"""Two platforms compared: which two, their values, who is ahead, and the test of their rates."""

from __future__ import annotations

import pandas as pd
import pytest

from sheetgen.analysis.contrast import State, first_sides, two_proportions
from sheetgen.dataset import Dataset
from sheetgen.values import Value

from .built import built, dataset, row_starting, rows_of


@pytest.mark.parametrize(
    ("cases", "trials", "z", "p"),
    [
        # scipy.stats.chi2_contingency([[500, 9500], [400, 9600]], correction=False): z is the statistic's root.
        ((500, 400), (10_000, 10_000), 3.4109634006443392, 0.0006473378010144572),
        ((90, 120), (1_000, 1_000), -2.1882658846227234, 0.028650240398448427),
        ((15, 20), (100, 110), -0.6179143806533253, 0.5366317789686863),
        ((30, 60), (1_000, 2_000), 0.0, 1.0),
    ],
)
def test_z_and_p_value(cases: tuple[float, float], trials: tuple[float, float], z: float, p: float) -> None:
    found = two_proportions(cases, trials)
    assert found.state is State.TESTED
    assert found.z == pytest.approx(z, rel=1e-12)
    assert found.p == pytest.approx(p, rel=1e-12)


@pytest.mark.parametrize(
    ("cases", "trials", "state"),
    [
        ((None, 4), (100, 100), State.UNKNOWN),
        ((0, 0), (0, 0), State.UNKNOWN),
        ((120, 10), (100, 100), State.NO_SHARE),
        ((4, 5), (100, 100), State.TOO_FEW),
        ((5, 5), (100, 100), State.TESTED),
        ((98, 97), (100, 100), State.TOO_FEW),
        ((0, 30), (0, 300), State.TOO_FEW),
    ],
)
def test_when_there_is_no_test(
    cases: tuple[float | None, float | None], trials: tuple[float | None, float | None], state: State
) -> None:
    assert two_proportions(cases, trials).state is state


@pytest.mark.parametrize(
    ("budgets", "sides"),
    [
        ({"TikTok": 9, "facebook": 1, "Pinterest": 5, "Instagram": 2}, ("facebook", "Instagram")),
        ({"TikTok": 9, "Facebook Ads": 1, "Instagram Ads": 2}, ("Facebook Ads", "Instagram Ads")),
        ({"TikTok": 9, "Facebook": 1, "Pinterest": 5}, ("TikTok", "Pinterest")),
        ({"TikTok": 9, None: 4}, ("TikTok", "(not set)")),
        ({"TikTok": 9}, (None, None)),
    ],
)
def test_the_first_two_platforms(budgets: dict[str | None, float], sides: tuple[str | None, str | None]) -> None:
    rows = pd.DataFrame({"Platform": list(budgets), "Budget": list(budgets.values())}, dtype=object)
    assert first_sides(rows.astype({"Budget": float}), "(not set)") == sides


def pair(first: dict[str, float], second: dict[str, float]) -> Dataset:
    return dataset([{"Platform": "Facebook", **first}, {"Platform": "Instagram", **second}])


PAIR = pair(
    {"Budget": 100, "Impressions": 20_000, "Clicks": 400, "Conversions": 40, "Revenue": 300},
    {"Budget": 100, "Impressions": 20_000, "Clicks": 500, "Conversions": 49},
)
CHOSEN: dict[str, Value] = {"contrast_a": "facebook", "contrast_b": "Instagram"}


@pytest.mark.parametrize(
    ("label", "row"),
    [
        pytest.param("Budget", [100, 100, 0, 0], id="money spent is neither better nor worse"),
        pytest.param("Impressions", [20_000, 20_000, 0, 0, "equal"], id="equal"),
        pytest.param("Clicks", [400, 500, -100, -0.2, "Instagram"], id="more is ahead"),
        pytest.param("CTR", [0.02, 0.025, pytest.approx(-0.005), pytest.approx(-0.2), "Instagram"], id="percentage"),
        pytest.param("CPC", [0.25, 0.2, pytest.approx(0.05), pytest.approx(0.25), "Instagram"], id="cheaper is ahead"),
        pytest.param("Revenue", [300], id="one side only"),
        pytest.param("Reach", [], id="no such data"),
    ],
)
def test_rows_of_the_table(label: str, row: list[Value]) -> None:
    assert row_starting(built("contrast", PAIR, **CHOSEN), label) == row


def note(data: Dataset, **inputs: Value) -> Value:
    return rows_of(built("contrast", data, **inputs))[1][0]


def test_the_note_says_what_keeps_the_table_empty() -> None:
    assert str(note(PAIR, **CHOSEN)).startswith("Difference: the first less the second")
    assert (
        note(PAIR, contrast_a="Facebook", contrast_b="Bing") == "Choose two platforms of the data in the yellow cells."
    )
    assert "choose two different ones" in str(note(PAIR, contrast_a="Facebook", contrast_b="facebook"))
    assert note(PAIR, **CHOSEN, filter_platform="Facebook") == "The platform filter hides a side: set it to All."


def verdicts(data: Dataset, **inputs: Value) -> list[str]:
    return [str(row[0]) for row in rows_of(built("contrast_tests", data, **{**CHOSEN, **inputs}))[7::6]]


def test_verdicts_in_words() -> None:
    assert verdicts(PAIR) == [
        "Instagram gets more clicks per impression: 95% sure.",
        "No difference shown: it may be chance.",
    ]
    assert verdicts(PAIR, set_confidence=0.999)[0] == "Instagram gets more clicks per impression: 99.9% sure."
    assert verdicts(PAIR, set_confidence=None)[0] == "No verdict: Settings has no confidence."


def test_verdicts_where_there_is_no_test() -> None:
    few = pair(
        {"Impressions": 900, "Clicks": 20, "Conversions": 1}, {"Impressions": 900, "Clicks": 30, "Conversions": 2}
    )
    assert verdicts(few)[1] == "Not enough data: fewer than 5 cases expected on a side."
    viewed = pair(
        {"Impressions": 900, "Clicks": 20, "Conversions": 25}, {"Impressions": 900, "Clicks": 30, "Conversions": 2}
    )
    assert verdicts(viewed)[1].startswith("No test: a side has more conversions than clicks")
    assert verdicts(pair({"Clicks": 20}, {"Clicks": 30}))[0] == "No test: a side has no numbers for it."


def test_one_platform_has_nothing_to_compare() -> None:
    alone = dataset([{"Platform": "Facebook", "Budget": 1}])
    for key in ("contrast", "contrast_tests"):
        assert "one platform only" in str(rows_of(built(key, alone))[1][0])
