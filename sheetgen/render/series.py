"""The series of a chart: ranges, colours, markers and labels, as XlsxWriter's options."""

from __future__ import annotations

from typing import Any, Final

from sheetgen.formula.tree import At, Column, Span
from sheetgen.render.kinds import STACKED
from sheetgen.render.page import Page
from sheetgen.render.strict import RefusedError
from sheetgen.report.model import Chart, ChartKind, Series
from sheetgen.report.style import SERIES_INKS, Ink
from sheetgen.report.theme import is_dark

Options = dict[str, Any]

FONT_SIZE: Final = 9
LINE_WIDTH: Final = 2.25
GAP: Final = 60
"""Percent of a bar's width between two bars."""

MOST_MARKED: Final = 24
"""Points on a line that still get a marker each."""

MOST_LARGE: Final = 60
"""Points of a scatter that still get a large marker each."""

SMALLEST_SLICE: Final = 0.03
"""The share of a pie from which a slice has room for its label."""

BARS: Final = frozenset({ChartKind.COLUMN, ChartKind.BAR, ChartKind.STACKED_COLUMN, ChartKind.STACKED_BAR})


def font(page: Page, color: str, *, size: float = FONT_SIZE, bold: bool = False) -> Options:
    """A font of the theme in a chart."""
    return {"name": page.styles.theme.fonts.body, "size": size, "bold": bold, "color": color}


def series_options(page: Page, chart: Chart, series: Series, kind: ChartKind) -> Options:
    """The options of a series; `kind` is how it is drawn, a line where it shares a column chart."""
    options: Options = {
        "name": _name(page, series.name),
        "categories": page.cells(series.categories),
        "values": page.cells(series.values),
        "y2_axis": series.secondary,
    }
    if kind is ChartKind.BUBBLE:
        if series.sizes is None:
            raise RefusedError(f"the bubble chart {chart.title!r} without sizes")
        options["sizes"] = page.cells(series.sizes)
    if kind in BARS:
        options |= {"gap": GAP}
    options |= _marks(page, series, kind)
    if series.labels is not None or series.label_cells is not None or series.named:
        options["data_labels"] = _labels(page, series, kind)
    return options


def _name(page: Page, name: str | At) -> str | list[Any]:
    if isinstance(name, str):
        return require_plain(name)
    cell = page.book.cell(name)
    return [cell.tab, cell.row, cell.column]


def require_plain(title: str) -> str:
    """A chart's text that XlsxWriter does not take for a reference such as `Sales!A1`.

    Raises `RefusedError`.
    """
    if title.startswith("=") or "!" in title.rstrip("! "):
        raise RefusedError(f"the chart text {title!r}, which would be read as a reference")
    return title


def _marks(page: Page, series: Series, kind: ChartKind) -> Options:
    if kind is ChartKind.PIE:
        return {"points": _slices(page, series)}
    points = {"points": [_fill(page, ink) for ink in series.point_inks]} if series.point_inks else {}
    if kind is ChartKind.LINE:
        return _line(page, series, dots=not series.line or _count(page, series) <= MOST_MARKED)
    if kind is ChartKind.SCATTER:
        return _line(page, series, dots=not series.line) | points
    return _fill(page, series.ink, clear=30 if kind is ChartKind.BUBBLE else 0) | points


def _fill(page: Page, ink: Ink, clear: int = 0) -> Options:
    if ink is Ink.NONE:
        return {"fill": {"none": True}, "border": {"none": True}}
    border = {"color": "#FFFFFF", "width": 0.75} if clear else {"none": True}
    return {"fill": {"color": page.styles.theme.color(ink), "transparency": clear}, "border": border}


def _line(page: Page, series: Series, *, dots: bool) -> Options:
    if series.ink is Ink.NONE:
        return {"line": {"none": True}, "marker": {"type": "none"}}
    color = page.styles.theme.color(series.ink)
    is_large = not series.line and _count(page, series) <= MOST_LARGE
    marker: Options = {"type": "circle", "size": 8 if is_large else 5, "fill": {"color": color}}
    marker["border"] = {"color": "#FFFFFF" if not series.line else color, "width": 0.75}
    drawn = {"color": color, "width": LINE_WIDTH} if series.line else {"none": True}
    return {"line": drawn, "marker": marker if dots else {"type": "none"}}


def _slices(page: Page, series: Series) -> list[Options]:
    inks = series.point_inks or SERIES_INKS
    slices = [_fill(page, inks[place % len(inks)]) for place in range(_count(page, series))]
    # A thin white line keeps neighbours apart for readers who see their colours alike.
    return [each | {"border": {"color": "#FFFFFF", "width": 1}} for each in slices]


def _labels(page: Page, series: Series, kind: ChartKind) -> Options:
    options: Options = {"font": font(page, _label_color(page, series, kind)), "position": _label_position(series, kind)}
    if series.named:
        options["series_name"] = True
    elif kind is ChartKind.PIE and series.label_cells is None:
        options |= {"percentage": True, "leader_lines": True}
    else:
        options["value"] = True
    if series.labels is not None:
        least = SMALLEST_SLICE if kind is ChartKind.PIE else 0.0
        options["num_format"] = page.styles.locale.label(series.labels, least)
    if series.label_cells is not None:
        options |= {"cells": page.cells(series.label_cells), "count": _size(series.label_cells)}
    return options


def _label_color(page: Page, series: Series, kind: ChartKind) -> str:
    theme = page.styles.theme
    inside = kind in STACKED and series.ink is not Ink.NONE
    return "#FFFFFF" if inside and is_dark(theme.color(series.ink)) else theme.colors.text


def _label_position(series: Series, kind: ChartKind) -> str:
    if kind in STACKED:
        # An unseen step carries the label of the visible bar below it, just past that bar's end.
        return "inside_base" if series.ink is Ink.NONE else "center"
    if kind in BARS:
        return "outside_end"
    return {ChartKind.LINE: "above", ChartKind.PIE: "outside_end", ChartKind.BUBBLE: "center"}.get(kind, "right")


def _count(page: Page, series: Series) -> int:
    match series.values:
        case Span() as span:
            return _size(span)
        case Column(table):
            return page.book.tables[table].table.rows


def _size(span: Span) -> int:
    return (span.last_row - span.row + 1) * (span.last_column - span.column + 1)
