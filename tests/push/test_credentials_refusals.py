"""What is said where Google takes the sign-in, or what it asks for, amiss: who, why, and what to do."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from sheetgen.errors import SignInError
from sheetgen.push.client import SheetsClient
from sheetgen.redaction import without_secrets
from tests.google.fixtures import SPREADSHEET_ID, Desk

Pull = Callable[[], str]


@pytest.fixture
def pull(google_environment: dict[str, str], key_file: Path) -> Pull:
    """Runs `sheetgen pull`, which the user's side makes fail; what it says."""

    def run() -> str:
        command = [sys.executable, "-m", "sheetgen", "pull", "--sheet-id", SPREADSHEET_ID, "--credentials"]
        command.append(str(key_file))
        done = subprocess.run(command, env=google_environment, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        return done.stderr

    return run


def test_a_key_that_was_deleted(pull: Pull, desk: Desk) -> None:
    desk.google.sign_in.accounts.clear()
    said = pull()
    assert (
        f"Google does not let {desk.account.email} sign in (invalid_grant: Invalid grant: account not found)." in said
    )
    assert "make a new key: Google Cloud console, IAM & Admin, Service Accounts" in said


@pytest.mark.parametrize(("shift", "said"), [(7200, "slow by 120 minutes"), (-5400, "fast by 90 minutes")])
def test_a_clock_that_is_off(pull: Pull, desk: Desk, shift: float, said: str) -> None:
    desk.google.sign_in.clock = lambda: time.time() + shift
    told = pull()
    assert "Token must be a short-lived token" in told
    assert f"This computer's clock is {said}: set its date, time and time zone right" in told


def test_a_key_that_others_can_read(pull: Pull, key_file: Path) -> None:
    key_file.chmod(0o644)
    assert f"Warning: {key_file}: others on this computer can read this key. Run: chmod 600 {key_file}" in pull()


def test_an_api_that_is_switched_off_and_where_to_switch_it_on(pull: Pull, desk: Desk) -> None:
    desk.google.sheets_api_enabled = False
    address = "https://console.cloud.google.com/apis/library/sheets.googleapis.com?project=123456789"
    assert f"Switch it on at {address}," in pull()


def test_a_sheet_that_is_not_shared_with_a_service_account(pull: Pull, desk: Desk) -> None:
    desk.google.share(SPREADSHEET_ID, desk.account.email, None)
    assert f"press Share, add {desk.account.email} as Editor" in pull()


def test_a_project_that_the_account_may_not_use(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Caller does not have required permission to use project reports-123."
    answer = requests.Response()
    answer.status_code = 403
    error = {"message": text, "status": "PERMISSION_DENIED", "details": [{"reason": "USER_PROJECT_DENIED"}]}
    answer.raw = io.BytesIO(json.dumps({"error": error}).encode())
    monkeypatch.setattr(desk.client.session, "request", lambda *_, **__: answer)
    client = SheetsClient(desk.client, SPREADSHEET_ID, desk.account.email)
    with pytest.raises(SignInError, match=r"to use project reports-123\.\)\. Do what Google says there"):
        client.get("spreadsheetId")


@pytest.mark.parametrize(
    "secret",
    [
        "ya29.a0AfB_byC-D.e_f",
        "1//0gAbCdEfGhIjKlMnOpQrStUvWxYz",
        "4/0AeaYSHBabcdefghijklmnop",
        "GOCSPX-AbC_123-xyz",
        "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQ\n-----END RSA PRIVATE KEY-----",
    ],
)
def test_secrets_in_what_others_say_are_blotted_out(secret: str) -> None:
    assert without_secrets(f"failed with {secret}") == "failed with …"


def test_addresses_lose_the_code_and_nothing_else() -> None:
    said = "http://127.0.0.1:5/?state=s&code=4/x&scope=y (code_verifier=abc)"
    assert without_secrets(said) == "http://127.0.0.1:5/?state=s&code=…&scope=y (code_verifier=…)"
    plain = "invalid_grant: Bad Request, 1/2 of 4/5, robot@reports-123.iam.gserviceaccount.com"
    assert without_secrets(plain) == plain
