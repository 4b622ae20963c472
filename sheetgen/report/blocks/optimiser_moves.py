"""The campaigns that the bounded plan changes most: their rows on the helper tab, the table and the chart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.allocation import cent
from sheetgen.analysis.ranking import best_rows
from sheetgen.analysis.response import result_at
from sheetgen.formula.tree import At, Node, Span, call, eq, ge, gt, le
from sheetgen.report.blocks.charts import CHART_ROWS
from sheetgen.report.blocks.optimiser_columns import (
    EXPONENT,
    SCALE,
    START,
    budget_header,
    column,
    end_headers,
    moves,
    scenario_name,
)
from sheetgen.report.blocks.optimiser_plan import BOUNDED, WIDE, plan_of, scenario_of
from sheetgen.report.blocks.top import campaign_label, campaign_label_value
from sheetgen.report.chart_label import chart_label, chart_label_text
from sheetgen.report.context import Context
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, Series
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.values import Value

ROWS_BLOCK, TABLE, CHART = "moved_rows", "allocation_table", "allocation_chart"
MOST_MOVED, MOST_DRAWN = 12, 8
LABEL_LENGTH, NAME_LENGTH = 22, 36
"""Characters of a campaign's name in the chart and in the table."""
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)
NAME_COLUMNS = 3
SHOWN = (
    ("start", "Initial", Format.MONEY),
    ("bounded", "Bounded", Format.MONEY),
    ("change", "Change", Format.SIGNED_MONEY),
    ("wide", "Wide", Format.MONEY),
    ("gain", "Revenue change", Format.SIGNED_MONEY),
    ("mroas_before", "mROAS before", Format.RATIO),
    ("mroas_after", "mROAS after", Format.RATIO),
)
"""Facts with their heads, in table columns after the name; what limits the campaign comes last."""


@dataclass(frozen=True)
class Move:
    """The k-th campaign by money moved, as pandas knows it; all None past the last one."""

    row: float | None = None
    name: str | None = None
    short: str | None = None
    label: str | None = None
    start: float | None = None
    bounded: float | None = None
    wide: float | None = None
    change: float | None = None
    gain: float | None = None
    mroas_before: float | None = None
    mroas_after: float | None = None
    limit: str | None = None


FACTS = tuple(Move.__dataclass_fields__)
"""The columns of the block `moved_rows`."""


def fact(k: int, name: str) -> At:
    """The cell with a fact of the k-th campaign."""
    return At(ROWS_BLOCK, k, FACTS.index(name))


def moved_campaigns(ctx: Context) -> list[Move]:
    """The campaigns that move most money, most first."""
    rows = best_rows(moves(ctx).keys(ctx.live.campaigns), MOST_MOVED)
    return [Move() if row is None else _move(ctx, row) for row in rows]


def _move(ctx: Context, row: float) -> Move:
    plan, i = plan_of(ctx), int(row) - 1
    start, bounded, wide = (float(values[i]) for values in (plan.start, plan.bounded.budgets, plan.wide.budgets))
    scale, exponent = plan.scale[i : i + 1], plan.exponent[i : i + 1]
    before, after = (result_at(scale, exponent, np.array([budget]))[0] for budget in (start, bounded))
    name = campaign_label_value(ctx, row)
    return Move(
        row=row,
        name=name,
        short=chart_label_text(name, NAME_LENGTH),
        label=chart_label_text(name, LABEL_LENGTH),
        start=start,
        bounded=bounded,
        wide=wide,
        change=cent(bounded - start),
        gain=cent(float(after - before)),
        mroas_before=float(exponent[0] * before) / start,
        mroas_after=float(exponent[0] * after) / bounded if bounded > 0 else None,
        limit=_limit_word(ctx, i) or None,
    )


def _limit_word(ctx: Context, i: int) -> str:
    found = scenario_of(ctx, BOUNDED)
    price = found.allocation.price
    if price >= found.at_low[i]:
        return ctx.say("lower bound")
    return ctx.say("upper bound") if price <= found.at_high[i] else ""


def moved_rows(ctx: Context) -> Block:
    """A row of facts for each of the campaigns that move most money."""
    cells = []
    for k, move in enumerate(moved_campaigns(ctx)):
        for name, formula in _formulas(ctx, k).items():
            value: Value = getattr(move, name)
            cells.append(Cell(k, FACTS.index(name), formula, Style(Role.MUTED), value))
    return Block(ROWS_BLOCK, MOST_MOVED, len(FACTS), tuple(cells), needs=("campaigns", "bounded_search"))


def _formulas(ctx: Context, k: int) -> dict[str, Node]:
    row = fact(k, "row")

    def of_row(header: str) -> Node:
        return call("INDEX", column(header), row)

    start, bounded, scale, exponent = fact(k, "start"), fact(k, "bounded"), of_row(SCALE), of_row(EXPONENT)
    at_low, at_high = (of_row(header) for header in end_headers(BOUNDED))
    price = scenario_name(BOUNDED, "price")
    upper = call("IF", le(price, at_high), ctx.say("upper bound"), "")
    found: dict[str, Node] = {
        "short": chart_label(fact(k, "name"), NAME_LENGTH),
        "label": chart_label(fact(k, "name"), LABEL_LENGTH),
        "start": of_row(START),
        "bounded": of_row(budget_header(BOUNDED)),
        "wide": of_row(budget_header(WIDE)),
        "change": call("ROUND", bounded - start, 2),
        "gain": call("ROUND", scale * bounded**exponent - scale * start**exponent, 2),
        "mroas_before": exponent * scale * start**exponent / start,
        "mroas_after": call("IF", gt(bounded, 0), exponent * scale * bounded**exponent / bounded, ""),
        "limit": call("IF", ge(price, at_low), ctx.say("lower bound"), upper),
    }
    known = {name: call("IF", eq(row, ""), "", formula) for name, formula in found.items()}
    return {"row": moves(ctx).row_of(k), "name": campaign_label(row), **known}


def allocation_table(ctx: Context, width: int) -> Block:
    """The campaigns that move most money: budgets, changes, and what their last unit of money brings."""
    left, right = Style(Role.HEAD, Format.TEXT), Style(Role.HEAD, Format.TEXT, Align.RIGHT, wrap=True)
    limit = NAME_COLUMNS + len(SHOWN)
    note = ctx.say(
        "mROAS is what the last unit of money brings: money goes from low to high until both are equal or at a bound."
    )
    cells = [
        Cell(TITLE_ROW, 0, ctx.say("Where the money moves"), Style(Role.SECTION), columns=width),
        Cell(NOTE_ROW, 0, note, Style(Role.MUTED), columns=width),
        Cell(HEAD_ROW, 0, ctx.say("Campaign"), left, columns=NAME_COLUMNS),
        *(Cell(HEAD_ROW, NAME_COLUMNS + i, ctx.say(head), right) for i, (_, head, _) in enumerate(SHOWN)),
        Cell(HEAD_ROW, limit, ctx.say("Stopped by"), left, columns=width - limit),
    ]
    for k, move in enumerate(moved_campaigns(ctx)):
        at = FIRST_ROW + k
        words = Style(Role.LABEL, Format.TEXT, dash=False)
        cells.append(Cell(at, 0, fact(k, "short"), words, move.short, columns=NAME_COLUMNS))
        for i, (name, _, shown) in enumerate(SHOWN):
            cells.append(
                Cell(at, NAME_COLUMNS + i, fact(k, name), Style(Role.BODY, shown, dash=False), getattr(move, name))
            )
        stopped = Style(Role.BODY, Format.TEXT, Align.LEFT, dash=False)
        cells.append(Cell(at, limit, fact(k, "limit"), stopped, move.limit, columns=width - limit))
    return Block(TABLE, FIRST_ROW + MOST_MOVED, width, tuple(cells), needs=(ROWS_BLOCK,), heights={HEAD_ROW: 30.0})


def allocation_chart(ctx: Context, width: int) -> Block:
    """Initial, bounded and wide budgets of the campaigns that move most money, as bars."""
    last = min(MOST_DRAWN, max(ctx.shape.campaigns, 1)) - 1
    labels, inks = _drawn("label", last), (Ink.SERIES_7, Ink.SERIES_1, Ink.SERIES_5)
    bars = tuple(
        Series(ctx.say(head), labels, _drawn(name, last), ink)
        for (name, head), ink in zip(
            (("start", "Initial"), ("bounded", "Bounded"), ("wide", "Wide")), inks, strict=True
        )
    )
    chart = Chart(
        ChartKind.BAR,
        ctx.say("Budget of the campaigns that move most: initial, bounded, wide"),
        ctx.say("Bar chart of initial, bounded and wide budgets of the campaigns that move most money."),
        bars,
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS + 3,
        x=Axis(reverse=True),
        y=Axis(ctx.currency, Format.MONEY_SHORT, from_zero=True),
        legend=True,
    )
    return Block(CHART, CHART_ROWS + 3, width, charts=(chart,), needs=(ROWS_BLOCK,))


def _drawn(name: str, last: int) -> Span:
    place = FACTS.index(name)
    return Span(ROWS_BLOCK, 0, place, last, place)
