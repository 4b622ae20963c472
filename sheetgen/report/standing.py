"""The formula of a KPI's standing against its benchmark cells, as `analysis.benchmark` states it."""

from __future__ import annotations

from sheetgen.analysis.benchmark import Standing, standing
from sheetgen.formula.tree import Name, Node, Text, call, eq, gt, lt
from sheetgen.inputs import benchmark_names
from sheetgen.kpis import Kpi
from sheetgen.report.context import Context


def standing_formula(ctx: Context, kpi: Kpi) -> Node:
    """The words for where the headline KPI lies, from its benchmark cells."""
    if kpi.better == "none":
        return Text("")
    value = Name(f"kpi_{kpi.key}")
    low, high = (Name(name) for name in benchmark_names(kpi))

    def say(word: Standing) -> Text:
        return Text(ctx.say(word.value))

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


def standing_value(ctx: Context, kpi: Kpi) -> str | None:
    """The same words, from pandas."""
    low, high = (ctx.inputs.number(name) for name in benchmark_names(kpi))
    word = standing(ctx.totals[kpi.key], low, high, kpi.better)
    return ctx.say(word.value) if word.value else None
