"""Tables written in bulk: the same workbook as XlsxWriter's cell by cell, in every part and every cell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter
from packaging.requirements import Requirement
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from sheetgen.formula.tree import Column, ThisRow, call, eq
from sheetgen.render import filling, hooks, tables, xlsx
from sheetgen.render.archive import Archive
from sheetgen.report.model import (
    NOT_AVAILABLE,
    Area,
    Axis,
    Block,
    Cell,
    Chart,
    ChartKind,
    ColorScale,
    NumberInput,
    PlacedBlock,
    Series,
    Tab,
    Table,
    TableColumn,
)
from sheetgen.report.style import Format, Role, Style

from .conftest import Load, Part, Write, Xml

ROWS = 60
TEXTS = ["Été & <b>", "  spaced  ", "_x0041_", "=1+1", "🎉", "", None, "two\nlines", "TRUE", "00123", "Été & <b>"]
RESULTS = ["a & <b>", "", None, "_x0041_", True, False, NOT_AVAILABLE, 2.5, 7, "Été", '"quoted"']
MIXED = ["text", 1.5, True, None, 3, "1.5", False, float("nan")]
SHEET = "xl/worksheets/sheet1.xml"

Both = Callable[..., tuple[Path, Path]]


def repeated(values: list[Any]) -> np.ndarray:
    return np.array([values[row % len(values)] for row in range(ROWS)], dtype=object)


def block(*, name: str = "Data") -> Block:
    """A table with each kind of value, constant and as a formula's result; every tenth number is blank."""
    days, numbers = np.arange(45_658.0, 45_658.0 + ROWS), np.arange(0.0, ROWS * 1.25, 1.25)
    numbers[::10] = np.nan
    ratio = call("IF", eq(ThisRow(name, "Number"), 0), "<&>", 1 / ThisRow(name, "Number"))
    columns = (
        TableColumn("Name", repeated(TEXTS), Style(Role.INPUT, Format.TEXT), width=30.0),
        TableColumn("Day", days, Style(Role.INPUT, Format.DATE)),
        TableColumn("Number", numbers, Style(Role.INPUT, Format.COUNT), input=NumberInput(low=0), note="A note."),
        TableColumn("Mixed", repeated(MIXED), Style(format=Format.NUMBER)),
        TableColumn("Blank", np.full(ROWS, np.nan), Style(Role.INPUT, Format.MONEY)),
        TableColumn("Nothing", np.full(ROWS, None, dtype=object), Style(Role.INPUT, Format.TEXT)),
        TableColumn("Ratio", np.round(1 / (numbers + 1), 9), Style(Role.KPI, Format.PERCENT), ratio),
        TableColumn("Result", repeated(RESULTS), Style(Role.KPI), ratio, hidden=True),
    )
    return Block(name.lower(), ROWS + 1, len(columns), table=Table(name, columns, ROWS))


def busy_tab() -> Tab:
    """The table with cells on all sides of it, high rows inside, a rule and charts over its columns."""
    beside = Block("beside", 3, 1, (Cell(0, 0, "Left", note="Beside."), Cell(2, 0, 1.0)), heights={1: 40.0})
    right = Block("right", 2, 2, (Cell(0, 0, "Right", columns=2), Cell(1, 0, call("NA"), expected=NOT_AVAILABLE)))
    columns = [Series(name, Column("Data", "Name"), Column("Data", name)) for name in ("Number", "Ratio")]
    chart = Chart(ChartKind.LINE, "Chart", "A chart.", tuple(columns), 0, 0, 4, 8, y=Axis(format=Format.COUNT))
    below = Block("below", 9, 4, (Cell(0, 0, "Below"),), charts=(chart,))
    rule = Block("rule", 0, 0, rules=(ColorScale(Area(0, 0, ROWS - 1, 0)),))
    data = block()
    return Tab(
        "data",
        "Data",
        (
            PlacedBlock(Block("above", 1, 1, (Cell(0, 0, "Above"),)), 0, 3),
            PlacedBlock(data, 2, 2),
            PlacedBlock(beside, 20, 0),
            PlacedBlock(right, 30, 2 + data.width + 1),
            PlacedBlock(rule, 3, 4),
            PlacedBlock(below, ROWS + 6, 1),
        ),
        freeze=(3, 3),
    )


@pytest.fixture
def both(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    """The tabs as a workbook written in bulk, and as one written cell by cell."""

    def _both(*tabs: Tab) -> tuple[Path, Path]:
        in_bulk = write(*tabs).rename(tmp_path / "bulk.xlsx")
        for module in (tables, xlsx):
            monkeypatch.setattr(module, "hooks_found", lambda: False)
        return in_bulk, write(*tabs)

    return _both


def cell(element: Xml) -> tuple[object, ...]:
    """What a `c` element says, its number as a number."""
    value = element.text("v") if element.has("v") else None
    kind = element.attributes.get("t")
    number = float(value) if value and kind is None else value
    formula = element.text("f") if element.has("f") else None
    return element.get("r"), element.get("s"), kind, formula, number


def rows(path: Path, part: Part) -> list[tuple[dict[str, str], list[tuple[object, ...]]]]:
    found = part(path, SHEET).findall("sheetData/row")
    # Spans are a hint that says nothing about cells.
    shown = [({key: text for key, text in row.attributes.items() if key != "spans"}, row) for row in found]
    return [(attributes, [cell(each) for each in row]) for attributes, row in shown]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_cell_is_as_written_one_by_one(both: Both, part: Part) -> None:
    in_bulk, one_by_one = both(busy_tab())
    found = rows(in_bulk, part)
    assert found == rows(one_by_one, part)
    assert sum(len(cells) for _, cells in found) > ROWS * 8


def test_every_other_part_is_the_same(both: Both) -> None:
    in_bulk, one_by_one = map(parts, both(busy_tab()))
    assert list(in_bulk) == list(one_by_one)
    assert [name for name in in_bulk if in_bulk[name] != one_by_one[name]] == [SHEET]
    first, second = (text[SHEET].split(b"<sheetData>") for text in (in_bulk, one_by_one))
    assert first[0] == second[0]
    assert first[1].split(b"</sheetData>")[1] == second[1].split(b"</sheetData>")[1]


def test_openpyxl_and_calamine_read_the_same(both: Both, load: Load) -> None:
    paths = both(busy_tab())
    formulas, values = zip(*(load(path) for path in paths), strict=True)
    for first, second in (formulas, values):
        cells = [[(each.value, each.number_format, each.style_id) for row in book["Data"] for each in row]
                 for book in (first, second)]  # fmt: skip
        assert cells[0] == cells[1]
    seen = [CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Data").to_python() for path in paths]
    assert seen[0] == seen[1]


def test_a_small_piece_at_a_time_is_the_same(both: Both, part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "PIECE", 5_000)
    in_bulk, one_by_one = both(busy_tab())
    assert rows(in_bulk, part) == rows(one_by_one, part)


@pytest.mark.parametrize(("row", "column"), [(ROWS + 4, 0), (0, 9)])
def test_two_tables_of_a_tab_are_both_written(row: int, column: int, both: Both, part: Part) -> None:
    tab = Tab("data", "Data", (PlacedBlock(block(), 0, 0), PlacedBlock(block(name="More"), row, column)))
    in_bulk, one_by_one = both(tab)
    assert rows(in_bulk, part) == rows(one_by_one, part)


def test_values_come_back_as_they_went_in(write: Write, load: Load) -> None:
    values = load(write(Tab("data", "Data", (PlacedBlock(block(), 0, 0),))))[1]["Data"]
    shown = [[values.cell(row + 2, column).value for row in range(11)] for column in (1, 4, 8)]
    assert shown[0] == TEXTS
    assert shown[1] == ["text", 1.5, True, None, 3, "1.5", False, None, "text", 1.5, True]
    # In formulas' results openpyxl leaves the escape of what looks like an escape.
    assert shown[2] == ["a & <b>", None, None, "_x005F_x0041_", True, False, "#N/A", 2.5, 7, "Été", '"quoted"']


NUMBERS = [0.1 + 0.2, 1 / 3, 1e-7, 1e20, 123_456_789_012_345_678.0, -0.0, 5e-324, 1.7976931348623157e308, 1e16, 2.0**53]


def test_numbers_keep_all_their_digits(write: Write, load: Load) -> None:
    numbers = np.array([*NUMBERS, *np.random.default_rng(7).lognormal(0, 20, 500)])
    columns = (
        TableColumn("In", numbers, Style(format=Format.NUMBER)),
        TableColumn("Out", numbers, Style(format=Format.NUMBER), call("ROW") - 1),
    )
    data = Block("data", len(numbers) + 1, 2, table=Table("Data", columns, len(numbers)))
    sheet = load(write(Tab("data", "Data", (PlacedBlock(data, 0, 0),))))[1]["Data"]
    for column in (1, 2):
        assert [sheet.cell(row + 2, column).value for row in range(len(numbers))] == numbers.tolist()


def test_the_same_table_gives_the_same_bytes(write: Write, tmp_path: Path) -> None:
    first = write(busy_tab()).rename(tmp_path / "first.xlsx")
    assert write(busy_tab()).read_bytes() == first.read_bytes()


def test_texts_are_shared_and_counted(write: Write, part: Part) -> None:
    path = write(Tab("data", "Data", (PlacedBlock(block(), 0, 0),)))
    shown = [cell for cell in part(path, SHEET).findall(".//c") if cell.attributes.get("t") == "s"]
    shared = part(path, "xl/sharedStrings.xml")
    assert (int(shared.get("count")), int(shared.get("uniqueCount"))) == (len(shown), len(list(shared)))
    kept = [text.find("t") for text in shared if text.text("t") == "  spaced  "]
    assert [list(text.attributes.values()) for text in kept] == [["preserve"]]


def test_this_xlsxwriter_has_all_that_bulk_writing_leans_on() -> None:
    wanted = next(found for found in map(Requirement, requires("sheetgen") or ()) if found.name == "xlsxwriter")
    assert wanted.specifier.contains(version("xlsxwriter"))
    assert not wanted.specifier.contains("3.4.0")
    assert hooks.missing_hooks() == []
    assert xlsxwriter.__version__.startswith("3.3.")


def test_a_missing_inner_part_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Worksheet, "_write_row")
    assert hooks.missing_hooks() == ["Worksheet._write_row"]


def test_the_size_said_beforehand_is_never_too_small(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, int] = {}
    whole = Archive.open

    def note(archive: Archive, name: str, size: int) -> None:
        said[name] = size
        whole(archive, name, size)

    monkeypatch.setattr(Archive, "open", note)
    xml = parts(write(Tab("data", "Data", (PlacedBlock(block(), 0, 0),))))[SHEET]
    assert xml.index(b"</sheetData>") - xml.index(b"<sheetData>") < said[SHEET] < 2 * len(xml)
    assert {size for name, size in said.items() if name != SHEET} == {0}
