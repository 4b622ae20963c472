"""The words for a KPI's standing against its benchmark cells, as `analysis.benchmark` states it, and their colours."""

from __future__ import annotations

from sheetgen.analysis.benchmark import BAD, GOOD, Standing, standing
from sheetgen.fields import BUDGET, PLANNED_BUDGET, Field
from sheetgen.formula.tree import At, Name, Node, Text, call, eq, gt, lt
from sheetgen.inputs import benchmark_names
from sheetgen.kpis import Better, Kpi
from sheetgen.report.context import Context
from sheetgen.report.model import Area, ColorWhen, Rule
from sheetgen.report.style import Ink


def better_of(what: Field | Kpi) -> Better:
    """Which way a measure or KPI is good: more of every result, while money spent is neither."""
    if isinstance(what, Kpi):
        return what.better
    return "none" if what in (BUDGET, PLANNED_BUDGET) else "higher"


def standing_formula(ctx: Context, kpi: Kpi, *, brief: bool = False) -> Node:
    """The words for where the headline KPI lies, from its benchmark cells."""
    if kpi.better == "none":
        return Text("")
    value = Name(f"kpi_{kpi.key}")
    low, high = (Name(name) for name in benchmark_names(kpi))

    def say(word: Standing) -> Text:
        return Text(_words(ctx, word, brief=brief))

    one_end = call("IF", eq(low, ""), high, low)
    if kpi.better == "higher":
        target = call("IF", gt(value, one_end), say(Standing.REACHED), say(Standing.MISSED))
        below, above = say(Standing.BAD_BELOW), say(Standing.GOOD_ABOVE)
    else:
        target = call("IF", lt(value, one_end), say(Standing.REACHED), say(Standing.OVER))
        below, above = say(Standing.GOOD_BELOW), say(Standing.BAD_ABOVE)
    in_range = call("IF", lt(value, low), below, call("IF", gt(value, high), above, say(Standing.INSIDE)))
    known = call("IF", call("OR", eq(low, ""), eq(high, "")), target, in_range)
    unknown = call("OR", eq(value, ""), call("AND", eq(low, ""), eq(high, "")))
    return call("IF", unknown, "", known)


def standing_value(ctx: Context, kpi: Kpi, *, brief: bool = False) -> str | None:
    """The same words, from pandas."""
    low, high = (ctx.inputs.number(name) for name in benchmark_names(kpi))
    return _words(ctx, standing(ctx.totals[kpi.key], low, high, kpi.better), brief=brief) or None


def standing_rules(ctx: Context, block: str, area: Area, *, brief: bool = False) -> list[Rule]:
    """Colours for words of standing on the good and on the bad side."""
    return [
        ColorWhen(area, _one_of(ctx, block, area, words, brief), ink)
        for words, ink in ((GOOD, Ink.GOOD), (BAD, Ink.BAD))
    ]


def _one_of(ctx: Context, block: str, area: Area, standings: tuple[Standing, ...], brief: bool) -> Node:
    words = dict.fromkeys(_words(ctx, standing, brief=brief) for standing in standings)
    tests = [eq(At(block, area.row, area.column), word) for word in words]
    return tests[0] if len(tests) == 1 else call("OR", *tests)


def _words(ctx: Context, word: Standing, *, brief: bool) -> str:
    text = word.brief if brief else word.value
    return ctx.say(text) if text else ""
