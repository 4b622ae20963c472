"""Texts of the source reach the workbook unchanged, as text: never a formula, an escape or a mangled letter."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import openpyxl
import pytest

from sheetgen.engines.libreoffice import find_soffice
from tests.conftest import Cli, run

TEXTS = (
    "=1+1",
    '=HYPERLINK("http://example.org","click")',
    "+33 1 23",
    "-5",
    "@SUM(A1)",
    "_x0041_ and _x000D_",
    "🎯 Lancement 👩‍💻",
    "حملة الربيع",
    "קמפיין – أ",
    "0012",
    "1e5",
    "TRUE",
    "'quoted",
    '"quoted"',
    "<b>&amp;</b>",
    "a*b~?",
    ">5",
    "{=1}",
    "Été à l’œuvre",
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    source, path = folder / "texts.csv", folder / "report.xlsx"
    with source.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Campaign ID", "Campaign Name", "Platform", "Campaign Type", "Budget", "Revenue"])
        rows.writerows([f"N{number:02}", text, text, text, 10, 20] for number, text in enumerate(TEXTS))
    result = run("build", source, "-o", path)
    assert result.exit_code == 0, result.stderr
    return path


def campaign_texts(path: Path) -> list[tuple[object, ...]]:
    """Name, platform and type of each campaign, by ID."""
    tab = openpyxl.load_workbook(path)["Campaigns"]
    rows = sorted(tab.iter_rows(min_row=2, max_col=4, values_only=True), key=lambda row: str(row[0]))
    return [row[1:] for row in rows]


def test_texts_survive(report: Path) -> None:
    assert campaign_texts(report) == [(text,) * 3 for text in TEXTS]
    tab = openpyxl.load_workbook(report)["Campaigns"]
    kinds = {cell.data_type for row in tab.iter_rows(min_row=2, max_col=4) for cell in row}
    assert kinds == {"s"}


def test_formulas_find_every_text(cli: Cli, report: Path) -> None:
    result = cli("verify", report, "--engine", "cellrune", "--edit", "filter_platform=a*b~?")
    assert result.exit_code == 0, result.stdout


@pytest.mark.libreoffice
def test_texts_survive_in_libreoffice(report: Path, tmp_path: Path) -> None:
    soffice = find_soffice()
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    folder, profile = tmp_path / "saved", (tmp_path / "profile").as_uri()
    command = [str(soffice), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder), str(report)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert campaign_texts(folder / report.name) == [(text,) * 3 for text in TEXTS]


def test_control_characters_are_removed_and_reported(cli: Cli, tmp_path: Path) -> None:
    source, path = tmp_path / "texts.csv", tmp_path / "report.xlsx"
    source.write_text("Campaign Name,Budget,B\x07ell\nbell\x07 rings,1,2\nquiet,2,3\n", encoding="utf-8")
    result = cli("build", source, "-o", path)
    assert result.exit_code == 0, result.stderr
    assert "Control characters that a workbook cannot hold were removed." in result.stderr
    assert {texts[0] for texts in campaign_texts(path)} == {"bell rings", "quiet"}


def test_headers_longer_than_a_cell_are_reported(cli: Cli, tmp_path: Path) -> None:
    source, path = tmp_path / "texts.csv", tmp_path / "report.xlsx"
    source.write_text(f"Campaign Name,Budget,{'long' * 10_000}\nA,1,2\n", encoding="utf-8")
    result = cli("build", source, "-o", path)
    assert result.exit_code == 0, result.stderr
    assert "These headers are not recognised" in result.stderr


def test_name_longer_than_a_cell_is_cut_and_reported(cli: Cli, tmp_path: Path) -> None:
    source, path = tmp_path / "texts.csv", tmp_path / "report.xlsx"
    source.write_text(f"Campaign Name,Budget\n{'long' * 10_000},1\n", encoding="utf-8")
    result = cli("build", source, "-o", path)
    assert result.exit_code == 0, result.stderr
    assert "The text is longer than a cell can hold: it was cut." in result.stderr
    ((name, _, _),) = campaign_texts(path)
    assert name == ("long" * 10_000)[:32_767]
