"""Engines compute from the inputs: never from the values that the file claims."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from sheetgen.engines.base import Engine
from sheetgen.engines.catalog import available_engines, engine_named
from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.engines.libreoffice import LibreOfficeEngine, find_soffice
from sheetgen.errors import EngineError, EngineTimeoutError, NotAReportError, OptionError, UnreadableFileError
from sheetgen.values import SheetError, Value
from sheetgen.workbook.cells import read_book
from sheetgen.workbook.edit import parse_edit
from sheetgen.workbook.place import Place

LIBREOFFICE = pytest.param(
    "libreoffice",
    marks=[pytest.mark.libreoffice, pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")],
)
ENGINES = pytest.mark.parametrize("name", ["cellrune", LIBREOFFICE])

CTR = 'IF(T[[#This Row],[Impressions]]=0,"",T[[#This Row],[Clicks]]/T[[#This Row],[Impressions]])'
FORMULAS: dict[str, tuple[str, Value]] = {
    "B2": ("SUM(T[Clicks])", 30),
    "B3": ("total_clicks/10", 3),
    "B4": ('SUMIFS(T[Clicks],T[Platform],"Instagram")', 25),
    "B5": ('"CTR "&T!A1', "CTR Platform"),
    "B6": ("B2>20", True),
    "B7": ('IF(B2>20,"","few")', None),
    "B8": ("NA()", SheetError("#N/A")),
    "B9": ("1/0", SheetError("#DIV/0!")),
    "B10": ('INDEX(T[Platform],MATCH("Inst*",T[Platform],0))', "Instagram"),
    "B11": ("SUMPRODUCT((T[Impressions]>0)*T[Clicks])", 30),
    "B12": ("EDATE(45688,1)", 45716),
}


@pytest.fixture
def wrong_caches(tmp_path: Path) -> Path:
    """A workbook whose every formula carries the cached value 99."""
    path = tmp_path / "wrong.xlsx"
    with xlsxwriter.Workbook(path) as book:
        data = book.add_worksheet("T")
        columns = [{"header": "Platform"}, {"header": "Impressions"}, {"header": "Clicks"}]
        data.add_table(0, 0, 3, 3, {"name": "T", "columns": [*columns, {"header": "CTR", "formula": f"={CTR}"}]})
        for row, values in enumerate((("Facebook", 1000, 5), ("Instagram", 500, 25), ("LinkedIn", 0, 0)), start=1):
            data.write_row(row, 0, values)
            data.write_formula(row, 3, f"={CTR}", None, 99)
        page = book.add_worksheet("Data Quality")
        for cell, (formula, _) in FORMULAS.items():
            page.write_formula(cell, f"={formula}", None, 99)
        book.define_name("total_clicks", "='Data Quality'!$B$2")
    return path


def page_values(values: dict[Place, Value]) -> dict[str, Value]:
    return {f"B{place.row + 1}": value for place, value in values.items() if place.tab == "Data Quality"}


@ENGINES
def test_wrong_caches_are_never_believed(name: str, wrong_caches: Path) -> None:
    found = engine_named(name).recalculate(wrong_caches)
    assert page_values(dict(found.values)) == {cell: value for cell, (_, value) in FORMULAS.items()}
    assert [found.values[Place("T", row, 3)] for row in (1, 2, 3)] == [0.005, 0.05, None]
    assert found.unavailable == {}


@ENGINES
def test_edits_reach_every_formula_and_leave_the_file(name: str, wrong_caches: Path) -> None:
    before = wrong_caches.read_bytes()
    book = read_book(wrong_caches)
    edits = [parse_edit(text, book) for text in ("T!C3=100", "T!B2=", "T!A4=Instagram")]
    found = engine_named(name).recalculate(wrong_caches, edits)
    page = page_values(dict(found.values))
    assert (page["B2"], page["B3"], page["B4"], page["B11"]) == (105, 10.5, 100, 100)
    assert [found.values[Place("T", row, 3)] for row in (1, 2, 3)] == [None, 0.2, None]
    assert wrong_caches.read_bytes() == before


@ENGINES
def test_reading_failures_are_the_readers(name: str, tmp_path: Path) -> None:
    engine = engine_named(name)
    with pytest.raises(UnreadableFileError):
        engine.recalculate(tmp_path / "none.xlsx")
    (tmp_path / "text.xlsx").write_text("Campaign ID,Budget")
    with pytest.raises(NotAReportError):
        engine.recalculate(tmp_path / "text.xlsx")


def test_cellrune_reports_what_it_cannot_compute(tmp_path: Path) -> None:
    path = tmp_path / "unknown.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        sheet.write_formula("A1", "=NOSUCHFUNCTION(1)", None, 7)
        sheet.write_formula("A2", "=A1+1", None, 8)
        sheet.write_formula("A3", "=1+1", None, 9)
    found = CellruneEngine().recalculate(path)
    assert found.values == {Place("S", 2, 0): 2}
    assert set(found.unavailable) == {Place("S", 0, 0), Place("S", 1, 0)}
    assert "unsupported_function" in found.unavailable[Place("S", 0, 0)]


def test_cellrune_refuses_a_workbook_that_contradicts_itself(wrong_caches: Path, tmp_path: Path) -> None:
    path = tmp_path / "contradiction.xlsx"
    with zipfile.ZipFile(wrong_caches) as source, zipfile.ZipFile(path, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name).replace(b'name="T" sheetId', b'name="Data Quality" sheetId'))
    with pytest.raises(EngineError, match="cellrune: the recalculation failed"):
        CellruneEngine().recalculate(path)


def test_cellrune_takes_a_column_of_more_rows_than_it_reads_at_once(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    rows = 5000
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for row in range(rows):
            sheet.write_number(row, 0, row)
            sheet.write_formula(row, 2, f"=A{row + 1}*2", None, -1)
    values = CellruneEngine().recalculate(path).values
    assert [values[Place("S", row, 2)] for row in range(rows)] == [2 * row for row in range(rows)]


def test_embedded_engine_is_always_there() -> None:
    assert available_engines()[0].name == "cellrune"


def test_engine_of_another_name_is_refused() -> None:
    with pytest.raises(OptionError, match=r"--engine: 'excel' is not allowed\. Allowed: cellrune"):
        engine_named("excel")


def test_libreoffice_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetgen.engines.catalog.find_soffice", lambda: None)
    assert [engine.name for engine in available_engines()] == ["cellrune"]
    with pytest.raises(OptionError):
        engine_named("libreoffice")


Office = Callable[[str], Engine]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A LibreOffice engine with a shell script in the place of LibreOffice."""

    def make(script: str) -> Engine:
        command = tmp_path / "soffice"
        command.write_text(f"#!/bin/sh\n{script}\n")
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        return LibreOfficeEngine(command, seconds=1)

    return make


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
SAVE_COPY = 'for last; do :; done; folder=$(dirname "$last"); mkdir -p "$folder/out"; cp "$last" "$folder/out/"'


@POSIX
def test_a_first_start_that_only_makes_its_profile_is_repeated(office: Office, wrong_caches: Path) -> None:
    once = 'for last; do :; done; mark=$(dirname "$last")/mark; [ -e "$mark" ] || { touch "$mark"; exit 81; }'
    found = office(f"{once}\n{SAVE_COPY}").recalculate(wrong_caches)
    assert page_values(dict(found.values))["B2"] == 99


@POSIX
@pytest.mark.parametrize("script", ["echo no display; exit 77", "echo no display"])
def test_a_failure_says_what_libreoffice_said(office: Office, wrong_caches: Path, script: str) -> None:
    with pytest.raises(EngineError, match="no display"):
        office(script).recalculate(wrong_caches)


@POSIX
def test_no_answer_ends_every_process(office: Office, wrong_caches: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineTimeoutError, match="no answer within 1 s"):
        office(f"sleep 30 & echo $! > {tmp_path}/child; wait").recalculate(wrong_caches)
    child = (tmp_path / "child").read_text().strip()
    state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False).stdout
    assert state.strip() in ("", "Z")


@POSIX
def test_cells_that_libreoffice_loses_are_unavailable(office: Office, wrong_caches: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    with xlsxwriter.Workbook(empty) as book:
        book.add_worksheet("T")
    found = office(f"{SAVE_COPY}\ncp {empty} $folder/out/book.xlsx").recalculate(wrong_caches)
    assert found.values == {}
    assert "missing" in found.unavailable[Place("Data Quality", 1, 1)]


def test_a_command_that_cannot_start(wrong_caches: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="No such file"):
        LibreOfficeEngine(tmp_path / "gone").recalculate(wrong_caches)


def test_soffice_is_found_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", {"libreoffice": "/somewhere/libreoffice"}.get)
    assert find_soffice() == Path("/somewhere/libreoffice")


def test_soffice_is_found_where_installers_put_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    places = (str(tmp_path / "none" / "soffice"), str(tmp_path / "libreoffice*" / "soffice"))
    monkeypatch.setattr("sheetgen.engines.libreoffice._USUAL_PLACES", places)
    assert find_soffice() is None
    (tmp_path / "libreoffice25.2").mkdir()
    (tmp_path / "libreoffice25.2" / "soffice").touch()
    assert find_soffice() == tmp_path / "libreoffice25.2" / "soffice"
