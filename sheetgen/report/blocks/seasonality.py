"""The seasonality index as a chart, and what it tells in words."""

from __future__ import annotations

from sheetgen.analysis.best import best_place
from sheetgen.analysis.season import DAYS_IN_YEAR, SEASON_MEASURES, SEASON_MONTHS, Season
from sheetgen.formula.tree import Node, Span, call, eq, lt
from sheetgen.report.blocks.charts import CHART_ROWS
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.season import (
    ALL_DAYS,
    APART,
    INDEX,
    LABEL,
    MEASURE_NO,
    MONTH_NAMES,
    MONTHS,
    NAME,
    POINTS,
    season_of_report,
)
from sheetgen.report.context import Context
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.sentence import Phrase, either, figure, plain, sentence
from sheetgen.report.style import Format, Role, Style

KEY = "seasonality"
CAPTION_ROWS = 2


def seasonality(ctx: Context, width: int) -> Block:
    """Columns of how far each month of the year is from the average day, labelled with its index, and words on it."""
    title = ctx.say("Seasonality index by month (average day = 100)")
    if not ctx.shape.months:
        return message(KEY, title, ctx.say("No months to show: the data have no usable dates."), width)
    apart = ctx.say("Points above or below 100")
    chart = Chart(
        ChartKind.COLUMN,
        title,
        ctx.say("Columns of the seasonality index of each month of the year, above and below the average of 100."),
        (Series(apart, _months(NAME), _months(APART), label_cells=_months(LABEL)),),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        y=Axis(apart, Format.COUNT),
    )
    words = _words(ctx, season_of_report(ctx))
    look = Style(Role.MUTED, Format.TEXT, wrap=True)
    caption = Cell(CHART_ROWS, 0, words.formula, look, words.expected, rows=CAPTION_ROWS, columns=width)
    return Block(KEY, CHART_ROWS + CAPTION_ROWS, width, (caption,), charts=(chart,), needs=(POINTS, MONTHS))


def _months(column: int) -> Span:
    return Span(POINTS, 0, column, len(MONTH_NAMES) - 1, column)


def _words(ctx: Context, season: Season) -> Phrase:
    """What the index tells, or why it tells little or nothing."""
    names = [ctx.say(header) for header in SEASON_MEASURES]
    measure = Phrase(call("CHOOSE", MEASURE_NO, *names), names[season.measure])
    months = call("ROUND", ALL_DAYS * 12 / DAYS_IN_YEAR, 0)
    little = sentence(
        ctx.say(
            "The data cover {days} days, and less than twelve months cannot show a season: "
            "read it as how these months compare. {measure} per day, 100 is the average day."
        ),
        days=figure(ALL_DAYS, season.all_days),
        measure=measure,
    )
    nothing = plain(
        ctx.say("No season to show: what the filters select has no revenue, conversions or clicks by date.")
    )
    told = either(
        lt(months, SEASON_MONTHS), season.months < SEASON_MONTHS, little, _season_words(ctx, season, measure, months)
    )
    return either(eq(call("COUNT", _months(INDEX)), 0), not any(season.indexes), nothing, told)


def _season_words(ctx: Context, season: Season, measure: Phrase, months: Node) -> Phrase:
    told = sentence(
        ctx.say(
            "{measure} per day is highest in {high} ({high_index}) and lowest in {low} ({low_index}), "
            "by {months} months of data."
        ),
        measure=measure,
        months=figure(months, season.months),
        high=_extreme(ctx, season, worst=False),
        high_index=figure(call("MAX", _months(INDEX)), max(_known(season), default=None)),
        low=_extreme(ctx, season, worst=True),
        low_index=figure(call("MIN", _months(INDEX)), min(_known(season), default=None)),
    )
    once = plain(ctx.say("Under two years, growth and season cannot be told apart."))
    shown_once = either(lt(months, 2 * SEASON_MONTHS), season.months < 2 * SEASON_MONTHS, once, plain(""))
    return sentence("{told} {once}", told=told, once=shown_once)


def _extreme(ctx: Context, season: Season, *, worst: bool) -> Phrase:
    """The name of the month with the largest or the smallest index, the first of equals."""
    place = best_place(season.indexes, worst=worst)
    found = call("MATCH", call("MIN" if worst else "MAX", _months(INDEX)), _months(INDEX), 0)
    return Phrase(call("INDEX", _months(NAME), found), ctx.say(MONTH_NAMES[place - 1]) if place else None)


def _known(season: Season) -> list[float]:
    return [index for index in season.indexes if index is not None]
