"""`--ledger` writes the whole ledger as CSV: every line, translated, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.conftest import Cli

EXPORT = "Campaign,Spend,Clicks\nA,10.50,1\nB,20.25,=1+1\nC,5,@SUM(A1)\nTotal,35.75,1\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("command", ["inspect", "build"])
def test_every_line_with_its_place_and_its_money(cli: Cli, export: Path, command: str) -> None:
    path = export.with_name("ledger.csv")
    output = ("-o", export.with_name("report.xlsx")) if command == "build" else ()
    assert cli(command, export, "--ledger", path, *output).exit_code == 0
    found = [(line["Code"], line["Row"], line["Spend"]) for line in lines(path)]
    assert [line for line in found if line[0] in ("total_row", "not_a_number")] == [
        ("total_row", "5", "35.75"),
        ("not_a_number", "3", "20.25"),
        ("not_a_number", "4", "5.0"),
    ]
    assert ("grain", "", "") in found


def test_what_a_spreadsheet_would_run_is_escaped(cli: Cli, export: Path) -> None:
    path = export.with_name("ledger.csv")
    assert cli("inspect", export, "--ledger", path).exit_code == 0
    assert [line["Before"] for line in lines(path) if line["Code"] == "not_a_number"] == ["'=1+1", "'@SUM(A1)"]


def test_it_is_translated(cli: Cli, export: Path) -> None:
    path = export.with_name("ledger.csv")
    assert cli("inspect", export, "--ledger", path, "--lang", "fr").exit_code == 0
    (total,) = (line for line in lines(path) if line["Code"] == "total_row")
    assert (total["Gravité"], total["Ligne"], total["Avant"]) == ("écartée", "5", "Total")


@pytest.mark.parametrize(("name", "said"), [("ledger.txt", "ends in .csv"), ("export.csv", "it is the input")])
def test_a_file_it_must_not_write_is_refused(cli: Cli, export: Path, name: str, said: str) -> None:
    result = cli("inspect", export, "--ledger", export.with_name(name))
    assert result.exit_code == 2
    assert said in result.stderr
    assert export.read_text(encoding="utf-8") == EXPORT
