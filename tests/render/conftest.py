"""Writes small reports and reads the workbooks back with openpyxl, or as XML where openpyxl does not look."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from sheetgen.formula.tree import ThisRow, call, eq
from sheetgen.render.xlsx import write_xlsx
from sheetgen.report.locale import Locale, load_locale
from sheetgen.report.model import Block, Cell, DateInput, NumberInput, PlacedBlock, Report, Tab, Table, TableColumn
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.theme import Theme, load_theme


@dataclass(frozen=True)
class Xml:
    """An element of a package's part, its tags without namespaces; what is looked for must be there."""

    element: ElementTree.Element

    @property
    def tag(self) -> str:
        return self.element.tag

    def __iter__(self) -> Iterator[Xml]:
        return (Xml(child) for child in self.element)

    def find(self, path: str) -> Xml:
        found = self.element.find(path)
        assert found is not None, f"no {path} in {self.tag}"
        return Xml(found)

    def has(self, path: str) -> bool:
        return self.element.find(path) is not None

    def findall(self, path: str) -> list[Xml]:
        return [Xml(found) for found in self.element.findall(path)]

    def get(self, name: str) -> str:
        return self.element.attrib[name]

    def text(self, path: str = ".") -> str:
        return self.find(path).element.text or ""

    @property
    def attributes(self) -> dict[str, str]:
        return dict(self.element.attrib)


Write = Callable[..., Path]
Load = Callable[[Path], tuple[Workbook, Workbook]]
Part = Callable[[Path, str], Xml]
Page = Callable[..., Tab]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(
        *tabs: Tab,
        theme: Theme | None = None,
        locale: Locale | None = None,
        properties: Mapping[str, str] | None = None,
    ) -> Path:
        path = tmp_path / "report.xlsx"
        report = Report("Spring report", tabs, "EUR", "en", properties or {})
        write_xlsx(report, path, theme or load_theme(), locale or load_locale("en", "EUR"))
        return path

    return _write


@pytest.fixture
def load() -> Load:
    """The workbook twice: with its formulas, and with their stored results."""

    def _load(path: Path) -> tuple[Workbook, Workbook]:
        with warnings.catch_warnings():
            # openpyxl says that it does not read the extensions of data bars.
            warnings.simplefilter("ignore", UserWarning)
            return openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)

    return _load


@pytest.fixture
def part() -> Part:
    """A part of the package as XML."""

    def _part(path: Path, name: str) -> Xml:
        root = ElementTree.fromstring(zipfile.ZipFile(path).read(name))
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        return Xml(root)

    return _part


@pytest.fixture
def page() -> Page:
    """A tab that shows cells from A1 on."""

    def _page(*cells: Cell, title: str = "Page") -> Tab:
        return Tab("page", title, (PlacedBlock(Block("cells", 9, 9, cells), 0, 0),))

    return _page


@pytest.fixture
def campaigns() -> Block:
    """Three campaigns: the second has no impressions, the third no budget."""

    def row(header: str) -> ThisRow:
        return ThisRow("Campaigns", header)

    ctr = call("IF", eq(row("Impressions"), 0), "", row("Clicks") / row("Impressions"))
    names = np.array(["Été", "=cmd()", None], dtype=object)
    columns = (
        TableColumn("Campaign Name", names, Style(Role.INPUT, Format.TEXT), width=30.0),
        TableColumn(
            "Start Date", np.array([45658.0, 45689.0, np.nan]), Style(Role.INPUT, Format.DATE), input=DateInput()
        ),
        TableColumn(
            "Budget",
            np.array([500.0, 250.5, np.nan]),
            Style(Role.INPUT, Format.MONEY),
            input=NumberInput(low=0),
            note="The money invested.",
        ),
        TableColumn("Impressions", np.array([1000.0, 0.0, 400.0]), Style(Role.INPUT, Format.COUNT)),
        TableColumn("Clicks", np.array([25.0, 0.0, 2.0]), Style(Role.INPUT, Format.COUNT)),
        TableColumn("CTR", np.array([0.025, np.nan, 0.005]), Style(Role.KPI, Format.PERCENT_FINE), ctr),
        TableColumn("Row No", np.array([1.0, 2.0, 3.0]), Style(Role.MUTED), call("ROW") - 1, hidden=True),
    )
    return Block("campaigns", 4, len(columns), table=Table("Campaigns", columns, 3))
