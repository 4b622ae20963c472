"""Cells: every content arrives as what it is, or is refused with its place."""

from __future__ import annotations

import pytest

from sheetgen.errors import RenderError
from sheetgen.formula.tree import At, Name, Node, Number, Span, Text, call
from sheetgen.report.model import (
    NOT_AVAILABLE,
    Block,
    Cell,
    ChoiceInput,
    DateInput,
    Input,
    NumberInput,
    PlacedBlock,
    Tab,
    TextInput,
)
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.theme import load_theme
from sheetgen.values import Value

from .conftest import Load, Page, Part, Write

TEXTS = [
    "=1+1",
    "+1",
    "-2",
    "@home",
    "_x0041_",
    "https://example.org",
    "internal:Page!A1",
    "00123",
    "1,5",
    "🎉 Ünïcode",
    "حملة رمضان",
    "  spaced  ",
    "two\nlines",
    "<b>&amp;</b>",
    "x" * 32_767,
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_the_same_text(text: str, write: Write, load: Load, page: Page) -> None:
    cell = load(write(page(Cell(0, 0, text))))[0]["Page"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a\x01b", "the character U\\+0001 at position 1"),
        ("\ud83c", "the character U\\+D83C at position 0"),
        ("x" * 32_768, "more than 32767 characters"),
        ("🎉" * 16_384, "more than 32767 characters"),
        (float("inf"), "the number inf"),
    ],
)
def test_what_no_cell_holds_is_refused_with_its_place(
    content: str | float, problem: str, write: Write, page: Page
) -> None:
    with pytest.raises(RenderError, match=f"^Page!C2: cannot be written .*{problem}"):
        write(page(Cell(1, 2, content)))


@pytest.mark.parametrize(
    ("content", "expected"), [(12.5, 12.5), (-0.1, -0.1), (1e15, 1e15), (float("nan"), None), (None, None)]
)
def test_a_number_stays_a_number_and_nan_is_blank(
    content: float | None, expected: float | None, write: Write, load: Load, page: Page
) -> None:
    assert load(write(page(Cell(0, 0, content))))[0]["Page"]["A1"].value == expected


@pytest.mark.parametrize(
    ("formula", "expected", "text", "stored"),
    [
        (Number(2.0) * 3, 6.0, "=2*3", 6.0),
        (At("cells", 4, 0) / Name("total"), 0.1 + 0.2, "=A5/total", 0.1 + 0.2),
        (Text('say "hi"') & "", 'say "hi"', '="say ""hi"""&""', 'say "hi"'),
        (Text("FILTER(a)") & "", "FILTER(a)", '="FILTER(a)"&""', "FILTER(a)"),
        (call("IF", Name("total"), "", 1.0), None, '=IF(total,"",1)', None),
        (call("NOT", Name("total")), True, "=NOT(total)", True),
        (call("NA"), NOT_AVAILABLE, "=NA()", "#N/A"),
    ],
)
def test_a_formula_carries_its_expected_value(
    formula: Node, expected: Value, text: str, stored: object, write: Write, load: Load
) -> None:
    cells = (Cell(0, 0, formula, expected=expected), Cell(4, 0, 1.0))
    block = Block("cells", 5, 1, cells, names={"total": (4, 0)})
    formulas, values = load(write(Tab("page", "Page", (PlacedBlock(block, 0, 0),))))
    assert formulas["Page"]["A1"].value == text
    assert values["Page"]["A1"].value == stored


def test_an_escape_in_a_stored_text_is_escaped_as_xlsx_files_do(write: Write, part: Part, page: Page) -> None:
    path = write(page(Cell(0, 0, Text("x") & "", expected="_x0041_")))
    assert part(path, "xl/worksheets/sheet1.xml").text(".//c/v") == "_x005F_x0041_"


def test_a_cell_of_another_tab_is_quoted(write: Write, load: Load, page: Page) -> None:
    other = Tab("other", "Été d'or", (PlacedBlock(Block("other", 1, 1, (Cell(0, 0, 1.0),)), 2, 1),))
    path = write(page(Cell(0, 0, At("other", 0, 0) + 1, expected=2.0)), other)
    assert load(path)[0]["Page"]["A1"].value == "='Été d''or'!B3+1"


def test_merged_cells_keep_formula_note_and_look_throughout(write: Write, load: Load, part: Part, page: Page) -> None:
    path = write(page(Cell(1, 1, Number(1.0) + 1, Style(Role.CARD_VALUE), 2.0, rows=2, columns=3, note="Two.")))
    sheet = load(path)[0]["Page"]
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["B2:D3"]
    assert (sheet["B2"].value, sheet["B2"].comment.text) == ("=1+1", "Two.")
    assert sheet["B2"].fill.fgColor.rgb == "FF" + load_theme().colors.card[1:]
    looks = {cell.get("r"): cell.get("s") for cell in part(path, "xl/worksheets/sheet1.xml").findall(".//c")}
    assert set(looks) == {"B2", "C2", "D2", "B3", "C3", "D3"}
    assert len(set(looks.values())) == 1


def test_a_block_never_writes_over_another(write: Write) -> None:
    places = (PlacedBlock(Block("a", 1, 2, (Cell(0, 0, "a", columns=2),)), 0, 0),)
    over = (*places, PlacedBlock(Block("b", 1, 1, (Cell(0, 0, "b"),)), 0, 1))
    with pytest.raises(RenderError, match=r"^Page!B1: cannot be written \(the block b writes over another cell\)"):
        write(Tab("page", "Page", over))


@pytest.mark.parametrize("content", ["Details", Text("Details") & ""])
def test_a_link_leads_to_a_tab_and_keeps_the_cell(content: Node | str, write: Write, load: Load, page: Page) -> None:
    cell = Cell(0, 0, content, Style(Role.LINK), "Details" if isinstance(content, Node) else None, link="far")
    formulas, values = load(write(page(cell), Tab("far", "L'été", ())))
    assert formulas["Page"]["A1"].hyperlink.location == "'L''été'!A1"
    assert values["Page"]["A1"].value == "Details"


def test_a_link_to_no_tab_is_refused(write: Write, page: Page) -> None:
    with pytest.raises(RenderError, match=r"Page!A1.*the link leads to 'nowhere'"):
        write(page(Cell(0, 0, "Go", link="nowhere")))


@pytest.mark.parametrize(
    ("style", "content", "pattern", "horizontal"),
    [
        (Style(format=Format.MONEY), 1.0, '"€"#,##0;-"€"#,##0;"€"#,##0;"–"', "right"),
        (Style(Role.CARD_VALUE, Format.PERCENT), 1.0, '#,##0.0%;-#,##0.0%;#,##0.0%;"–"', "left"),
        (Style(Role.HEAD, Format.MONEY), "Budget", "General", "right"),
        (Style(format=Format.TEXT), "00123", "@", "left"),
        (Style(format=Format.TEXT), Text("a") & "b", "General", None),
        (Style(format=Format.COUNT, align=Align.CENTER), 1.0, '#,##0;-#,##0;#,##0;"–"', "center"),
    ],
)
def test_a_style_says_format_and_alignment(
    style: Style,
    content: Node | float | str,
    pattern: str,
    horizontal: str | None,
    write: Write,
    load: Load,
    page: Page,
) -> None:
    cell = load(write(page(Cell(0, 0, content, style))))[0]["Page"]["A1"]
    assert (cell.number_format, cell.alignment.horizontal) == (pattern, horizontal)


def test_only_inputs_are_unlocked_and_look_like_inputs(write: Write, load: Load, page: Page) -> None:
    cells = (Cell(0, 0, 1.0, Style(Role.INPUT), input=NumberInput()), Cell(1, 0, 1.0))
    sheet = load(write(page(*cells)))[0]["Page"]
    assert (sheet["A1"].protection.locked, sheet["A2"].protection.locked) == (False, True)
    assert sheet["A1"].font.color.rgb == "FF" + load_theme().colors.input[1:]
    assert sheet["A1"].fill.fgColor.rgb == "FF" + load_theme().colors.input_fill[1:]
    assert not sheet.protection.sheet


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        (NumberInput(), ("decimal", "greaterThanOrEqual", "-1000000000000000", None)),
        (NumberInput(low=0.5), ("decimal", "greaterThanOrEqual", "0.5", None)),
        (NumberInput(high=9), ("decimal", "lessThanOrEqual", "9", None)),
        (NumberInput(1, 9, whole=True), ("whole", None, "1", "9")),
        (DateInput(), ("date", "greaterThanOrEqual", "1", None)),
        (ChoiceInput(("All", 'a "b"')), ("list", None, '"All,a ""b"""', None)),
        (ChoiceInput(Span("cells", 3, 0, 5, 0)), ("list", None, "'Page'!$A$4:$A$6", None)),
        (TextInput(), (None, None, None, None)),
    ],
)
def test_an_input_takes_only_what_it_says(
    wanted: Input, rule: tuple[str | None, ...], write: Write, load: Load, page: Page
) -> None:
    cell = Cell(0, 0, None, Style(Role.INPUT), input=wanted, note="What may be typed.", columns=2)
    (found,) = load(write(page(cell)))[0]["Page"].data_validations.dataValidation
    first, last = (None if bound is None else bound.removesuffix(".0") for bound in (found.formula1, found.formula2))
    if first is not None and first.startswith("Page!"):
        first = first.replace("Page!", "'Page'!")
    assert (found.type, found.operator, first, last) == rule
    assert (str(found.sqref), found.prompt, found.error, found.allow_blank) == (
        "A1:B1",
        "What may be typed.",
        "What may be typed.",
        True,
    )


@pytest.mark.parametrize(
    ("wanted", "note", "problem"),
    [
        (ChoiceInput(("a, b",)), None, "a comma would split it"),
        (ChoiceInput(("x" * 256,)), None, "exceeds Excel's limit of 255"),
        (NumberInput(), "x" * 256, "exceeds Excel's limit of 255"),
    ],
)
def test_an_input_that_excel_refuses_is_refused_here(
    wanted: Input, note: str | None, problem: str, write: Write, page: Page
) -> None:
    with pytest.raises(RenderError, match=f"^Page!A1: .*{problem}"):
        write(page(Cell(0, 0, None, input=wanted, note=note)))
