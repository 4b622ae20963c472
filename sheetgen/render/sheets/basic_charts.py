"""Lines, columns, bars and points: the API's BasicChartSpec, its axes and series."""

from __future__ import annotations

from typing import Final

from sheetgen.clause import Clause
from sheetgen.render.sheets.feeds import DOMAIN, Feed
from sheetgen.render.sheets.formats import color_style
from sheetgen.render.sheets.page import Page
from sheetgen.render.sheets.places import Json
from sheetgen.render.sheets.special_charts import chart_data
from sheetgen.report.model import Axis, Chart, ChartKind, Series
from sheetgen.report.style import Ink

TYPES: Final = {
    ChartKind.LINE: "LINE",
    ChartKind.COLUMN: "COLUMN",
    ChartKind.STACKED_COLUMN: "COLUMN",
    ChartKind.BAR: "BAR",
    ChartKind.STACKED_BAR: "BAR",
    ChartKind.SCATTER: "SCATTER",
}
STACKED: Final = frozenset({ChartKind.STACKED_COLUMN, ChartKind.STACKED_BAR})
LYING: Final = frozenset({ChartKind.BAR, ChartKind.STACKED_BAR})
DOTTED: Final = frozenset({ChartKind.LINE, ChartKind.SCATTER})
"""Kinds whose series are lines or points."""

BACKGROUND: Final = "#FFFFFF"
"""The colour of what is not to be seen: Google draws no bar without a colour."""

LINE_WIDTH: Final = 2
DOT_SIZE: Final = 5
POINT_SIZE: Final = 8
MOST_MARKED: Final = 24
"""Points on a line that still get a dot each."""

AXIS_SIZE: Final = 9
SHOWN_AXIS: Final = Clause("Google Sheets cannot hide an axis of a chart.")
UNNAMED: Final = Clause("Google Sheets cannot label the points of a chart with the name of their series.")


def basic_chart(page: Page, chart: Chart, feed: Feed) -> Json:
    """The BasicChartSpec of a chart; a series on the right axis of a column chart is a line."""
    is_combined = chart.kind in (ChartKind.COLUMN, ChartKind.STACKED_COLUMN) and _has_secondary(chart)
    spec: Json = {
        "chartType": "COMBO" if is_combined else TYPES[chart.kind],
        "headerCount": 1,
        "legendPosition": "BOTTOM_LEGEND" if chart.legend else "NO_LEGEND",
        "axis": _axes(page, chart),
        "domains": [{"domain": chart_data(page, feed.whole(DOMAIN)), "reversed": _is_reversed(chart)}],
        "series": [_series(page, chart, index, feed, is_combined) for index in range(len(chart.series))],
    }
    if chart.kind not in DOTTED:
        spec["stackedType"] = "STACKED" if chart.kind in STACKED else "NOT_STACKED"
    if is_combined or chart.kind is ChartKind.LINE:
        spec["interpolateNulls"] = True
    return spec


def _has_secondary(chart: Chart) -> bool:
    return any(series.secondary for series in chart.series)


def _is_reversed(chart: Chart) -> bool:
    # Google puts the first of lying bars at the top, Excel at the bottom.
    return chart.x.reverse != (chart.kind in LYING)


def _axes(page: Page, chart: Chart) -> list[Json]:
    across, upwards = ("LEFT_AXIS", "BOTTOM_AXIS") if chart.kind in LYING else ("BOTTOM_AXIS", "LEFT_AXIS")
    axes = [_axis(page, chart.x, across, is_domain=True), _axis(page, chart.y, upwards)]
    return [*axes, _axis(page, chart.y2, "RIGHT_AXIS")] if _has_secondary(chart) else axes


def _axis(page: Page, axis: Axis, position: str, *, is_domain: bool = False) -> Json:
    if axis.hidden:
        page.remark(SHOWN_AXIS)
    made: Json = {"position": position}
    if axis.title:
        made["title"] = axis.title
    if not is_domain:
        muted = color_style(page.formats.theme.colors.muted)
        made["format"] = {"fontSize": AXIS_SIZE, "foregroundColorStyle": muted}
    if axis.from_zero:
        made["viewWindowOptions"] = {"viewWindowMode": "EXPLICIT", "viewWindowMin": 0}
    return made


def _series(page: Page, chart: Chart, index: int, feed: Feed, is_combined: bool) -> Json:
    series = chart.series[index]
    minor = "BOTTOM_AXIS" if chart.kind in LYING else "LEFT_AXIS"
    made: Json = {
        "series": chart_data(page, feed.whole(feed.columns[index])),
        "targetAxis": "RIGHT_AXIS" if series.secondary else minor,
        "colorStyle": _color(page, series.ink),
    }
    is_line = chart.kind in DOTTED or (is_combined and series.secondary)
    if is_combined:
        made["type"] = "LINE" if series.secondary else "COLUMN"
    if is_line:
        made |= _line(series, feed, chart.kind)
    if series.point_inks:
        made["styleOverrides"] = [_override(page, i, ink) for i, ink in enumerate(series.point_inks)]
    return made | _labels(page, chart, index, feed)


def _line(series: Series, feed: Feed, kind: ChartKind) -> Json:
    if series.ink is Ink.NONE:
        return {"lineStyle": {"type": "INVISIBLE"}}
    line = {"type": "SOLID", "width": LINE_WIDTH} if series.line else {"type": "INVISIBLE"}
    if series.line and (kind is ChartKind.SCATTER or feed.rows > MOST_MARKED):
        return {"lineStyle": line}
    return {"lineStyle": line, "pointStyle": {"shape": "CIRCLE", "size": DOT_SIZE if series.line else POINT_SIZE}}


def _override(page: Page, index: int, ink: Ink) -> Json:
    return {"index": index, "colorStyle": _color(page, ink)}


def _color(page: Page, ink: Ink) -> Json:
    return color_style(BACKGROUND if ink is Ink.NONE else page.formats.theme.color(ink))


def _labels(page: Page, chart: Chart, index: int, feed: Feed) -> Json:
    series = chart.series[index]
    text = {"fontSize": AXIS_SIZE, "foregroundColorStyle": color_style(page.formats.theme.colors.text)}
    if series.named:
        page.remark(UNNAMED)
    if index in feed.labels:
        custom = chart_data(page, feed.whole(feed.labels[index]))
        return {"dataLabel": {"type": "CUSTOM", "customLabelData": custom, "textFormat": text} | _placement(chart)}
    if series.labels is not None:
        return {"dataLabel": {"type": "DATA", "textFormat": text} | _placement(chart)}
    return {}


def _placement(chart: Chart) -> Json:
    if chart.kind in STACKED:
        return {"placement": "CENTER"}
    return {"placement": "ABOVE" if chart.kind in DOTTED else "OUTSIDE_END"}
