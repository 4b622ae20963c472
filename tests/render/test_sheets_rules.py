"""Conditional formats for Google Sheets."""

from __future__ import annotations

from sheetgen.formula.tree import At, Span, gt
from sheetgen.render.sheets.formats import color_style
from sheetgen.report.model import (
    Area,
    Axis,
    Cell,
    Chart,
    ChartKind,
    ColorScale,
    ColorWhen,
    DataBar,
    FillWhen,
    Rule,
    Series,
)
from sheetgen.report.style import Ink

from .sheets_built import Json, made, of_kind, page, requests

AREA = Area(1, 1, 3, 2)
GREEN, RED = color_style("#0F766E"), color_style("#B91C1C")


def rule(wanted: Rule) -> Json:
    (body,) = of_kind(requests(made(page(Cell(1, 1, 1.0), rules=(wanted,)))), "addConditionalFormatRule")
    found: Json = body["rule"]
    (place,) = found["ranges"]
    assert (place["startRowIndex"], place["endRowIndex"]) == (1, 4)
    assert (place["startColumnIndex"], place["endColumnIndex"]) == (1, 3)
    return found


def test_a_heat_map_is_a_gradient_through_the_middle() -> None:
    points = rule(ColorScale(AREA, middle=Ink.SCALE_MIDDLE))["gradientRule"]
    assert [points[name]["type"] for name in ("minpoint", "midpoint", "maxpoint")] == ["MIN", "PERCENTILE", "MAX"]
    assert points["midpoint"]["value"] == "50"


def test_a_scale_of_two_colours_has_no_middle() -> None:
    assert set(rule(ColorScale(AREA))["gradientRule"]) == {"minpoint", "maxpoint"}


def test_a_condition_moves_with_the_cells_and_colours_the_text() -> None:
    found = rule(ColorWhen(AREA, gt(At("cells", 1, 1), 1.5), Ink.GOOD, bold=True))["booleanRule"]
    assert found["condition"] == {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=B2>(15/10)"}]}
    assert found["format"] == {"textFormat": {"bold": True, "foregroundColorStyle": GREEN}}


def test_a_fill_has_a_text_that_reads_on_it() -> None:
    found = rule(FillWhen(AREA, gt(At("cells", 1, 1), 0), Ink.BAD))["booleanRule"]["format"]
    assert found["backgroundColorStyle"] == RED
    assert found["textFormat"]["foregroundColorStyle"] == color_style("#FFFFFF")


def test_bars_in_cells_become_shades_and_that_is_said() -> None:
    report = made(page(Cell(1, 1, 1.0), rules=(DataBar(AREA), DataBar(AREA))))
    found = [body["rule"]["gradientRule"] for body in of_kind(requests(report), "addConditionalFormatRule")]
    assert [points["minpoint"]["colorStyle"] for points in found] == [color_style("#FFFFFF")] * 2
    assert [(remark.tab, remark.text) for remark in report.remarks] == [
        ("Page", "Google Sheets has no bars in cells: the numbers are shaded instead.")
    ]


def test_rules_keep_their_order() -> None:
    rules = tuple(ColorWhen(AREA, gt(At("cells", 1, 1), limit), Ink.GOOD) for limit in (3, 2, 1))
    bodies = list(of_kind(requests(made(page(Cell(1, 1, 1.0), rules=rules))), "addConditionalFormatRule"))
    texts = [body["rule"]["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for body in bodies]
    assert [body["index"] for body in bodies] == [0, 1, 2]
    assert texts == ["=B2>3", "=B2>2", "=B2>1"]


def test_the_key_of_a_pie_in_colours_that_google_chooses_is_left_out() -> None:
    series = Series("Budget", Span("cells", 0, 0, 1, 0), Span("cells", 0, 1, 1, 1))
    pie = Chart(ChartKind.PIE, "Budget", "Budget", (series,), 2, 0, 3, 3, y=Axis())
    cells = (Cell(0, 0, "A"), Cell(1, 0, "B"), Cell(0, 1, 1.0), Cell(1, 1, 2.0))
    key = FillWhen(Area(0, 0, 0, 0), gt(At("cells", 0, 1), 0), Ink.SERIES_1)
    report = made(page(*cells, rules=(key,), charts=(pie,)))
    assert list(of_kind(requests(report), "addConditionalFormatRule")) == []
    assert any("colours of a pie" in remark.text for remark in report.remarks)
