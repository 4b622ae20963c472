"""The search for the price of money on the helper tab, once per scenario: rounds of candidates side by side."""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.allocation import CANDIDATES, END_DIGITS, MOST_CUT, MOST_RAISE, ROUNDS, SLACK, Bracket, Search
from sheetgen.analysis.plan import Held
from sheetgen.analysis.response import ASSUMED_EXPONENT, HIGHEST_EXPONENT, LOWEST_EXPONENT
from sheetgen.formula.tree import At, Name, Node, Span, call, eq, ge, gt, le, lt, ne
from sheetgen.inputs import TOTAL_TO_ALLOCATE
from sheetgen.report.blocks.optimiser_columns import (
    ELASTICITY,
    FREE,
    HELD,
    MARGINAL,
    START,
    column,
    end_headers,
    moves,
    rounded_header,
    scenario_name,
)
from sheetgen.report.blocks.optimiser_plan import (
    BOUND_SETTINGS,
    BOUNDED,
    WIDE,
    assumed_exponent,
    bounds_of,
    plan_of,
    scenario_of,
)
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Role, Style

BASIS = "optimiser_basis"
LABEL, VALUE = range(2)
TOP = 14
"""The row of the first round, under the named steps."""
BEGIN, WIDTH, REACHED, PRICES = range(4)
FIRST = PRICES + CANDIDATES
SUMS = FIRST + 1
LAST = SUMS + CANDIDATES
"""A round's columns: its bracket, how many sums of the round before reach the goal, the prices tried, and the sums in
the order of their prices, from that at the bracket's beginning to that at its end."""
LOOK = Style(Role.MUTED)


@dataclass(frozen=True)
class Step:
    """A helper cell with its defined name: what it holds, and what pandas expects of it."""

    name: str
    formula: Node
    value: float


def optimiser_basis(ctx: Context) -> Block:
    """What both scenarios share: the assumed exponent, the total, and what of it the free campaigns get."""
    plan = plan_of(ctx)
    given, total = Name("set_exponent"), Name(TOTAL_TO_ALLOCATE)
    clamped = call("MIN", HIGHEST_EXPONENT, call("MAX", LOWEST_EXPONENT, given))
    held = call("SUM", column(START)) - call("SUM", column(FREE))
    current = call("SUM", Name("total_budget"))
    steps = (
        Step(
            "optimiser_exponent", call("IF", call("ISNUMBER", given), clamped, ASSUMED_EXPONENT), assumed_exponent(ctx)
        ),
        Step("optimiser_sum", call("IF", call("ISNUMBER", total), total, current), plan.total),
        Step("optimiser_held", held, float(plan.start.sum() - plan.free.sum())),
        Step("optimiser_target", call("ROUND", Name("optimiser_sum") - Name("optimiser_held"), 2), plan.target),
        Step("optimiser_free", call("SUM", column(FREE)), float(plan.free.sum())),
        Step("optimiser_movable", call("COUNTIF", column(HELD), Held.FREE), float(plan.movable)),
    )
    needs = ("campaigns", "headline", "settings", "optimiser_inputs")
    return Block(BASIS, len(steps), 2, _step_cells(steps), names=_step_names(steps), needs=needs)


def moved_step(ctx: Context) -> Block:
    """The step between ties of the campaigns ranked by the money they move."""
    order = moves(ctx)
    steps = (Step(order.step_name, order.step_formula(), order.step),)
    return Block("moved_step", 1, 2, _step_cells(steps), names=_step_names(steps), needs=("campaigns",))


def _step_cells(steps: tuple[Step, ...]) -> tuple[Cell, ...]:
    labels = (Cell(row, LABEL, step.name, LOOK) for row, step in enumerate(steps))
    values = (Cell(row, VALUE, step.formula, LOOK, step.value) for row, step in enumerate(steps))
    return (*labels, *values)


def _step_names(steps: tuple[Step, ...]) -> dict[str, tuple[int, int]]:
    return {step.name: (row, VALUE) for row, step in enumerate(steps)}


def bounded_search(ctx: Context) -> Block:
    """The search of the bounded scenario."""
    return _Rounds(ctx, BOUNDED).block()


def wide_search(ctx: Context) -> Block:
    """The search of the wide scenario."""
    return _Rounds(ctx, WIDE).block()


@dataclass(frozen=True, eq=False)
class _Rounds:
    """The cells of a scenario's search: its named steps, and under them a row per round and one for what is left."""

    ctx: Context
    scenario: str

    @property
    def key(self) -> str:
        return f"{self.scenario.lower()}_search"

    @property
    def found(self) -> Search:
        return scenario_of(self.ctx, self.scenario).allocation.search

    def block(self) -> Block:
        steps = (*self._bounds(), *self._ends(), *self._result())
        cells = (*_step_cells(steps), *self._round_cells(), *self._bracket(ROUNDS, self.found.left))
        needs = ("campaigns", BASIS, "settings")
        return Block(self.key, TOP + ROUNDS + 1, LAST + 1, cells, names=_step_names(steps), needs=needs)

    def _name(self, what: str) -> Name:
        return scenario_name(self.scenario, what)

    def _step(self, what: str, formula: Node, value: float) -> Step:
        return Step(self._name(what).name, formula, value)

    def _bounds(self) -> tuple[Step, ...]:
        bounds, found = bounds_of(self.ctx, self.scenario), self.found
        down, up = (Name(name) for name in BOUND_SETTINGS[self.scenario])
        at_low, at_high = (column(header) for header in end_headers(self.scenario))
        return (
            self._step("lowest", 1 - call("MIN", MOST_CUT, call("MAX", 0, down)), bounds.lowest),
            self._step("highest", 1 + call("MIN", MOST_RAISE, call("MAX", 0, up)), bounds.highest),
            self._step("cheapest", call("MIN", 1, at_high), found.cheapest),
            self._step("dearest", call("MAX", 1, at_low), found.dearest),
            self._step("goal", Name("optimiser_target") * (1 - SLACK), found.goal),
        )

    def _ends(self) -> tuple[Step, ...]:
        """The sums at the ends of the bracket that is left, and the price between them."""
        left = self.found.left
        first, last, goal = self._name("first"), self._name("last"), self._name("goal")
        passed = call("IF", gt(first - last, first * SLACK), (first - goal) / (first - last), 1)
        price = call("EXP", self._at(ROUNDS, BEGIN) + self._at(ROUNDS, WIDTH) * call("MIN", 1, call("MAX", 0, passed)))
        return (
            self._step("first", self._at(ROUNDS, FIRST), left.first),
            self._step("last", self._at(ROUNDS, LAST), left.last),
            self._step("found", price, self.found.price),
        )

    def _result(self) -> tuple[Step, ...]:
        allocation, target, free = (
            scenario_of(self.ctx, self.scenario),
            Name("optimiser_target"),
            Name("optimiser_free"),
        )
        found, rounded = allocation.allocation, column(rounded_header(self.scenario))
        over_low, over_high, excess = self._name("over_low"), self._name("over_high"), self._name("excess")
        dear_or_not = call("IF", ge(over_high, 0), self._name("cheapest"), self._name("found"))
        carrier = call("MATCH", call("MAX", rounded), rounded, 0)
        left = call("ROUND", target - call("SUM", rounded), 2)
        return (
            self._step("over_low", call("ROUND", target - free * self._name("lowest"), END_DIGITS), found.over_low),
            self._step("over_high", call("ROUND", target - free * self._name("highest"), END_DIGITS), found.over_high),
            self._step("excess", call("MIN", over_low, 0) + call("MAX", over_high, 0), found.excess),
            self._step("price", call("IF", le(over_low, 0), self._name("dearest"), dear_or_not), found.price),
            self._step("carrier", call("IF", eq(call("COUNT", rounded), 0), 0, carrier), allocation.carrier),
            self._step("cents", call("IF", ne(excess, 0), 0, left), found.cents),
        )

    def _round_cells(self) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for number, tried in enumerate(self.found.rounds):
            begin, width, row = self._at(number, BEGIN), self._at(number, WIDTH), TOP + number
            cells += self._bracket(number, tried.bracket)
            for k in range(CANDIDATES):
                price = call("EXP", begin + width / (CANDIDATES + 1) * (k + 1))
                total = self._sum_at(self._at(number, PRICES + k))
                cells.append(Cell(row, PRICES + k, price, LOOK, float(tried.prices[k])))
                cells.append(Cell(row, SUMS + k, total, LOOK, float(tried.sums[k])))
        return tuple(cells)

    def _at(self, number: int, column: int) -> At:
        return At(self.key, TOP + number, column)

    def _bracket(self, number: int, bracket: Bracket) -> tuple[Cell, ...]:
        """A round's bracket: all prices first, then the step of the round before where the sum passes the goal."""
        values = {BEGIN: bracket.begin, WIDTH: bracket.width, FIRST: bracket.first, LAST: bracket.last}
        formulas = self._all_prices() if number == 0 else self._narrowed(number)
        if number:
            values[REACHED] = float(self.found.rounds[number - 1].reached)
        return tuple(Cell(TOP + number, column, formulas[column], LOOK, values[column]) for column in values)

    def _all_prices(self) -> dict[int, Node]:
        cheapest, free = call("LN", self._name("cheapest")), Name("optimiser_free")
        return {
            BEGIN: cheapest,
            WIDTH: call("LN", self._name("dearest")) - self._at(0, BEGIN),
            FIRST: free * self._name("highest"),
            LAST: free * self._name("lowest"),
        }

    def _narrowed(self, number: int) -> dict[int, Node]:
        before, row = number - 1, TOP + number - 1
        sums = Span(self.key, row, SUMS, row, LAST - 1)
        with_ends = Span(self.key, row, FIRST, row, LAST)
        reached = self._at(number, REACHED)
        return {
            REACHED: call("SUMPRODUCT", ge(sums, self._name("goal")) * 1),
            BEGIN: self._at(before, BEGIN) + self._at(number, WIDTH) * reached,
            WIDTH: self._at(before, WIDTH) / (CANDIDATES + 1),
            FIRST: call("INDEX", with_ends, 1, reached + 1),
            LAST: call("INDEX", with_ends, 1, reached + 2),
        }

    def _sum_at(self, price: Node) -> Node:
        """The sum of all free budgets at a price: each between its bounds, told by comparisons."""
        at_low, at_high = (column(header) for header in end_headers(self.scenario))
        # Two comparisons, the fewest that clamp: above the range the first is 0, below it both are 1.
        clamped = at_low + lt(price, at_low) * (price - at_low) + lt(price, at_high) * (at_high - price)
        return call("SUMPRODUCT", column(FREE) * (column(MARGINAL) / clamped) ** column(ELASTICITY))
