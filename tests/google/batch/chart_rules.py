"""What the reference allows within a chart: sources of the right shape, and options that fit its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.google.message import ONE_OF
from tests.google.problem import RefusedError
from tests.google.spreadsheet import Spreadsheet
from tests.google.wire import Json

_NEEDED: Final = {
    "basicChart": ("chartType", "series"),
    "pieChart": ("domain", "series"),
    "bubbleChart": ("domain", "series"),
    "waterfallChart": ("domain", "series"),
    "histogramChart": ("series",),
    "treemapChart": ("labels",),
    "orgChart": ("labels",),
    "candlestickChart": ("domain", "data"),
    "scorecardChart": ("keyValueData",),
}
_LINED: Final = frozenset({"AREA", "LINE", "SCATTER", "COMBO"})
_TOTALLED: Final = frozenset({"AREA", "BAR", "COLUMN", "COMBO", "STEPPED_AREA"})


def check_chart(book: Spreadsheet, spec: Json) -> None:
    """Refuse a `ChartSpec` that Sheets would not draw."""
    kind = next((kind for kind in ONE_OF["ChartSpec"]["chart"] if kind in spec), None)
    if kind is None:
        raise RefusedError("Must specify a chart specification.")
    chart = spec[kind]
    missing = [name for name in _NEEDED[kind] if not chart.get(name)]
    if missing:
        raise RefusedError(f"A {kind} needs {' and '.join(missing)}.")
    if kind == "basicChart":
        _check_basic_chart(chart)
    if kind == "bubbleChart":
        _check_bubble_chart(chart)
    lengths = {_source_length(book, source) for source in _sources(chart)}
    if len(lengths) > 1:
        raise RefusedError("The domain and all series of a chart must have the same number of source ranges.")


def _check_basic_chart(chart: Json) -> None:
    if len(chart.get("domains", [])) > 1:
        raise RefusedError("Only a single domain is supported.")
    if "totalDataLabel" in chart:
        stacked = chart.get("stackedType") in ("STACKED", "PERCENT_STACKED")
        if not stacked or chart["chartType"] not in _TOTALLED:
            raise RefusedError("totalDataLabel can only be set on stacked charts.")
    for series in chart["series"]:
        _check_series(chart["chartType"], series)


def _check_series(chart_type: str, series: Json) -> None:
    axes = {"BOTTOM_AXIS"} if chart_type == "BAR" else {"LEFT_AXIS", "RIGHT_AXIS"}
    if series.get("targetAxis", next(iter(axes))) not in axes:
        raise RefusedError(f"{series['targetAxis']} is not a valid minor axis for a chart of type {chart_type}.")
    if "type" in series and chart_type != "COMBO":
        raise RefusedError("The type of a series is valid only if the chartType is COMBO.")
    for name in ("lineStyle", "pointStyle"):
        if name in series and chart_type not in _LINED:
            raise RefusedError(f"{name} is valid only if the chartType is AREA, LINE, SCATTER or COMBO.")


def _check_bubble_chart(chart: Json) -> None:
    if "bubbleSizes" in chart and "groupIds" not in chart:
        raise RefusedError("If bubbleSizes is specified, groupIds must also be specified.")
    for name in ("bubbleMaxRadiusSize", "bubbleMinRadiusSize"):
        if chart.get(name, 1) < 1:
            raise RefusedError(f"{name} must be positive.")


def _sources(part: Any) -> Iterator[Json]:
    """All `ChartSourceRange` of a chart."""
    if isinstance(part, list):
        for item in part:
            yield from _sources(item)
    elif isinstance(part, dict):
        if "sourceRange" in part:
            yield part["sourceRange"]
        for name, item in part.items():
            if name != "sourceRange":
                yield from _sources(item)


def _source_length(book: Spreadsheet, source: Json) -> int:
    """Number of ranges of a source, each one row or one column wide."""
    areas = [book.area(each) for each in source.get("sources", [])]
    if not areas or any(min(area.height, area.width) != 1 for area in areas):
        raise RefusedError("A source range of a chart must be one row high or one column wide.")
    return len(areas)
