"""The heatmap: a metric that the reader picks, by weekday across and hour down, and its peak in words."""

from __future__ import annotations

from sheetgen.analysis.heat import HOURS_IN_DAY, week_peak
from sheetgen.formula.tree import Node, Span, call, eq
from sheetgen.inputs import HEAT_METRIC
from sheetgen.report.blocks.clock import BY_HOUR, BY_WEEKDAY, dates_of_hours, no_hours
from sheetgen.report.blocks.heat import (
    BASES,
    GRID,
    GRID_COLUMN,
    GRID_ROW,
    KEY,
    PEAK,
    PEAK_DAY,
    PEAK_HOUR,
    PEAK_SHARE,
    PICKED,
    grid_values,
    heat_formula,
    heat_metrics,
    metric_choices,
    peak_share,
    picked_metric,
)
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.share import share_phrase
from sheetgen.report.context import Context
from sheetgen.report.model import Area, Block, Cell, ChoiceInput, ColorScale, FormatWhen, Rule
from sheetgen.report.ranking import Metric
from sheetgen.report.sentence import Phrase, either, figure, percentage, plain, sentence
from sheetgen.report.style import Align, Format, Ink, Role, Style

TITLE_ROW, PEAK_ROW, NOTE_ROW, HEAD_ROW = range(GRID_ROW)
TITLE_COLUMNS, PICKER_COLUMNS = 3, 2
PERCENT_DIGITS = {Format.PERCENT: 1, Format.PERCENT_FINE: 2}


def heatmap(ctx: Context, width: int) -> Block:
    """The grid of 24 hours by 7 weekdays under a title with the picker, the peak, and what dates mean for hours."""
    title = ctx.say("Best hours of the week by")
    if not ctx.shape.hours:
        return message(GRID, title, no_hours(ctx), width)
    peak = _peak_words(ctx)
    picker = ChoiceInput(metric_choices(ctx))
    note = ctx.say("Choose what the colours show.")
    look = Style(Role.INPUT, Format.TEXT, Align.LEFT)
    pick = ctx.inputs.text(HEAT_METRIC) or None
    muted = Style(Role.MUTED, Format.TEXT)
    cells = [
        Cell(TITLE_ROW, 0, title, Style(Role.SECTION, Format.TEXT), columns=TITLE_COLUMNS),
        Cell(TITLE_ROW, TITLE_COLUMNS, pick, look, columns=PICKER_COLUMNS, input=picker, note=note),
        Cell(PEAK_ROW, 0, peak.formula, Style(Role.TEXT, Format.TEXT), peak.expected, columns=width),
        Cell(NOTE_ROW, 0, dates_of_hours(ctx), muted, columns=width),
        *_heads(ctx),
        *_grid(ctx),
    ]
    names = {HEAT_METRIC: (TITLE_ROW, TITLE_COLUMNS)}
    height = GRID_ROW + HOURS_IN_DAY
    return Block(GRID, height, width, tuple(cells), rules=_rules(ctx), names=names, needs=(KEY, "hours"))


def _heads(ctx: Context) -> list[Cell]:
    centred = Style(Role.HEAD, Format.TEXT, Align.CENTER)
    cells = [Cell(HEAD_ROW, 0, ctx.say("Hour"), Style(Role.HEAD, Format.TEXT))]
    cells += [Cell(HEAD_ROW, GRID_COLUMN + k, day, centred) for k, day in enumerate(BY_WEEKDAY.labels(ctx))]
    label = Style(Role.LABEL, Format.TEXT)
    return cells + [Cell(GRID_ROW + k, 0, hour, label) for k, hour in enumerate(BY_HOUR.labels(ctx))]


def _grid(ctx: Context) -> list[Cell]:
    look = Style(Role.KPI, Format.NUMBER, Align.CENTER)
    return [
        Cell(GRID_ROW + hour, GRID_COLUMN + day, heat_formula(ctx, day + 1, hour), look, value)
        for day, values in enumerate(grid_values(ctx))
        for hour, value in enumerate(values)
    ]


def _by_format(ctx: Context) -> dict[Format, Node]:
    """For each number format the test that the picked metric reads in it."""
    numbers: dict[Format, list[Node]] = {}
    for number, metric in enumerate(heat_metrics(ctx), start=1):
        numbers.setdefault(metric.format, []).append(eq(PICKED, number))
    return {shown: tests[0] if len(tests) == 1 else call("OR", *tests) for shown, tests in numbers.items()}


def _rules(ctx: Context) -> tuple[Rule, ...]:
    area = Area(GRID_ROW, GRID_COLUMN, GRID_ROW + HOURS_IN_DAY - 1, GRID_COLUMN + BY_WEEKDAY.count - 1)
    units = (FormatWhen(area, test, shown) for shown, test in _by_format(ctx).items())
    return (ColorScale(area, Ink.SCALE_LOW, Ink.SCALE_MIDDLE, Ink.SCALE_HIGH), *units)


def _peak_words(ctx: Context) -> Phrase:
    top, pick, known = week_peak(grid_values(ctx)), picked_metric(ctx), heat_metrics(ctx)
    weekday = Span(GRID, HEAD_ROW, GRID_COLUMN, HEAD_ROW, GRID_COLUMN + BY_WEEKDAY.count - 1)
    hour = Span(GRID, GRID_ROW, 0, GRID_ROW + HOURS_IN_DAY - 1, 0)
    number = known.index(pick) + 1 if pick else None
    value = plain("")
    for shown, test in _by_format(ctx).items():
        written = _written(ctx, shown, top.value if top else None)
        value = either(test, pick is not None and pick.format is shown, written, value)
    told = sentence(
        ctx.say("Peak: {weekday} {hour}, {metric} {value}{behind}."),
        weekday=_listed(weekday, PEAK_DAY, BY_WEEKDAY.labels(ctx), top.day if top else None),
        hour=_listed(hour, PEAK_HOUR, BY_HOUR.labels(ctx), top.hour if top else None),
        metric=_listed(metric_choices(ctx), PICKED, [metric.label for metric in known], number),
        value=value,
        behind=_behind(ctx, pick),
    )
    nothing = plain(ctx.say("No peak to show: the hours that the filters select lack the numbers for this metric."))
    unpicked = plain(ctx.say("Choose a metric from the list."))
    return either(eq(PICKED, 0), pick is None, unpicked, either(eq(PEAK, ""), top is None, nothing, told))


def _behind(ctx: Context, pick: Metric | None) -> Phrase:
    """How much is behind the peak: its share of what the metric divides by, or counts."""
    known, share = heat_metrics(ctx), peak_share(ctx)
    shares = [share_phrase(ctx.say, BASES[metric.key], percentage(PEAK_SHARE, share, 1)) for metric in known]
    chosen = call("CHOOSE", PICKED, *(phrase.formula for phrase in shares))
    told = sentence(
        ctx.say(", with {share}"), share=Phrase(chosen, shares[known.index(pick)].expected if pick else None)
    )
    return either(eq(PEAK_SHARE, ""), share is None, plain(""), told)


def _listed(cells: Span, place: Node, labels: list[str], known_place: int | None) -> Phrase:
    """The label at a place from 1."""
    return Phrase(call("INDEX", cells, place), labels[known_place - 1] if known_place else None)


def _written(ctx: Context, shown: Format, value: float | None) -> Phrase:
    """The peak's value in a unit."""
    digits = PERCENT_DIGITS.get(shown)
    if digits is None:
        return figure(PEAK, value)
    return sentence(ctx.say("{value}%"), value=percentage(PEAK, value, digits))
