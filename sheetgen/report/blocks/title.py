"""The title band and the filter cells of a dashboard page."""

from __future__ import annotations

from sheetgen.formula.tree import Column, Node, call, eq
from sheetgen.report.blocks.dimension import PLATFORMS, TYPES
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell, ChoiceInput, DateInput, Input
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY
from sheetgen.values import Value


def title(ctx: Context, width: int) -> Block:
    """The report's title over its period, currency and number of campaigns."""
    currency = ctx.currency or ctx.say("not stated")
    facts: tuple[tuple[str, Node | str, Value, Format], ...] = (
        (ctx.say("Data from"), *_bound(ctx, "MIN"), Format.DATE),
        (ctx.say("Data to"), *_bound(ctx, "MAX"), Format.DATE),
        (ctx.say("Currency"), currency, currency, Format.TEXT),
        (ctx.say("Campaigns"), *_shown_campaigns(ctx), Format.COUNT),
        (ctx.say("out of"), *_all_campaigns(ctx), Format.COUNT),
    )
    cells = [Cell(0, 0, ctx.title, Style(Role.TITLE), columns=width)]
    for i, (label, content, value, shown) in enumerate(facts):
        cells.append(Cell(1, 2 * i, label, Style(Role.SUBTITLE, Format.TEXT, Align.LEFT)))
        cells.append(Cell(1, 2 * i + 1, content, Style(Role.SUBTITLE, shown, Align.LEFT), value))
    return Block("title", 2, width, tuple(cells), needs=("campaigns",), heights={0: 32.0, 1: 18.0})


def _bound(ctx: Context, function: str) -> tuple[Node, Value]:
    if ctx.live.daily is not None:
        column, values = Column(DAILY, "Date"), ctx.live.daily["Date"]
    else:
        header = "Start Date" if function == "MIN" else "End Date"
        column, values = Column(CAMPAIGNS, header), ctx.live.campaigns[header]
    known = values.dropna()
    found = None if known.empty else float(known.min() if function == "MIN" else known.max())
    return call("IF", eq(call("COUNT", column), 0), "", call(function, column)), found


def _shown_campaigns(ctx: Context) -> tuple[Node, Value]:
    return call("SUM", Column(CAMPAIGNS, "In Filter")), float(ctx.live.campaigns["In Filter"].sum())


def _all_campaigns(ctx: Context) -> tuple[Node, Value]:
    return call("COUNT", Column(CAMPAIGNS, "Row No")), float(len(ctx.live.campaigns))


def filters(ctx: Context, width: int) -> Block:
    """The four filter cells and what they do."""
    inputs: tuple[tuple[str, str, Input, Format], ...] = (
        ("filter_platform", ctx.say("Platform"), ChoiceInput(PLATFORMS.choices(ctx)), Format.TEXT),
        ("filter_type", ctx.say("Campaign Type"), ChoiceInput(TYPES.choices(ctx)), Format.TEXT),
        ("filter_from", ctx.say("From"), DateInput(), Format.DATE),
        ("filter_to", ctx.say("To"), DateInput(), Format.DATE),
    )
    cells: list[Cell] = []
    names: dict[str, tuple[int, int]] = {}
    for i, (name, label, allowed, shown) in enumerate(inputs):
        look = Style(Role.INPUT, shown, Align.LEFT)
        value = _given(ctx, name)
        cells.append(Cell(0, 2 * i, label, Style(Role.CARD_LABEL), columns=2))
        cells.append(Cell(1, 2 * i, value, look, columns=2, input=allowed, note=ctx.say(NOTES[name])))
        names[name] = (1, 2 * i)
    cells.append(Cell(0, 8, _meaning(ctx), Style(Role.MUTED, wrap=True), rows=2, columns=width - 8))
    return Block("filters", 2, width, tuple(cells), names=names, needs=("platforms", "types"))


NOTES = {
    "filter_platform": "Choose a platform; the whole report follows.",
    "filter_type": "Choose a campaign type; the whole report follows.",
    "filter_from": "Type a first date, or leave blank.",
    "filter_to": "Type a last date, or leave blank.",
}


def _given(ctx: Context, name: str) -> float | str | None:
    value = ctx.inputs.values.get(name)
    return value if isinstance(value, float | str) else None


def _meaning(ctx: Context) -> str:
    if ctx.shape.daily:
        return ctx.say("Filters act on every page. Dates select the days from the Daily tab.")
    return ctx.say("Filters act on every page. Dates select campaigns by their start date.")
