"""`sheetgen inspect` says what was recognised, what stays blank and what to paste."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.conftest import Cli

EXPORT = (
    'Campaign report\n"July 8, 2025 - July 31, 2025"\n'
    "Campaign status,Campaign,Campaign type,Budget,Currency code,Impr.,Clicks,Cost,Avg. CPC,Labels\n"
    'Enabled,Brand,Search,50.00,EUR,"2,000",40,100.50,2.51,x\n'
    "Enabled,Generic,Search, --,EUR,500,10,50.25,9.99,\n"
    'Total: Account,,,,EUR,"2,500",50,150.75,3.02,\n'
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    return path


def test_what_was_recognised_as_json(cli: Cli, export: Path) -> None:
    result = cli("inspect", export, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    (file,) = found["files"]
    assert (file["platform"], file["language"], file["currency"]) == ("Google Ads", "en", "EUR")
    assert file["layout"] == "UTF-8, separated by comma, header on line 3"
    assert file["period"] == ["2025-07-08", "2025-07-31"]
    columns = {fed["column"]: (fed["headers"], fed["confidence"]) for fed in file["columns"]}
    assert columns["Budget"] == (["Cost"], "high")
    assert file["unmapped"] == ["Campaign status", "Labels"]
    assert {line["field"]: line["agrees"] for line in file["totals"]} == {
        "Budget": True,
        "Impressions": True,
        "Clicks": True,
    }
    assert [(line["field"], line["row"], line["agrees"]) for line in file["rates"]] == [("Avg. CPC", 5, False)]
    assert found["blank"] == ["Reach", "Engagement", "Conversions", "Revenue"]
    assert "ROAS" in found["blank_kpis"]
    assert found["rows"] == {"in": 3, "used": 2, "dropped": 1}


def test_the_mapping_it_prints_can_be_pasted(cli: Cli, export: Path) -> None:
    printed = cli("inspect", export).stdout
    pasted = shlex.split(next(line for line in printed.splitlines() if line.strip().startswith("--map")))
    assert "--map" in pasted
    again = cli("inspect", export, *pasted, "--json")
    assert {fed["confidence"] for fed in json.loads(again.stdout)["files"][0]["columns"]} == {"certain"}


def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Apples,Pears\n1,2\n", encoding="utf-8")
    result = cli("inspect", path)
    assert result.exit_code == 2
    assert "no campaign columns recognised" in result.stderr


def test_a_mapping_file_and_a_rate(cli: Cli, tmp_path: Path) -> None:
    path, mapping = tmp_path / "a.csv", tmp_path / "map.txt"
    path.write_text("Was,Wieviel USD,Klicks\nA,100,5\n", encoding="utf-8")
    mapping.write_text("# ours\nWas=Campaign Name\n\nWieviel USD=Budget\n", encoding="utf-8")
    found = json.loads(cli("inspect", path, "--map-file", mapping, "--rate", "usd=0.5", "--json").stdout)
    columns = {fed["column"]: fed["confidence"] for fed in found["files"][0]["columns"]}
    assert columns == {"Campaign Name": "certain", "Budget": "certain", "Clicks": "medium"}
    assert found["ledger"]["money_converted"] == 1


@pytest.mark.parametrize("rate", ["USD", "USD=", "USD=-1", "DOLLAR=1", "USD=nan", "USD=inf"])
def test_a_rate_that_is_none_is_refused(cli: Cli, export: Path, rate: str) -> None:
    result = cli("inspect", export, "--rate", rate)
    assert result.exit_code == 2
    assert "such as --rate USD=0.92" in result.stderr


def confidences(cli: Cli, path: Path, header: str, *options: str) -> dict[str, str]:
    path.write_text(f"{header}\n{','.join('1' for _ in header.split(','))}\n", encoding="utf-8")
    found = json.loads(cli("inspect", path, "--json", *options).stdout)
    return {fed["column"]: fed["confidence"] for fed in found["files"][0]["columns"]}


def test_confidence_by_where_a_header_comes_from(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert confidences(cli, path, "Ad set name,Impressions,Ad spend,Leads") == {
        "Campaign Name": "low",
        "Impressions": "high",
        "Budget": "medium",
        "Conversions": "low",
    }
    assert confidences(cli, path, "Campaign,Cost,Impr.") == dict.fromkeys(
        ("Campaign Name", "Budget", "Impressions"), "high"
    )
    assert confidences(cli, path, "name,Cost", "--map", "name=Campaign Name")["Campaign Name"] == "certain"


def test_what_can_be_chosen_instead_and_results_that_count_in_part_are_said(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Campaign name,Results,Result indicator,Amount spent (USD),Link clicks,Clicks (all)\n"
        "A,4,actions:purchase,10,1,2\nB,100,reach,5,1,2\n",
        encoding="utf-8",
    )
    printed = cli("inspect", path).stdout
    assert "Clicks (all) (high; or Link clicks)" in printed
    assert "Results (high; only the rows whose results are conversions)" in printed
    assert "Results=Conversions" not in printed


def test_totals_and_rates_are_told_with_their_rows(cli: Cli, export: Path) -> None:
    printed = cli("inspect", export).stdout
    assert "Budget: 150.75 in row 6, and the rows add up to 150.75" in printed
    assert "Avg. CPC: NOT as computed; most apart in row 5: 9.99, computed 5.025" in printed
    assert "dropped     1 × The row is a total of other rows" in printed
    assert "(Total: Account); spend: 150.75" in printed
