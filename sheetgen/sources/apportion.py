"""Whole amounts split over slots so that they add up exactly: cents and counts, never a rounding left over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Slots:
    """Slots in consecutive runs, one run for each total: `owner` per slot, `first` slot per run."""

    owner: IntArray
    first: IntArray

    @classmethod
    def of_lengths(cls, lengths: IntArray) -> Slots:
        """Runs of these lengths, each at least 1."""
        return cls(np.repeat(np.arange(len(lengths)), lengths), np.cumsum(lengths) - lengths)

    def split(self, rng: np.random.Generator, totals: IntArray, weights: FloatArray) -> IntArray:
        """Each run's total over its slots, by weight: the share rounded down or up, at random in proportion.

        A slot of weight 0 gets nothing; a run whose total is above 0 has a weight above 0.
        """
        mass = np.add.reduceat(weights, self.first)
        per_weight = np.divide(totals, mass, out=np.zeros(len(totals)), where=mass > 0)
        share = weights * per_weight[self.owner]
        parts = np.floor(share).astype(np.int64)
        remainder = share - parts
        delay = rng.exponential(size=len(share))
        np.divide(delay, remainder, out=delay, where=remainder > 0)
        delay[remainder == 0] = np.inf
        order = np.lexsort((delay, self.owner))
        left = totals - np.add.reduceat(parts, self.first)
        rank = np.arange(len(order)) - self.first[self.owner]
        parts[order] += rank < left[self.owner]
        return parts

    def split_within(self, rng: np.random.Generator, totals: IntArray, weights: FloatArray, room: IntArray) -> IntArray:
        """As `split`, with at most `room` in each slot: what a slot cannot take goes to the others of its run.

        Every slot with room has a weight above 0. Raises `ValueError` if the rooms of a run do not hold its total.
        """
        if (totals > np.add.reduceat(room, self.first)).any():
            raise ValueError("the rooms of a run do not hold its total")
        parts = np.zeros(len(room), dtype=np.int64)
        left = totals
        while left.any():
            open_weights = np.where(parts < room, weights, 0.0)
            parts = np.minimum(parts + self.split(rng, left, open_weights), room)
            left = totals - np.add.reduceat(parts, self.first)
        return parts
