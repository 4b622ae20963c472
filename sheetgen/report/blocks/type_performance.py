"""Performance by campaign type: what each type takes and gives, and how it does at what it is for."""

from __future__ import annotations

from sheetgen.analysis.rounding import rounded
from sheetgen.formula.tree import At, Node, Span, call, eq, gt
from sheetgen.report.blocks.charts import CHART_ROWS
from sheetgen.report.blocks.dimension import TYPES
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.type_scores import (
    APART,
    FIRST_SHARE,
    GOAL,
    SHARES,
    SIGN,
    VALUE,
    TypeScore,
    judges,
    type_count,
    type_scores_values,
)
from sheetgen.report.blocks.type_scores import KEY as SCORES
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format
from sheetgen.report.kpi_table import kpi_column, table_row
from sheetgen.report.model import Area, Axis, Block, Cell, Chart, ChartKind, ColorWhen, FormatWhen, Rule, Series
from sheetgen.report.sentence import Phrase, either, figure, plain, sentence
from sheetgen.report.style import Align, Format, Ink, Role, Style

KEY = "type_performance"
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)
TYPE, ROI, JUDGE, NUMBER, VERDICT = 0, 2, 3, 5, 6
"""The columns of the table; type and judging KPI are two wide, the verdict takes what is left."""

BETTER, WORSE = "▲", "▼"
"""The first character of a verdict, which its colour follows."""

SHARE_INKS = (Ink.SERIES_1, Ink.SERIES_2, Ink.SERIES_3)


def type_shares(ctx: Context, width: int) -> Block:
    """Each type's share of budget, conversions and revenue, as columns side by side."""
    last = type_count(ctx) - 1
    labels = Span(TYPES.block, TYPES.label(0).row, TYPES.label(0).column, TYPES.label(last).row, TYPES.label(0).column)
    columns = (
        Series(ctx.say(field.header), labels, Span(SCORES, 0, FIRST_SHARE + i, last, FIRST_SHARE + i), ink)
        for i, (field, ink) in enumerate(zip(SHARES, SHARE_INKS, strict=True))
    )
    chart = Chart(
        ChartKind.COLUMN,
        ctx.say("Share of the totals by campaign type (%)"),
        ctx.say("Column chart of each campaign type's share of budget, conversions and revenue."),
        tuple(columns),
        row=0,
        column=0,
        columns=width,
        rows=CHART_ROWS,
        y=Axis(format=Format.PERCENT_WHOLE, from_zero=True),
        legend=True,
    )
    return Block("type_shares", CHART_ROWS, width, charts=(chart,), needs=(SCORES, TYPES.block))


def type_performance(ctx: Context, width: int) -> Block:
    """Each type with its ROI, the KPI that fits its goal, and how that compares with all campaigns."""
    title = ctx.say("Campaign types, each by what it is for")
    if not ctx.kpis:
        return message(KEY, title, ctx.say("No KPI to judge by: the report has none."), width)
    cells = [Cell(TITLE_ROW, TYPE, title, Style(Role.SECTION), columns=width), *_heads(ctx, width)]
    note = ctx.say("Each type is judged by the KPI of its goal; change a type's goal on the Settings tab.")
    cells.append(Cell(NOTE_ROW, TYPE, note, Style(Role.MUTED), columns=width))
    for k, score in enumerate(type_scores_values(ctx)):
        cells += _row(ctx, k, score, width)
    height = FIRST_ROW + type_count(ctx)
    return Block(KEY, height, width, tuple(cells), rules=_rules(ctx), needs=(SCORES, "by_type"))


def _heads(ctx: Context, width: int) -> list[Cell]:
    left, right = (Style(Role.HEAD, Format.TEXT, align, wrap=True) for align in (Align.LEFT, Align.RIGHT))
    roi = ctx.kpi("roi")
    return [
        Cell(HEAD_ROW, TYPE, ctx.say("Campaign Type"), left, columns=2),
        Cell(HEAD_ROW, ROI, ctx.say(roi.header) if roi else None, right),
        Cell(HEAD_ROW, JUDGE, ctx.say("Judged by"), left, columns=2),
        Cell(HEAD_ROW, NUMBER, ctx.say("Value"), right),
        Cell(HEAD_ROW, VERDICT, ctx.say("Against all campaigns"), left, columns=width - VERDICT),
    ]


def _row(ctx: Context, k: int, score: TypeScore, width: int) -> list[Cell]:
    at, goal = FIRST_ROW + k, At(SCORES, k, GOAL)
    names = (ctx.say(kpi.header) for kpi in judges(ctx))
    label, text = Style(Role.LABEL, dash=False), Style(Role.BODY, Format.TEXT, Align.LEFT, dash=False)
    verdict, roi = _verdict(ctx, k, score), ctx.kpi("roi")
    cells = [
        Cell(at, TYPE, TYPES.label(k), label, score.label, columns=2),
        Cell(
            at,
            JUDGE,
            call("IF", eq(goal, ""), "", call("CHOOSE", goal, *names)),
            text,
            None if score.kpi is None else ctx.say(score.kpi.header),
            columns=2,
        ),
        Cell(at, NUMBER, At(SCORES, k, VALUE), Style(Role.KPI, Format.MONEY_CENTS), score.value),
        Cell(at, VERDICT, verdict.formula, text, verdict.expected, columns=width - VERDICT),
    ]
    if roi is not None:
        place = At("by_type", table_row(k), kpi_column(ctx, "roi"))
        cells.append(Cell(at, ROI, place, Style(Role.KPI, kpi_format(roi)), score.sums["roi"]))
    return cells


def _verdict(ctx: Context, k: int, score: TypeScore) -> Phrase:
    """How the type compares with all campaigns: a percentage for a cost, points for a rate."""
    gap, far = At(SCORES, k, APART), score.apart
    percent = figure(call("ABS", gap) * 100, None if far is None else abs(far) * 100)

    def said(mark: str, words: str) -> Phrase:
        return sentence(f"{mark} {ctx.say(words)}", gap=percent)

    is_above = far is not None and far > 0
    cost = either(gt(gap, 0), is_above, said(WORSE, "{gap}% dearer"), said(BETTER, "{gap}% cheaper"))
    rate = either(gt(gap, 0), is_above, said(BETTER, "{gap} points higher"), said(WORSE, "{gap} points lower"))
    judgement = either(gt(0, At(SCORES, k, SIGN)), (score.sign or 0.0) < 0, cost, rate)
    is_same = far is not None and rounded(abs(far) * 100, 0) == 0
    known = either(_is_same(gap), is_same, plain(ctx.say("● like all campaigns")), judgement)
    return either(eq(gap, ""), far is None, plain(""), known)


def _is_same(gap: Node) -> Node:
    return eq(call("ROUND", call("ABS", gap) * 100, 0), 0)


def _rules(ctx: Context) -> tuple[Rule, ...]:
    """The KPI in its own unit, and the verdict in the colour of what it says."""
    last = FIRST_ROW + type_count(ctx) - 1
    numbers, verdicts = Area(FIRST_ROW, NUMBER, last, NUMBER), Area(FIRST_ROW, VERDICT, last, VERDICT)
    judge, mark = At(KEY, FIRST_ROW, JUDGE), call("LEFT", At(KEY, FIRST_ROW, VERDICT), 1)
    units = (FormatWhen(numbers, eq(judge, ctx.say(kpi.header)), kpi_format(kpi)) for kpi in judges(ctx))
    return (*units, ColorWhen(verdicts, eq(mark, BETTER), Ink.GOOD), ColorWhen(verdicts, eq(mark, WORSE), Ink.BAD))
