"""Data labels whose texts are cells: the "Value From Cells" of Excel 2013, which other programs read too.

XlsxWriter's own custom labels are references that only Excel shows.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from xlsxwriter.chart import Chart

Options = dict[str, Any]

CHART_2012: Final = ("xmlns:c15", "http://schemas.microsoft.com/office/drawing/2012/chart")
LABEL_EXTENSION: Final = [("uri", "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"), CHART_2012]
SERIES_EXTENSION: Final = [("uri", "{02D57815-91ED-43cb-92C2-25804820EDAC}"), CHART_2012]
FLAGS: Final = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")


class CellLabels(Chart):  # type: ignore[misc]
    """A chart whose series may have labels from cells: `data_labels` with their reference `cells` and `count`."""

    _written: Options

    def add_series(self, options: Options) -> None:
        """Add a series, as to XlsxWriter's charts."""
        super().add_series(options)
        labels = self.series[-1]["labels"]
        if _from_cells(labels):
            labels["cells_id"] = self._get_data_id(labels["cells"], None)

    def _write_ser(self, series: Options) -> None:
        self._written = series
        super()._write_ser(series)

    def _xml_end_tag(self, tag: str) -> None:
        # Extensions are the last children of a series; XlsxWriter has no hook there.
        if tag == "c:ser" and _from_cells(self._written["labels"]):
            self._write_label_range(self._written["labels"])
        super()._xml_end_tag(tag)

    def _write_d_lbls(self, labels: Options | None) -> None:
        if labels is None or not _from_cells(labels):
            super()._write_d_lbls(labels)
            return
        self._xml_start_tag("c:dLbls")
        for index in range(labels["count"]):
            self._xml_start_tag("c:dLbl")
            self._write_idx(index)
            self._write_label_text(index, labels)
            self._write_label_flags(labels)
            self._xml_end_tag("c:dLbl")
        self._write_axis_font(labels["font"])
        self._write_label_flags(labels)
        self._xml_end_tag("c:dLbls")

    def _write_label_text(self, index: int, labels: Options) -> None:
        guid = str(uuid5(NAMESPACE_OID, f"{labels['cells']} {index}")).upper()
        for tag in ("c:tx", "c:rich"):
            self._xml_start_tag(tag)
        self._write_a_body_pr(None, False)
        self._write_a_lst_style()
        self._xml_start_tag("a:p")
        self._write_a_p_pr_rich(labels["font"])
        self._xml_start_tag("a:fld", [("id", f"{{{guid}}}"), ("type", "CELLRANGE")])
        self._write_a_r_pr(labels["font"])
        self._write_a_t("[CELLRANGE]")
        for tag in ("a:fld", "a:p", "c:rich", "c:tx"):
            self._xml_end_tag(tag)

    def _write_label_flags(self, labels: Options) -> None:
        if labels["position"]:
            self._write_d_lbl_pos(labels["position"])
        for flag in FLAGS:
            self._xml_empty_tag(f"c:show{flag}", [("val", 0)])
        self._xml_start_tag("c:extLst")
        self._xml_start_tag("c:ext", LABEL_EXTENSION)
        self._xml_empty_tag("c15:showDataLabelsRange", [("val", 1)])
        self._xml_end_tag("c:ext")
        self._xml_end_tag("c:extLst")

    def _write_label_range(self, labels: Options) -> None:
        self._xml_start_tag("c:extLst")
        self._xml_start_tag("c:ext", SERIES_EXTENSION)
        self._xml_start_tag("c15:datalabelsRange")
        self._xml_data_element("c15:f", labels["cells"].removeprefix("="))
        self._xml_start_tag("c15:dlblRangeCache")
        texts = self.formula_data[labels["cells_id"]]
        self._write_pt_count(len(texts))
        for index, text in enumerate(texts):
            self._write_pt(index, text)
        for tag in ("c15:dlblRangeCache", "c15:datalabelsRange", "c:ext", "c:extLst"):
            self._xml_end_tag(tag)


def _from_cells(labels: Options | None) -> bool:
    return labels is not None and "cells" in labels
