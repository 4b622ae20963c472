"""What stands out, in sentences: best and worst campaign, the leading platforms and type, the largest budget."""

from __future__ import annotations

from sheetgen.formula.tree import At, Column, Name, Node, call, eq
from sheetgen.report.blocks.leaders import BEST, COUNT, NAME, Race, leader, races
from sheetgen.report.blocks.leaders import KEY as LEADERS
from sheetgen.report.blocks.ranking import ranked_row
from sheetgen.report.blocks.top import at_row, campaign_label, campaign_label_value, ranked_value, ranking_named
from sheetgen.report.blocks.winners import BEST as BEST_END
from sheetgen.report.blocks.winners import WORST as WORST_END
from sheetgen.report.blocks.winners import End, end_cell, end_place
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.money import money
from sheetgen.report.ranking import Ranking
from sheetgen.report.sentence import Phrase, either, percentage, plain, sentence, written
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import campaign_facts
from sheetgen.report.template import GRID_COLUMNS

KEY = "insights"
HEAD_COLUMNS = 2
ONE_LINE, TWO_LINES = 20.0, 29.0
"""Points; a sentence takes one line across the whole page, else two."""


def insights(ctx: Context, width: int) -> Block:
    """A heading and a sentence for each thing that stands out."""
    told = [*_campaigns(ctx), *((race.head, _winner(ctx, row, race)) for row, race in enumerate(races(ctx)))]
    told.append(("Largest budget", _largest(ctx)))
    cells = [Cell(0, 0, ctx.say("What stands out"), Style(Role.SECTION))]
    for row, (head, phrase) in enumerate(told, start=1):
        look = Style(Role.BODY, Format.TEXT, wrap=True)
        cells.append(Cell(row, 0, ctx.say(head), Style(Role.LABEL), columns=HEAD_COLUMNS))
        cells.append(Cell(row, HEAD_COLUMNS, phrase.formula, look, phrase.expected, columns=width - HEAD_COLUMNS))
    heights = dict.fromkeys(range(1, len(told) + 1), ONE_LINE if width == GRID_COLUMNS else TWO_LINES)
    needs = ("leaders", "roi_ends", "ranked", "headline")
    return Block(KEY, len(told) + 1, width, tuple(cells), needs=needs, heights=heights)


def _campaigns(ctx: Context) -> list[tuple[str, Phrase]]:
    order = ranking_named(ctx, "ROI")
    if order is None:
        return []
    none = plain(ctx.say("No campaign has both a budget and revenue."))
    alone = plain(ctx.say("There is no other campaign to compare."))
    best, worst = _end(ctx, order, BEST_END, none), _end(ctx, order, WORST_END, alone)
    is_none = end_place(ctx, order, BEST_END, 0) is None
    return [
        ("Best campaign", best),
        ("Worst campaign", either(eq(end_cell(BEST_END, 0), ""), is_none, none, worst)),
    ]


def _end(ctx: Context, order: Ranking, end: End, none: Phrase) -> Phrase:
    row, place = end_cell(end, 0), end_place(ctx, order, end, 0)
    roi = percentage(_of(order.column, row), at_row(order.values, place))
    told = sentence(
        ctx.say("{campaign}: ROI {roi}% on {budget}."),
        campaign=_name(ctx, row, place),
        roi=roi,
        budget=_money(ctx, "Budget", row, place),
    )
    return either(eq(row, ""), place is None, none, told)


def _of(column: Column, row: Node) -> Node:
    return call("INDEX", column, row)


def _name(ctx: Context, row: Node, place: float | None) -> Phrase:
    return written(campaign_label(row), campaign_label_value(ctx, place))


def _money(ctx: Context, header: str, row: Node, place: float | None) -> Phrase:
    cell = _of(campaign_facts(ctx).column(header), row)
    return money(ctx, cell, at_row(ctx.facts[header].to_numpy(dtype=float), place))


def _winner(ctx: Context, row: int, race: Race) -> Phrase:
    found, count = leader(ctx, race), At(LEADERS, row, COUNT)
    parts = {
        "winner": written(At(LEADERS, row, NAME), found.name),
        "value": percentage(At(LEADERS, row, BEST), found.best, race.digits),
    }
    overall = percentage(Name(f"kpi_{race.kpi}"), ctx.totals[race.kpi], race.digits)
    wins = sentence(ctx.say(race.wins), **parts, overall=overall)
    is_unnamed = eq(At(LEADERS, row, NAME), ctx.unset)
    unnamed = plain(ctx.say(race.unnamed))
    alone = either(is_unnamed, found.name == ctx.unset, unnamed, sentence(ctx.say(race.alone), **parts))
    told = either(eq(count, 1), found.count == 1, alone, wins)
    return either(eq(count, 0), found.count == 0, plain(ctx.say(race.none)), told)


def _largest(ctx: Context) -> Phrase:
    row, place = ranked_row("Budget", 0), ranked_value(ctx, "Budget", 0)
    cell = _of(campaign_facts(ctx).column("Budget"), row)
    budget, total = at_row(ctx.facts["Budget"].to_numpy(dtype=float), place), ctx.totals["Budget"]
    part = budget / total if budget is not None and total else None
    share = percentage(cell / Name("total_budget"), part)
    told = sentence(
        ctx.say("{campaign} takes {share}% of the budget, {budget}."),
        campaign=_name(ctx, row, place),
        share=share,
        budget=_money(ctx, "Budget", row, place),
    )
    none = plain(ctx.say("No campaign has a budget."))
    empty = call("IF", eq(row, ""), True, eq(Name("total_budget"), 0))
    return either(empty, part is None, none, told)
