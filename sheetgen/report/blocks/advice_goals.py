"""The goal of each campaign type: found from its label, or chosen on the Settings tab.

Types stand in their order of appearance, which edited budgets do not change.
"""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.campaign_goals import SIGNS, Goal, bare, goal_of
from sheetgen.formula.tree import At, Column, Name, Node, Number, Text, call, eq
from sheetgen.inputs import GOAL_NAMES
from sheetgen.report.blocks.dimension import NUMBER, TYPES
from sheetgen.report.blocks.settings import LABEL, NOTE, SECOND, VALUE
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell, ChoiceInput, TextInput
from sheetgen.report.remembered import remembered
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS

KEY, CODES = "goals", "goal_codes"
FIRST_ROW = 3
BARE, CODE = range(2)
WORDS = {Goal.AWARENESS: "Awareness", Goal.ENGAGEMENT: "Engagement", Goal.CONVERSION: "Conversion"}
JUDGED_BY = {Goal.AWARENESS: "Reach and CPM", Goal.ENGAGEMENT: "Cost per engagement", Goal.CONVERSION: "ROI"}
LISTS = {Goal.AWARENESS: "awareness_types", Goal.ENGAGEMENT: "engagement_types"}
"""The settings with the labels of the types that have each goal; all other types seek conversions."""
JUDGE_ALL = "judge_all_by_roi"


@dataclass(frozen=True)
class TypeGoal:
    """A listed campaign type and its goal in force; None where the data have fewer types than the list has rows."""

    label: str | None
    goal: Goal

    def word(self, ctx: Context, words: dict[Goal, str]) -> str | None:
        """The word for its goal."""
        return None if self.label is None else ctx.say(words[self.goal])


@remembered
def type_goals(ctx: Context) -> list[TypeGoal]:
    """The types in their order of appearance."""
    names = ctx.live.campaigns[TYPES.header].tolist()
    numbers = TYPES.listed(ctx).numbers
    labels = [None if n is None else str(names[int(n) - 1]) if n else ctx.unset for n in numbers]
    return [TypeGoal(label, _goal(ctx, k, label)) for k, label in enumerate(labels)]


def _goal(ctx: Context, k: int, label: str | None) -> Goal:
    if label is None or (has_setting(ctx, JUDGE_ALL) and ctx.inputs.number(f"set_{JUDGE_ALL}") == 1):
        return Goal.CONVERSION
    choice = ctx.inputs.text(GOAL_NAMES[k]).casefold()
    chosen = next((goal for goal in Goal if ctx.say(WORDS[goal]).casefold() == choice), None)
    return chosen or goal_of(label, {goal: ctx.inputs.text(f"set_{key}") for goal, key in LISTS.items()})


def has_setting(ctx: Context, key: str) -> bool:
    """Whether the report's settings have one of that key."""
    return any(setting.key == key for setting in ctx.settings)


def goals(ctx: Context) -> Block:
    """The table on the Settings tab: each type with its goal and a cell to choose another, then the lists of labels."""
    note = ctx.say(
        "Campaigns are judged by what they are for. Choose a goal where the one found from the name is wrong."
    )
    heads = ((LABEL, "Campaign type"), (VALUE, "Your choice"), (SECOND, "Goal"), (NOTE, "Judged by"))
    cells = [
        Cell(0, LABEL, ctx.say("Goal of each campaign type"), Style(Role.SECTION)),
        Cell(1, LABEL, note, Style(Role.MUTED)),
        *(Cell(2, column, ctx.say(head), Style(Role.HEAD, Format.TEXT)) for column, head in heads),
    ]
    names: dict[str, tuple[int, int]] = {}
    for k, found in enumerate(type_goals(ctx)):
        cells += _type_cells(ctx, k, found)
        names[GOAL_NAMES[k]] = (FIRST_ROW + k, VALUE)
    row = FIRST_ROW + len(names) + 1
    for setting in ctx.settings:
        if setting.key in LISTS.values():
            look = Style(Role.INPUT, Format.TEXT, Align.LEFT, wrap=True)
            words = ctx.inputs.text(setting.name) or None
            cells.append(Cell(row, LABEL, ctx.say(setting.label), Style(Role.LABEL)))
            cells.append(Cell(row, VALUE, words, look, columns=3, input=TextInput()))
            names[setting.name] = (row, VALUE)
            row += 1
    return Block(KEY, row, NOTE + 1, tuple(cells), names=names, needs=("types", "campaigns", CODES))


def _type_cells(ctx: Context, k: int, found: TypeGoal) -> list[Cell]:
    number, row = type_number(k), FIRST_ROW + k
    label = call("IF", eq(number, 0), ctx.unset, call("INDEX", Column(CAMPAIGNS, TYPES.header), number))
    choices = ChoiceInput(tuple(ctx.say(WORDS[goal]) for goal in Goal))
    given, body = Style(Role.INPUT, Format.TEXT, Align.LEFT), Style(Role.BODY, Format.TEXT, Align.LEFT, dash=False)
    chosen = ctx.inputs.text(GOAL_NAMES[k]) or None
    cells = [
        Cell(row, LABEL, call("IF", eq(number, ""), "", label), Style(Role.LABEL, Format.TEXT), found.label),
        Cell(row, VALUE, chosen, given, input=choices, note=ctx.say("Leave blank for the goal found from the name.")),
    ]
    for column, words in ((SECOND, WORDS), (NOTE, JUDGED_BY)):
        word = call("CHOOSE", At(CODES, k + 1, CODE), *(ctx.say(words[goal]) for goal in Goal))
        cells.append(Cell(row, column, call("IF", eq(number, ""), "", word), body, found.word(ctx, words)))
    return cells


def type_number(k: int) -> At:
    """The cell with the number of the k-th type in order of appearance."""
    return At("types", k + 1, NUMBER)


def goal_codes(ctx: Context) -> Block:
    """The bare lists, and under them the bare label and the number of the goal of each type."""
    look = Style(Role.MUTED, Format.TEXT)
    cells = [
        Cell(0, column, _bare(_words(ctx, key)), look, f",{bare(ctx.inputs.text(f'set_{key}'))},")
        for column, key in enumerate(LISTS.values())
    ]
    for k, found in enumerate(type_goals(ctx)):
        cells.append(Cell(k + 1, BARE, _bare(At(KEY, FIRST_ROW + k, LABEL)), look, f",{bare(found.label or '')},"))
        cells.append(Cell(k + 1, CODE, _code(ctx, k), Style(Role.MUTED), float(found.goal)))
    return Block(CODES, TYPES.size(ctx) + 1, 2, tuple(cells), needs=(KEY, "types", "settings"))


def _words(ctx: Context, key: str) -> Node:
    return Name(f"set_{key}") if has_setting(ctx, key) else Text("")


def _bare(text: Node) -> Node:
    text = call("LOWER", text)
    for sign in SIGNS:
        text = call("SUBSTITUTE", text, sign, "")
    return "," & text & ","


def _code(ctx: Context, k: int) -> Node:
    code: Node = Number(Goal.CONVERSION)
    for column, goal in reversed(tuple(enumerate(LISTS))):
        listed = call("ISNUMBER", call("FIND", At(CODES, k + 1, BARE), At(CODES, 0, column)))
        code = call("IF", listed, goal, code)
    for goal in Goal:
        code = call("IF", eq(Name(GOAL_NAMES[k]), ctx.say(WORDS[goal])), goal, code)
    if has_setting(ctx, JUDGE_ALL):
        code = call("IF", eq(Name(f"set_{JUDGE_ALL}"), 1), Goal.CONVERSION, code)
    return call("IF", eq(type_number(k), ""), Goal.CONVERSION, code)
