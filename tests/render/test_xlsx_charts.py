"""Charts: native, exactly over their cells, in the theme's colours, with texts for those who do not see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sheetgen.errors import RenderError
from sheetgen.formula.tree import At, Column, Span, call
from sheetgen.report.model import NOT_AVAILABLE, Axis, Block, Cell, Chart, ChartKind, PlacedBlock, Series, Tab
from sheetgen.report.style import SERIES_INKS, Format, Ink
from sheetgen.report.theme import load_theme

from .conftest import Part, Write, Xml

Draw = Callable[[Chart], tuple[Xml, Xml]]

MONTHS = Span("figures", 0, 0, 2, 0)
ROI = Span("figures", 0, 1, 2, 1)
BUDGET = Span("figures", 0, 2, 2, 2)
LABELS = Span("figures", 0, 3, 2, 3)
FIGURES = [("Jan", 0.5, 100.0, "+50%"), ("Feb", None, 200.0, ""), ("Mar", 0.8, 300.0, "_x0041_")]

TREND = Chart(
    ChartKind.LINE,
    "ROI over time (%)",
    "A line of ROI by month, rising from 50 % to 80 %.",
    (Series("ROI", MONTHS, ROI),),
    row=1,
    column=0,
    columns=6,
    rows=14,
    x=Axis(),
    y=Axis("ROI (%)", Format.PERCENT),
)


def figures() -> Block:
    cells = []
    for row, (month, roi, budget, label) in enumerate(FIGURES):
        shown = call("NA") if roi is None else roi
        cells += [Cell(row, 0, month), Cell(row, 1, shown, expected=NOT_AVAILABLE), Cell(row, 2, budget)]
        cells.append(Cell(row, 3, label))
    return Block("figures", 3, 4, tuple(cells))


@pytest.fixture
def draw(write: Write, part: Part, campaigns: Block) -> Draw:
    """The XML of a chart, and of the drawing that places it."""

    def _draw(chart: Chart) -> tuple[Xml, Xml]:
        path = write(
            Tab("page", "Page", (PlacedBlock(Block("chart", 15, 12, charts=(chart,)), 0, 1),), (2.0, *(11.0,) * 12)),
            Tab("data", "Campaigns", (PlacedBlock(campaigns, 0, 0),)),
            Tab("help", "Helper", (PlacedBlock(figures(), 0, 0),), hidden=True),
        )
        return part(path, "xl/charts/chart1.xml"), part(path, "xl/drawings/drawing1.xml")

    return _draw


def of_kind(kind: ChartKind, *series: Series, **changes: Any) -> Chart:
    return replace(TREND, kind=kind, series=series or TREND.series, **changes)


@pytest.mark.parametrize(
    ("kind", "tag", "grouping"),
    [
        (ChartKind.LINE, "lineChart", "standard"),
        (ChartKind.COLUMN, "barChart", "clustered"),
        (ChartKind.BAR, "barChart", "clustered"),
        (ChartKind.STACKED_COLUMN, "barChart", "stacked"),
        (ChartKind.STACKED_BAR, "barChart", "stacked"),
        (ChartKind.PIE, "pieChart", None),
        (ChartKind.SCATTER, "scatterChart", None),
    ],
)
def test_each_kind_is_its_own_element(kind: ChartKind, tag: str, grouping: str | None, draw: Draw) -> None:
    chart, _ = draw(of_kind(kind))
    (found,) = [child for child in chart.find("chart/plotArea") if child.tag.endswith("Chart")]
    assert found.tag == tag
    assert (found.find("grouping").get("val") if grouping else None) == grouping


@pytest.mark.parametrize(
    ("kind", "direction"),
    [
        (ChartKind.COLUMN, "col"),
        (ChartKind.STACKED_COLUMN, "col"),
        (ChartKind.BAR, "bar"),
        (ChartKind.STACKED_BAR, "bar"),
    ],
)
def test_bars_stand_or_lie(kind: ChartKind, direction: str, draw: Draw) -> None:
    assert draw(of_kind(kind))[0].find(".//barDir").get("val") == direction


def test_a_chart_covers_its_cells_and_says_what_it_shows(draw: Draw) -> None:
    _, drawing = draw(TREND)
    corners = [[int(edge.text()) for edge in drawing.find(f".//{corner}")] for corner in ("from", "to")]
    assert corners == [[1, 0, 1, 0], [7, 0, 15, 0]]
    assert drawing.find("twoCellAnchor").get("editAs") == "oneCell"
    assert drawing.find(".//cNvPr").get("descr") == TREND.alt


def test_a_series_reads_the_cells_and_keeps_their_values(draw: Draw) -> None:
    series = draw(TREND)[0].find(".//ser")
    assert series.text("cat//f") == "Helper!$A$1:$A$3"
    assert series.text("val//f") == "Helper!$B$1:$B$3"
    assert [point.text("v") for point in series.findall("cat//pt")] == ["Jan", "Feb", "Mar"]
    assert {point.get("idx"): point.text("v") for point in series.findall("val//pt")} == {"0": "0.5", "2": "0.8"}


def test_a_series_over_a_table_column_is_the_range_that_grows_with_the_table(draw: Draw) -> None:
    series = Series("CTR", Column("Campaigns", "Campaign Name"), Column("Campaigns", "CTR"))
    found = draw(of_kind(ChartKind.COLUMN, series))[0].find(".//ser")
    assert (found.text("cat//f"), found.text("val//f")) == ("Campaigns!$A$2:$A$4", "Campaigns!$F$2:$F$4")


def test_a_series_may_take_its_name_from_a_cell(draw: Draw) -> None:
    named = replace(TREND.series[0], name=At("figures", 2, 0))
    series = draw(of_kind(ChartKind.LINE, named))[0].find(".//ser")
    assert (series.text("tx//f"), series.text("tx//v")) == ("Helper!$A$3", "Mar")


def test_missing_points_of_a_line_are_bridged_and_hidden_tabs_are_read(draw: Draw) -> None:
    chart = draw(TREND)[0].find("chart")
    assert chart.find("dispBlanksAs").get("val") == "span"
    assert not chart.has("plotVisOnly")


def test_a_bubble_has_sizes_in_the_order_of_the_schema(draw: Draw) -> None:
    sized = Series("All", ROI, BUDGET, Ink.SERIES_2, sizes=BUDGET)
    bubble = draw(of_kind(ChartKind.BUBBLE, sized))[0].find(".//bubbleChart")
    tags = ["varyColors", "ser", "bubbleScale", "showNegBubbles", "sizeRepresents", "axId", "axId"]
    assert [child.tag for child in bubble] == tags
    series = bubble.find("ser")
    order = ["idx", "order", "tx", "spPr", "invertIfNegative", "xVal", "yVal", "bubbleSize", "bubble3D"]
    assert [child.tag for child in series] == order
    assert series.text("bubbleSize//f") == "Helper!$C$1:$C$3"
    assert [value.text() for value in series.findall("bubbleSize//v")] == ["100", "200", "300"]


def test_an_unseen_step_has_no_fill_and_no_place_in_the_legend(draw: Draw) -> None:
    step = Series("step", MONTHS, ROI, Ink.NONE)
    rise = Series("rise", MONTHS, BUDGET, Ink.GOOD)
    chart, _ = draw(of_kind(ChartKind.STACKED_COLUMN, step, rise, legend=True))
    unseen, seen = chart.findall(".//ser")
    assert unseen.has("spPr/noFill")
    assert seen.find("spPr/solidFill/srgbClr").get("val") == load_theme().colors.good[1:]
    entries = [
        (entry.find("idx").get("val"), entry.find("delete").get("val")) for entry in chart.findall(".//legendEntry")
    ]
    assert entries == [("0", "1")]


def test_bars_below_zero_keep_their_colour(draw: Draw) -> None:
    bars = Series("ROI", MONTHS, ROI, point_inks=(Ink.GOOD, Ink.BAD, Ink.GOOD))
    series = draw(of_kind(ChartKind.BAR, bars))[0].find(".//ser")
    assert {mark.get("val") for mark in series.findall(".//invertIfNegative")} == {"0"}
    colors = [point.find("spPr//srgbClr").get("val") for point in series.findall("dPt")]
    theme = load_theme().colors
    assert colors == [theme.good[1:], theme.bad[1:], theme.good[1:]]


def test_slices_take_the_themes_series_in_turn(draw: Draw) -> None:
    slices = draw(of_kind(ChartKind.PIE))[0].findall(".//dPt/spPr/solidFill/srgbClr")
    assert [each.get("val") for each in slices] == [load_theme().color(ink)[1:] for ink in SERIES_INKS[:3]]


def test_labels_take_a_number_format(draw: Draw) -> None:
    labelled = Series("Budget", MONTHS, BUDGET, labels=Format.MONEY_SHORT)
    labels = draw(of_kind(ChartKind.COLUMN, labelled))[0].find(".//dLbls")
    assert labels.find("numFmt").get("formatCode").startswith('[>=999950]"€"')
    assert (labels.find("showVal").get("val"), labels.find("numFmt").get("sourceLinked")) == ("1", "0")


def shown_in(labels: Xml) -> set[str]:
    flags = ("showVal", "showCatName", "showSerName", "showPercent")
    return {flag for flag in flags for found in labels.findall(flag) if found.get("val") == "1"}


def test_slices_with_room_for_it_are_labelled_with_their_share(draw: Draw) -> None:
    labels = draw(of_kind(ChartKind.PIE, Series("Budget", MONTHS, BUDGET, labels=Format.PERCENT)))[0].find(".//dLbls")
    assert shown_in(labels) == {"showPercent"}
    assert labels.find("numFmt").get("formatCode") == '[>=0.03]#,##0.0%;""'


@pytest.mark.parametrize(("points", "size"), [(3, "8"), (61, "5")])
def test_many_points_are_small(draw: Draw, points: int, size: str) -> None:
    column = Span("figures", 0, 1, points - 1, 1)
    series = draw(of_kind(ChartKind.SCATTER, Series("ROI", column, column, line=False)))[0].find(".//ser")
    assert series.find("marker/size").get("val") == size


def test_points_may_be_labelled_with_the_name_of_their_series(draw: Draw) -> None:
    labels = draw(of_kind(ChartKind.SCATTER, Series("Spring sale", BUDGET, ROI, named=True)))[0].find(".//dLbls")
    assert shown_in(labels) == {"showSerName"}


def test_labels_may_be_cells(draw: Draw) -> None:
    labelled = Series("Budget", MONTHS, BUDGET, Ink.NONE, label_cells=LABELS)
    series = draw(of_kind(ChartKind.STACKED_BAR, labelled))[0].find(".//ser")
    assert [label.find("idx").get("val") for label in series.findall("dLbls/dLbl")] == ["0", "1", "2"]
    assert {field.get("type") for field in series.findall(".//fld")} == {"CELLRANGE"}
    assert len({field.get("id") for field in series.findall(".//fld")}) == 3
    assert {shown.get("val") for shown in series.findall(".//showVal")} == {"0"}
    ranges = series.find("extLst//datalabelsRange")
    assert list(series)[-1].tag == "extLst"
    assert ranges.text("f") == "Helper!$D$1:$D$3"
    texts = {point.get("idx"): point.text("v") for point in ranges.findall(".//pt")}
    assert texts == {"0": "+50%", "2": "_x005F_x0041_"}


def test_a_secondary_series_is_a_line_with_its_own_axis(draw: Draw) -> None:
    budget = Series("Budget", MONTHS, BUDGET, Ink.SERIES_1)
    roi = Series("ROI", MONTHS, ROI, Ink.SERIES_6, secondary=True)
    axis = Axis("ROI (%)", Format.PERCENT)
    plot = draw(of_kind(ChartKind.COLUMN, budget, roi, y2=axis))[0].find("chart/plotArea")
    assert [plot.text(f"{kind}/ser/tx/v") for kind in ("barChart", "lineChart")] == ["Budget", "ROI"]
    right = plot.findall("valAx")[1]
    assert right.find("crosses").get("val") == "max"
    assert right.text("title//t") == "ROI (%)"


def test_axes_have_titles_formats_bounds_and_light_lines(draw: Draw) -> None:
    axis = Axis("Budget (EUR)", Format.MONEY, from_zero=True)
    chart, _ = draw(of_kind(ChartKind.COLUMN, y=axis, x=Axis(reverse=True)))
    value, category = chart.find(".//valAx"), chart.find(".//catAx")
    assert value.text("title//t") == "Budget (EUR)"
    assert value.find("numFmt").get("formatCode") == '"€"#,##0;-"€"#,##0;"€"#,##0;"–"'
    assert value.find("scaling/min").get("val") == "0"
    assert value.find("majorGridlines//srgbClr").get("val") == load_theme().colors.line[1:]
    assert (category.has("majorGridlines"), category.find("scaling/orientation").get("val")) == (False, "maxMin")


def test_lying_bars_have_their_values_across(draw: Draw) -> None:
    axis = Axis("Revenue (EUR)", Format.MONEY, from_zero=True)
    chart, _ = draw(of_kind(ChartKind.BAR, x=Axis("Platform", reverse=True), y=axis))
    category, value = chart.find(".//catAx"), chart.find(".//valAx")
    assert (category.find("axPos").get("val"), category.text("title//t")) == ("l", "Platform")
    assert (value.text("title//t"), value.find("crosses").get("val")) == ("Revenue (EUR)", "max")


def test_a_hidden_axis_is_not_drawn(draw: Draw) -> None:
    value = draw(of_kind(ChartKind.COLUMN, y=Axis(hidden=True)))[0].find(".//valAx")
    assert (value.find("delete").get("val"), value.has("majorGridlines")) == ("1", False)


@pytest.mark.parametrize(("joined", "symbol", "line"), [(True, "none", "solidFill"), (False, "circle", "noFill")])
def test_a_scatter_shows_points_or_a_line(joined: bool, symbol: str, line: str, draw: Draw) -> None:
    series = draw(of_kind(ChartKind.SCATTER, Series("All", ROI, BUDGET, line=joined)))[0].find(".//ser")
    assert series.find("marker/symbol").get("val") == symbol
    assert series.has(f"spPr/ln/{line}")


def test_the_chart_stands_without_border_on_white_with_a_bold_title(draw: Draw) -> None:
    chart, _ = draw(TREND)
    assert chart.has("spPr/ln/noFill")
    title = chart.find("chart/title")
    assert title.text(".//t") == TREND.title
    assert title.find(".//rPr").get("b") == "1"
    assert title.find(".//rPr/latin").get("typeface") == "Calibri"
    assert not chart.has("chart/legend")


@pytest.mark.parametrize(
    ("chart", "problem"),
    [
        (of_kind(ChartKind.BUBBLE), "without sizes"),
        (of_kind(ChartKind.PIE, replace(TREND.series[0], secondary=True)), "secondary axis on a chart of the kind pie"),
        (replace(TREND, title="Sales!A1"), "would be read as a reference"),
        (replace(TREND, title="=A1"), "would be read as a reference"),
        (replace(TREND, series=()), "at least one data series"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused_with_its_place(chart: Chart, problem: str, draw: Draw) -> None:
    with pytest.raises(RenderError, match=f"{problem}"):
        draw(chart)


def test_an_exclamation_is_no_reference(draw: Draw) -> None:
    assert draw(replace(TREND, title="ROI is up!"))[0].text("chart/title//t") == "ROI is up!"
