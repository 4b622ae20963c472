"""`sheetgen pull` at the terminal: a table, JSON or a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Cli

from .conftest import Desk


def test_edits_are_a_table(desk: Desk, cli: Cli) -> None:
    desk.edit_with_openpyxl(("Campaigns!G2", 150), ("Campaigns!G3", "=1+1"), ("set_roi_scale", 3))
    result = cli("pull", desk.report)
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["Edited", "Campaign", "Column", "Before", "After"],
        ["input", "set_roi_scale", "2", "3"],
        ["campaign", "Spring", "Budget", "100", "150"],
    ]
    assert "Campaigns!G3 holds a formula without a result" in result.stderr


def test_no_edits_are_said(built: Desk, cli: Cli) -> None:
    assert cli("pull", built.report).stdout == "No edits since the report was made.\n"
    assert cli("pull", built.report, "--lang", "fr").stdout == "Aucune modification depuis la création du rapport.\n"


def test_edits_are_values_with_json(desk: Desk, cli: Cli) -> None:
    desk.edit(("Campaigns!G2", 150), ("filter_from", 45659), ("set_roi_stop", -0.5))
    result = cli("pull", desk.report, "--json")
    assert result.stderr == ""
    found = json.loads(result.stdout)
    assert (found["path"], found["notices"]) == (None, [])
    assert [[edit[key] for key in ("kind", "campaign_id", "column", "before", "after")] for edit in found["edits"]] == [
        ["input", None, "filter_from", None, "2025-01-02"],
        ["input", None, "set_roi_stop", 0.5, -0.5],
        ["campaign", "C1", "Budget", 100, 150],
    ]


def test_edits_go_from_report_to_report(desk: Desk, cli: Cli, tmp_path: Path) -> None:
    desk.edit(("Campaigns!G2", 150))
    edits, again = tmp_path / "edits.csv", tmp_path / "again.xlsx"
    assert cli("pull", desk.report, "-o", edits, "--quiet").stdout == f"{edits}\n"
    built = cli("build", desk.export, "-o", again, "--edits", edits)
    assert "Your edit replaces what the export has. (Budget: 100 → 150)" in built.stderr
    assert cli("verify", again, "--engine", "cellrune").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Allowed: a workbook, or else --sheet-id ID."),
        (["{report}", "--sheet-id", "x" * 30], "Allowed: a workbook, or else --sheet-id ID."),
        (["{report}", "-o", "edits.txt"], "a file name that ends in .csv"),
        (["{export}"], "Give a workbook written by sheetgen build."),
        (["none.xlsx"], "none.xlsx: cannot be read"),
    ],
)
def test_what_cannot_be_pulled_is_said(arguments: list[str], said: str, built: Desk, cli: Cli) -> None:
    paths = {"report": built.report, "export": built.export}
    result = cli("pull", *(argument.format(**paths) for argument in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
