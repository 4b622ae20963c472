"""Whether the contrasted platforms' click and conversion rates differ by more than chance, in words."""

from __future__ import annotations

from sheetgen.analysis.contrast import State
from sheetgen.formula.tree import Name, Node, call, eq, gt, lt
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.proportions import (
    CASES,
    RATE,
    RATES,
    STATE,
    TRIALS,
    P,
    Rate,
    Tested,
    Z,
    score,
    tested,
)
from sheetgen.report.blocks.sides import Side, sides
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.sentence import Phrase, either, figure, number, plain, sentence, written
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.values import Value

KEY = "contrast_tests"
TITLE_ROW, NOTE_ROW, FIRST_ROW = range(3)
HEAD, OF_CASES, OF_TRIALS, OF_RATE, SCORES, VERDICT = range(6)
VERDICT_ROWS = 2
TEST_ROWS = VERDICT + VERDICT_ROWS + 1
LEAST_P = 0.0001
CONFIDENCE = "set_confidence"


def contrast_tests(ctx: Context, width: int) -> Block:
    """For each rate the cases and trials of both sides, z and p-value, and a verdict."""
    title = ctx.say("Is the difference real?")
    if ctx.shape.platforms < 2:
        return message(KEY, title, ctx.say("Nothing to test: the data have one platform only."), width)
    assumed = ctx.say("The test takes every impression or click for a trial of its own.")
    how = ctx.say("Two-proportion z-test, two-sided.")
    cells = [
        Cell(TITLE_ROW, 0, title, Style(Role.SECTION)),
        Cell(NOTE_ROW, 0, how, Style(Role.MUTED), columns=width, note=assumed),
    ]
    both = sides(ctx)
    for i, rate in enumerate(RATES):
        found, top = tested(both, rate), FIRST_ROW + i * TEST_ROWS
        cells += _labels(ctx, both, rate, top, width - 2) + _numbers(i, found, top, width - 2)
        verdict = _verdict(ctx, both, i, rate, found)
        look = Style(Role.MESSAGE, wrap=True)
        cells.append(Cell(top + VERDICT, 0, verdict.formula, look, verdict.expected, VERDICT_ROWS, width))
    height = FIRST_ROW + len(RATES) * TEST_ROWS - 1
    return Block(KEY, height, width, tuple(cells), needs=("contrast_scores", "settings"))


def _labels(ctx: Context, both: tuple[Side, Side], rate: Rate, top: int, wide: int) -> list[Cell]:
    texts = {
        OF_CASES: ctx.say(rate.cases.header),
        OF_TRIALS: ctx.say("out of {trials}", trials=ctx.say(rate.trials.header)),
        OF_RATE: ctx.say("Rate"),
        SCORES: ctx.say("z and p-value"),
    }
    right = Style(Role.HEAD, Format.TEXT, Align.RIGHT)
    return [
        Cell(top + HEAD, 0, ctx.say(rate.name), Style(Role.HEAD), columns=wide),
        *(Cell(top + HEAD, wide + k, one.label_cell, right, one.label) for k, one in enumerate(both)),
        *(Cell(top + row, 0, text, Style(Role.LABEL), columns=wide) for row, text in texts.items()),
    ]


def _numbers(i: int, found: Tested, top: int, wide: int) -> list[Cell]:
    z, p = score(i, Z), score(i, P)
    is_small = found.test.p is not None and found.test.p < LEAST_P
    shown = either(lt(p, LEAST_P), is_small, plain("< 0.0001"), figure(p, found.test.p, 4))
    told = either(eq(p, ""), found.test.p is None, plain(""), shown)
    rows: tuple[tuple[int, tuple[int, int], tuple[Value, Value], Style], ...] = (
        (OF_CASES, CASES, found.cases, Style(Role.BODY, Format.COUNT)),
        (OF_TRIALS, TRIALS, found.trials, Style(Role.BODY, Format.COUNT)),
        (OF_RATE, RATE, found.rates, Style(Role.KPI, Format.PERCENT_FINE)),
    )
    return [
        *(
            Cell(top + row, wide + k, _shown(score(i, columns[k])), look, values[k])
            for row, columns, values, look in rows
            for k in (0, 1)
        ),
        Cell(top + SCORES, wide, _shown(z), Style(Role.BODY, Format.NUMBER), found.test.z),
        Cell(top + SCORES, wide + 1, told.formula, Style(Role.BODY, Format.TEXT, Align.RIGHT), told.expected),
    ]


def _shown(cell: Node) -> Node:
    return call("IF", eq(cell, ""), "", cell)


def _verdict(ctx: Context, both: tuple[Side, Side], i: int, rate: Rate, found: Tested) -> Phrase:
    state, level, is_level = score(i, STATE), Name(CONFIDENCE), ctx.inputs.number(CONFIDENCE)
    p = found.test.p
    is_sure = p is not None and is_level is not None and p < 1 - is_level
    chance = plain(ctx.say("No difference shown: it may be chance."))
    judged = either(lt(score(i, P), 1 - level), is_sure, _winner(ctx, both, i, rate, found), chance)
    unset = plain(ctx.say("No verdict: Settings has no confidence."))
    told = either(call("NOT", call("ISNUMBER", level)), is_level is None, unset, judged)
    reasons = {
        State.TOO_FEW: "Not enough data: fewer than 5 cases expected on a side.",
        State.NO_SHARE: rate.no_share,
        State.UNKNOWN: "No test: a side has no numbers for it.",
    }
    for reached, reason in reasons.items():
        told = either(eq(state, reached), found.test.state is reached, plain(ctx.say(reason)), told)
    return told


def _winner(ctx: Context, both: tuple[Side, Side], i: int, rate: Rate, found: Tested) -> Phrase:
    z, level = found.test.z, ctx.inputs.number(CONFIDENCE)
    first, second = (written(one.label_cell, one.label) for one in both)
    winner = either(gt(score(i, Z), 0), z is not None and z > 0, first, second)
    sure = number(Name(CONFIDENCE) * 100, None if level is None else level * 100, 2)
    return sentence(ctx.say(rate.wins), winner=winner, confidence=sure)
