"""The kinds of chart: XlsxWriter's with labels from cells and sign-proof colours, and the bubble it lacks."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.chart import Chart
from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.chart_column import ChartColumn
from xlsxwriter.chart_line import ChartLine
from xlsxwriter.chart_pie import ChartPie
from xlsxwriter.chart_scatter import ChartScatter
from xlsxwriter.workbook import Workbook

from sheetgen.render.cell_labels import CellLabels, Options
from sheetgen.report.model import ChartKind

BUBBLE_SCALE: Final = 60
"""Percent of Excel's default bubble size, so that neighbours stay apart."""


class _Bars(CellLabels):
    # Without these marks some programs draw bars below zero in white.

    def _write_c_invert_if_negative(self, invert: object) -> None:  # noqa: ARG002
        self._xml_empty_tag("c:invertIfNegative", [("val", 0)])

    def _write_d_pt_point(self, index: int, point: Options) -> None:
        self._xml_start_tag("c:dPt")
        self._write_idx(index)
        self._write_c_invert_if_negative(None)
        self._xml_empty_tag("c:bubble3D", [("val", 0)])
        self._write_sp_pr(point)
        self._xml_end_tag("c:dPt")


class LineChart(CellLabels, ChartLine):  # type: ignore[misc]
    """Lines over categories."""


class PieChart(CellLabels, ChartPie):  # type: ignore[misc]
    """One ring of slices."""


class ColumnChart(_Bars, ChartColumn):  # type: ignore[misc]
    """Upright bars."""


class BarChart(_Bars, ChartBar):  # type: ignore[misc]
    """Lying bars."""


class ScatterChart(CellLabels, ChartScatter):  # type: ignore[misc]
    """Points at two numbers."""


class BubbleChart(_Bars, ChartScatter):  # type: ignore[misc]
    """Points at two numbers whose areas are a third: series have `sizes`, a reference as long as `values`."""

    def add_series(self, options: Options) -> None:
        """Add a series, as to a scatter chart, with its `sizes`."""
        super().add_series(options)
        self.series[-1] |= {"sizes": options["sizes"], "sizes_id": self._get_data_id(options["sizes"], None)}

    def _write_scatter_chart(self, args: dict[str, Any]) -> None:
        if not args["primary_axes"]:
            return
        self._xml_start_tag("c:bubbleChart")
        self._xml_empty_tag("c:varyColors", [("val", 0)])
        for series in self._get_primary_axes_series():
            self._write_ser(series)
        self._xml_empty_tag("c:bubbleScale", [("val", BUBBLE_SCALE)])
        self._xml_empty_tag("c:showNegBubbles", [("val", 0)])
        self._xml_empty_tag("c:sizeRepresents", [("val", "area")])
        self._write_axis_ids(args)
        self._xml_end_tag("c:bubbleChart")

    def _write_ser(self, series: Options) -> None:
        self._written = series
        self._xml_start_tag("c:ser")
        self._write_idx(self.series_index)
        self._write_order(self.series_index)
        self.series_index += 1
        self._write_series_name(series)
        self._write_sp_pr(series)
        self._write_c_invert_if_negative(None)
        self._write_d_pt(series["points"])
        self._write_d_lbls(series["labels"])
        self._write_x_val(series)
        self._write_y_val(series)
        self._xml_start_tag("c:bubbleSize")
        self._write_num_ref(series["sizes"].removeprefix("="), self.formula_data[series["sizes_id"]], "num")
        self._xml_end_tag("c:bubbleSize")
        self._xml_empty_tag("c:bubble3D", [("val", 0)])
        self._xml_end_tag("c:ser")


CLASSES: Final[dict[ChartKind, type[Chart]]] = {
    ChartKind.LINE: LineChart,
    ChartKind.COLUMN: ColumnChart,
    ChartKind.STACKED_COLUMN: ColumnChart,
    ChartKind.BAR: BarChart,
    ChartKind.STACKED_BAR: BarChart,
    ChartKind.PIE: PieChart,
    ChartKind.SCATTER: ScatterChart,
    ChartKind.BUBBLE: BubbleChart,
}

STACKED: Final = frozenset({ChartKind.STACKED_COLUMN, ChartKind.STACKED_BAR})


def add_chart(workbook: Workbook, kind: ChartKind) -> Chart:
    """Add an empty chart of a kind to a workbook."""
    chart = CLASSES[kind]({"subtype": "stacked"}) if kind in STACKED else CLASSES[kind]()
    # As Workbook.add_chart does for the kinds that it knows.
    chart.embedded = True
    chart.date_1904 = workbook.date_1904
    chart.remove_timezone = workbook.remove_timezone
    workbook.charts.append(chart)
    return chart
