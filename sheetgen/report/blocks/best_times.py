"""The best and the worst weekdays and hours, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetgen.analysis.best import LEAST_SHARE, SCORE_DIGITS, SHARE_DIGITS, best_place, comparable
from sheetgen.analysis.groups import Numbers
from sheetgen.fields import BUDGET, CLICKS, IMPRESSIONS, Field
from sheetgen.formula.tree import At, Node, Span, call, eq, lt
from sheetgen.kpis import Kpi, Unit
from sheetgen.report.blocks.clock import BY_HOUR, BY_WEEKDAY, Clock, no_hours, no_weekdays
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.share import share_phrase
from sheetgen.report.context import Context
from sheetgen.report.formats import kpi_format
from sheetgen.report.model import Block, Cell
from sheetgen.report.sentence import Phrase, either, figure, percentage, plain, sentence
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.template import GRID_COLUMNS

KEY = "best_times"

BASES = {"roi": BUDGET, "conversion_rate": CLICKS, "ctr": IMPRESSIONS}
"""The KPIs that times are compared by, and the measure that says how much is behind a value."""


@dataclass(frozen=True)
class _Words:
    """The sentences on a clock: its extremes, no difference, nothing to compare."""

    extremes: str
    level: str
    nothing: str


WORDS = {
    BY_WEEKDAY.block: _Words(
        "Best weekday for {kpi}: {best} ({high}, {high_share}). Worst: {worst} ({low}, {low_share}).",
        "No weekday stands out for {kpi}.",
        "{kpi} by weekday: the numbers for it are missing, or all on one weekday.",
    ),
    BY_HOUR.block: _Words(
        "Best hour for {kpi}: {best} ({high}, {high_share}). Worst: {worst} ({low}, {low_share}).",
        "No hour stands out for {kpi}.",
        "{kpi} by hour: the numbers for it are missing, or all at one hour.",
    ),
}


@dataclass(frozen=True)
class _Contest:
    """The times of a clock compared by a KPI, in one column of a helper block; `times` are their pandas values."""

    ctx: Context
    clock: Clock
    kpi: Kpi
    column: int
    times: Sequence[Numbers]

    @property
    def block(self) -> str:
        return f"{self.clock.block}_scores"

    @property
    def base(self) -> Field:
        return BASES[self.kpi.key]

    @property
    def values(self) -> Span:
        return self.clock.kpi_span(self.ctx, self.kpi.key)

    @property
    def bases(self) -> Span:
        return self.clock.measure_span(self.base.header)

    def scores(self) -> list[float | None]:
        """What is compared, None where it is not, from pandas."""
        return comparable([time[self.kpi.key] for time in self.times], self.known_bases())

    def known_bases(self) -> list[float | None]:
        """The base of each time, from pandas."""
        return [time[self.base.header] for time in self.times]

    def cells(self) -> list[Cell]:
        """The head, the score of each time, and the places of the best and of the worst."""
        look, scores = Style(Role.MUTED, kpi_format(self.kpi)), self.scores()
        listed = Span(self.block, 1, self.column, self.clock.count, self.column)
        cells = [Cell(0, self.column, self.ctx.say(self.kpi.header), Style(Role.HEAD, Format.TEXT))]
        cells += [Cell(1 + k, self.column, self._score(k), look, score) for k, score in enumerate(scores)]
        for extreme in (_Extreme(self, worst=False), _Extreme(self, worst=True)):
            found = call("MATCH", call("MIN" if extreme.worst else "MAX", listed), listed, 0)
            place = call("IF", lt(call("COUNT", listed), 2), "", found)
            at = extreme.cell
            cells.append(Cell(at.row, at.column, place, Style(Role.MUTED, Format.GENERAL), extreme.place))
        return cells

    def _score(self, k: int) -> Node:
        value, base = call("INDEX", self.values, k + 1), call("INDEX", self.bases, k + 1)
        total = call("SUM", self.bases)
        share = call("ROUND", base / total * self.clock.count, SHARE_DIGITS)
        score = call("IF", lt(share, LEAST_SHARE), "", call("ROUND", value, SCORE_DIGITS))
        return call("IF", call("OR", eq(value, ""), eq(base, ""), eq(total, 0)), "", score)

    def phrase(self) -> Phrase:
        """The best and the worst time in words."""
        words, kpi = WORDS[self.clock.block], plain(self.ctx.say(self.kpi.header))
        best, worst = _Extreme(self, worst=False), _Extreme(self, worst=True)
        extremes = sentence(
            self.ctx.say(words.extremes),
            kpi=kpi,
            best=best.label(),
            high=best.value(),
            high_share=best.share(),
            worst=worst.label(),
            low=worst.value(),
            low_share=worst.share(),
        )
        level = sentence(self.ctx.say(words.level), kpi=kpi)
        told = either(eq(best.cell, worst.cell), best.place == worst.place, level, extremes)
        nothing = sentence(self.ctx.say(words.nothing), kpi=kpi)
        return either(eq(best.cell, ""), best.place is None, nothing, told)


@dataclass(frozen=True)
class _Extreme:
    """The best or the worst time of a contest: its name, value and share of the base as phrases."""

    contest: _Contest
    worst: bool

    @property
    def cell(self) -> At:
        return At(self.contest.block, 1 + self.contest.clock.count + self.worst, self.contest.column)

    @property
    def place(self) -> int | None:
        return best_place(self.contest.scores(), worst=self.worst)

    def label(self) -> Phrase:
        """What the time is called."""
        labels = self.contest.clock.labels(self.contest.ctx)
        return Phrase(self._found(self.contest.clock.labels_span()), labels[self.place - 1] if self.place else None)

    def value(self) -> Phrase:
        """The KPI at the time, with its unit."""
        kpi = self.contest.kpi
        cell = self._found(self.contest.values)
        value = self.contest.times[self.place - 1][kpi.key] if self.place else None
        if kpi.unit is not Unit.PERCENT:
            return figure(cell, value, kpi.decimals)
        return sentence(self.contest.ctx.say("{value}%"), value=percentage(cell, value, min(kpi.decimals, 2)))

    def share(self) -> Phrase:
        """The time's share of the base."""
        known = [base or 0.0 for base in self.contest.known_bases()]
        share = known[self.place - 1] / sum(known) if self.place else None
        percent = percentage(self._found(self.contest.bases) / call("SUM", self.contest.bases), share, 0)
        return share_phrase(self.contest.ctx.say, self.contest.base, percent)

    def _found(self, span: Span) -> Node:
        return call("INDEX", span, self.cell)


def _contests(ctx: Context, clock: Clock) -> list[_Contest]:
    if clock.table(ctx) is None:
        return []
    kpis = [kpi for kpi in (ctx.kpi(key) for key in BASES) if kpi is not None]
    times = clock.values(ctx)
    return [_Contest(ctx, clock, kpi, column, times) for column, kpi in enumerate(kpis)]


def by_weekday_scores(ctx: Context) -> Block:
    """What the weekdays are compared by."""
    return _scores(ctx, BY_WEEKDAY)


def by_hour_scores(ctx: Context) -> Block:
    """What the hours are compared by."""
    return _scores(ctx, BY_HOUR)


def _scores(ctx: Context, clock: Clock) -> Block:
    contests = _contests(ctx, clock)
    cells = tuple(cell for contest in contests for cell in contest.cells())
    return Block(f"{clock.block}_scores", clock.count + 3, len(contests), cells, needs=(clock.block,))


def best_times(ctx: Context, width: int) -> Block:
    """A sentence for each KPI on the best and the worst weekday, and on the best and the worst hour."""
    title = ctx.say("Best and worst times")
    if BY_WEEKDAY.table(ctx) is None:
        return message(KEY, title, no_weekdays(ctx), width)
    cells = [Cell(0, 0, title, Style(Role.SECTION, Format.TEXT), columns=width)]
    lines = -(-GRID_COLUMNS // width)
    for clock in (BY_WEEKDAY, BY_HOUR):
        for contest in _contests(ctx, clock):
            phrase = contest.phrase()
            cells.append(_line(cells, phrase.formula, phrase.expected, lines, width))
    if BY_HOUR.table(ctx) is None:
        cells.append(_line(cells, no_hours(ctx), None, lines, width))
    note = ctx.say("Times with less than half an equal share of budget, clicks or impressions are left out.")
    row = _next_row(cells)
    cells.append(Cell(row, 0, note, Style(Role.MUTED, Format.TEXT, wrap=True), rows=lines, columns=width))
    needs = tuple(f"{clock.block}_scores" for clock in (BY_WEEKDAY, BY_HOUR) if clock.table(ctx) is not None)
    return Block(KEY, row + lines, width, tuple(cells), needs=needs)


def _line(above: list[Cell], content: Node | str, expected: str | None, lines: int, width: int) -> Cell:
    look = Style(Role.MESSAGE, Format.TEXT, wrap=True)
    return Cell(_next_row(above), 0, content, look, expected, rows=lines, columns=width)


def _next_row(above: list[Cell]) -> int:
    return above[-1].row + above[-1].rows
