"""Sample campaigns drawn from a market: who runs where and when, and the seven totals of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sheetgen.sources.apportion import FloatArray, IntArray
from sheetgen.sources.sample_market import RATES, Market, Response, Segment
from sheetgen.sources.sample_period import Period
from sheetgen.sources.sample_section import Span

CTR_PULL, CONVERSION_PULL = 0.25, 0.5
"""How much of a campaign's better or worse return shows in its CTR and conversion rate; order value takes the rest."""

ALMOST_ONE = 1 - 1e-9
"""Keeps a rounding of 0.999… from naming the segment, or the day, after the last."""


@dataclass(frozen=True)
class Flights:
    """One element per campaign, by start: index of platform and type, first day of the period, days."""

    platform: IntArray
    kind: IntArray
    start: IntArray
    days: IntArray


@dataclass(frozen=True)
class Measures:
    """Whole numbers, one element per campaign or hour: money in cents, the rest in counts; in canonical order."""

    budget: IntArray
    impressions: IntArray
    reach: IntArray
    clicks: IntArray
    engagement: IntArray
    conversions: IntArray
    revenue: IntArray

    def at(self, rows: npt.NDArray[np.bool_]) -> Measures:
        """The measures of these rows."""
        return Measures(**{name: values[rows] for name, values in vars(self).items()})


def draw_flights(rng: np.random.Generator, market: Market, campaigns: int, period: Period) -> Flights:
    """Platforms and types by their shares; starts spread evenly, each flight inside the period."""
    longest = len(period.dates)
    lengths = np.array([days for days in market.flight_days if days <= longest] or [longest])
    days = rng.choice(lengths, campaigns)
    start = (_evenly(rng, campaigns) * (longest - days + 1)).astype(np.int64)
    order = np.lexsort((days, start))
    return Flights(
        platform=_by_share(rng, market.platforms, campaigns),
        kind=_by_share(rng, market.types, campaigns),
        start=start[order],
        days=days[order],
    )


def draw_measures(rng: np.random.Generator, market: Market, flights: Flights, period: Period) -> Measures:
    """The totals of each flight: dear and eager months, diminishing returns, a few winners and losers."""
    budget = _draw_budget(rng, market, len(flights.days))
    saturation = (budget / market.median_budget) ** (1 - market.response.elasticity)
    rates = {name: _draw_rate(rng, market, flights, name) for name in RATES}
    rates["cpm"] *= _mean_in_flight(market.price[period.month], flights)
    rates["frequency"] *= np.sqrt(saturation)
    rates["conversion_rate"] *= _mean_in_flight(market.demand[period.month], flights)

    expected_roas = 1000 / rates["cpm"] * rates["ctr"] * rates["conversion_rate"] * rates["order_value"]
    roas = _draw_roas(rng, market.response, expected_roas) / saturation
    rates["ctr"] *= (roas / expected_roas) ** CTR_PULL
    rates["conversion_rate"] *= (roas / expected_roas) ** CONVERSION_PULL
    rates.update({name: _within(rates[name], limits) for name, limits in market.limits.items()})

    impressions = np.maximum(_whole(budget / rates["cpm"] * 1000), 1)
    reach = np.maximum(_whole(impressions / rates["frequency"]), 1)
    clicks = _whole(impressions * rates["ctr"])
    conversions = _whole(clicks * rates["conversion_rate"])
    return Measures(
        budget=_whole(budget * 100),
        impressions=impressions,
        reach=reach,
        clicks=clicks,
        engagement=_whole(reach * rates["engagement_rate"]),
        conversions=conversions,
        revenue=np.where(conversions > 0, _whole(budget * roas * 100), 0),
    )


def _draw_budget(rng: np.random.Generator, market: Market, size: int) -> FloatArray:
    drawn = market.median_budget * rng.lognormal(0.0, market.budget_spread, size)
    return np.maximum(drawn, market.minimum_budget).round(2)


def _draw_rate(rng: np.random.Generator, market: Market, flights: Flights, name: str) -> FloatArray:
    platform = np.array([segment.factors[name] for segment in market.platforms])
    kind = np.array([segment.factors[name] for segment in market.types])
    level = rng.lognormal(np.log(market.levels[name]), market.response.noise, len(flights.days))
    level *= platform[flights.platform] * kind[flights.kind]
    return level


def _draw_roas(rng: np.random.Generator, response: Response, expected: FloatArray) -> FloatArray:
    """ROAS at median budget: as expected, within the usual range, but for the shares of losers and winners."""
    usual = _within(expected, Span(1 + response.roi.low, 1 + response.roi.high))
    losers = 1 + rng.uniform(response.loser_roi.low, response.loser_roi.high, len(expected))
    winners = 1 + rng.uniform(response.winner_roi.low, response.winner_roi.high, len(expected))
    fate = _evenly(rng, len(expected))
    return np.select([fate < response.loser_share, fate >= 1 - response.winner_share], [losers, winners], usual)


def _within(values: FloatArray, limits: Span) -> FloatArray:
    """Values drawn smoothly into the limits: kept in the middle, compressed towards the ends."""
    low, high = np.log(limits.low), np.log(limits.high)
    middle, half = (low + high) / 2, (high - low) / 2
    return np.asarray(np.exp(middle + half * np.tanh((np.log(values) - middle) / half)))


def _mean_in_flight(daily: FloatArray, flights: Flights) -> FloatArray:
    before = np.concatenate([[0.0], np.cumsum(daily)])
    return np.asarray((before[flights.start + flights.days] - before[flights.start]) / flights.days)


def _by_share(rng: np.random.Generator, segments: Sequence[Segment], size: int) -> IntArray:
    shares = np.cumsum([segment.share for segment in segments])
    return np.searchsorted(shares / shares[-1], _evenly(rng, size), side="right")


def _evenly(rng: np.random.Generator, size: int) -> FloatArray:
    """Numbers in [0, 1), one in each of `size` equal parts, shuffled: shares hold for few campaigns too."""
    spread = (np.arange(size) + rng.random(size)) / size
    return rng.permutation(np.minimum(spread, ALMOST_ONE))


def _whole(values: FloatArray) -> IntArray:
    return np.rint(values).astype(np.int64)
