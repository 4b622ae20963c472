"""What LibreOffice makes of a workbook: it comes to the stored values, and shows them as the report's language does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sheetgen.engines.catalog import engine_named
from sheetgen.engines.libreoffice import find_soffice
from sheetgen.expected import expected_values
from sheetgen.formula.tree import At, Column, Name, Span, call
from sheetgen.render.xlsx import write_xlsx
from sheetgen.report.locale import load_locale
from sheetgen.report.model import Axis, Block, Cell, Chart, ChartKind, PlacedBlock, Report, Series, Tab
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.theme import load_theme

SOFFICE = find_soffice()

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]


@pytest.fixture
def report(campaigns: Block) -> Report:
    """A page of every kind of chart over a table, and a hidden tab."""
    total = call("SUM", Column("Campaigns", "Budget"))
    cells = (
        Cell(0, 0, "Spring", Style(Role.TITLE), columns=6),
        Cell(1, 0, total, Style(Role.CARD_VALUE, Format.MONEY), 750.5, columns=2),
        Cell(1, 2, Name("total_budget") & " in all", expected="750.5 in all", columns=2),
        Cell(1, 4, call("IF", At("help", 0, 0), "", 1.0), Style(format=Format.COUNT), None),
    )
    series = Series("Budget", Column("Campaigns", "Campaign Name"), Column("Campaigns", "Budget"))
    numbers = Series(
        "Budget", Column("Campaigns", "Clicks"), Column("Campaigns", "Budget"), sizes=Span("help", 0, 0, 2, 0)
    )
    charts = tuple(
        Chart(
            kind,
            f"Chart {place}",
            "A chart.",
            (numbers if kind in (ChartKind.SCATTER, ChartKind.BUBBLE) else series,),
            row=3 + 10 * (place // 2),
            column=6 * (place % 2),
            columns=6,
            rows=10,
            y=Axis("Budget", Format.MONEY),
        )
        for place, kind in enumerate(ChartKind)
    )
    page = Block("page", 43, 12, cells, charts=charts, names={"total_budget": (1, 0)})
    helper = Block("help", 3, 1, tuple(Cell(row, 0, float(row + 1)) for row in range(3)))
    tabs = (
        Tab("page", "Übersicht", (PlacedBlock(page, 0, 1),), (2.0, *(11.0,) * 12)),
        Tab("data", "Campaigns", (PlacedBlock(campaigns, 0, 0),)),
        Tab("help", "Hidden", (PlacedBlock(helper, 0, 0),), hidden=True),
    )
    return Report("Spring", tabs, "EUR", "fr")


@pytest.fixture
def workbook(report: Report, tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    write_xlsx(report, path, load_theme("slate"), load_locale("fr", "EUR"))
    return path


def test_libreoffice_recalculates_to_the_stored_values(report: Report, workbook: Path) -> None:
    found = engine_named("libreoffice").recalculate(workbook).values
    expected = expected_values(report)
    assert found.keys() == expected.keys()
    assert {place: value for place, value in found.items() if not isinstance(value, float)} == {
        place: value for place, value in expected.items() if not isinstance(value, float)
    }
    numbers = {place: value for place, value in expected.items() if isinstance(value, float)}
    assert {place: found[place] for place in numbers} == pytest.approx(numbers, rel=1e-12)


def test_libreoffice_shows_values_as_the_language_writes_them(workbook: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    # Comma, double quotes, UTF-8, from line 1, as shown, every tab.
    filter_options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
    command = [str(SOFFICE), "--headless", "--norestore", profile, "--convert-to", filter_options]
    subprocess.run([*command, "--outdir", str(tmp_path), str(workbook)], check=True, capture_output=True, timeout=120)
    page = (tmp_path / "report-Übersicht.csv").read_text(encoding="utf-8").replace("\u00a0", " ").splitlines()
    data = (tmp_path / "report-Campaigns.csv").read_text(encoding="utf-8").replace("\u00a0", " ").splitlines()
    assert page[1] == ",751 €,,750.5 in all,,–"
    assert data[1:] == [
        'Été,01/01/2025,500 €,1 000,25,"2,50 %",1',
        "=cmd(),01/02/2025,251 €,0,0,–,2",
        ',,,400,2,"0,50 %",3',
    ]
