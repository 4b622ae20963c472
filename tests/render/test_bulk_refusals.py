"""What tables written in bulk refuse, with the place of the cell; and archives that cannot be written."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

from sheetgen.errors import OutputError, RenderError
from sheetgen.formula.tree import call
from sheetgen.render import archive
from sheetgen.render.xlsx import write_xlsx
from sheetgen.report.locale import load_locale
from sheetgen.report.model import NOT_AVAILABLE, Block, Cell, PlacedBlock, Report, Tab, Table, TableColumn
from sheetgen.report.style import Style
from sheetgen.report.theme import load_theme
from sheetgen.values import Value

from .conftest import Load, Write


def tab(*columns: TableColumn, cells: tuple[Cell, ...] = ()) -> Tab:
    rows = len(columns[0].values)
    table = Block("data", rows + 1, len(columns), table=Table("Data", columns, rows))
    return Tab("data", "Data", (PlacedBlock(table, 2, 1), PlacedBlock(Block("page", 9, 9, cells), 0, 0)))


def objects(*values: Value) -> np.ndarray:
    return np.array(values, dtype=object)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("x" * 32_768, "a text of more than 32767 characters"),
        ("🎉" * 16_384, "a text of more than 32767 characters"),
        ("bell\x07", r"the character U\+0007 at position 4 of a text"),
        (float("inf"), "the number inf"),
        (NOT_AVAILABLE, "the error #N/A as a constant"),
    ],
)
def test_a_constant_that_no_cell_holds_is_refused_with_its_place(value: Value, problem: str, write: Write) -> None:
    column = TableColumn("Text", objects("fine", None, "fine", value, value), Style())
    with pytest.raises(RenderError, match=rf"^Data!B7: cannot be written \({problem}\)"):
        write(tab(column))


@pytest.mark.parametrize("value", ["x" * 32_768, "\x00", float("-inf")])
def test_a_result_that_no_formula_gives_is_refused_with_its_place(value: Value, write: Write) -> None:
    column = TableColumn("Text", objects("fine", value), Style(), call("ROW"))
    with pytest.raises(RenderError, match=r"^Data!B5: cannot be written"):
        write(tab(column))


@pytest.mark.parametrize("text", ["x" * 32_767, "🎉" * 16_383])
def test_the_longest_text_fits(text: str, write: Write, load: Load) -> None:
    sheet = load(write(tab(TableColumn("Text", objects("fine", text), Style()))))[0]["Data"]
    assert sheet["B5"].value == text


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (Cell(4, 1, "over"), r"Data!B5: .*the block page writes over another cell"),
        (Cell(4, 0, "across", columns=2), r"Data!A5: .*the range A5:B5 overlaps the table rows B4:B6"),
    ],
)
def test_nothing_is_written_over_a_table(cell: Cell, problem: str, write: Write) -> None:
    column = TableColumn("Number", np.array([1.0, 2.0, 3.0]), Style())
    with pytest.raises(RenderError, match=problem):
        write(tab(column, cells=(cell,)))


def test_a_table_past_the_last_row_is_refused(write: Write) -> None:
    table = Table("Data", (TableColumn("Number", np.array([1.0, 2.0]), Style()),), 2)
    place = PlacedBlock(Block("data", 3, 1, table=table), 1_048_574, 0)
    with pytest.raises(RenderError, match=r"^Data: table Data: .*XlsxWriter returned -1"):
        write(Tab("data", "Data", (place,)))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_plainly() -> None:
    column = TableColumn("Number", np.random.default_rng(3).random(60_000), Style())
    report = Report("Full", (tab(column),), "EUR", "en")
    with pytest.raises(OutputError, match="No space left"):
        write_xlsx(report, Path("/dev/full"), load_theme(), load_locale("en", "EUR"))


def test_without_the_faster_deflater_the_file_is_as_good(
    write: Write, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "deflater", zlib)
    sheet = load(write(tab(TableColumn("Number", np.arange(3.0), Style()))))[0]["Data"]
    assert [sheet[f"B{row}"].value for row in (4, 5, 6)] == [0, 1, 2]
