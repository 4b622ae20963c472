"""`sheetgen doctor` without writing: what is wrong is found, and said with what to do."""

from __future__ import annotations

import time

import pytest

from sheetgen.push.manifest import STAGING, create_metadata
from tests.google import faults
from tests.google.double import Role
from tests.google.fixtures import SPREADSHEET_ID, Desk
from tests.push.conftest import PushDesk

from .conftest import Program

COMPUTER = ["python", "packages", "libreoffice", "templates", "output"]


def test_all_is_well(program: Program, desk: Desk) -> None:
    PushDesk(desk).push()
    before = desk.get(includeGridData=True)
    found = program.examine()
    assert found.code == 0
    assert found.states("failed") == found.states("warning") == []
    assert list(found.checks)[:5] == COMPUTER
    assert "robot@reports-123.iam.gserviceaccount.com" in found.checks["credentials"]["found"]
    assert found.checks["read"]["found"].endswith('may read "Campaigns".')
    assert "may write: a request that changes nothing" in found.checks["write"]["found"]
    assert "en_US, time zone Etc/GMT" in found.checks["locale"]["found"]
    assert "of 30,000 characters" in found.checks["notes"]["found"]
    assert "tabs of the report: 6, all in place; your own: 1" in found.checks["tabs"]["found"]
    assert desk.get(includeGridData=True) == before
    assert desk.google.refused == []


def test_without_a_spreadsheet(program: Program, desk: Desk) -> None:
    done = program.run("--credentials", program.key)
    assert done.returncode == 0
    assert "the Google Sheets API is switched on" in done.stdout
    desk.google.sheets_api_enabled = False
    done = program.run("--credentials", program.key)
    assert done.returncode == 2
    assert "https://console.cloud.google.com/apis/library/sheets.googleapis.com" in done.stdout


def test_no_credentials_matter_only_to_who_wants_a_spreadsheet(program: Program) -> None:
    program.environment["GOOGLE_APPLICATION_CREDENTIALS"] = str(program.folder / "none.json")
    alone = program.run()
    assert alone.returncode == 0
    assert "not signed in to Google" in alone.stdout
    asked = program.run("--sheet-id", SPREADSHEET_ID)
    assert asked.returncode == 2
    assert "--credentials" in asked.stdout
    assert "Traceback" not in asked.stderr


def test_a_key_that_others_can_read(program: Program) -> None:
    program.key.chmod(0o644)
    found = program.examine()
    assert found.code == 0
    assert found.states("warning") == ["permissions"]
    assert f"chmod 600 {program.key}" in found.checks["permissions"]["found"]


@pytest.mark.parametrize(
    ("trouble", "check", "said"),
    [
        ("wrong id", "read", "There is no spreadsheet with the ID"),
        ("not shared", "read", "add robot@reports-123.iam.gserviceaccount.com as Editor"),
        ("read only", "write", "add robot@reports-123.iam.gserviceaccount.com as Editor"),
        ("api off", "read", "wait a minute and run again"),
        ("key deleted", "token", "account not found"),
    ],
)
def test_what_keeps_from_writing_fails_with_what_to_do(
    program: Program, desk: Desk, trouble: str, check: str, said: str
) -> None:
    sheet = SPREADSHEET_ID
    match trouble:
        case "wrong id":
            sheet = "1" * 44
        case "not shared":
            desk.google.share(sheet, desk.account.email, None)
        case "read only":
            desk.google.share(sheet, desk.account.email, Role.READER)
        case "api off":
            desk.google.sheets_api_enabled = False
        case "key deleted":
            desk.google.sign_in.accounts.clear()
    found = program.examine(sheet=sheet)
    assert found.code == 2
    assert found.states("failed") == [check]
    assert said in found.checks[check]["found"]


def test_an_excel_file_on_google_drive(program: Program, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = ("FAILED_PRECONDITION", "This operation is not supported for this document")
    monkeypatch.setattr(faults, "_STATUSES", {400: refusal})
    desk.google.faults.add(faults.Fault(status=400))
    found = program.examine()
    assert (found.code, found.states("failed")) == (2, ["read"])
    assert "choose File, Save as Google Sheets" in found.checks["read"]["found"]


@pytest.mark.parametrize(
    ("ahead", "state", "said"),
    [(-120, "warning", "slow by 2 minutes"), (1200, "failed", "fast by 20 minutes")],
)
def test_a_clock_that_is_wrong(program: Program, desk: Desk, ahead: int, state: str, said: str) -> None:
    desk.google.sign_in.clock = lambda: time.time() - ahead
    found = program.examine()
    clock = found.checks["clock"]
    assert clock["state"] == state
    assert said in clock["found"]
    assert found.code == (2 if state == "failed" else 0)


def test_a_french_spreadsheet_that_is_nearly_full_and_holds_what_a_push_left(program: Program, desk: Desk) -> None:
    desk.google.create(SPREADSHEET_ID, locale="fr_FR")
    grid = {"rowCount": 99_000, "columnCount": 100}
    desk.google.change(
        SPREADSHEET_ID,
        {"addSheet": {"properties": {"sheetId": 7, "title": "Old", "gridProperties": grid}}},
        {"addSheet": {"properties": {"sheetId": 8, "title": "_sheetgen_staging_8", "hidden": True}}},
        create_metadata(STAGING, "campaigns", {"sheetId": 8}),
        create_metadata("notes", "x" * 29_500, {"spreadsheet": True}),
    )
    found = program.examine()
    assert found.code == 0
    assert found.states("warning") == ["room", "notes", "staging"]
    assert "fr_FR" in found.checks["locale"]["found"]
    assert "9,952,000 of 10,000,000 cells" in found.checks["room"]["found"]
    assert "about 0 campaigns" in found.checks["room"]["found"]
    assert "29,505 of 30,000" in found.checks["notes"]["found"]
    assert "_sheetgen_staging_8; 26,000 cells" in found.checks["staging"]["found"]
    assert "push again" in found.checks["staging"]["remedy"]


def test_tabs_of_a_report_that_are_gone_or_locked(program: Program, desk: Desk) -> None:
    pushes = PushDesk(desk)
    pushes.push()
    lock = {"range": {"sheetId": pushes.sheet_id("Overview")}, "editors": {"users": ["owner@example.com"]}}
    pushes.change({"addProtectedRange": {"protectedRange": lock}})
    pushes.change({"deleteSheet": {"sheetId": pushes.sheet_id("data_campaigns")}})
    found = program.examine()
    assert found.code == 0
    assert found.states("warning") == ["tabs", "protection"]
    assert "(data_campaigns)" in found.checks["tabs"]["found"]
    assert "of Overview from robot@" in found.checks["protection"]["found"]


def test_notes_of_a_push_that_are_damaged(program: Program, desk: Desk) -> None:
    desk.google.change(SPREADSHEET_ID, create_metadata("sheetgen.manifest", "{", {"spreadsheet": True}))
    found = program.examine()
    assert (found.code, found.states("failed")) == (2, ["tabs"])
    assert "the manifest is damaged" in found.checks["tabs"]["found"]


def test_google_out_of_reach(program: Program) -> None:
    program.environment |= dict.fromkeys(("HTTPS_PROXY", "https_proxy"), "http://127.0.0.1:9")
    found = program.examine()
    assert (found.code, found.states("failed")) == (3, ["token"])
    assert "no connection" in found.checks["token"]["found"]


def test_templates_of_ones_own_are_read(program: Program) -> None:
    (program.folder / "kpis.toml").write_text("[[kpi]]\nkey = 1\n", encoding="utf-8")
    done = program.run("--templates", program.folder)
    assert done.returncode == 2
    assert "kpis.toml" in done.stdout


def test_it_speaks_french(program: Program) -> None:
    done = program.run("--lang", "fr", "--sheet-id", SPREADSHEET_ID, "--credentials", program.key)
    assert done.returncode == 0
    assert "Cet ordinateur" in done.stdout
    assert "peut écrire" in done.stdout
