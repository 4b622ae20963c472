"""Sample campaigns over the hours of their flights: each hour's measures, adding up to the totals exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.sources.apportion import FloatArray, IntArray, Slots
from sheetgen.sources.sample_campaigns import Flights, Measures
from sheetgen.sources.sample_market import Market
from sheetgen.sources.sample_period import Period


@dataclass(frozen=True)
class Hours:
    """One element per campaign, day and hour with impressions; `campaign` and `day` are indices, `hour` 0 to 23."""

    campaign: IntArray
    day: IntArray
    hour: IntArray
    measures: Measures


def spread_hours(rng: np.random.Generator, market: Market, flights: Flights, totals: Measures, period: Period) -> Hours:
    """Deliver the totals hour by hour, when each platform delivers and when people buy.

    In every hour reach, clicks and engagement are at most the impressions, and conversions at most the clicks.
    """
    slots = Slots.of_lengths(flights.days * 24)
    place = np.arange(len(slots.owner)) - slots.first[slots.owner]
    day, hour = flights.start[slots.owner] + place // 24, place % 24

    def swing() -> FloatArray:
        return rng.lognormal(0.0, market.hour_noise, len(place))

    delivery = _delivery(rng, market, flights, period) * swing()
    buying = market.buying_hours[hour] * (market.buying_weekdays[period.weekday] * market.demand[period.month])[day]
    impressions = slots.split(rng, totals.impressions, delivery)
    clicks = slots.split_within(rng, totals.clicks, impressions * swing(), impressions)
    conversions = slots.split_within(rng, totals.conversions, clicks * buying * swing(), clicks)
    measures = Measures(
        budget=slots.split(rng, totals.budget, impressions * swing()),
        impressions=impressions,
        reach=slots.split_within(rng, totals.reach, impressions * swing(), impressions),
        clicks=clicks,
        engagement=slots.split_within(rng, totals.engagement, impressions * swing(), impressions),
        conversions=conversions,
        revenue=slots.split(rng, totals.revenue, conversions * swing()),
    )
    shown = impressions > 0
    return Hours(slots.owner[shown], day[shown], hour[shown], measures.at(shown))


def _delivery(rng: np.random.Generator, market: Market, flights: Flights, period: Period) -> FloatArray:
    """Weight of each hour of each flight: the platform's week and day, the month's demand, good days and bad."""
    runs = Slots.of_lengths(flights.days)
    platform = flights.platform[runs.owner]
    day = flights.start[runs.owner] + np.arange(len(platform)) - runs.first[runs.owner]
    weekdays = np.array([one.weekdays for one in market.platforms])
    hours = np.array([one.hours for one in market.platforms])
    daily = rng.lognormal(0.0, market.day_noise, len(day))
    daily *= weekdays[platform, period.weekday[day]] * market.demand[period.month[day]]
    return np.ravel(daily[:, np.newaxis] * hours[platform])
