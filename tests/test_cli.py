"""The command line keeps its contract: product on stdout, talk on stderr, JSON, exit codes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sheetgen.api import BuildOptions, build
from tests.conftest import Cli

PROFIT = """\
[[kpi]]
key = "profit"
expr = "revenue - budget"
unit = "money"
better = "higher"
"""


def value_of(report: Path, name: str) -> object:
    """The value that a reader sees in the cell of a defined name."""
    book = openpyxl.load_workbook(report, data_only=True)
    ((tab, cell),) = book.defined_names[name].destinations
    return book[tab][cell].value


def test_build_prints_the_path_and_talks_on_stderr(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    report = tmp_path / "new" / "folder" / "report.xlsx"
    result = cli("build", campaign_file, "-o", report)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{report}\n"
    assert result.stderr.startswith("3 rows read, 3 used, 0 dropped; 3 campaigns, ")
    assert value_of(report, "total_budget") == 300
    assert value_of(report, "kpi_roi") == pytest.approx(650 / 300)


def test_build_as_json(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    report, title = tmp_path / "report.xlsx", "Bilan\u202f: été 🎯👩‍💻 حملة =1+1"
    result = cli("build", campaign_file, "-o", report, "--currency", "usd", "--title", title, "--json")
    answer = json.loads(result.stdout)
    assert result.stderr == ""
    assert answer["path"] == str(report)
    assert answer["rows"] == {"in": 3, "used": 3, "dropped": 0}
    assert {"file": "campaigns.csv", "header": "Reach", "column": "Reach"} in answer["columns"]
    book = openpyxl.load_workbook(report)
    assert book.properties.title == title
    assert title in [cell.value for row in book["Overview"].iter_rows() for cell in row]


def test_two_builds_are_the_same_bytes_and_one_can_be_quiet(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    assert cli("build", campaign_file, "-o", one).stderr != ""
    quiet = cli("build", campaign_file, "-o", two, "--quiet")
    assert (quiet.stdout, quiet.stderr) == (f"{two}\n", "")
    assert one.read_bytes() == two.read_bytes()


def test_mapped_headers_feed_columns(cli: Cli, tmp_path: Path) -> None:
    source = tmp_path / "odd.csv"
    source.write_text("Thing,Dosh,Bodies\nA,100,7\nB,50,3\n", encoding="utf-8")
    mapping = ("--map", "Thing=Campaign Name", "--map", "Dosh=Budget", "--map", "Bodies=Clicks")
    result = cli("build", source, "-o", tmp_path / "report.xlsx", *mapping)
    assert result.exit_code == 0, result.stderr
    assert value_of(tmp_path / "report.xlsx", "kpi_cpc") == 15


@pytest.mark.parametrize(("order", "month"), [("--dayfirst", 4), ("--monthfirst", 3)])
def test_ambiguous_dates_are_read_as_told(cli: Cli, tmp_path: Path, order: str, month: int) -> None:
    source = tmp_path / "dates.csv"
    source.write_text("Campaign Name,Start Date,Budget\nA,03/04/2026,10\nB,03/04/2026,20\n", encoding="utf-8")
    assert cli("build", source, "-o", tmp_path / "report.xlsx", order).exit_code == 0
    start = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True)["Campaigns"]["E2"].value
    assert start.month == month


def test_verify_passes_what_build_wrote(cli: Cli, finished_report: Path) -> None:
    result = cli("verify", finished_report, "--engine", "cellrune", "--edit", "Campaigns!G2=1234")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("cellrune: ")
    assert ", 0 differ, " in result.stdout
    answer = json.loads(cli("verify", finished_report, "--engine", "cellrune", "--json").stdout)
    assert answer["passed"] is True
    assert answer["engines"][0]["differences"] == []


def test_verify_tells_the_cell_of_a_broken_formula(cli: Cli, finished_report: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(finished_report) as source, zipfile.ZipFile(broken, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, content.replace(b"SUM(Campaigns[Clicks])", b"SUM(Campaigns[Reach])"))
    result = cli("verify", broken, "--engine", "cellrune")
    assert result.exit_code == 1
    assert "expected 400, found 23000." in result.stdout


def test_demo_is_generated_built_and_verified(cli: Cli, tmp_path: Path) -> None:
    report = tmp_path / "demo.xlsx"
    result = cli("demo", "-o", report, "--campaigns", 4, "--end", "2025-01-31", "--seed", 7, "--json")
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert answer["campaigns"] == 4
    assert answer["verification"]["passed"] is True
    assert [engine["engine"] for engine in answer["verification"]["engines"]] == ["cellrune"]
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"demo.xlsx", "demo_campaigns.csv", "demo_campaigns_hours.csv"}


def test_generate_prints_both_paths(cli: Cli, tmp_path: Path) -> None:
    campaigns = tmp_path / "sample.csv"
    options = ("generate", "-o", campaigns, "--campaigns", 3, "--end", "2025-01-31")
    assert cli(*options).stdout.splitlines() == [str(campaigns), str(tmp_path / "sample_hours.csv")]
    assert json.loads(cli(*options, "--json").stdout) == {
        "campaigns": str(campaigns),
        "hours": str(tmp_path / "sample_hours.csv"),
    }
    assert len(campaigns.read_text(encoding="utf-8").splitlines()) == 4


def test_kpis_speak_every_tool(cli: Cli) -> None:
    ctr = next(entry for entry in json.loads(cli("kpis", "--json").stdout) if entry["key"] == "ctr")
    assert ctr["expression"] == "clicks / impressions"
    assert "[@Clicks]/[@Impressions]" in ctr["Excel"]
    assert ctr["DAX"] == "DIVIDE(SUM(Campaigns[Clicks]), SUM(Campaigns[Impressions]))"
    assert "  DAX            DIVIDE(" in cli("kpis").stdout


def test_own_kpi_from_a_templates_folder(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "kpis.toml").write_text(PROFIT, encoding="utf-8")
    report = tmp_path / "report.xlsx"
    assert cli("build", campaign_file, "-o", report, "--templates", folder).exit_code == 0
    assert value_of(report, "kpi_profit") == 650
    assert cli("verify", report, "--engine", "cellrune").exit_code == 0
    assert "profit" in cli("kpis", "--templates", folder).stdout


def test_own_kpi_from_one_file(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    file, report = tmp_path / "profit.toml", tmp_path / "report.xlsx"
    file.write_text(PROFIT, encoding="utf-8")
    assert cli("build", campaign_file, "-o", report, "--template", file).exit_code == 0
    assert value_of(report, "kpi_profit") == 650
    assert "Overview" in openpyxl.load_workbook(report).sheetnames


def test_own_tabs_from_one_file(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    file, report = tmp_path / "short.toml", tmp_path / "report.xlsx"
    tab = '[[tab]]\nkey = "short"\ntitle = "In short"\nkind = "tables"\nshelves = [[{ block = "headline" }]]\n'
    change = '[[kpi]]\nkey = "ctr"\nheader = "Click Rate"\n'
    file.write_text(tab + change, encoding="utf-8")
    assert cli("build", campaign_file, "-o", report, "--template", file).exit_code == 0
    book = openpyxl.load_workbook(report)
    assert book.sheetnames[0] == "In short"
    assert "Overview" not in book.sheetnames
    headers = [cell.value for cell in book["Campaigns"][1]]
    assert "Click Rate" in headers
    assert headers.index("Click Rate") == headers.index("Revenue") + 1
    assert cli("verify", report, "--engine", "cellrune").exit_code == 0


@pytest.mark.parametrize("command", ["demo", "generate", "build", "verify", "kpis"])
def test_help_tells_the_exit_codes(cli: Cli, command: str) -> None:
    assert "Exit codes: 0 done, 1 a check found differences" in cli(command, "--help").stdout


def test_version(cli: Cli) -> None:
    assert cli("--version").stdout == "sheetgen, version 0.1.0\n"


def test_progress_only_grows(campaign_file: Path, tmp_path: Path) -> None:
    steps: list[tuple[str, float]] = []
    build([campaign_file], BuildOptions(tmp_path / "report.xlsx"), lambda step, done: steps.append((step, done)))
    assert list(dict.fromkeys(step for step, _ in steps)) == ["Reading", "Computing", "Writing", "Checking"]
    shares = [done for _, done in steps]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
