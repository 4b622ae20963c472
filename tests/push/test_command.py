"""`sheetgen push` as a program of its own, against the double behind a proxy: no part of it knows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.google.faults import Fault
from tests.google.fixtures import SPREADSHEET_ID, Desk


class Program:
    """Runs `sheetgen push` on a file."""

    def __init__(self, environment: dict[str, str], campaigns: Path, key: Path) -> None:
        self.environment, self.campaigns, self.key = environment, campaigns, key

    def __call__(self, *options: object, sheet: str = SPREADSHEET_ID) -> subprocess.CompletedProcess[str]:
        arguments = [self.campaigns, "--sheet-id", sheet, "--credentials", self.key, *options]
        command = [sys.executable, "-m", "sheetgen", "push", *map(str, arguments)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def program(google_environment: dict[str, str], campaign_file: Path, key_file: Path) -> Program:
    return Program(google_environment, campaign_file, key_file)


def test_push_edit_and_push_again(program: Program, desk: Desk) -> None:
    first = program()
    assert first.returncode == 0, first.stderr
    sheet, looker = first.stdout.splitlines()
    assert sheet.startswith(f"https://docs.google.com/spreadsheets/d/{SPREADSHEET_ID}/edit#gid=")
    assert looker.startswith("https://lookerstudio.google.com/reporting/create?c.mode=edit&")
    assert f"ds.spreadsheetId={SPREADSHEET_ID}" in looker
    assert "Written with 2 calls" in first.stderr
    assert desk.shown("total_revenue") == [[950.0]]

    desk.google.enter(SPREADSHEET_ID, "set_roi_scale", [3])
    again = json.loads(program("--json").stdout)
    assert (again["written"], again["calls"]) == (False, 2)
    assert [(edit["column"], edit["before"], edit["after"], edit["kept"]) for edit in again["edits"]] == [
        ("set_roi_scale", 2, 3, True)
    ]
    refused = program("--edits", "fail")
    assert refused.returncode == 2
    assert "set_roi_scale" in refused.stderr
    assert desk.google.refused == []


def test_a_dry_run_writes_nothing(program: Program, desk: Desk) -> None:
    planned = program("--dry-run")
    assert planned.returncode == 0
    assert planned.stdout == ""
    assert "new        Overview" in planned.stderr
    assert "Nothing was written. It would take 2 calls" in planned.stderr
    assert [call.method.rpartition(".")[2] for call in desk.google.calls] == ["get"]


def test_a_wait_is_seen_and_nothing_secret_is(program: Program, desk: Desk) -> None:
    desk.google.faults.add(Fault(status=429, retry_after="0"))
    program.key.chmod(0o644)
    done = program()
    assert done.returncode == 0
    assert "429 RESOURCE_EXHAUSTED; waiting" in done.stderr
    assert f"chmod 600 {program.key}" in done.stderr
    for secret in ("PRIVATE KEY", "ya29.", "private_key"):
        assert secret not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("sheet", "said"),
    [("1" * 44, "no spreadsheet with the ID"), ("what?", "--sheet-id: 'what?' is not allowed")],
)
def test_a_sheet_that_is_none(program: Program, sheet: str, said: str) -> None:
    done = program(sheet=sheet)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_is_as_good_as_an_id(program: Program, desk: Desk) -> None:
    desk.google.share(SPREADSHEET_ID, desk.account.email, None)
    done = program(sheet=f"https://docs.google.com/spreadsheets/d/{SPREADSHEET_ID}/edit#gid=0")
    assert done.returncode == 2
    assert f"add {desk.account.email} as Editor" in done.stderr
