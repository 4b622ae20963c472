"""The kinds of chart with a spec of their own: pies, bubbles and waterfalls."""

from __future__ import annotations

from typing import Final

from sheetgen.clause import Clause
from sheetgen.formula.tree import Span
from sheetgen.render.sheets.feeds import DOMAIN, GROUP, SIZE, Feed, X, Y
from sheetgen.render.sheets.formats import color_style
from sheetgen.render.sheets.page import Page
from sheetgen.render.sheets.places import Json
from sheetgen.report.model import Chart, Waterfall

OPACITY: Final = 0.7
SMALLEST_BUBBLE: Final = 6
LARGEST_BUBBLE: Final = 24
"""Radius in pixels, so that neighbours stay apart."""

WHITE: Final = "#FFFFFF"
LABEL_SIZE: Final = 9

SLICE_COLOURS: Final = Clause("Google Sheets chooses the colours of a pie's slices: each carries its own label.")
BUBBLE_COLOURS: Final = Clause("Google Sheets chooses the colours of bubbles, and has no titles on their axes.")


def chart_data(page: Page, span: Span) -> Json:
    """A column as the data of a chart."""
    return {"sourceRange": {"sources": [page.cells(span)]}}


def pie_chart(page: Page, feed: Feed) -> Json:
    """The PieChartSpec of a feed's one series."""
    page.remark(SLICE_COLOURS)
    return {
        "domain": chart_data(page, feed.data(DOMAIN)),
        "series": chart_data(page, feed.data(feed.columns[0])),
        "legendPosition": "LABELED_LEGEND",
    }


def bubble_chart(page: Page, chart: Chart, feed: Feed) -> Json:
    """The BubbleChartSpec of a feed: bubbles of series in one ink belong to one group."""
    page.remark(BUBBLE_COLOURS)
    return {
        "bubbleLabels": chart_data(page, feed.data(DOMAIN)),
        "domain": chart_data(page, feed.data(X)),
        "series": chart_data(page, feed.data(Y)),
        "bubbleSizes": chart_data(page, feed.data(SIZE)),
        "groupIds": chart_data(page, feed.data(GROUP)),
        "bubbleOpacity": OPACITY,
        "bubbleMinRadiusSize": SMALLEST_BUBBLE,
        "bubbleMaxRadiusSize": LARGEST_BUBBLE,
        "bubbleBorderColorStyle": color_style(WHITE),
        "bubbleTextStyle": {"fontSize": LABEL_SIZE},
        "legendPosition": "BOTTOM_LEGEND" if chart.legend else "NO_LEGEND",
    }


def waterfall_chart(page: Page, chart: Chart, steps: Waterfall, feed: Feed) -> Json:
    """The WaterfallChartSpec of a feed, the total after its last step."""
    total = {"subtotalIndex": feed.rows - 1, "dataIsSubtotal": False, "label": _label(chart, steps.total)}
    series = {
        "data": chart_data(page, feed.data(feed.columns[0])),
        "positiveColumnsStyle": _columns(page, chart, steps.gain),
        "negativeColumnsStyle": _columns(page, chart, steps.loss),
        "subtotalColumnsStyle": _columns(page, chart, steps.total),
        "hideTrailingSubtotal": True,
        "customSubtotals": [total],
    }
    return {
        "domain": {"data": chart_data(page, feed.data(DOMAIN))},
        "series": [series],
        "stackedType": "SEQUENTIAL",
        "hideConnectorLines": False,
    }


def _columns(page: Page, chart: Chart, index: int) -> Json:
    color = page.formats.theme.color(chart.series[index].ink)
    return {"label": _label(chart, index), "colorStyle": color_style(color)}


def _label(chart: Chart, index: int) -> str:
    name = chart.series[index].name
    return name if isinstance(name, str) else ""
