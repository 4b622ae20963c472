"""Cells for Google Sheets: values, formats, notes, links, inputs, and what stays unprotected."""

from __future__ import annotations

import math

import pytest

from sheetgen.errors import RenderError
from sheetgen.formula.tree import At, Name, Span, eq
from sheetgen.render.sheets.areas import formatted_areas
from sheetgen.render.sheets.formats import Formats
from sheetgen.render.sheets.places import LinkTo, Range, resolve
from sheetgen.report.locale import load_locale
from sheetgen.report.model import (
    Area,
    Block,
    Cell,
    ChoiceInput,
    DateInput,
    FormatWhen,
    Input,
    NumberInput,
    PlacedBlock,
    Tab,
    TextInput,
)
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.theme import load_theme
from sheetgen.values import Value

from .sheets_built import Json, made, of_kind, page, requests, tab_of

VALUES: list[tuple[Value, Json | None]] = [
    ("=1+1", {"stringValue": "=1+1"}),
    ("+49 30 123", {"stringValue": "+49 30 123"}),
    ("2025-01-06", {"stringValue": "2025-01-06"}),
    (45658.0, {"numberValue": 45658}),
    (0.25, {"numberValue": 0.25}),
    (True, {"boolValue": True}),
    (None, None),
    ("", None),
    (math.nan, None),
]


@pytest.mark.parametrize(("value", "written"), VALUES)
def test_a_constant_is_written_as_what_it_is(value: Value, written: Json | None) -> None:
    (cell,) = tab_of(made(page(Cell(0, 0, value))), "page").cells  # type: ignore[arg-type]
    assert cell.value == written


@pytest.mark.parametrize("value", [math.inf, "x" * 50_001, "half \ud83d"])
def test_what_no_cell_holds_is_refused(value: float | str) -> None:
    with pytest.raises(RenderError, match="Page!A1"):
        made(page(Cell(0, 0, value)))


def test_a_formula_names_cells_of_its_tab_and_of_others() -> None:
    other = Tab("other", "Q1 Plan", (PlacedBlock(Block("plan", 1, 1, (Cell(0, 0, 7.0),)), 3, 2),))
    report = made(page(Cell(1, 1, At("cells", 0, 0) * 0.05 + At("plan", 0, 0), expected=7.0)), other)
    (cell,) = tab_of(report, "page").cells
    assert cell.value == {"formulaValue": "=A1*(5/100)+'Q1 Plan'!C4"}


PATTERNS = [
    ("en", Format.MONEY_CENTS, "CURRENCY", '"€"#,##0.00;-"€"#,##0.00;"€"#,##0.00;"–"'),
    ("fr", Format.COUNT, "NUMBER", '#,##0;-#,##0;#,##0;"–"'),
    ("en", Format.PERCENT, "PERCENT", '#,##0.0%;-#,##0.0%;#,##0.0%;"–"'),
    ("en", Format.DATE, "DATE", "d mmm yyyy"),
    ("fr", Format.MONTH, "DATE", "mmm yyyy"),
]


@pytest.mark.parametrize(("lang", "shown", "kind", "pattern"), PATTERNS)
def test_number_formats_are_in_the_notation_of_every_locale(lang: str, shown: Format, kind: str, pattern: str) -> None:
    formats = Formats(load_theme(), load_locale(lang, "EUR"))
    assert formats.number(shown) == {"type": kind, "pattern": pattern}


def test_a_title_is_large_and_bold_and_a_message_has_a_thick_edge() -> None:
    title, message = tab_of(
        made(page(Cell(0, 0, "ROI", Style(Role.TITLE)), Cell(1, 0, "Hm", Style(Role.MESSAGE)))), "page"
    ).cells
    assert title.format["textFormat"]["fontSize"] == 20
    assert title.format["textFormat"]["bold"]
    assert title.format["textFormat"]["foregroundColorStyle"]["rgbColor"] == {
        "red": 0.1216,
        "green": 0.1608,
        "blue": 0.2157,
    }
    assert message.format["borders"]["left"]["style"] == "SOLID_THICK"
    assert message.format["wrapStrategy"] == "WRAP"


def test_a_link_leads_to_the_sheet_of_the_tab() -> None:
    other = Tab("other", "Other", ())
    report = made(page(Cell(0, 0, "Go", Style(Role.LINK), link="other")), other)
    (cell,) = tab_of(report, "page").cells
    assert cell.format["textFormat"]["link"] == {"uri": LinkTo("other")}
    assert resolve(cell.format["textFormat"]["link"], {"other": 42}) == {"uri": "#gid=42"}


def test_a_link_to_no_tab_is_refused() -> None:
    with pytest.raises(RenderError, match="no tab"):
        made(page(Cell(0, 0, "Go", link="nowhere")))


def test_cells_that_look_alike_are_formatted_together() -> None:
    body = [Cell(row, column, 1.0) for row in range(3) for column in range(4)]
    tab = tab_of(made(page(*body, Cell(3, 0, "Sum", Style(Role.TOTAL), columns=2))), "page")
    assert [area for area, _ in formatted_areas(tab)] == [Range("page", 0, 0, 3, 4), Range("page", 3, 0, 4, 2)]


def test_merged_cells_notes_and_sizes() -> None:
    block = Block("cells", 2, 3, (Cell(0, 0, "Wide", columns=3, note="Hint"),), heights={1: 30.0})
    found = requests(made(Tab("page", "Page", (PlacedBlock(block, 0, 0),), widths=(11.0, 11.0, 2.0))))
    (merged,) = of_kind(found, "mergeCells")
    assert (merged["range"]["endRowIndex"], merged["range"]["endColumnIndex"]) == (1, 3)
    sizes = [(body["range"], body["properties"]) for body in of_kind(found, "updateDimensionProperties")]
    spans = [(at["dimension"], at["startIndex"], at["endIndex"], size["pixelSize"]) for at, size in sizes]
    assert ("COLUMNS", 0, 2, 82) in spans
    assert ("COLUMNS", 2, 3, 19) in spans
    assert ("ROWS", 1, 2, 40) in spans
    (written,) = of_kind(found, "updateCells")
    assert written["rows"][0]["values"] == [{"userEnteredValue": {"stringValue": "Wide"}, "note": "Hint"}]


def test_a_row_is_as_high_as_its_longest_text() -> None:
    long, short = Cell(0, 0, "word " * 30, Style(Role.TEXT)), Cell(1, 0, "word", Style(Role.TEXT))
    heights = tab_of(made(page(long, Cell(0, 1, "x"), short)), "page").heights
    assert heights[0] > 5 * 13 * 4 / 3, "150 letters of 10 points in a column of 64 pixels"
    assert set(heights) == {0}


CHOICES = ChoiceInput(("All", "ROI"))
CONDITIONS: list[tuple[Input, str, list[str]]] = [
    (CHOICES, "ONE_OF_LIST", ["All", "ROI"]),
    (ChoiceInput(Span("cells", 4, 0, 6, 0)), "ONE_OF_RANGE", ["=Page!$A$5:$A$7"]),
    (NumberInput(low=0), "NUMBER_GREATER_THAN_EQ", ["=0"]),
    (NumberInput(high=0.95), "NUMBER_LESS_THAN_EQ", ["=(95/100)"]),
    (NumberInput(0, 0.5), "NUMBER_BETWEEN", ["=0", "=(5/10)"]),
    (NumberInput(1, 7, whole=True), "CUSTOM_FORMULA", ["=AND(ISNUMBER(B2);B2=INT(B2);B2>=1;B2<=7)"]),
    (NumberInput(), "CUSTOM_FORMULA", ["=AND(ISNUMBER(B2))"]),
    (DateInput(), "DATE_IS_VALID", []),
]


@pytest.mark.parametrize(("wanted", "kind", "values"), CONDITIONS)
def test_an_input_takes_only_what_it_should(wanted: Input, kind: str, values: list[str]) -> None:
    (cell,) = tab_of(made(page(Cell(1, 1, None, Style(Role.INPUT), input=wanted, note="Pick"))), "page").cells
    assert cell.validation is not None
    condition = cell.validation["condition"]
    assert condition["type"] == kind
    assert [value["userEnteredValue"] for value in condition.get("values", [])] == values
    assert cell.validation["strict"]
    assert cell.validation["inputMessage"] == "Pick"


def test_a_text_input_takes_anything_and_shows_its_note() -> None:
    (cell,) = tab_of(made(page(Cell(0, 0, "x", input=TextInput(), note="Any text"))), "page").cells
    assert (cell.validation, cell.note) == (None, "Any text")


@pytest.mark.parametrize("choice", ["=A1", "+1", "12,5", ""])
def test_a_choice_that_google_would_read_is_refused(choice: str) -> None:
    with pytest.raises(RenderError, match="would not take for a text"):
        made(page(Cell(0, 0, "x", input=ChoiceInput((choice,)))))


def test_everything_but_inputs_is_protected_with_a_warning() -> None:
    found = requests(made(page(Cell(0, 0, 1.0), Cell(2, 1, 5.0, Style(Role.INPUT), columns=2, input=NumberInput()))))
    (body,) = of_kind(found, "addProtectedRange")
    protected = body["protectedRange"]
    assert protected["warningOnly"]
    assert set(protected["range"]) == {"sheetId"}
    (free,) = protected["unprotectedRanges"]
    assert [free[name] for name in ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")] == [
        2,
        3,
        1,
        3,
    ]


def test_a_number_whose_unit_is_picked_has_the_format_of_the_pick() -> None:
    rule = FormatWhen(Area(0, 1, 0, 1), eq(Name("pick"), "roi"), Format.PERCENT)
    block = Block(
        "cells",
        1,
        2,
        (Cell(0, 0, "ROI"), Cell(0, 1, 0.5, Style(format=Format.NUMBER))),
        rules=(rule,),
        names={"pick": (0, 0)},
    )
    report = made(Tab("page", "Page", (PlacedBlock(block, 0, 0),)))
    assert tab_of(report, "page").cells[1].format["numberFormat"]["type"] == "PERCENT"
    assert tab_of(report, "page").rules == ()
    assert ["cannot change a number format" in remark.text for remark in report.remarks] == [True]
