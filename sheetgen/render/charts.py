"""Native charts, each exactly over its cells: titles, axes, legend and series in the theme's look."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.chart import Chart as XlsxChart

from sheetgen.render.kinds import add_chart
from sheetgen.render.page import Page
from sheetgen.render.series import Options, font, require_plain, series_options
from sheetgen.render.strict import RefusedError, accept, located
from sheetgen.report.model import Axis, Block, Chart, ChartKind
from sheetgen.report.style import Format, Ink

TITLE_SIZE: Final = 11
TITLE_INSET: Final = 8
"""Pixels between a chart's corner and its title."""

MOVE_WITH_CELLS: Final = 2
"""XlsxWriter's code for an object that moves with its cells and keeps its size."""

LYING: Final = frozenset({ChartKind.BAR, ChartKind.STACKED_BAR})
VALUE_AXES: Final = frozenset({ChartKind.SCATTER, ChartKind.BUBBLE})


def write_charts(page: Page, block: Block, top: int, left: int) -> None:
    """Write the charts of a block whose first cell is at `top` and `left`.

    Raises `RenderError` for a chart that the workbook cannot hold.
    """
    for chart in block.charts:
        row, column = top + chart.row, left + chart.column
        with located(f"{page.where(row, column)}: chart {chart.title!r}"):
            width, height = page.grid.width(column, chart.columns), page.grid.height(row, chart.rows)
            drawn = _draw(page, chart, width, height)
            options = {"object_position": MOVE_WITH_CELLS, "description": chart.alt}
            accept(page.sheet.insert_chart(row, column, drawn, options))


def _draw(page: Page, chart: Chart, width: int, height: int) -> XlsxChart:
    drawn = add_chart(page.styles.workbook, chart.kind)
    drawn.set_size({"width": width, "height": height})
    drawn.set_title(_title(page, chart.title, width, height))
    drawn.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})
    drawn.set_plotarea({"fill": {"none": True}})
    drawn.set_legend(_legend(page, chart))
    drawn.show_hidden_data()
    # Lines bridge what is blank as they bridge #N/A: LibreOffice draws a gap in a line chart down to zero.
    drawn.show_blanks_as("span")
    _add_series(page, chart, drawn)
    if chart.kind is not ChartKind.PIE:
        _set_axes(page, chart, drawn)
    return drawn


def _add_series(page: Page, chart: Chart, drawn: XlsxChart) -> None:
    for series in chart.series:
        if not series.secondary or chart.kind is ChartKind.LINE:
            drawn.add_series(series_options(page, chart, series, chart.kind))
    beside = [series for series in chart.series if series.secondary]
    if not beside:
        return
    if chart.kind is ChartKind.LINE:
        drawn.set_y2_axis(_value_axis(page, chart.y2, gridlines=False))
        return
    if chart.kind not in (ChartKind.COLUMN, ChartKind.STACKED_COLUMN):
        raise RefusedError(f"a secondary axis on a chart of the kind {chart.kind.value}")
    line = add_chart(page.styles.workbook, ChartKind.LINE)
    for series in beside:
        line.add_series(series_options(page, chart, series, ChartKind.LINE))
    line.set_y2_axis(_value_axis(page, chart.y2, gridlines=False))
    drawn.combine(line)


def _title(page: Page, text: str, width: int, height: int) -> Options:
    if not text:
        return {"none": True}
    return {
        "name": require_plain(text),
        "name_font": font(page, page.styles.theme.colors.text, size=TITLE_SIZE, bold=True),
        "layout": {"x": TITLE_INSET / width, "y": TITLE_INSET / height},
    }


def _legend(page: Page, chart: Chart) -> Options:
    if not chart.legend:
        return {"none": True}
    unseen = [place for place, series in enumerate(chart.series) if series.ink is Ink.NONE]
    return {
        "position": "bottom",
        "font": font(page, page.styles.theme.colors.muted),
        "delete_series": unseen,
    }


def _set_axes(page: Page, chart: Chart, drawn: XlsxChart) -> None:
    values = _value_axis(page, chart.y, gridlines=not chart.y.hidden)
    if chart.kind in VALUE_AXES:
        across = _value_axis(page, chart.x, gridlines=False) | _baseline(page)
    else:
        across = _category_axis(page, chart.x)
    if chart.waterfall is not None:
        # Told not to lean, names of campaigns break into lines.
        across["num_font"] |= {"rotation": 0}
    # XlsxWriter calls the horizontal axis of lying bars x, though it is theirs for values.
    x, y = (values, across) if chart.kind in LYING else (across, values)
    drawn.set_x_axis(x)
    drawn.set_y_axis(y)


def _category_axis(page: Page, axis: Axis) -> Options:
    # In reverse order the first category is at the top, and the value axis goes to the far end: the bottom.
    far = {"crossing": "max"} if axis.reverse else {}
    return _axis(page, axis) | _baseline(page) | far | {"text_axis": True}


def _value_axis(page: Page, axis: Axis, *, gridlines: bool) -> Options:
    line = {"color": page.styles.theme.colors.line, "width": 0.75}
    return _axis(page, axis) | {
        "line": {"none": True},
        "major_gridlines": {"visible": gridlines, "line": line},
        **({"min": 0} if axis.from_zero else {}),
    }


def _axis(page: Page, axis: Axis) -> Options:
    muted = page.styles.theme.colors.muted
    options: Options = {
        "num_font": font(page, muted),
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "reverse": axis.reverse,
        "visible": not axis.hidden,
    }
    if axis.title:
        options |= {"name": require_plain(axis.title), "name_font": font(page, muted)}
    if axis.format is not Format.GENERAL:
        options["num_format"] = page.styles.locale.pattern(axis.format)
    return options


def _baseline(page: Page) -> dict[str, Any]:
    # Labels stay below the plot where values go below zero.
    return {"line": {"color": page.styles.theme.colors.line, "width": 1}, "label_position": "low"}
