"""Splitting whole totals over slots: exact, in proportion, within room."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.sources.apportion import IntArray, Slots

SEEDS = st.integers(0, 2**32)
RUNS = st.lists(st.lists(st.integers(0, 1000), min_size=1, max_size=30), min_size=1, max_size=6)


def _slots(runs: list[list[int]]) -> Slots:
    return Slots.of_lengths(np.array([len(run) for run in runs]))


def _flat(runs: list[list[int]]) -> IntArray:
    return np.array([value for run in runs for value in run], dtype=np.int64)


def _sums(parts: IntArray, runs: list[list[int]]) -> list[int]:
    ends = np.cumsum([len(run) for run in runs])
    return [int(run.sum()) for run in np.split(parts, ends[:-1])]


def test_whole_shares_are_given_as_they_are() -> None:
    slots = _slots([[1, 1, 2], [3, 1]])
    parts = slots.split(np.random.default_rng(1), np.array([8, 40]), np.array([1.0, 1.0, 2.0, 3.0, 1.0]))
    assert parts.tolist() == [2, 2, 4, 30, 10]


def test_a_share_is_rounded_down_or_up_in_proportion() -> None:
    slots = _slots([[1, 3]])
    rng = np.random.default_rng(7)
    seconds = [int(slots.split(rng, np.array([1]), np.array([1.0, 3.0]))[1]) for _ in range(2000)]
    assert np.mean(seconds) == pytest.approx(0.75, abs=0.03)


def test_what_a_full_slot_cannot_take_goes_to_the_others() -> None:
    slots = _slots([[0, 0, 0]])
    room = np.array([2, 100, 100])
    parts = slots.split_within(np.random.default_rng(1), np.array([12]), np.array([98.0, 1.0, 1.0]), room)
    assert parts.tolist() == [2, 5, 5]


def test_too_little_room_is_refused() -> None:
    with pytest.raises(ValueError, match="do not hold"):
        _slots([[0, 0]]).split_within(np.random.default_rng(1), np.array([5]), np.array([1.0, 1.0]), np.array([2, 2]))


@given(SEEDS, RUNS, st.integers(0, 10**9))
def test_parts_add_up_and_stay_next_to_their_share(seed: int, runs: list[list[int]], total: int) -> None:
    totals = np.array([total if any(run) else 0 for run in runs])
    parts = _slots(runs).split(np.random.default_rng(seed), totals, _flat(runs).astype(np.float64))
    assert _sums(parts, runs) == totals.tolist()
    shares = [total * weight / sum(run) if any(run) else 0.0 for run in runs for weight in run]
    assert np.abs(parts - np.array(shares)).max() < 1.001
    assert not parts[_flat(runs) == 0].any()


@given(SEEDS, RUNS, st.floats(0, 1))
def test_parts_add_up_within_their_room(seed: int, runs: list[list[int]], filled: float) -> None:
    rng = np.random.default_rng(seed)
    room = _flat(runs)
    totals = np.array([int(sum(run) * filled) for run in runs])
    parts = _slots(runs).split_within(rng, totals, room * rng.lognormal(0, 2, len(room)), room)
    assert _sums(parts, runs) == totals.tolist()
    assert (parts <= room).all()
    assert (parts >= 0).all()
