"""The outlook on revenue and ROI: history, the next periods with their interval, and how far to trust them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sheetgen.analysis.outlook import AHEAD, FEWEST, FEWEST_FOR_SEASON
from sheetgen.fields import REVENUE
from sheetgen.formula.tree import Node, call, eq, lt, node
from sheetgen.report.blocks.charts import CHART_ROWS
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.outlook_fit import (
    HIGH,
    HISTORY,
    IS_CLEAR,
    IS_SEASONAL,
    IS_STEADY,
    LAST_X,
    LOW,
    OUTLOOK,
    R_SQUARED,
    REVENUE_OUTLOOK,
    ROI_OUTLOOK,
    STAT,
    Measured,
    N,
    Outlook,
    confidence,
    confidence_formula,
    is_monthly,
)
from sheetgen.report.blocks.outlook_periods import KEY as PERIODS
from sheetgen.report.blocks.outlook_periods import days, first_days, look_back
from sheetgen.report.context import Context
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.sentence import Phrase, either, figure, percentage, plain, sentence
from sheetgen.report.style import Align, Format, Ink, Role, Style

HEAD_ROW, FIRST_ROW = CHART_ROWS, CHART_ROWS + 1
HOW_ROW = FIRST_ROW + AHEAD
TRUST_ROW = HOW_ROW + 2
PERIOD_COLUMNS = 2
LINES = (
    (HISTORY, "History", Ink.ACCENT),
    (OUTLOOK, "Outlook", Ink.SERIES_6),
    (LOW, "Low", Ink.MUTED),
    (HIGH, "High", Ink.MUTED),
)
ENDS = (OUTLOOK, LOW, HIGH)


@dataclass(frozen=True)
class _Page:
    """What the page says of one of the outlooks."""

    ctx: Context
    key: str
    of: Measured
    title: str
    alt: str
    axis: Axis
    look: Format

    def stat(self, row: int) -> Node:
        """A statistic of the line."""
        return self.of.at(row, STAT)


def outlook_revenue(ctx: Context, width: int) -> Block:
    """The outlook on revenue."""
    key, title = "outlook_revenue", ctx.say("Revenue outlook")
    if REVENUE not in ctx.measures or not look_back(ctx).count:
        return message(key, title, ctx.say("No outlook to show: the data have no usable dates."), width)
    page = _Page(
        ctx,
        key,
        REVENUE_OUTLOOK,
        ctx.say("Revenue outlook by {grain}", grain=_grain(ctx)),
        ctx.say("Line chart of revenue by period, and of the outlook on the next ones with its interval."),
        Axis(ctx.currency, Format.MONEY_SHORT, from_zero=True),
        Format.MONEY,
    )
    return _block(page, width)


def outlook_roi(ctx: Context, width: int) -> Block:
    """The outlook on ROI."""
    key, title = "outlook_roi", ctx.say("ROI outlook")
    if not look_back(ctx).count:
        return message(key, title, ctx.say("No outlook to show: the data have no usable dates."), width)
    if ctx.kpi("roi") is None:
        return message(key, title, ctx.say("No outlook to show: the report has no KPI roi."), width)
    page = _Page(
        ctx,
        key,
        ROI_OUTLOOK,
        ctx.say("ROI outlook by {grain}", grain=_grain(ctx)),
        ctx.say("Line chart of return on investment by period, and of the outlook on the next ones with its interval."),
        Axis(ctx.say("ROI (%)"), Format.PERCENT),
        Format.PERCENT,
    )
    return _block(page, width)


def _grain(ctx: Context) -> str:
    return ctx.say("month") if is_monthly(ctx) else ctx.say("week")


def _block(page: _Page, width: int) -> Block:
    ctx, found = page.ctx, page.of.found(page.ctx)
    how, trust = _how(page, found), _trust(page, found)
    muted, words = Style(Role.MUTED, Format.TEXT, wrap=True), Style(Role.MESSAGE, Format.TEXT, wrap=True)
    cells = [
        *_heads(ctx),
        *(cell for j in range(AHEAD) for cell in _row(page, found, j)),
        Cell(HOW_ROW, 0, how.formula, muted, how.expected, rows=2, columns=width),
        Cell(TRUST_ROW, 0, trust.formula, words, trust.expected, rows=3, columns=width),
    ]
    lines = (Series(ctx.say(name), days(ctx), page.of.column(ctx, column), ink) for column, name, ink in LINES)
    chart = Chart(
        ChartKind.LINE,
        page.title,
        page.alt,
        tuple(lines),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        x=Axis(format=Format.MONTH if is_monthly(ctx) else Format.DAY),
        y=page.axis,
        legend=True,
    )
    needs = (page.of.block, PERIODS, "settings")
    return Block(page.key, TRUST_ROW + 3, width, tuple(cells), charts=(chart,), needs=needs)


def _heads(ctx: Context) -> list[Cell]:
    right = Style(Role.HEAD, Format.TEXT, Align.RIGHT)
    first = ctx.say("Month") if is_monthly(ctx) else ctx.say("Week from")
    cells = [Cell(HEAD_ROW, 0, first, Style(Role.HEAD, Format.TEXT), columns=PERIOD_COLUMNS)]
    heads = ("Outlook", "Low", "High")
    return [*cells, *(Cell(HEAD_ROW, PERIOD_COLUMNS + i, ctx.say(head), right) for i, head in enumerate(heads))]


def _row(page: _Page, found: Outlook, j: int) -> list[Cell]:
    """The j-th period ahead: its first day, the outlook and the ends of its interval."""
    ctx, row = page.ctx, FIRST_ROW + j
    place, at = page.stat(LAST_X) + j + 1, int(found.last_x) + j
    none = lt(page.stat(N), FEWEST)
    first_day = None if found.fit is None else first_days(ctx)[at]
    look = Style(Role.LABEL, look_back(ctx).format, Align.LEFT, dash=True)
    day = call("IF", none, "", call("INDEX", days(ctx), place))
    cells = [Cell(row, 0, day, look, first_day, columns=PERIOD_COLUMNS)]
    for i, (column, values) in enumerate(zip(ENDS, (found.middle, found.low, found.high), strict=True)):
        formula = call("IF", none, "", call("INDEX", page.of.column(ctx, column), place))
        value = None if found.fit is None else float(values[at])
        cells.append(Cell(row, PERIOD_COLUMNS + i, formula, Style(Role.BODY, page.look), value))
    return cells


def _how(page: _Page, found: Outlook) -> Phrase:
    """What the outlook is made of."""
    ctx, line = page.ctx, found.fit
    say: Callable[[str], str] = ctx.say
    n, steady = page.stat(N), line is not None and line.r_squared is None
    none = sentence(
        say("No outlook: {n} complete {grain}, and a line takes at least {fewest}."),
        n=figure(n, float(line.n if line else _known(found))),
        grain=plain(say("months") if is_monthly(ctx) else say("weeks")),
        fewest=plain(str(FEWEST)),
    )
    r_squared = either(
        eq(page.stat(IS_STEADY), 1),
        steady,
        plain("–"),
        figure(page.stat(R_SQUARED), None if line is None else line.r_squared, 2),
    )
    some = sentence(
        say("A straight line through {n} complete {grain} (R² {r}), {season}. Low to high holds {sure}% of cases."),
        n=figure(n, None if line is None else float(line.n)),
        grain=plain(say("months") if is_monthly(ctx) else say("weeks")),
        r=r_squared,
        season=_season(page, found),
        sure=percentage(node(confidence_formula(ctx)), confidence(ctx), 0),
    )
    return either(lt(n, FEWEST), line is None, none, some)


def _known(found: Outlook) -> int:
    return int((found.levels == found.levels).sum())


def _season(page: _Page, found: Outlook) -> Phrase:
    if not is_monthly(page.ctx):
        return plain(page.ctx.say("without a season"))
    without = page.ctx.say("without a season (that takes {fewest} months)", fewest=FEWEST_FOR_SEASON)
    seasonal = plain(page.ctx.say("times the index of the month"))
    return either(eq(page.stat(IS_SEASONAL), 1), found.season.is_known, seasonal, plain(without))


def _trust(page: _Page, found: Outlook) -> Phrase:
    """How far to trust it, in plain words."""
    ctx, line = page.ctx, found.fit
    steady = plain(ctx.say("The values hardly vary: the outlook repeats them."))
    unclear = plain(
        ctx.say("No clear trend: the slope may well be chance. Take the outlook as an average with a wide margin.")
    )
    clear = plain(ctx.say("A clear trend so far. It goes on only while budgets, prices and season stay as they were."))
    few = plain(ctx.say("Too little history to look ahead: no line is drawn rather than a made-up one."))
    spread = (
        "" if ctx.shape.daily else ctx.say("Flights are spread evenly over their days, so the true interval is wider.")
    )
    known = either(eq(page.stat(IS_CLEAR), 1), line is not None and line.is_clear, clear, unclear)
    told = either(eq(page.stat(IS_STEADY), 1), line is not None and line.r_squared is None, steady, known)
    warned = sentence("{told} {spread}", told=told, spread=plain(spread)) if spread else told
    return either(lt(page.stat(N), FEWEST), line is None, few, warned)
