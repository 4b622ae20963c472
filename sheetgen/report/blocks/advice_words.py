"""Why a campaign gets its advice: one sentence for each reason, with the campaign's own numbers."""

from __future__ import annotations

from collections.abc import Callable

from sheetgen.analysis.advice import Reason
from sheetgen.analysis.campaign_goals import Goal
from sheetgen.formula.tree import Name, call, eq, gt, lt, ne
from sheetgen.report.blocks.advice_columns import ADVICE, COST_GAP, CTR_GAP, GROUP_CTR, GROUP_MEASURE
from sheetgen.report.blocks.advice_groups import GOAL, GOAL_MEASURE, WEAK_BY_ROI, Peers
from sheetgen.report.blocks.advice_limits import limit, limits_in_force
from sheetgen.report.blocks.advice_rows import CTR, FREQUENCY, ActionRow
from sheetgen.report.context import Context
from sheetgen.report.money import money
from sheetgen.report.sentence import Phrase, either, figure, percentage, sentence, written


def why(ctx: Context, row: ActionRow, found: Peers) -> Phrase:
    """The reason for the advice on a campaign, blank for a row without one."""
    number = row.number(ADVICE)
    phrases = [say(ctx, row, found) for say in SENTENCES.values()]
    expected = None if number is None else phrases[list(SENTENCES).index(Reason(int(number)))].expected
    cell = row.cell(ADVICE)
    return Phrase(call("IF", eq(cell, ""), "", call("CHOOSE", cell, *(phrase.formula for phrase in phrases))), expected)


def _percent(row: ActionRow, fact: str, digits: int = 0, sign: int = 1) -> Phrase:
    value = row.number(fact)
    return percentage(row.cell(fact) * sign, None if value is None else value * sign, digits)


def _limit(ctx: Context, key: str) -> Phrase:
    return percentage(limit(key), getattr(limits_in_force(ctx), key), 0)


def _roi_high(ctx: Context, row: ActionRow, _found: Peers) -> Phrase:
    roi, above = _percent(row, GOAL_MEASURE), _limit(ctx, "roi_scale")
    frequency, most = row.cell(FREQUENCY), limits_in_force(ctx).max_frequency
    seen = row.number(FREQUENCY)
    tired = call("AND", ne(frequency, ""), gt(frequency, limit("max_frequency")))
    plainly = sentence(
        ctx.say("ROI of {roi}% is above {limit}%: raise its budget in steps while that holds."), roi=roi, limit=above
    )
    with_care = sentence(
        ctx.say("ROI of {roi}% is above {limit}%: raise its budget, to a wider audience (frequency {frequency})."),
        roi=roi,
        limit=above,
        frequency=figure(frequency, seen, 1),
    )
    return either(tired, seen is not None and seen > most, with_care, plainly)


def _roi_low(ctx: Context, row: ActionRow, _found: Peers) -> Phrase:
    roi, below = _percent(row, GOAL_MEASURE), _limit(ctx, "roi_stop")
    budget, revenue = row.number("Budget"), row.number("Revenue")
    loses = budget is not None and revenue is not None and revenue < budget
    lost = row.cell("Budget") - row.cell("Revenue")
    loss = money(ctx, lost, budget - revenue if budget is not None and revenue is not None else None)
    plainly = ctx.say("ROI of {roi}% is below {limit}%: pause it, or move its budget.")
    losing = ctx.say("ROI of {roi}% is below {limit}% and {loss} more went out than came in: pause or cut it.")
    is_known = call("AND", ne(row.cell("Revenue"), ""), lt(row.cell("Revenue"), row.cell("Budget")))
    return either(
        is_known,
        loses,
        sentence(losing, roi=roi, limit=below, loss=loss),
        sentence(plainly, roi=roi, limit=below),
    )


def _cost_low(ctx: Context, row: ActionRow, _found: Peers) -> Phrase:
    facts = _cost_facts(ctx, row, sign=-1)
    reach = figure(row.cell("Reach"), row.number("Reach"), 0)
    for_reach = ctx.say("CPM of {cost} is {gap}% below the average of {average}; {reach} people reached: give it more.")
    for_views = ctx.say("CPM of {cost} is {gap}% below the average of {average} for its goal: give it more budget.")
    for_deeds = ctx.say("Cost per engagement of {cost} is {gap}% below the average of {average}: give it more budget.")
    has_reach = row.number("Reach") is not None
    seen = either(
        eq(row.cell("Reach"), ""),
        not has_reach,
        sentence(for_views, **facts),
        sentence(for_reach, **facts, reach=reach),
    )
    is_awareness = row.number(GOAL) == Goal.AWARENESS
    return either(eq(row.cell(GOAL), Goal.AWARENESS), is_awareness, seen, sentence(for_deeds, **facts))


def _cost_high(ctx: Context, row: ActionRow, _found: Peers) -> Phrase:
    facts = _cost_facts(ctx, row, sign=1)
    of_views = ctx.say("CPM of {cost} is {gap}% above the average of {average} for its goal: cut it, or aim wider.")
    of_deeds = ctx.say("Cost per engagement of {cost} is {gap}% above the average of {average}: cut or rework it.")
    is_awareness = row.number(GOAL) == Goal.AWARENESS
    return either(
        eq(row.cell(GOAL), Goal.AWARENESS), is_awareness, sentence(of_views, **facts), sentence(of_deeds, **facts)
    )


def _cost_facts(ctx: Context, row: ActionRow, sign: int) -> dict[str, Phrase]:
    return {
        "cost": money(ctx, row.cell(GOAL_MEASURE), row.number(GOAL_MEASURE), 2),
        "gap": _percent(row, COST_GAP, 0, sign),
        "average": money(ctx, row.cell(GROUP_MEASURE), row.number(GROUP_MEASURE), 2),
    }


def _fatigue(ctx: Context, row: ActionRow, _found: Peers) -> Phrase:
    return sentence(
        ctx.say("Each person saw it {frequency} times, above {limit}: refresh the creatives or widen the audience."),
        frequency=figure(row.cell(FREQUENCY), row.number(FREQUENCY), 1),
        limit=figure(limit("max_frequency"), limits_in_force(ctx).max_frequency, 1),
    )


def _ctr_low(ctx: Context, row: ActionRow, _found: Peers) -> Phrase:
    return sentence(
        ctx.say("CTR of {ctr}% is {gap}% below the {average}% of {platform}, {type}: test new creatives."),
        ctr=_percent(row, CTR, 2),
        gap=_percent(row, CTR_GAP, 0, -1),
        average=_percent(row, GROUP_CTR, 2),
        platform=written(row.cell("Platform"), row.text("Platform")),
        type=written(row.cell("Campaign Type"), row.text("Campaign Type")),
    )


def _weak_platform(ctx: Context, row: ActionRow, found: Peers) -> Phrase:
    platform = written(row.cell("Platform"), row.text("Platform"))
    (_, roi), (_, ctr) = found.weakest(by_roi=True), found.weakest(by_roi=False)
    by_roi = sentence(
        ctx.say("{platform} has the lowest ROI of the platforms ({value}%): test new formats before adding budget."),
        platform=platform,
        value=percentage(Name("weak_roi"), roi, 0),
    )
    by_ctr = sentence(
        ctx.say("{platform} has the lowest CTR of the platforms ({value}%): test new formats before adding budget."),
        platform=platform,
        value=percentage(Name("weak_ctr"), ctr, 2),
    )
    judged = call("AND", eq(row.cell(GOAL), Goal.CONVERSION), ne(Name(WEAK_BY_ROI), ""))
    return either(judged, row.number(GOAL) == Goal.CONVERSION and roi is not None, by_roi, by_ctr)


SENTENCES: dict[Reason, Callable[[Context, ActionRow, Peers], Phrase]] = {
    Reason.ROI_HIGH: _roi_high,
    Reason.COST_LOW: _cost_low,
    Reason.ROI_LOW: _roi_low,
    Reason.COST_HIGH: _cost_high,
    Reason.FATIGUE: _fatigue,
    Reason.CTR_LOW: _ctr_low,
    Reason.WEAK_PLATFORM: _weak_platform,
}
"""In the order of their numbers; the other reasons ask for nothing to be done."""
