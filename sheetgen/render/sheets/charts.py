"""Charts: a title, the theme's look and one of the API's kinds, over exactly the cells that the report gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sheetgen.render.sheets.basic_charts import basic_chart
from sheetgen.render.sheets.feeds import Feed, chart_key
from sheetgen.render.sheets.formats import color_style
from sheetgen.render.sheets.model import SheetsChart
from sheetgen.render.sheets.page import Page
from sheetgen.render.sheets.places import Json
from sheetgen.render.sheets.special_charts import bubble_chart, pie_chart, waterfall_chart
from sheetgen.report.model import Block, Chart, ChartKind

TITLE_SIZE: Final = 11
WHITE: Final = "#FFFFFF"


def charts(page: Page, block: Block, top: int, left: int, feeds: Mapping[str, Feed]) -> Iterator[SheetsChart]:
    """The charts of a block whose first cell is at `top` and `left`; `feeds` by chart key say where the numbers are."""
    for index, chart in enumerate(block.charts):
        key = chart_key(page.tab, block, index)
        row, column = top + chart.row, left + chart.column
        yield SheetsChart(
            key=key,
            row=row,
            column=column,
            width=page.grid.width(column, chart.columns),
            height=page.grid.height(row, chart.rows),
            spec=_spec(page, chart, feeds[key]),
        )


def _spec(page: Page, chart: Chart, feed: Feed) -> Json:
    theme = page.formats.theme
    title = {"bold": True, "fontSize": TITLE_SIZE, "foregroundColorStyle": color_style(theme.colors.text)}
    return {
        "title": chart.title,
        "titleTextFormat": title,
        "titleTextPosition": {"horizontalAlignment": "LEFT"},
        "altText": chart.alt,
        "fontName": theme.fonts.body,
        "backgroundColorStyle": color_style(WHITE),
        "hiddenDimensionStrategy": "SHOW_ALL",
        **_kind(page, chart, feed),
    }


def _kind(page: Page, chart: Chart, feed: Feed) -> Json:
    if chart.waterfall is not None:
        return {"waterfallChart": waterfall_chart(page, chart, chart.waterfall, feed)}
    match chart.kind:
        case ChartKind.PIE:
            return {"pieChart": pie_chart(page, feed)}
        case ChartKind.BUBBLE:
            return {"bubbleChart": bubble_chart(page, chart, feed)}
        case _:
            return {"basicChart": basic_chart(page, chart, feed)}
