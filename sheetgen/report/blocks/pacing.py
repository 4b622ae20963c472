"""Pacing: which campaigns spend faster or slower than planned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.groups import blank
from sheetgen.analysis.pacing import Pacing
from sheetgen.analysis.ranking import best_rows
from sheetgen.analysis.serials import Floats
from sheetgen.formula.tree import At, Column, Name, Node, Number, call, eq, gt, lt
from sheetgen.inputs import PACING_DATE
from sheetgen.report.blocks.advice_goals import has_setting
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.pacing_columns import (
    DUE,
    ELAPSED,
    GAP,
    PLAN,
    PROJECTED,
    TODAY,
    is_available,
    off_pace,
    pacing_values,
    today,
)
from sheetgen.report.blocks.top import campaign_label, campaign_label_value, of_campaign
from sheetgen.report.context import Context
from sheetgen.report.dates import day_phrase
from sheetgen.report.model import Area, Block, Cell, ColorWhen, DateInput, Rule
from sheetgen.report.money import money
from sheetgen.report.sentence import Phrase, either, figure, percentage, plain, sentence
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.report.sums import CAMPAIGNS

KEY, ROWS = "pacing", "pacing_rows"
MOST_SHOWN = 10
TITLE_ROW, NOTE_ROW, HEAD_ROW, TOTAL_ROW, FIRST_ROW = range(5)
NAME_COLUMNS = 4
PLANNED, SPENT, OVER_SO_FAR, SHARE_SPENT, AT_END, OVER, OVER_SHARE, STATE = range(NAME_COLUMNS, NAME_COLUMNS + 8)
SOURCES = {PLANNED: PLAN, SPENT: "Budget", OVER_SO_FAR: ELAPSED, AT_END: PROJECTED, OVER: GAP}
"""The campaign column behind each column of the table."""
MARGIN = "pacing_margin"
STATES = ("On pace", "▲ Over pace", "▼ Under pace")
STARTED = (Column(CAMPAIGNS, ELAPSED), ">0")


@dataclass(frozen=True)
class _Line:
    """A line of the table by its columns, from pandas; all None past the last campaign."""

    row: int
    numbers: dict[int, float | None]

    def cell(self, column: int) -> At:
        return At(KEY, self.row, column)


def pacing(ctx: Context, width: int) -> Block:
    """All campaigns that have started, then those furthest from their plan."""
    title = ctx.say("Pacing: spent against planned")
    if not is_available(ctx):
        reason = ctx.say("No pacing to show: the source has no planned budget beside the money spent.")
        return message(KEY, title, reason, width)
    found, total = pacing_values(ctx), _total(ctx)
    note, day = _note(ctx, found, total), ctx.inputs.number(PACING_DATE)
    hint = ctx.say("Type the day up to which the money is spent; blank is the last day of the data.")
    cells = [
        Cell(TITLE_ROW, 0, title, Style(Role.SECTION), columns=width - 4),
        Cell(TITLE_ROW, width - 4, ctx.say("Money spent up to"), Style(Role.CARD_LABEL), columns=2),
        Cell(TITLE_ROW, width - 2, day, Style(Role.INPUT, Format.DATE), columns=2, input=DateInput(), note=hint),
        Cell(NOTE_ROW, 0, note.formula, Style(Role.MUTED), note.expected, columns=width),
        *_heads(ctx),
        *_total_cells(ctx, total),
    ]
    lines = _lines(ctx, found)
    for k, (row, line) in enumerate(lines):
        name = campaign_label_value(ctx, row)
        label = Style(Role.BODY, Format.TEXT, Align.LEFT, dash=False)
        cells.append(Cell(line.row, 0, campaign_label(At(ROWS, k, 0)), label, name, columns=NAME_COLUMNS))
        cells += [
            Cell(line.row, column, of_campaign(At(ROWS, k, 0), header), _look(column), line.numbers[column])
            for column, header in SOURCES.items()
        ]
        cells += _shares(ctx, line, Role.BODY)
    return Block(
        KEY,
        FIRST_ROW + len(lines),
        width,
        tuple(cells),
        rules=_rules(ctx, len(lines)),
        names={PACING_DATE: (TITLE_ROW, width - 2)},
        needs=("campaigns", "pacing_day", ROWS, "settings"),
    )


def _look(column: int, role: Role = Role.BODY) -> Style:
    shown = {OVER_SO_FAR: Format.PERCENT, SHARE_SPENT: Format.PERCENT, OVER: Format.SIGNED_MONEY}
    shown |= {OVER_SHARE: Format.SIGNED_PERCENT}
    return Style(role, shown.get(column, Format.MONEY), dash=role is Role.TOTAL)


def _heads(ctx: Context) -> list[Cell]:
    look = Style(Role.HEAD, Format.TEXT, Align.RIGHT, wrap=True)
    heads = (
        *("Planned", "Spent", "Flight elapsed", "Plan spent"),
        *("At this pace", "Over or under", "Share of plan", "State"),
    )
    cells = [Cell(HEAD_ROW, 0, ctx.say("Campaign"), Style(Role.HEAD, Format.TEXT), columns=NAME_COLUMNS)]
    cells += [Cell(HEAD_ROW, NAME_COLUMNS + i, ctx.say(head), look) for i, head in enumerate(heads[:-1])]
    return [*cells, Cell(HEAD_ROW, STATE, ctx.say(heads[-1]), Style(Role.HEAD, Format.TEXT))]


def _columns(ctx: Context, found: Pacing) -> dict[int, Floats]:
    spent = ctx.live.campaigns["Budget"].to_numpy(dtype=float)
    values = (found.plan, spent, found.elapsed, found.projected, found.gap)
    return dict(zip(SOURCES, values, strict=True))


def _total(ctx: Context) -> _Line:
    """The sums over the campaigns that have started; the share of their flights that is over weighs by plan."""
    found = pacing_values(ctx)
    started = found.elapsed > 0
    sums = {column: _sum(values[started]) for column, values in _columns(ctx, found).items()}
    plan, due = sums[PLANNED], _sum(found.due[started])
    sums[OVER_SO_FAR] = due / plan if due is not None and plan else None
    return _Line(TOTAL_ROW, _with_shares(sums))


def _sum(values: Floats) -> float | None:
    return float(values.sum()) if values.size else None


def _with_shares(numbers: dict[int, float | None]) -> dict[int, float | None]:
    plan = numbers[PLANNED]
    spent, gap = (None if numbers[key] is None or not plan else (numbers[key] or 0.0) / plan for key in (SPENT, OVER))
    return {**numbers, SHARE_SPENT: spent, OVER_SHARE: gap}


def _lines(ctx: Context, found: Pacing) -> list[tuple[float | None, _Line]]:
    rows = best_rows(off_pace(found).keys(ctx.live.campaigns), min(MOST_SHOWN, ctx.shape.campaigns))
    columns = _columns(ctx, found)
    lines = []
    for k, row in enumerate(rows):
        numbers = {c: None if row is None else blank(values[int(row) - 1]) for c, values in columns.items()}
        lines.append((row, _Line(FIRST_ROW + k, _with_shares(numbers))))
    return lines


def _total_cells(ctx: Context, total: _Line) -> list[Cell]:
    label = ctx.say("All campaigns that have started")
    cells = [Cell(TOTAL_ROW, 0, label, Style(Role.TOTAL), columns=NAME_COLUMNS)]
    none = eq(call("COUNTIFS", *STARTED), 0)
    due = call("SUMIFS", Column(CAMPAIGNS, DUE), *STARTED)
    for column, header in SOURCES.items():
        value = call("SUMIFS", Column(CAMPAIGNS, header), *STARTED)
        shown = due / total.cell(PLANNED) if column == OVER_SO_FAR else value
        formula = call("IF", none, "", shown)
        cells.append(Cell(TOTAL_ROW, column, formula, _look(column, Role.TOTAL), total.numbers[column]))
    return [*cells, *_shares(ctx, total, Role.TOTAL)]


def _shares(ctx: Context, line: _Line, role: Role) -> list[Cell]:
    plan, over, state = line.cell(PLANNED), line.cell(OVER_SHARE), _state(ctx, line)
    cells = [
        Cell(line.row, column, call("IF", eq(plan, ""), "", line.cell(part) / plan), _look(column, role), value)
        for column, part in ((SHARE_SPENT, SPENT), (OVER_SHARE, OVER))
        for value in (line.numbers[column],)
    ]
    words = Style(role, Format.TEXT, Align.LEFT, dash=False)
    shown = call("IF", eq(over, ""), "", state.formula)
    return [*cells, Cell(line.row, STATE, shown, words, None if line.numbers[OVER_SHARE] is None else state.expected)]


def _state(ctx: Context, line: _Line) -> Phrase:
    """Whether a line is within the margin of its plan."""
    known = has_setting(ctx, MARGIN)
    margin: Node = Name(f"set_{MARGIN}") if known else Number(0)
    most = (ctx.inputs.number(f"set_{MARGIN}") if known else None) or 0.0
    value, cell = line.numbers[OVER_SHARE] or 0.0, line.cell(OVER_SHARE)
    on, over, under = (plain(ctx.say(state)) for state in STATES)
    return either(gt(cell, margin), value > most, over, either(lt(cell, -1 * margin), value < -most, under, on))


def _rules(ctx: Context, lines: int) -> tuple[Rule, ...]:
    area = Area(TOTAL_ROW, STATE, FIRST_ROW + lines - 1, STATE)
    inks = (Ink.BAD, Ink.WARN)
    return tuple(
        ColorWhen(area, eq(At(KEY, TOTAL_ROW, STATE), ctx.say(word)), ink)
        for word, ink in zip(STATES[1:], inks, strict=True)
    )


def _note(ctx: Context, found: Pacing, total: _Line) -> Phrase:
    numbers, started = total.numbers, call("COUNTIFS", *STARTED)
    waiting, expected = call("COUNTIFS", Column(CAMPAIGNS, ELAPSED), 0), float(np.sum(found.elapsed == 0))
    some = sentence(
        ctx.say("By {day}, {elapsed}% of the flights and {spent}% of the plan are gone; not started yet: {waiting}."),
        day=day_phrase(ctx.say, Name(TODAY), today(ctx)),
        elapsed=percentage(total.cell(OVER_SO_FAR), numbers[OVER_SO_FAR], 0),
        spent=percentage(total.cell(SHARE_SPENT), numbers[SHARE_SPENT], 0),
        waiting=figure(waiting, expected),
    )
    end = sentence(
        ctx.say("At this pace they end at {projected} against {plan} planned."),
        projected=money(ctx, total.cell(AT_END), numbers[AT_END]),
        plan=money(ctx, total.cell(PLANNED), numbers[PLANNED]),
    )
    none = plain(ctx.say("Nothing to pace: no campaign here has a plan, money spent and both dates, and has started."))
    is_none = numbers[PLANNED] is None
    return either(eq(started, 0), is_none, none, sentence("{some} {end}", some=some, end=end))


def pacing_rows(ctx: Context) -> Block:
    """The rows of the campaigns furthest from their plan."""
    if not is_available(ctx):
        return Block(ROWS, 0, 0)
    found = pacing_values(ctx)
    order = off_pace(found)
    cells = [Cell(k, 0, order.row_of(k), Style(Role.MUTED), row) for k, (row, _) in enumerate(_lines(ctx, found))]
    return Block(ROWS, len(cells), 1, tuple(cells), needs=("campaigns",))
