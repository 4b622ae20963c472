"""The thresholds in force: those of the Settings tab; a cleared one switches its rule off."""

from __future__ import annotations

from dataclasses import fields

from sheetgen.analysis.advice import Limits
from sheetgen.formula.tree import Name, Node, Number, call
from sheetgen.report.blocks.advice_goals import has_setting
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Role, Style

KEY = "limits"
FAR = 1e15
"""Beyond every number that is compared with a threshold."""
NEVER_BELOW = ("roi_stop", "min_clicks", "min_impressions")
"""The thresholds whose rule looks for less; with the others, more than the threshold makes the rule apply."""


def limit(key: str) -> Name:
    """The cell with a threshold in force."""
    return Name(f"limit_{key}")


def limits_in_force(ctx: Context) -> Limits:
    """The thresholds, from pandas."""
    return Limits(**{field.name: _value(ctx, field.name) for field in fields(Limits)})


def _value(ctx: Context, key: str) -> float:
    given = ctx.inputs.number(f"set_{key}") if has_setting(ctx, key) else None
    return _off(key) if given is None else given


def _off(key: str) -> float:
    return -FAR if key in NEVER_BELOW else FAR


def limits(ctx: Context) -> Block:
    """A named cell for each threshold."""
    keys = [field.name for field in fields(Limits)]
    cells = [Cell(row, 0, f"limit_{key}", Style(Role.LABEL)) for row, key in enumerate(keys)]
    cells += [Cell(row, 1, _formula(ctx, key), Style(Role.MUTED), _value(ctx, key)) for row, key in enumerate(keys)]
    names = {f"limit_{key}": (row, 1) for row, key in enumerate(keys)}
    return Block(KEY, len(keys), 2, tuple(cells), names=names, needs=("settings",))


def _formula(ctx: Context, key: str) -> Node:
    name = Name(f"set_{key}")
    return call("IF", call("ISNUMBER", name), name, _off(key)) if has_setting(ctx, key) else Number(_off(key))
