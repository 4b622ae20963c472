"""What tests of edits share: a small export with days, its report, and a desk that edits it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sheetgen import api
from sheetgen.analysis.serials import to_serial
from sheetgen.formula.locate import a1
from sheetgen.pull.edit import Pulled, PulledEdit
from sheetgen.workbook.cells import Book, read_book
from sheetgen.workbook.edit import Edit, edit_book
from sheetgen.workbook.place import Place, parse_cell

EXPORT = """\
Campaign ID,Campaign Name,Platform,Campaign Type,Date,Budget,Impressions,Reach,Clicks,Engagement,Conversions,Revenue
C1,Spring,Instagram,Awareness,2025-01-01,40,4000,3000,50,100,2,100
C1,Spring,Instagram,Awareness,2025-01-02,60,6000,5000,100,200,3,150
C2,Summer,Facebook,Conversion,2025-01-01,200,20000,15000,250,400,12,700
C3,Autumn,TikTok,Conversion,2025-01-02,50,5000,4000,75,90,4,60
C4,Winter,TikTok,Traffic,2025-01-02,25,2500,2000,50,45,1,20
"""

Typed = str | float | datetime | None
Told = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Desk:
    """An export and its report, to be edited."""

    export: Path
    report: Path

    def edit(self, *edits: tuple[str, Typed]) -> None:
        """Type values into cells such as `Campaigns!G2`, or into inputs by their name."""
        book = read_book(self.report)
        typed = [Edit(*_place(book, target), _cell(value)) for target, value in edits]
        edited = self.report.with_name("edited.xlsx")
        edit_book(self.report, typed, edited)
        edited.replace(self.report)

    def edit_with_openpyxl(self, *edits: tuple[str, Typed]) -> None:
        """The same, saved by openpyxl: texts that begin with `=` are formulas, and no formula has a result."""
        names = read_book(self.report)
        book = openpyxl.load_workbook(self.report)
        for target, value in edits:
            tab, row, column = _place(names, target)
            book[tab].cell(row + 1, column + 1).value = value
        book.save(self.report)

    def column(self, header: str) -> str:
        """The letters of a column of the campaign table."""
        table = read_book(self.report).tables["Campaigns"]
        return a1(0, table.column + table.headers.index(header)).rstrip("1")

    def pull(self) -> Pulled:
        """The edits of the report."""
        return api.pull(self.report)

    def rebuild(self, name: str = "again.xlsx") -> api.BuildResult:
        """The report of the export with the edits of this one, by way of a file."""
        edits = self.report.with_name("edits.csv")
        api.write_edits(self.pull().edits, edits)
        return api.build([self.export], api.BuildOptions(self.report.with_name(name), currency="EUR", edits=edits))


def row_of(number: int) -> tuple[str, ...]:
    """The cells of a campaign's data in a row of the tab, as `edit` takes them."""
    return tuple(f"Campaigns!{letter}{number}" for letter in "ABCDEFGHIJKLM")


def _place(book: Book, target: str) -> Place:
    tab, is_cell, cell = target.partition("!")
    return Place(tab, *(parse_cell(cell) or (0, 0))) if is_cell else book.names[target]


def _cell(value: Typed) -> str | float | None:
    return to_serial(value) if isinstance(value, datetime) else value


def told(edits: tuple[PulledEdit, ...]) -> list[Told]:
    """Edits as kind, campaign, column, before and after."""
    return [(e.kind.value, e.campaign_id, e.column, e.written_before, e.written_after) for e in edits]


def build_desk(folder: Path, export: str = EXPORT, lang: str = "en", template: str = "full") -> Desk:
    """A desk in a folder, with the report of an export."""
    desk = Desk(folder / "export.csv", folder / "report.xlsx")
    desk.export.write_text(export, encoding="utf-8")
    api.build([desk.export], api.BuildOptions(desk.report, template, lang=lang, currency="EUR"))
    return desk


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk of four campaigns, to be left as it is."""
    return build_desk(tmp_path_factory.mktemp("pull"))


@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    """The desk of four campaigns: C1 of 100, C2 of 200, C3 of 50 and C4 of 25 EUR, in rows 2 to 5."""
    for path in (built.export, built.report):
        shutil.copy(path, tmp_path)
    return Desk(tmp_path / built.export.name, tmp_path / built.report.name)
