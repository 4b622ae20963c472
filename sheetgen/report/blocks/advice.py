"""What to do with the campaigns: the actions on the most money, and how many campaigns call for each action."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sheetgen.analysis.advice import ACTIONS, Action, Reason
from sheetgen.analysis.groups import sums_by
from sheetgen.fields import BUDGET
from sheetgen.formula.tree import At, Column, Name, Node, Text, call, eq, ne
from sheetgen.report.blocks.advice_columns import ACTION, ADVICE, advice
from sheetgen.report.blocks.advice_goals import has_setting
from sheetgen.report.blocks.advice_groups import peers
from sheetgen.report.blocks.advice_limits import limit, limits_in_force
from sheetgen.report.blocks.advice_rows import NAME, ActionRow, action_rows
from sheetgen.report.blocks.advice_words import why
from sheetgen.report.context import Context
from sheetgen.report.formats import summary_format
from sheetgen.report.model import Area, Block, Cell, ColorWhen, DataBar, Rule
from sheetgen.report.money import money
from sheetgen.report.sentence import Phrase, either, figure, percentage, plain, sentence
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.report.sums import CAMPAIGNS, campaign_facts, sum_where

TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)
ROW_HEIGHT = 30.0
"""Points for a sentence of two lines."""
DOING = 0
CAMPAIGN, PLATFORM, STAKE, WHY = 1, 5, 6, 7
COUNT, MONEY, SHARE, WHEN = 2, 3, 4, 5
TO_DO = (Action.SCALE, Action.STOP, Action.REFRESH, Action.CTR, Action.FORMATS)
INKS = ((Action.SCALE, Ink.GOOD), (Action.STOP, Ink.BAD))
WORDS, BODY = Style(Role.BODY, Format.TEXT, Align.LEFT, dash=False), Style(Role.LABEL, Format.TEXT, dash=False)


def actions_table(ctx: Context, width: int) -> Block:
    """The campaigns that call for action, largest budget first: action, campaign, platform, budget and reason."""
    key, found = "actions_table", peers(ctx)
    note = _note(ctx)
    left, right = Style(Role.HEAD, Format.TEXT), Style(Role.HEAD, Format.TEXT, Align.RIGHT)
    cells = [
        Cell(TITLE_ROW, 0, ctx.say("What to do first"), Style(Role.SECTION), columns=width),
        Cell(NOTE_ROW, 0, note.formula, Style(Role.MUTED), note.expected, columns=width),
        Cell(HEAD_ROW, DOING, ctx.say("Action"), left),
        Cell(HEAD_ROW, CAMPAIGN, ctx.say("Campaign"), left, columns=PLATFORM - CAMPAIGN),
        Cell(HEAD_ROW, PLATFORM, ctx.say("Platform"), left),
        Cell(HEAD_ROW, STAKE, ctx.say("Budget at stake"), right),
        Cell(HEAD_ROW, WHY, ctx.say("Why"), left, columns=width - WHY),
    ]
    rows = action_rows(ctx)
    for row in rows:
        at = FIRST_ROW + row.k
        reason, doing = why(ctx, row, found), _action(ctx, row)
        money_look = Style(Role.BODY, summary_format(BUDGET), dash=False)
        wrapped = Style(Role.BODY, Format.TEXT, Align.LEFT, wrap=True, dash=False)
        cells += [
            Cell(at, DOING, doing.formula, wrapped, doing.expected),
            Cell(at, CAMPAIGN, row.cell(NAME), wrapped, row.text(NAME), columns=PLATFORM - CAMPAIGN),
            Cell(at, PLATFORM, row.cell("Platform"), WORDS, row.text("Platform")),
            Cell(at, STAKE, row.cell("Budget"), money_look, row.number("Budget")),
            Cell(at, WHY, reason.formula, wrapped, reason.expected, columns=width - WHY),
        ]
    return Block(
        key,
        FIRST_ROW + len(rows),
        width,
        tuple(cells),
        rules=_inks(ctx, key, Area(FIRST_ROW, DOING, FIRST_ROW + len(rows) - 1, DOING)),
        needs=("advice_rows", "action_counts", "advice_groups", "limits", "headline"),
        heights={FIRST_ROW + k: ROW_HEIGHT for k in range(len(rows))},
    )


def _action(ctx: Context, row: ActionRow) -> Phrase:
    number, cell = row.number(ADVICE), row.cell(ADVICE)
    words = [ctx.say(ACTIONS[reason].value) for reason in Reason]
    expected = None if number is None else words[int(number) - 1]
    return Phrase(call("IF", eq(cell, ""), "", call("CHOOSE", cell, *words)), expected)


def _inks(ctx: Context, block: str, area: Area) -> tuple[Rule, ...]:
    cell = At(block, area.row, area.column)
    return tuple(ColorWhen(area, eq(cell, ctx.say(action.value)), ink, bold=True) for action, ink in INKS)


def _note(ctx: Context) -> Phrase:
    counts, budgets = _counts(ctx), _budgets(ctx)
    cells = [At("action_counts", FIRST_ROW + i, COUNT) for i, action in enumerate(Action) if action in TO_DO]
    amounts = [At("action_counts", FIRST_ROW + i, MONEY) for i, action in enumerate(Action) if action in TO_DO]
    number, amount = call("SUM", *cells), call("SUM", *amounts)
    found = sum(counts[action] for action in TO_DO)
    unknown = At("action_counts", FIRST_ROW + list(Action).index(Action.UNKNOWN), COUNT)
    some = sentence(
        ctx.say("Campaigns that call for action: {count}, with {budget} of budget."),
        count=figure(number, found),
        budget=money(ctx, amount, float(sum(budgets[action] or 0.0 for action in TO_DO))),
    )
    none = plain(ctx.say("No campaign calls for action under the filters and thresholds in force."))
    blind = sentence(ctx.say("Not enough data to judge: {count}."), count=figure(unknown, counts[Action.UNKNOWN]))
    after = sentence(" {rest}", rest=blind)
    return sentence(
        "{judged}{rest}",
        judged=either(ne(number, 0), found != 0, some, none),
        rest=either(eq(unknown, 0), not counts[Action.UNKNOWN], plain(""), after),
    )


def _counts(ctx: Context) -> dict[Action, float]:
    actions = advice(ctx).actions()
    return {action: float(actions.count(action)) for action in Action}


def _budgets(ctx: Context) -> dict[Action, float | None]:
    order = list(Action)
    reasons = advice(ctx).reasons
    numbers = [np.nan if np.isnan(k) else float(order.index(ACTIONS[Reason(int(k))])) for k in reasons]
    sums = sums_by(ctx.facts.assign(Doing=numbers), "Doing", [float(k) for k in range(len(order))])
    return {action: found[BUDGET.header] for action, found in zip(order, sums, strict=True)}


def action_counts(ctx: Context, width: int) -> Block:
    """For each action the campaigns, their budget and its share, and when it is advised."""
    key, counts, budgets = "action_counts", _counts(ctx), _budgets(ctx)
    left, right = Style(Role.HEAD, Format.TEXT), Style(Role.HEAD, Format.TEXT, Align.RIGHT)
    note = ctx.say("The first rule that applies decides. The thresholds are on the Settings tab.")
    cells = [
        Cell(TITLE_ROW, 0, ctx.say("How many campaigns call for what"), Style(Role.SECTION), columns=width),
        Cell(NOTE_ROW, 0, note, Style(Role.MUTED), columns=width),
        Cell(HEAD_ROW, DOING, ctx.say("Action"), left, columns=COUNT),
        Cell(HEAD_ROW, COUNT, ctx.say("Campaigns"), right),
        Cell(HEAD_ROW, MONEY, ctx.say("Budget"), right),
        Cell(HEAD_ROW, SHARE, ctx.say("Share of budget"), right),
    ]
    if width > WHEN:
        cells.append(Cell(HEAD_ROW, WHEN, ctx.say("When"), left, columns=width - WHEN))
    rules_in_words, whole = _rules(ctx), ctx.totals[BUDGET.header]
    for i, action in enumerate(Action):
        at, word = FIRST_ROW + i, ctx.say(action.value)
        chosen = (Column(CAMPAIGNS, ACTION), Text(word))
        cells.append(Cell(at, DOING, word, BODY, columns=COUNT))
        cells.append(Cell(at, COUNT, call("COUNTIFS", *chosen), Style(Role.BODY, Format.COUNT), counts[action]))
        budget = sum_where(campaign_facts(ctx), BUDGET.header, chosen)
        cells.append(Cell(at, MONEY, budget, Style(Role.BODY, summary_format(BUDGET)), budgets[action]))
        cells.append(_share(At(key, at, MONEY), at, budgets[action], whole))
        if width > WHEN:
            words = rules_in_words[action]
            cells.append(Cell(at, WHEN, words.formula, WORDS, words.expected, columns=width - WHEN))
    last = FIRST_ROW + len(Action) - 1
    bar = DataBar(Area(FIRST_ROW, SHARE, last, SHARE))
    rules = (bar, *_inks(ctx, key, Area(FIRST_ROW, DOING, last, DOING)))
    return Block(key, last + 1, width, tuple(cells), rules=rules, needs=("campaigns", "limits", "headline"))


def _share(budget: Node, row: int, value: float | None, whole: float | None) -> Cell:
    total = Name("total_budget")
    unknown = call("OR", eq(budget, ""), eq(total, ""), eq(total, 0))
    share = value / whole if value is not None and whole else None
    return Cell(row, SHARE, call("IF", unknown, "", budget / total), Style(Role.KPI, Format.PERCENT), share)


def _rules(ctx: Context) -> Mapping[Action, Phrase]:
    """When each action is advised, with the thresholds in force."""
    limits = limits_in_force(ctx)

    def percent(key: str) -> Phrase:
        return _given(ctx, key, percentage(limit(key), getattr(limits, key), 0))

    return {
        Action.SCALE: sentence(
            ctx.say("ROI above {roi}%; CPM or cost per engagement {cost}% or more below average"),
            roi=percent("roi_scale"),
            cost=percent("cost_low"),
        ),
        Action.STOP: sentence(
            ctx.say("ROI below {roi}%; CPM or cost per engagement {cost}% or more above average"),
            roi=percent("roi_stop"),
            cost=percent("cost_high"),
        ),
        Action.REFRESH: sentence(
            ctx.say("Frequency above {limit}: the same people see it too often"),
            limit=_given(ctx, "max_frequency", figure(limit("max_frequency"), limits.max_frequency, 1)),
        ),
        Action.CTR: sentence(
            ctx.say("CTR {margin}% or more below the average of its platform and type"), margin=percent("ctr_margin")
        ),
        Action.FORMATS: plain(ctx.say("It is on the platform with the lowest ROI, or CTR where ROI is not known")),
        Action.KEEP: plain(ctx.say("Nothing stands out")),
        Action.UNKNOWN: sentence(
            ctx.say("No budget, no result to judge by, or fewer than {clicks} clicks or {views} impressions"),
            clicks=_given(ctx, "min_clicks", figure(limit("min_clicks"), limits.min_clicks)),
            views=_given(ctx, "min_impressions", figure(limit("min_impressions"), limits.min_impressions)),
        ),
    }


def _given(ctx: Context, key: str, shown: Phrase) -> Phrase:
    """A threshold, or a dash where its cell is cleared."""
    if not has_setting(ctx, key):
        return plain("–")
    name = f"set_{key}"
    return either(call("ISNUMBER", Name(name)), ctx.inputs.number(name) is not None, shown, plain("–"))
