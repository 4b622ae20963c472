"""The catalog of blocks that a report template can name."""

from __future__ import annotations

from collections.abc import Callable

from sheetgen.report.blocks import (
    best_times,
    breakdown,
    campaigns,
    cards,
    charts,
    clock,
    contrast,
    dimension,
    finer,
    guide,
    headline,
    heat,
    heatmap,
    insights,
    leaders,
    periods,
    previous,
    proportions,
    quality,
    ranking,
    scope,
    season,
    seasonality,
    settings,
    sides,
    standings,
    title,
    top,
    trend,
    verdicts,
    winners,
)
from sheetgen.report.blocks.page import page_head
from sheetgen.report.context import Context
from sheetgen.report.model import Block

Builder = Callable[[Context, int], Block]
"""Builds a block for a context and a width in grid columns."""


def _fixed(build: Callable[[Context], Block]) -> Builder:
    """A block whose width does not depend on the page."""
    return lambda ctx, _width: build(ctx)


BLOCKS: dict[str, Builder] = {
    "title": title.title,
    "filters": title.filters,
    "analysis_head": page_head("analysis_head", "Analysis"),
    "optimization_head": page_head("optimization_head", "Optimization"),
    "cards": cards.cards,
    "winners_losers": winners.winners_losers,
    "roi_ends": _fixed(winners.roi_ends),
    "benchmark_table": standings.benchmark_table,
    "insights": insights.insights,
    "leaders": _fixed(leaders.leaders),
    "previous": _fixed(previous.previous),
    "contrast": contrast.contrast,
    "contrast_tests": verdicts.contrast_tests,
    "contrast_sides": _fixed(sides.contrast_sides),
    "contrast_scores": _fixed(proportions.contrast_scores),
    "roi_trend": trend.roi_trend,
    "top_campaigns": top.top_campaigns,
    "platform_bars": charts.platform_bars,
    "headline": _fixed(headline.headline),
    "by_platform": _fixed(breakdown.by_platform),
    "by_type": _fixed(breakdown.by_type),
    "by_month": _fixed(periods.by_month),
    "by_weekday": _fixed(clock.by_weekday),
    "trend": _fixed(periods.trend),
    "trend_points": _fixed(trend.trend_points),
    "week_points": _fixed(trend.week_points),
    "month_points": _fixed(trend.month_points),
    "weekly_trend": trend.weekly_trend,
    "monthly_trend": trend.monthly_trend,
    "by_hour": _fixed(clock.by_hour),
    "weekday_points": _fixed(clock.weekday_points),
    "weekday_bars": clock.weekday_bars,
    "by_weekday_scores": _fixed(best_times.by_weekday_scores),
    "by_hour_scores": _fixed(best_times.by_hour_scores),
    "best_times": best_times.best_times,
    "season_months": _fixed(season.season_months),
    "season_points": _fixed(season.season_points),
    "seasonality": seasonality.seasonality,
    "heat": _fixed(heat.heat),
    "heatmap": heatmap.heatmap,
    "campaigns": _fixed(campaigns.campaigns),
    "daily": _fixed(finer.daily),
    "hours": _fixed(finer.hours),
    "scope": _fixed(scope.scope),
    "ranking": _fixed(ranking.ranking),
    "ranked": _fixed(ranking.ranked),
    "platforms": _fixed(dimension.platforms),
    "types": _fixed(dimension.types),
    "settings": _fixed(settings.settings),
    "benchmarks": _fixed(settings.benchmarks),
    "balance": _fixed(quality.balance),
    "agreement": _fixed(quality.agreement),
    "origins": _fixed(quality.origins),
    "issues": _fixed(quality.issues),
    "ledger": _fixed(quality.ledger),
    "contents": _fixed(guide.contents),
    "how_to": _fixed(guide.how_to),
    "kpi_dictionary": _fixed(guide.kpi_dictionary),
}
KNOWN_BLOCKS = frozenset(BLOCKS)
