"""What the heatmap reads from the helper tab: the metric that the reader picks, and where its peak is."""

from __future__ import annotations

from sheetgen.analysis.heat import HEAT_DIGITS, Grid, day_peaks, heat_grid, known_measures, slot, slot_share, week_peak
from sheetgen.fields import BUDGET, CLICKS, CONVERSIONS, FIELDS_BY_KEY, IMPRESSIONS, MEASURES, REACH, Field
from sheetgen.formula.tree import At, Column, Name, Node, Span, Text, call, denominators, eq, place
from sheetgen.inputs import HEAT_METRIC
from sheetgen.kpis import Kpi
from sheetgen.report.blocks.clock import HOURS_IN_DAY, WEEKDAYS
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell
from sheetgen.report.ranking import Metric, metrics
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import ANY_NUMBER, HOURS, wildcard_safe

KEY, GRID = "heat", "heatmap"
"""The helper block, and the block with the grid."""

BASES = {
    "ctr": IMPRESSIONS,
    "engagement_rate": REACH,
    "conversion_rate": CLICKS,
    "clicks": CLICKS,
    "conversions": CONVERSIONS,
    "roi": BUDGET,
}
"""What can be picked, as far as the report has it, with the measure that says how much is behind a value."""

METRIC, MEASURE, COUNT, LARGEST, HOUR_PLACE, FOUND = range(6)
"""Columns: labels to pick from; measures and their counts; by weekday the largest value and its place; the peak."""

PICKED = Name("heat_no")
"""The number of the picked metric, 0 for none."""

PEAK, PEAK_DAY, PEAK_HOUR, PEAK_SHARE = (At(KEY, row, FOUND) for row in range(1, 5))
"""The largest value, the places from 1 of its weekday and of its hour, and its share of the metric's base."""

SLOTS, ANY_SLOT = Column(HOURS, "Slot"), Text(">0")
"""The hour of the week of each hourly row in the filters, and the criterion that all of them meet."""

GRID_ROW, GRID_COLUMN = 4, 1
"""Where the grid's first number stands in its block: hours down, weekdays across."""


def heat_metrics(ctx: Context) -> list[Metric]:
    """The metrics that can be picked."""
    known = {metric.key: metric for metric in metrics(ctx)}
    return [known[key] for key in BASES if key in known]


def picked_metric(ctx: Context) -> Metric | None:
    """The metric that the reader picked, None where the cell holds no metric's name."""
    choice = ctx.inputs.text(HEAT_METRIC).casefold()
    return next((metric for metric in heat_metrics(ctx) if metric.label.casefold() == choice), None)


def metric_choices(ctx: Context) -> Span:
    """The labels of the metrics, for the dropdown."""
    return Span(KEY, 0, METRIC, len(heat_metrics(ctx)) - 1, METRIC)


def grid_values(ctx: Context) -> Grid:
    """The grid's numbers, from pandas; all blank without a metric."""
    metric = picked_metric(ctx)
    if metric is None or ctx.hours is None:
        return [[None] * HOURS_IN_DAY for _ in WEEKDAYS]
    return heat_grid(ctx.hours, metric.what)


def heat_formula(ctx: Context, weekday: int, hour: int) -> Node:
    """The picked metric in one hour of the week: a ratio of sums of the hourly rows in the filters."""
    values = [_metric_formula(metric.what, slot(weekday, hour)) for metric in heat_metrics(ctx)]
    return call("IF", eq(PICKED, 0), "", call("CHOOSE", PICKED, *values))


def _metric_formula(what: Field | Kpi, number: int) -> Node:
    def total(key: str) -> Node:
        return call("SUMIFS", Column(HOURS, FIELDS_BY_KEY[key].header), SLOTS, number)

    keys = (what.key,) if isinstance(what, Field) else what.fields
    value = total(what.key) if isinstance(what, Field) else place(what.expr, total)
    result: Node = call("ROUND", value, HEAT_DIGITS)
    for divisor in [] if isinstance(what, Field) else reversed(denominators(what.expr)):
        result = call("IF", eq(place(divisor, total), 0), "", result)
    missing = [eq(_count(key), 0) for key in keys]
    return call("IF", missing[0] if len(missing) == 1 else call("OR", *missing), "", result)


def _count(key: str) -> At:
    """The cell with the number of rows in the filters that know a measure."""
    return At(KEY, [field.key for field in MEASURES].index(key), COUNT)


def heat(ctx: Context) -> Block:
    """The metrics with the picked one's number, what the hourly rows know, and the peak of the grid."""
    label, number = Style(Role.LABEL, Format.TEXT), Style(Role.MUTED, Format.GENERAL)
    known = heat_metrics(ctx)
    counts = {} if ctx.hours is None else known_measures(ctx.hours)
    cells = [Cell(row, METRIC, metric.label, label) for row, metric in enumerate(known)]
    for row, field in enumerate(MEASURES):
        counted = call("COUNTIFS", SLOTS, ANY_SLOT, Column(HOURS, field.header), ANY_NUMBER)
        cells.append(Cell(row, MEASURE, ctx.say(field.header), label))
        cells.append(Cell(row, COUNT, counted, number, float(counts.get(field.key, 0))))
    pick, labels = picked_metric(ctx), metric_choices(ctx)
    found = call("IFERROR", call("MATCH", wildcard_safe(Name(HEAT_METRIC)), labels, 0), 0)
    place_of_pick = 0.0 if pick is None else known.index(pick) + 1.0
    cells.append(Cell(0, FOUND, found, number, place_of_pick))
    cells += _peak_cells(grid_values(ctx))
    cells.append(Cell(PEAK_SHARE.row, FOUND, _share(ctx), number, peak_share(ctx)))
    height = max(len(known), len(MEASURES))
    return Block(KEY, height, 6, tuple(cells), names={PICKED.name: (0, FOUND)}, needs=("hours", GRID))


def peak_share(ctx: Context) -> float | None:
    """How much of the picked metric's base falls on the peak, from pandas; None without a peak or a base."""
    pick, top = picked_metric(ctx), week_peak(grid_values(ctx))
    if pick is None or top is None or ctx.hours is None:
        return None
    return slot_share(ctx.hours, BASES[pick.key].header, top)


def _share(ctx: Context) -> Node:
    at = PEAK_DAY * 100 + PEAK_HOUR - 1
    shares = []
    for metric in heat_metrics(ctx):
        base = Column(HOURS, BASES[metric.key].header)
        total = call("SUMIFS", base, SLOTS, ANY_SLOT)
        shares.append(call("IF", eq(total, 0), "", call("SUMIFS", base, SLOTS, at) / total))
    return call("IF", eq(PEAK, ""), "", call("CHOOSE", PICKED, *shares))


def _peak_cells(grid: Grid) -> list[Cell]:
    number, last = Style(Role.MUTED, Format.GENERAL), len(grid) - 1
    cells = []
    for day, peak in enumerate(day_peaks(grid)):
        hours = Span(GRID, GRID_ROW, GRID_COLUMN + day, GRID_ROW + HOURS_IN_DAY - 1, GRID_COLUMN + day)
        at = At(KEY, day, LARGEST)
        largest = call("IF", eq(call("COUNT", hours), 0), "", call("MAX", hours))
        hour = call("IF", eq(at, ""), "", call("MATCH", at, hours, 0))
        cells.append(Cell(day, LARGEST, largest, number, peak.value if peak else None))
        cells.append(Cell(day, HOUR_PLACE, hour, number, float(peak.hour) if peak else None))
    by_day, hours_by_day = (Span(KEY, 0, column, last, column) for column in (LARGEST, HOUR_PLACE))
    top = week_peak(grid)
    value = call("IF", eq(call("COUNT", by_day), 0), "", call("MAX", by_day))
    day_of_top = call("IF", eq(PEAK, ""), "", call("MATCH", PEAK, by_day, 0))
    hour_of_top = call("IF", eq(PEAK, ""), "", call("INDEX", hours_by_day, PEAK_DAY))
    cells.append(Cell(PEAK.row, FOUND, value, number, top.value if top else None))
    cells.append(Cell(PEAK_DAY.row, FOUND, day_of_top, number, float(top.day) if top else None))
    cells.append(Cell(PEAK_HOUR.row, FOUND, hour_of_top, number, float(top.hour) if top else None))
    return cells
