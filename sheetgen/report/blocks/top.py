"""The Top 5 campaigns by a metric that the reader picks."""

from __future__ import annotations

from sheetgen.analysis.groups import blank
from sheetgen.analysis.ranking import best_rows, worst_rows
from sheetgen.analysis.serials import Floats
from sheetgen.fields import BUDGET
from sheetgen.formula.tree import Column, Name, Node, call, eq
from sheetgen.inputs import PICK
from sheetgen.report.blocks.caption import caption
from sheetgen.report.blocks.ranking import choices, ranked_row
from sheetgen.report.context import Context
from sheetgen.report.formats import summary_format
from sheetgen.report.model import Area, Block, Cell, ChoiceInput, FormatWhen, Rule
from sheetgen.report.ranking import Ranking, metrics, pick_values, rankings
from sheetgen.report.sentence import Phrase, either, plain
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, campaign_facts

KEY = "top_campaigns"
LONGEST_LABEL = 200
"""Longer names are cut where a page shows them: a sentence around one must still fit a cell."""
SHOWN = 5
ROW_HEIGHT = 30.0
"""Points: room for two lines, because names that platforms give are long."""
TITLE_ROW, HEAD_ROW, FIRST_ROW = range(3)
NAME_COLUMNS = 3
PLATFORM_COLUMN, VALUE_COLUMN, BUDGET_COLUMN = range(NAME_COLUMNS, NAME_COLUMNS + 3)


def campaign_label(row: Node) -> Node:
    """The name of the campaign in that row of the campaign table, its ID where it has none; blank for a blank row."""
    name, key = (call("INDEX", Column(CAMPAIGNS, header), row) for header in ("Campaign Name", "Campaign ID"))
    return call("IF", eq(row, ""), "", call("LEFT", call("IF", eq(name, ""), key, name), LONGEST_LABEL))


def campaign_label_value(ctx: Context, row: float | None) -> str | None:
    """The same, from pandas."""
    if row is None:
        return None
    campaign = ctx.live.campaigns.iloc[int(row) - 1]
    name, key = campaign["Campaign Name"], campaign["Campaign ID"]
    return str(name or key)[:LONGEST_LABEL]


def of_campaign(row: Node, header: str, *, text: bool = False) -> Node:
    """The number, or the text, in a column of the campaign table for that row; blank where there is none."""
    cell = call("INDEX", Column(CAMPAIGNS, header), row)
    return call("IF", eq(row, ""), "", call("IF", call("ISTEXT" if text else "ISNUMBER", cell), cell, ""))


def ranking_named(ctx: Context, name: str) -> Ranking | None:
    """The ranking of that name, None where its KPI is missing."""
    return next((ranking for ranking in rankings(ctx) if ranking.name == name), None)


def top_campaigns(ctx: Context, width: int) -> Block:
    """A title with the picker over the five campaigns: name, platform, the picked metric and the budget."""
    pick = ctx.inputs.text(PICK) or None
    title_look = Style(Role.SECTION, Format.TEXT)
    picker_look = Style(Role.INPUT, Format.TEXT, Align.LEFT)
    note = ctx.say("Choose what the ranking goes by.")
    cells = [
        Cell(TITLE_ROW, 0, ctx.say("Top 5 campaigns by"), title_look, columns=NAME_COLUMNS),
        Cell(TITLE_ROW, PLATFORM_COLUMN, pick, picker_look, columns=2, input=ChoiceInput(choices(ctx)), note=note),
        *_heads(ctx),
    ]
    for k in range(SHOWN):
        cells += _row(ctx, k)
    cells.append(caption(FIRST_ROW + SHOWN, _nothing(ctx), VALUE_COLUMN + 2))
    rules = _unit_rules(ctx, Area(FIRST_ROW, VALUE_COLUMN, FIRST_ROW + SHOWN - 1, VALUE_COLUMN))
    return Block(
        KEY,
        FIRST_ROW + SHOWN + 1,
        width,
        tuple(cells),
        rules=rules,
        names={PICK: (TITLE_ROW, PLATFORM_COLUMN)},
        heights={FIRST_ROW + k: ROW_HEIGHT for k in range(SHOWN)},
        needs=("ranked", "campaigns"),
    )


def _nothing(ctx: Context) -> Phrase:
    """Why the list is empty, where it is."""
    reason = plain(ctx.say("No campaign under these filters has this metric: choose another one."))
    return either(eq(ranked_row("Pick", 0), ""), ranked_value(ctx, "Pick", 0) is None, reason, plain(""))


def _heads(ctx: Context) -> list[Cell]:
    left, right = Style(Role.HEAD, Format.TEXT), Style(Role.HEAD, Format.TEXT, Align.RIGHT)
    return [
        Cell(HEAD_ROW, 0, ctx.say("Campaign"), left, columns=NAME_COLUMNS),
        Cell(HEAD_ROW, PLATFORM_COLUMN, ctx.say("Platform"), left),
        Cell(
            HEAD_ROW, VALUE_COLUMN, call("IF", eq(Name(PICK), ""), "", Name(PICK)), right, ctx.inputs.text(PICK) or None
        ),
        Cell(HEAD_ROW, BUDGET_COLUMN, ctx.say("Budget"), right),
    ]


def _row(ctx: Context, k: int) -> list[Cell]:
    at, row = FIRST_ROW + k, ranked_row("Pick", k)
    found = ranked_value(ctx, "Pick", k)
    rows = ctx.live.campaigns
    pick, budget = pick_values(ctx), ctx.facts["Budget"].to_numpy(dtype=float)
    platform = None if found is None else rows["Platform"].iloc[int(found) - 1]
    name, money = Style(Role.LABEL, wrap=True), Style(Role.BODY, summary_format(BUDGET))
    budget_column = campaign_facts(ctx).column("Budget").column
    return [
        Cell(at, 0, campaign_label(row), name, campaign_label_value(ctx, found), columns=NAME_COLUMNS),
        Cell(
            at, PLATFORM_COLUMN, of_campaign(row, "Platform", text=True), Style(Role.BODY, align=Align.LEFT), platform
        ),
        Cell(at, VALUE_COLUMN, of_campaign(row, "Pick"), Style(Role.KPI, Format.NUMBER), at_row(pick, found)),
        Cell(at, BUDGET_COLUMN, of_campaign(row, budget_column), money, at_row(budget, found)),
    ]


def ranked_value(ctx: Context, name: str, k: int) -> float | None:
    """The campaign row (from 1) of the k-th campaign of an order as the page shows it, None past the last shown."""
    order = ranking_named(ctx, name.removeprefix("Worst "))
    if order is None or k + 1 > (ctx.inputs.number("set_top_n") or 0.0):
        return None
    first = worst_rows if name.startswith("Worst") else best_rows
    return first(order.keys(ctx.live.campaigns), k + 1)[k]


def at_row(values: Floats, row: float | None) -> float | None:
    """The value of a 1-based row, None for no row or a blank."""
    return None if row is None else blank(values[int(row) - 1])


def _unit_rules(ctx: Context, area: Area) -> tuple[Rule, ...]:
    """The picked metric in its own unit."""
    numbers: dict[Format, list[Node]] = {}
    for number, metric in enumerate(metrics(ctx), start=1):
        numbers.setdefault(metric.format, []).append(eq(Name("pick_no"), number))
    return tuple(
        FormatWhen(area, conditions[0] if len(conditions) == 1 else call("OR", *conditions), shown)
        for shown, conditions in numbers.items()
    )
