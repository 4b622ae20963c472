"""The best and the worst campaigns by ROI, side by side, with the money each made or lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.contrast import difference
from sheetgen.fields import BUDGET, REVENUE
from sheetgen.formula.tree import At, Column, Node, call, eq, gt, lt
from sheetgen.kpis import Kpi
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.ranking import ranked_row
from sheetgen.report.blocks.top import (
    at_row,
    campaign_label,
    campaign_label_value,
    of_campaign,
    ranked_value,
    ranking_named,
)
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format, summary_format
from sheetgen.report.model import Area, Block, Cell, ColorWhen, Rule
from sheetgen.report.ranking import Ranking
from sheetgen.report.sentence import Phrase, either, figure, plain, sentence
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.report.sums import CAMPAIGNS, campaign_facts

KEY, ENDS = "winners_losers", "roi_ends"
SHOWN = 5
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)
ROWS = 2
"""Of each campaign: its name, and under it the platform and the numbers."""
NUMBERS = 4
"""Budget, revenue, ROI and what was made, a column each after the platform."""


@dataclass(frozen=True)
class End:
    """One end of the ranking by ROI: its order, its helper column and what is said of it."""

    order: str
    column: int
    title: str
    note: str
    compare: str


BEST = End("ROI", 1, "Best campaigns by ROI", "{count} of {known} campaigns made money.", ">0")
WORST = End("Worst ROI", 2, "Worst campaigns by ROI", "{count} of {known} campaigns lost money.", "<0")


def roi_ends(ctx: Context) -> Block:
    """How many campaigns have an ROI, and the campaign rows of the first and the last; no campaign is at both ends."""
    order = ranking_named(ctx, "ROI")
    if order is None:
        return Block(ENDS, 0, 0)
    cells = [Cell(0, 0, call("COUNT", Column(CAMPAIGNS, order.header)), Style(Role.MUTED), float(_known(order)))]
    for end in (BEST, WORST):
        for k in range(SHOWN):
            past = gt(k + 1, call("INT", (_count() + (end is BEST)) / 2))
            formula = call("IF", past, "", ranked_row(end.order, k))
            cells.append(Cell(k, end.column, formula, Style(Role.MUTED), end_place(ctx, order, end, k)))
    return Block(ENDS, SHOWN, 3, tuple(cells), needs=("campaigns", "ranked"))


def end_cell(end: End, k: int) -> At:
    """The cell with the campaign row of the k-th campaign (from 0) of an end, blank past the last."""
    return At(ENDS, k, end.column)


def _known(order: Ranking) -> int:
    return int(np.sum(~np.isnan(order.values)))


def _count() -> At:
    return At(ENDS, 0, 0)


def end_place(ctx: Context, order: Ranking, end: End, k: int) -> float | None:
    """The campaign row of the k-th campaign of an end, from pandas."""
    half = (_known(order) + (end is BEST)) // 2
    return ranked_value(ctx, end.order, k) if k < half else None


def winners_losers(ctx: Context, width: int) -> Block:
    """Five campaigns at each end: name, platform, budget, revenue, ROI and money made."""
    order, roi = ranking_named(ctx, "ROI"), ctx.kpi("roi")
    if order is None or roi is None:
        reason = ctx.say("No winners to show: the KPI templates have no ROI.")
        return message(KEY, ctx.say(BEST.title), reason, width)
    half = width // 2
    cells: list[Cell] = []
    rules: list[Rule] = []
    for end, left in ((BEST, 0), (WORST, half)):
        cells += _heads(ctx, order, end, left, half)
        for k in range(SHOWN):
            cells += _row(ctx, order, roi, end, k, left, half)
        made = Area(FIRST_ROW, left + half - 1, FIRST_ROW + SHOWN * ROWS - 1, left + half - 1)
        rules += _rules(made)
    needs = ("roi_ends", "campaigns")
    return Block(KEY, FIRST_ROW + SHOWN * ROWS, width, tuple(cells), rules=tuple(rules), needs=needs)


def _heads(ctx: Context, order: Ranking, end: End, left: int, half: int) -> list[Cell]:
    told, wide = _note(ctx, order, end), half - NUMBERS
    right = Style(Role.HEAD, Format.TEXT, Align.RIGHT)
    texts = ("Budget", "Revenue", "ROI", "Made or lost")
    return [
        Cell(TITLE_ROW, left, ctx.say(end.title), Style(Role.SECTION)),
        Cell(NOTE_ROW, left, told.formula, Style(Role.MUTED), told.expected, columns=half),
        Cell(HEAD_ROW, left, ctx.say("Campaign"), Style(Role.HEAD), columns=wide),
        *(Cell(HEAD_ROW, left + wide + i, ctx.say(text), right) for i, text in enumerate(texts)),
    ]


def _note(ctx: Context, order: Ranking, end: End) -> Phrase:
    """How many campaigns made or lost money, or why none is listed."""
    in_filter = (Column(CAMPAIGNS, "In Filter"), 1)
    found = np.sum(order.values > 0) if end is BEST else np.sum(order.values < 0)
    count = figure(call("COUNTIFS", order.column, end.compare, *in_filter), float(found))
    told = sentence(ctx.say(end.note), count=count, known=figure(_count(), float(_known(order))))
    none = plain(ctx.say("No campaign in the filters has both a budget and revenue."))
    return either(eq(_count(), 0), _known(order) == 0, none, told)


def _row(ctx: Context, order: Ranking, roi: Kpi, end: End, k: int, left: int, half: int) -> list[Cell]:
    at, column = FIRST_ROW + k * ROWS + 1, left + half - NUMBERS
    row, place = end_cell(end, k), end_place(ctx, order, end, k)
    name, platform = campaign_label(row), of_campaign(row, "Platform", text=True)
    platform_value = None if place is None else ctx.live.campaigns["Platform"].iloc[int(place) - 1]
    quiet = Style(Role.BODY, align=Align.LEFT, dash=False)
    cells = [
        Cell(at - 1, left, name, Style(Role.TEXT, dash=False), campaign_label_value(ctx, place), columns=half),
        Cell(at, left, platform, quiet, platform_value, columns=half - NUMBERS),
    ]
    amounts = []
    for i, field in enumerate((BUDGET, REVENUE)):
        formula = of_campaign(row, campaign_facts(ctx).column(field.header).column)
        value = at_row(ctx.facts[field.header].to_numpy(dtype=float), place)
        cells.append(Cell(at, column + i, formula, Style(Role.BODY, summary_format(field), dash=False), value))
        amounts.append(value)
    budget, revenue = At(KEY, at, column), At(KEY, at, column + 1)
    made = call("IF", call("OR", eq(budget, ""), eq(revenue, "")), "", revenue - budget)
    ratio = Style(Role.KPI, kpi_format(roi), dash=False)
    return [
        *cells,
        Cell(at, column + 2, of_campaign(row, order.column.column), ratio, at_row(order.values, place)),
        Cell(at, column + 3, made, Style(Role.BODY, Format.SIGNED_MONEY, dash=False), difference(*reversed(amounts))),
    ]


def _rules(area: Area) -> list[Rule]:
    cell: Node = At(KEY, area.row, area.column)
    number = call("ISNUMBER", cell)
    return [
        ColorWhen(area, call("AND", number, gt(cell, 0)), Ink.GOOD),
        ColorWhen(area, call("AND", number, lt(cell, 0)), Ink.BAD),
    ]
