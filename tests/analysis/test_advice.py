"""The rules of advice: which one decides, by goal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sheetgen.analysis.advice import (
    ACTIONS,
    Action,
    Evidence,
    Group,
    Limits,
    Reason,
    judge,
    references,
    relative_gap,
    weakest,
)
from sheetgen.analysis.campaign_goals import Goal, goal_of

LIMITS = Limits(
    roi_scale=2.0,
    roi_stop=0.5,
    min_clicks=100,
    min_impressions=1000,
    cost_low=0.25,
    cost_high=0.5,
    ctr_margin=0.2,
    max_frequency=3.5,
)
SOUND = {
    "in_filter": 1.0,
    "goal": float(Goal.CONVERSION),
    "budget": 1000.0,
    "impressions": 50_000.0,
    "engagement": 900.0,
    "clicks": 700.0,
    "frequency": 2.0,
    "measure": 1.0,
    "cost_gap": np.nan,
    "ctr_gap": 0.0,
    "on_weak_platform": False,
}
"""A conversion campaign that no rule applies to."""


def reason(facts: dict[str, object], limits: Limits = LIMITS) -> Reason:
    evidence = Evidence(**{key: np.array([value]) for key, value in {**SOUND, **facts}.items()})
    return Reason(int(judge(evidence, limits)[0]))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Reason.FINE),
        ({"measure": 2.01}, Reason.ROI_HIGH),
        ({"measure": 2.0}, Reason.FINE),
        ({"measure": 0.49}, Reason.ROI_LOW),
        ({"measure": -1.0, "clicks": 99.0}, Reason.FEW_RESULTS),
        ({"measure": 5.0, "clicks": np.nan}, Reason.ROI_HIGH),
        ({"budget": np.nan, "measure": 5.0}, Reason.NO_BUDGET),
        ({"budget": 0.0}, Reason.NO_BUDGET),
        ({"frequency": 3.6}, Reason.FATIGUE),
        ({"frequency": 3.6, "measure": 3.0}, Reason.ROI_HIGH),
        ({"ctr_gap": -0.21}, Reason.CTR_LOW),
        ({"ctr_gap": -0.21, "frequency": 4.0}, Reason.FATIGUE),
        ({"on_weak_platform": True}, Reason.WEAK_PLATFORM),
        ({"measure": np.nan}, Reason.NO_MEASURE),
    ],
)
def test_a_conversion_campaign_is_judged_by_roi(facts: dict[str, object], expected: Reason) -> None:
    assert reason(facts) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"cost_gap": -0.26}, Reason.COST_LOW),
        ({"cost_gap": 0.51}, Reason.COST_HIGH),
        ({"cost_gap": 0.5}, Reason.FINE),
        ({"cost_gap": np.nan}, Reason.FINE),
        ({"clicks": 3.0}, Reason.FINE),
        ({"impressions": 999.0, "cost_gap": -0.9}, Reason.FEW_RESULTS),
        ({"ctr_gap": -0.9, "on_weak_platform": True}, Reason.FINE),
    ],
)
def test_an_awareness_campaign_is_judged_by_cpm_and_never_by_roi(facts: dict[str, object], expected: Reason) -> None:
    assert reason({"goal": float(Goal.AWARENESS), "measure": 4.2, **facts}) is expected


def test_an_engagement_campaign_needs_engagements_not_clicks() -> None:
    seeks_engagement = {"goal": float(Goal.ENGAGEMENT)}
    assert reason({**seeks_engagement, "engagement": 99.0, "clicks": 500.0}) is Reason.FEW_RESULTS
    assert reason({**seeks_engagement, "engagement": 500.0, "clicks": 5.0, "cost_gap": 0.8}) is Reason.COST_HIGH


def test_a_threshold_out_of_reach_switches_its_rule_off() -> None:
    assert reason({"measure": 50.0}, replace(LIMITS, roi_scale=1e15)) is Reason.FINE


def test_a_campaign_outside_the_filters_has_no_advice() -> None:
    facts = {key: np.array([value]) for key, value in {**SOUND, "in_filter": 0.0}.items()}
    assert np.isnan(judge(Evidence(**facts), LIMITS)[0])


def test_every_reason_has_an_action_and_the_last_to_do_is_the_weak_platform() -> None:
    assert set(ACTIONS) == set(Reason)
    idle = {reason for reason in Reason if ACTIONS[reason] in (Action.KEEP, Action.UNKNOWN)}
    assert min(idle) == Reason.WEAK_PLATFORM + 1


def test_a_gap_is_relative_to_the_average() -> None:
    gaps = relative_gap(np.array([3.0, 3.0, np.nan, 3.0]), np.array([2.0, 0.0, 2.0, np.nan]))
    assert gaps[0] == 0.5
    assert np.isnan(gaps[1:]).all()


def test_a_campaign_alone_on_its_platform_is_compared_with_all_of_its_goal() -> None:
    alone, several = Group({}, 9.0, 1.0), Group({}, 4.0, 2.0)
    assert references([alone, several], Group({}, 5.0, 3.0)) == [5.0, 4.0]
    assert references([alone], Group({}, 9.0, 1.0)) == [None]


def test_the_weakest_platform_needs_another_to_compare_with() -> None:
    assert weakest([0.4, None, -0.2, -0.2]) == 2
    assert weakest([None, 0.4]) is None


@pytest.mark.parametrize(
    ("label", "goal"),
    [
        ("Brand Awareness", Goal.AWARENESS),
        ("video_views", Goal.AWARENESS),
        ("OUTCOME-ENGAGEMENT", Goal.ENGAGEMENT),
        ("Notoriété", Goal.AWARENESS),
        ("Sales", Goal.CONVERSION),
        ("view", Goal.CONVERSION),
        ("", Goal.CONVERSION),
    ],
)
def test_a_label_finds_its_goal_whatever_its_signs_and_capitals(label: str, goal: Goal) -> None:
    lists = {Goal.AWARENESS: "Brand awareness, video views, notoriété", Goal.ENGAGEMENT: "outcome engagement"}
    assert goal_of(label, lists) is goal
