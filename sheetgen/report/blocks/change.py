"""The words for a change against the period before, and for which two periods these are."""

from __future__ import annotations

from sheetgen.fields import Field
from sheetgen.formula.tree import At, Name, Node, Text, call, eq, gt
from sheetgen.kpis import Kpi, Unit
from sheetgen.report.blocks.previous import (
    BEFORE,
    BEFORE_FIRST,
    BEFORE_LAST,
    CHANGE,
    COMPARABLE,
    FIRST,
    LAST,
    NOW,
    Comparison,
    point_digits,
    value_cell,
    window_cell,
)
from sheetgen.report.context import Context
from sheetgen.report.dates import day_phrase
from sheetgen.report.model import Area, ColorWhen, Rule
from sheetgen.report.sentence import Phrase, either, figure, plain, sentence
from sheetgen.report.standing import better_of
from sheetgen.report.style import Ink

UP, DOWN = "▲", "▼"
BLANK = Phrase(Text(""), None)


def change_phrase(ctx: Context, found: Comparison, what: Field | Kpi) -> Phrase:
    """An arrow and by how much a measure or KPI changed; from where, when a percentage of that says nothing."""
    now, before, change = (value_cell(ctx, what.key, column) for column in (NOW, BEFORE, CHANGE))
    now_value, before_value = found.of(what)
    value = found.change(what)
    if point_digits(what) is None:
        moved = _moved(change, value, figure(call("ABS", change), _size(value), 1), ctx.say("{arrow} {change}%"))
        origin = figure(before, before_value, 2 if isinstance(what, Kpi) and what.unit is not Unit.NUMBER else 0)
        risen = now_value is not None and before_value is not None and now_value > before_value
        start = _arrow(gt(now, before), risen, origin, ctx.say("{arrow} from {change}"))
        same = either(eq(now, before), now_value == before_value, plain(ctx.say("no change")), start)
        told = either(eq(change, ""), value is None, same, _or_same(ctx, change, value, moved))
    else:
        size = figure(call("ABS", change), _size(value), point_digits(what) or 0)
        told = _or_same(ctx, change, value, _moved(change, value, size, ctx.say("{arrow} {change} pts")))
    known = now_value is not None and before_value is not None
    return either(call("OR", eq(now, ""), eq(before, "")), not known, BLANK, told)


def _or_same(ctx: Context, change: Node, value: float | None, moved: Phrase) -> Phrase:
    return either(eq(change, 0), value == 0, plain(ctx.say("no change")), moved)


def _moved(change: Node, value: float | None, size: Phrase, template: str) -> Phrase:
    return _arrow(gt(change, 0), value is not None and value > 0, size, template)


def _arrow(test: Node, holds: bool, size: Phrase, template: str) -> Phrase:
    return sentence(template, arrow=either(test, holds, plain(UP), plain(DOWN)), change=size)


def _size(value: float | None) -> float | None:
    return None if value is None else abs(value)


def change_rules(block: str, what: Field | Kpi, area: Area) -> list[Rule]:
    """Colours for a change to the better and to the worse, told by the arrow."""
    better = better_of(what)
    if better == "none":
        return []
    arrow = call("LEFT", At(block, area.row, area.column), 1)
    good, bad = (UP, DOWN) if better == "higher" else (DOWN, UP)
    return [ColorWhen(area, eq(arrow, good), Ink.GOOD), ColorWhen(area, eq(arrow, bad), Ink.BAD)]


def explanation(ctx: Context, found: Comparison) -> Phrase:
    """Which period the changes compare with which, or why there are none."""
    dated, is_dated = eq(Name("scope_dated"), 1), ctx.live.scope.dated
    compared = either(dated, is_dated, _compared(ctx, found, DATED), _compared(ctx, found, UNDATED))
    short = either(
        dated,
        is_dated,
        plain(ctx.say("No change shown: the data do not reach back over as many days before these.")),
        plain(ctx.say("No change shown: the data do not reach back into the month before.")),
    )
    undated = plain(ctx.say("No change shown: the data have no dates."))
    known = either(eq(window_cell(LAST), ""), found.windows.last is None, undated, short)
    return either(eq(window_cell(COMPARABLE), 1), found.windows.comparable, compared, known)


DATED = (
    "▲ ▼ {first} – {last} against the days before: {before_first} – {before_last}.",
    "▲ ▼ Campaigns that began {first} – {last} against those that began {before_first} – {before_last}.",
)
UNDATED = (
    "▲ ▼ Last month in the data, {first} – {last}, against the month before, {before_first} – {before_last}.",
    "▲ ▼ Last month in the data, {first} – {last}, against the month before, {before_first} – {before_last}; "
    "each campaign is spread evenly over the days of its flight.",
)
"""What the changes compare, with and without daily data."""


def _compared(ctx: Context, found: Comparison, templates: tuple[str, str]) -> Phrase:
    ends = {"first": FIRST, "last": LAST, "before_first": BEFORE_FIRST, "before_last": BEFORE_LAST}
    parts = {name: day_phrase(ctx.say, window_cell(row), getattr(found.windows, name)) for name, row in ends.items()}
    return sentence(ctx.say(templates[not ctx.shape.daily]), **parts)
