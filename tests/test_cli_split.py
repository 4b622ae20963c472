"""`sheetgen build --split-by` and `--each`: each report what a build of its own rows gives, one problem no other's."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import CAMPAIGNS, Cli

HEADER, *ROWS = CAMPAIGNS.splitlines()
CLIENTS = ("Acme", "Bébé & Co", "Acme")


def with_clients(folder: Path, clients: tuple[str, ...] = CLIENTS) -> Path:
    """The three campaigns, each of a client."""
    folder.mkdir(exist_ok=True)
    path = folder / "campaigns.csv"
    rows = (f"{row},{client}" for row, client in zip(ROWS, clients, strict=True))
    path.write_text("\n".join((f"{HEADER},Client", *rows, "")), encoding="utf-8")
    return path


def test_each_report_is_what_build_makes_of_its_rows(cli: Cli, tmp_path: Path) -> None:
    options = ("--lang", "fr", "--currency", "USD", "--title", "Bilan")
    result = cli("build", with_clients(tmp_path / "all"), "--split-by", "client", "-o", tmp_path / "many", *options)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{tmp_path}/many/report-acme.xlsx\n{tmp_path}/many/report-bebe-co.xlsx\n"
    assert result.stderr.splitlines() == [
        "Acme: 2 lignes lues, 0 écartées\xa0; 2 campagnes",
        "Bébé & Co: 1 lignes lues, 0 écartées\xa0; 1 campagnes",
        "2 rapports sur 2 créés.",
    ]
    alone = with_clients(tmp_path / "alone")
    lines = alone.read_text(encoding="utf-8").splitlines(keepends=True)
    alone.write_text("".join(line for line in lines if "Bébé" not in line), encoding="utf-8")
    assert cli("build", alone, "-o", tmp_path / "one.xlsx", *options).exit_code == 0
    assert (tmp_path / "many" / "report-acme.xlsx").read_bytes() == (tmp_path / "one.xlsx").read_bytes()


def test_report_that_fails_leaves_the_others(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "campaigns.csv"
    rows = ("Acme,EUR,A,10,1", "Best,EUR,B,10,1", "Best,USD,C,20,2", ",EUR,D,30,3")
    path.write_text("\n".join(("Client,Currency,Campaign,Cost,Clicks", *rows, "")), encoding="utf-8")
    ledgers = tmp_path / "ledgers" / "{value}.csv"
    output = tmp_path / "{value}" / "report.xlsx"
    result = cli(
        "build", path, "--split-by", "Client", "-o", output, "--ledger", ledgers, "--title", "For {value}", "--json"
    )
    assert result.exit_code == 2
    acme, best, blank = json.loads(result.stdout)
    assert (acme["value"], acme["error"], acme["currency"], acme["campaigns"]) == ("Acme", None, "EUR", 1)
    assert best["value"] == "Best"
    assert "the money is in several currencies (EUR, USD)" in best["error"]
    assert (blank["value"], blank["path"]) == ("(blank)", f"{tmp_path}/blank/report.xlsx")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["acme", "blank", "campaigns.csv", "ledgers"]
    assert sorted(found.name for found in (tmp_path / "ledgers").iterdir()) == ["acme.csv", "blank.csv"]
    assert openpyxl.load_workbook(acme["path"]).properties.title == "For Acme"


def test_one_report_for_each_file(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    with_clients(folder)
    (folder / "Broken.csv").write_text("nothing\nhere\n", encoding="utf-8")
    result = cli("build", folder, "--each", "-o", tmp_path / "reports", "--jobs", 1)
    assert result.exit_code == 2
    assert result.stdout == f"{tmp_path}/reports/report-campaigns.xlsx\n"
    assert f"Broken: {folder}/Broken.csv: no campaign columns recognised" in result.stderr
    assert result.stderr.endswith("1 of 2 reports made.\n")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--split-by", "client", "--each"), "--each: '--split-by' is not allowed. Allowed: one of the two."),
        (("--jobs", "2"), "--jobs: '2' is not allowed. Allowed: only beside --split-by or --each."),
        (("--each", "--limit", "9"), "--limit: '9' is not allowed. Allowed: only beside --split-by."),
        (("--each", "--jobs", "0"), "--jobs: '0' is not allowed. Allowed: a whole number from 1."),
        (("--each", "--edits", "e.csv"), "--edits: 'e.csv' is not allowed. Allowed: a path with {value}, since each"),
        (("--each", "--edits", "no-{value}.csv"), "of which at least one file is there"),
        (("--split-by", "client", "--theme", "none"), "--theme: 'none' is not allowed."),
        (("--split-by", "client", "--limit", "1"), "--split-by client: 2 values is more than the 1 reports allowed."),
        (("--split-by", "agency"), "--split-by: 'agency' is not allowed. Allowed: Campaign ID, Campaign Name,"),
        (("--each", "-o", "report.pdf"), "--output: 'report.pdf' is not allowed."),
    ],
)
def test_what_means_nothing_is_refused_before_anything_is_made(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], sentence: str
) -> None:
    path = with_clients(tmp_path / "input")
    monkeypatch.chdir(tmp_path)
    result = cli("build", path, *options)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert [found.name for found in tmp_path.iterdir()] == ["input"]


def test_input_is_never_the_output(cli: Cli, tmp_path: Path) -> None:
    path = with_clients(tmp_path / "input")
    book = path.with_name("report-campaigns.xlsx")
    book.write_bytes(path.read_bytes())
    result = cli("build", path, book, "--each", "-o", path.parent)
    assert result.exit_code == 2
    assert "report-campaigns.xlsx: cannot be written (it is the input)" in result.stderr


def test_edits_of_each_report_go_into_it(cli: Cli, tmp_path: Path) -> None:
    path, output = with_clients(tmp_path / "input"), tmp_path / "reports"
    edits = "kind,campaign_id,campaign_name,column,before,after\ncampaign,C2,Summer,Budget,200,500\n"
    (tmp_path / "edits-bebe-co.csv").write_text(edits, encoding="utf-8")
    result = cli(
        "build", path, "--split-by", "client", "-o", output, "--edits", tmp_path / "edits-{value}.csv", "--json"
    )
    assert result.exit_code == 0, result.stderr
    acme, bebe = json.loads(result.stdout)
    assert "edit_applied" in bebe["ledger"]
    assert "edit_applied" not in acme["ledger"]
