"""The two-proportion z-tests of the contrasted platforms, on the helper tab: one row per rate."""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.contrast import LEAST_EXPECTED, ProportionTest, State, two_proportions
from sheetgen.fields import CLICKS, CONVERSIONS, IMPRESSIONS, Field
from sheetgen.formula.tree import At, Node, call, eq, gt, lt
from sheetgen.report.blocks.sides import Side, sides
from sheetgen.report.context import Context
from sheetgen.report.kpi_table import measure_column
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Format, Role, Style

KEY = "contrast_scores"
CASES, TRIALS, RATE = (0, 1), (2, 3), (4, 5)
"""The columns of each side's cases, trials and rate."""
STATE, POOLED, FEWEST, Z, P = range(6, 11)
HEADS = (
    *("Cases", "Cases", "Trials", "Trials", "Rate", "Rate"),
    *("State", "Pooled rate", "Fewest expected", "z", "p-value"),
)


@dataclass(frozen=True)
class Rate:
    """A rate to test: its name, the cases, what they are out of, and the words for a winner and for no share."""

    name: str
    cases: Field
    trials: Field
    wins: str
    no_share: str


RATES = (
    Rate(
        "CTR",
        CLICKS,
        IMPRESSIONS,
        "{winner} gets more clicks per impression: {confidence}% sure.",
        "No test: a side has more clicks than impressions, so clicks are no share of them.",
    ),
    Rate(
        "Conversion Rate",
        CONVERSIONS,
        CLICKS,
        "{winner} converts better: {confidence}% sure.",
        "No test: a side has more conversions than clicks, so conversions are no share of them.",
    ),
)


@dataclass(frozen=True, eq=False)
class Tested:
    """A rate of both sides and its test, from pandas."""

    cases: tuple[float | None, float | None]
    trials: tuple[float | None, float | None]
    test: ProportionTest

    @property
    def rates(self) -> tuple[float | None, float | None]:
        """The rate of each side, blank without trials."""
        first, second = (x / n if x is not None and n else None for x, n in zip(self.cases, self.trials, strict=True))
        return first, second

    @property
    def row(self) -> tuple[float | None, ...]:
        """The values of the helper row."""
        test = self.test
        return (*self.cases, *self.trials, *self.rates, float(test.state), test.pooled, test.fewest, test.z, test.p)


def tested(both: tuple[Side, Side], rate: Rate) -> Tested:
    """The rate of both sides and its test."""
    (x1, x2), (n1, n2) = ([one.numbers.get(field.header) for one in both] for field in (rate.cases, rate.trials))
    return Tested((x1, x2), (n1, n2), two_proportions((x1, x2), (n1, n2)))


def score(i: int, column: int) -> At:
    """The cell of a column for the i-th rate."""
    return At(KEY, i + 1, column)


def contrast_scores(ctx: Context) -> Block:
    """One row per rate: cases, trials and rate of each side, then how the test went."""
    both, look = sides(ctx), Style(Role.BODY, Format.GENERAL)
    cells = [Cell(0, column, ctx.say(head), Style(Role.HEAD)) for column, head in enumerate(HEADS)]
    for i, rate in enumerate(RATES):
        counts = [one.value(ctx, measure_column(field.header)) for field in (rate.cases, rate.trials) for one in both]
        values = tested(both, rate).row
        formulas = (*counts, *_rates(i), *_test(i))
        cells += [
            Cell(i + 1, column, formula, look, value)
            for column, (formula, value) in enumerate(zip(formulas, values, strict=True))
        ]
    return Block(KEY, len(RATES) + 1, P + 1, tuple(cells), needs=("contrast_sides", "by_platform"))


def _rates(i: int) -> list[Node]:
    pairs = [(score(i, x), score(i, n)) for x, n in zip(CASES, TRIALS, strict=True)]
    return [call("IF", call("OR", eq(x, ""), eq(n, "")), "", call("IF", eq(n, 0), "", x / n)) for x, n in pairs]


def _test(i: int) -> tuple[Node, ...]:
    x1, x2, n1, n2 = (score(i, column) for column in (*CASES, *TRIALS))
    state, pooled, fewest, z = (score(i, column) for column in (STATE, POOLED, FEWEST, Z))
    blank = call("OR", *(eq(cell, "") for cell in (x1, x2, n1, n2)))
    enough = call("IF", lt(fewest, LEAST_EXPECTED), State.TOO_FEW, State.TESTED)
    of_counts = call("IF", call("OR", gt(x1, n1), gt(x2, n2)), State.NO_SHARE, enough)
    error = call("SQRT", pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return (
        call("IF", eq(pooled, ""), State.UNKNOWN, of_counts),
        call("IF", blank, "", call("IF", eq(n1 + n2, 0), "", (x1 + x2) / (n1 + n2))),
        call("IF", eq(pooled, ""), "", call("MIN", n1, n2) * call("MIN", pooled, 1 - pooled)),
        call("IF", lt(state, State.TESTED), "", (x1 * n2 - x2 * n1) / (n1 * n2) / error),
        call("IF", eq(z, ""), "", 2 * call("NORMSDIST", -1 * call("ABS", z))),
    )
