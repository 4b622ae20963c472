"""The market that sample campaigns are drawn from: the numbers of `templates/sample.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from sheetgen.sources.apportion import FloatArray
from sheetgen.sources.sample_section import FACTOR, RATE, SHARE, Bounds, Section, Span

RATES: tuple[str, ...] = ("cpm", "frequency", "ctr", "engagement_rate", "conversion_rate", "order_value")
"""What has a level and factors, in the order in which it is drawn."""

MONEY = Bounds(0, 1_000_000)
FREQUENCY = Bounds(1, 100, closed=True)
RETURN = Bounds(-1, 100)
LEVEL_BOUNDS: Mapping[str, Bounds] = {
    "cpm": MONEY,
    "frequency": FREQUENCY,
    "ctr": RATE,
    "engagement_rate": RATE,
    "conversion_rate": RATE,
    "order_value": MONEY,
}
LIMIT_BOUNDS: Mapping[str, Bounds] = {
    "cpm": Bounds(0.1, 10_000, closed=True),
    "frequency": FREQUENCY,
    "ctr": RATE,
    "engagement_rate": RATE,
    "conversion_rate": RATE,
}

TOP: tuple[str, ...] = (
    *("levels", "limits", "budget", "flight", "response", "months", "delivery", "buying"),
    *("types", "platforms", "locales", "brands", "themes"),
)


@dataclass(frozen=True)
class Segment:
    """A campaign type or a platform: its part of the campaigns and a factor for each of `RATES`."""

    name: str
    share: float
    factors: Mapping[str, float]


@dataclass(frozen=True)
class Platform(Segment):
    """A platform and when it delivers: 7 factors from Monday, 24 from midnight."""

    weekdays: FloatArray
    hours: FloatArray


@dataclass(frozen=True)
class Response:
    """How revenue follows budget, and the ROI of most campaigns, of winners and of losers."""

    elasticity: float
    noise: float
    roi: Span
    winner_share: float
    winner_roi: Span
    loser_share: float
    loser_roi: Span


@dataclass(frozen=True)
class Market:
    """All numbers of the sample template; `price` and `demand` are 12 factors from January."""

    levels: Mapping[str, float]
    limits: Mapping[str, Span]
    median_budget: float
    budget_spread: float
    minimum_budget: float
    flight_days: tuple[int, ...]
    response: Response
    day_noise: float
    hour_noise: float
    price: FloatArray
    demand: FloatArray
    buying_weekdays: FloatArray
    buying_hours: FloatArray
    types: tuple[Segment, ...]
    platforms: tuple[Platform, ...]


def read_market(root: Section) -> Market:
    """Check and read the numbers of the template; `TemplateError` at the first that cannot be used."""
    root.allow(TOP)
    budget, months, buying = root.section("budget"), root.section("months"), root.section("buying")
    budget.allow(("median", "spread", "minimum"))
    months.allow(("price", "demand"))
    buying.allow(("weekdays", "hours"))
    flight = root.section("flight")
    flight.allow(("days",))
    delivery = root.section("delivery")
    delivery.allow(("day_noise", "hour_noise"))
    return Market(
        levels=_read_levels(root.section("levels")),
        limits=_read_limits(root.section("limits")),
        median_budget=budget.number("median", MONEY),
        budget_spread=budget.number("spread", SHARE),
        minimum_budget=budget.number("minimum", MONEY),
        flight_days=flight.whole_numbers("days", 1, 366),
        response=_read_response(root.section("response")),
        day_noise=delivery.number("day_noise", SHARE),
        hour_noise=delivery.number("hour_noise", SHARE),
        price=months.factors("price", 12),
        demand=months.factors("demand", 12),
        buying_weekdays=buying.factors("weekdays", 7),
        buying_hours=buying.factors("hours", 24),
        types=tuple(_read_type(name, section) for name, section in root.sections("types")),
        platforms=tuple(_read_platform(name, section) for name, section in root.sections("platforms")),
    )


def _read_levels(section: Section) -> dict[str, float]:
    section.allow(RATES)
    return {name: section.number(name, bounds) for name, bounds in LEVEL_BOUNDS.items()}


def _read_limits(section: Section) -> dict[str, Span]:
    section.allow(tuple(LIMIT_BOUNDS))
    return {name: section.span(name, bounds) for name, bounds in LIMIT_BOUNDS.items()}


def _read_response(section: Section) -> Response:
    section.allow(tuple(field.name for field in fields(Response)))
    response = Response(
        elasticity=section.number("elasticity", RATE),
        noise=section.number("noise", SHARE),
        roi=section.span("roi", RETURN),
        winner_share=section.number("winner_share", SHARE),
        winner_roi=section.span("winner_roi", RETURN),
        loser_share=section.number("loser_share", SHARE),
        loser_roi=section.span("loser_roi", RETURN),
    )
    together = response.winner_share + response.loser_share
    if together > 1:
        problem = f"winner_share and loser_share make {together:g} together."
        raise section.error("loser_share", problem, "Lower them: at most 1 together.")
    return response


def _read_type(name: str, section: Section) -> Segment:
    section.allow(("share", *RATES, "audiences"))
    return Segment(name, section.number("share", RATE), _read_factors(section))


def _read_platform(name: str, section: Section) -> Platform:
    section.allow(("share", *RATES, "weekdays", "hours", "formats"))
    return Platform(
        name=name,
        share=section.number("share", RATE),
        factors=_read_factors(section),
        weekdays=section.factors("weekdays", 7),
        hours=section.factors("hours", 24),
    )


def _read_factors(section: Section) -> dict[str, float]:
    return {name: section.number(name, FACTOR, default=1.0) for name in RATES}
