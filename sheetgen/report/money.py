"""Amounts and axis titles with the report's currency, and without it where the data do not state one."""

from __future__ import annotations

from sheetgen.formula.tree import Node
from sheetgen.report.context import Context
from sheetgen.report.sentence import Phrase, figure, plain, sentence


def money(ctx: Context, cell: Node, value: float | None, digits: int = 0) -> Phrase:
    """An amount followed by the currency."""
    amount = figure(cell, value, digits)
    if not ctx.currency:
        return amount
    return sentence(ctx.say("{amount} {currency}"), amount=amount, currency=plain(ctx.currency))


def in_currency(ctx: Context, title: str) -> str:
    """The title in the report's language, with the currency as its unit."""
    said = ctx.say(title)
    return ctx.say("{title} ({currency})", title=said, currency=ctx.currency) if ctx.currency else said
