"""Rules: bars, colour scales, and colours or number formats where a condition holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sheetgen.formula.tree import At, Name, gt, lt
from sheetgen.report.model import (
    Area,
    Block,
    Cell,
    ColorScale,
    ColorWhen,
    DataBar,
    FillWhen,
    FormatWhen,
    PlacedBlock,
    Rule,
    Tab,
)
from sheetgen.report.style import Format, Ink
from sheetgen.report.theme import load_theme, tint

from .conftest import Part, Write, Xml

RulesOf = Callable[[Rule], tuple[Xml, Xml]]


@pytest.fixture
def rules_of(write: Write, part: Part) -> RulesOf:
    """The rules of a sheet where a block at C4 with the given rule holds three numbers, as XML."""

    def _rules_of(rule: Rule) -> tuple[Xml, Xml]:
        cells = tuple(Cell(row, 0, float(row)) for row in range(3))
        block = Block("numbers", 3, 2, cells, rules=(rule,), names={"target": (2, 0)})
        path = write(Tab("page", "Page", (PlacedBlock(block, 3, 2),)))
        return part(path, "xl/worksheets/sheet1.xml"), part(path, "xl/styles.xml")

    return _rules_of


def test_a_data_bar_is_solid_and_pale_and_knows_negatives(rules_of: RulesOf) -> None:
    sheet, _ = rules_of(DataBar(Area(0, 0, 2, 0), Ink.GOOD))
    formatting = sheet.find("conditionalFormatting")
    bar = sheet.find(".//extLst//dataBar")
    assert formatting.get("sqref") == "C4:C6"
    assert formatting.find("cfRule").get("type") == "dataBar"
    pale = tint(load_theme().colors.good, 0.35)
    assert formatting.find("cfRule/dataBar/color").get("rgb") == "FF" + pale[1:]
    assert bar.get("gradient") == "0"
    assert "border" not in bar.attributes
    assert bar.find("negativeFillColor").get("rgb") == "FF" + tint(load_theme().colors.bad, 0.35)[1:]


@pytest.mark.parametrize(
    ("middle", "colors"),
    [
        (None, [load_theme().scale[0], load_theme().scale[2]]),
        (Ink.SCALE_MIDDLE, list(load_theme().scale)),
    ],
)
def test_a_colour_scale_runs_through_the_themes_colours(
    middle: Ink | None, colors: list[str], rules_of: RulesOf
) -> None:
    sheet, _ = rules_of(ColorScale(Area(0, 0, 2, 1), middle=middle))
    assert sheet.find("conditionalFormatting").get("sqref") == "C4:D6"
    assert [color.get("rgb")[2:] for color in sheet.findall(".//color")] == [color[1:] for color in colors]


def test_a_condition_moves_with_the_area_and_names_stay(rules_of: RulesOf) -> None:
    sheet, styles = rules_of(ColorWhen(Area(0, 1, 2, 1), gt(At("numbers", 0, 0), Name("target")), Ink.BAD, True, True))
    formatting = sheet.find("conditionalFormatting")
    assert formatting.get("sqref") == "D4:D6"
    assert formatting.text("cfRule/formula") == "C4>target"
    dxf = styles.findall("dxfs/dxf")[int(formatting.find("cfRule").get("dxfId"))]
    bad = load_theme().colors.bad
    assert dxf.has("font/b")
    assert dxf.find("font/color").get("rgb") == "FF" + bad[1:]
    assert dxf.find("fill//bgColor").get("rgb") == "FF" + tint(bad, 0.12)[1:]


@pytest.mark.parametrize(("ink", "text"), [(Ink.SERIES_1, "#FFFFFF"), (Ink.SERIES_2, "#1F2937")])
def test_a_filled_cell_keeps_its_text_readable(rules_of: RulesOf, ink: Ink, text: str) -> None:
    sheet, styles = rules_of(FillWhen(Area(0, 0, 2, 0), lt(At("numbers", 0, 0), 1), ink))
    dxf = styles.findall("dxfs/dxf")[int(sheet.find(".//cfRule").get("dxfId"))]
    assert dxf.find("fill//bgColor").get("rgb") == "FF" + load_theme().color(ink)[1:]
    assert dxf.find("font/color").get("rgb") == "FF" + text[1:]


def test_a_condition_may_change_the_number_format(rules_of: RulesOf) -> None:
    sheet, styles = rules_of(FormatWhen(Area(0, 0, 2, 0), lt(At("numbers", 0, 0), 1), Format.PERCENT))
    dxf = styles.findall("dxfs/dxf")[int(sheet.find(".//cfRule").get("dxfId"))]
    assert dxf.find("numFmt").get("formatCode") == '#,##0.0%;-#,##0.0%;#,##0.0%;"–"'
