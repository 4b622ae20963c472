"""What the reference allows within a chart."""

from __future__ import annotations

import gspread
import pytest

from tests.google.bodies import span
from tests.google.fixtures import Desk
from tests.google.wire import Json

X = {"sourceRange": {"sources": [span(0, 0, 0, 5, 1)]}}
Y = {"sourceRange": {"sources": [span(0, 0, 1, 5, 2)]}}
TWO = {"sourceRange": {"sources": [span(0, 0, 1, 2, 2), span(0, 3, 1, 5, 2)]}}


def basic(kind: str, series: Json | None = None, **options: object) -> Json:
    """A chart of a basic type with one series."""
    return {"basicChart": {"chartType": kind, "series": [{"series": Y, **(series or {})}], **options}}


REFUSED = [
    ({}, "Must specify a chart specification."),
    ({"basicChart": {"chartType": "BAR"}}, "A basicChart needs series."),
    ({"pieChart": {"domain": X}}, "A pieChart needs series."),
    ({"waterfallChart": {"series": [{"data": Y}]}}, "A waterfallChart needs domain."),
    (basic("BAR", {"targetAxis": "LEFT_AXIS"}), "LEFT_AXIS is not a valid minor axis for a chart of type BAR."),
    (basic("LINE", {"targetAxis": "BOTTOM_AXIS"}), "BOTTOM_AXIS is not a valid minor axis for a chart of type LINE."),
    (basic("COLUMN", {"type": "LINE"}), "The type of a series is valid only if the chartType is COMBO."),
    (
        basic("COLUMN", {"lineStyle": {"width": 2}}),
        "lineStyle is valid only if the chartType is AREA, LINE, SCATTER or COMBO.",
    ),
    (basic("COLUMN", totalDataLabel={"type": "DATA"}), "totalDataLabel can only be set on stacked charts."),
    (basic("LINE", domains=[{"domain": X}, {"domain": X}]), "Only a single domain is supported."),
    (
        basic("LINE", domains=[{"domain": TWO}]),
        "The domain and all series of a chart must have the same number of source ranges.",
    ),
    (
        {"bubbleChart": {"domain": X, "series": Y, "bubbleSizes": Y}},
        "If bubbleSizes is specified, groupIds must also be specified.",
    ),
    (
        {"bubbleChart": {"domain": X, "series": Y, "bubbleMinRadiusSize": 0}},
        "bubbleMinRadiusSize must be positive.",
    ),
]
DRAWN = [
    basic("BAR", {"targetAxis": "BOTTOM_AXIS"}, stackedType="STACKED", totalDataLabel={"type": "DATA"}),
    basic("COMBO", {"type": "LINE", "targetAxis": "RIGHT_AXIS", "lineStyle": {"width": 2}}),
    {"pieChart": {"domain": X, "series": Y}},
    {"bubbleChart": {"domain": X, "series": Y, "bubbleSizes": Y, "groupIds": X, "bubbleMaxRadiusSize": 30}},
    {"waterfallChart": {"domain": {"data": X}, "series": [{"data": Y, "hideTrailingSubtotal": True}]}},
]


def add(desk: Desk, spec: Json) -> None:
    position = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 6}}}
    desk.send({"addChart": {"chart": {"spec": spec, "position": position}}})


@pytest.mark.parametrize(("spec", "sentence"), REFUSED)
def test_charts_that_are_refused(desk: Desk, spec: Json, sentence: str) -> None:
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        add(desk, spec)

    assert refusal.value.error["message"] == f"Invalid requests[0].addChart: {sentence}"


@pytest.mark.parametrize("spec", DRAWN)
def test_charts_that_are_drawn(desk: Desk, spec: Json) -> None:
    add(desk, spec)

    assert [chart["spec"] for chart in desk.get("sheets.charts")["sheets"][0]["charts"]] == [spec]
