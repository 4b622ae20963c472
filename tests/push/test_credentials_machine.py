"""What a machine is signed in with: keys and workloads that a variable names, people through gcloud, or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from sheetgen.errors import CredentialsError, SheetAccessError, SheetsServiceError, SignInError
from sheetgen.push.client import connect
from sheetgen.push.credentials import Way, load_account
from sheetgen.push.pace import Pace
from tests.google.batch.draft import Caller
from tests.google.double import Role
from tests.google.fixtures import SPREADSHEET_ID, Desk
from tests.google.oauth import User
from tests.google.workload import CLOUD, federation_file, impersonation_file

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
REFRESH_TOKEN = "1//0gcloud-refresh-token-of-ana"
GCLOUD = {"type": "authorized_user", "client_id": "5-gcloud", "client_secret": "s", "refresh_token": REFRESH_TOKEN}
PACE = Pace(sleep=lambda _: None)


@dataclass(frozen=True)
class Machine:
    """A machine whose requests go to the double; `file` is what its variable names."""

    desk: Desk
    file: Path

    def signed_in(self, content: Mapping[str, object]) -> None:
        self.file.write_text(json.dumps(content), encoding="utf-8")

    def read(self) -> object:
        """What the machine reads of the spreadsheet."""
        return connect(load_account(None, pace=PACE), SPREADSHEET_ID, PACE).get("spreadsheetId")["spreadsheetId"]

    def knows_ana(self, *scopes: str) -> None:
        user = User("ana@example.com", "5-gcloud", "s", REFRESH_TOKEN, frozenset(scopes))
        self.desk.google.sign_in.users[user.refresh_token] = user


@pytest.fixture
def machine(
    desk: Desk, google_environment: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Machine:
    for name, value in google_environment.items():
        monkeypatch.setenv(name, value)
    path = tmp_path / "machine.json"
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    return Machine(desk, path)


def test_a_key_that_the_variable_names(machine: Machine) -> None:
    machine.signed_in(machine.desk.account.info())
    account = load_account(None)
    assert (account.email, account.way) == (machine.desk.account.email, Way.MACHINE)
    assert machine.read() == SPREADSHEET_ID


def test_a_person_through_gcloud(machine: Machine) -> None:
    machine.signed_in(GCLOUD)
    machine.knows_ana(CLOUD, SHEETS)
    machine.desk.google.share(SPREADSHEET_ID, "ana@example.com", Role.READER)
    assert machine.read() == SPREADSHEET_ID


def test_a_person_through_gcloud_without_leave_for_sheets(machine: Machine) -> None:
    machine.signed_in(GCLOUD)
    machine.knows_ana(CLOUD)
    with pytest.raises(SignInError, match=r"not cover Google Sheets\)\. Sign in again: gcloud .*--scopes=.*spread"):
        machine.read()


def test_a_person_through_gcloud_who_may_not_edit(machine: Machine) -> None:
    machine.signed_in(GCLOUD)
    machine.knows_ana(SHEETS)
    with pytest.raises(SheetAccessError, match=r"Open https://docs\.google\.com/spreadsheets/d/") as refusal:
        machine.read()
    assert "sheetgen logout" not in str(refusal.value)


def test_a_person_who_acts_as_a_service_account(machine: Machine) -> None:
    machine.signed_in(impersonation_file(GCLOUD, machine.desk.account.email))
    machine.knows_ana(CLOUD)
    assert load_account(None).email == machine.desk.account.email
    assert machine.read() == SPREADSHEET_ID


def test_a_workload_that_acts_as_a_service_account(machine: Machine, tmp_path: Path) -> None:
    own_token = tmp_path / "own.jwt"
    own_token.write_text("token of the job", encoding="utf-8")
    machine.desk.google.sign_in.workloads["token of the job"] = Caller("job@ci", "123456789")
    machine.signed_in(federation_file(str(own_token), machine.desk.account.email))
    assert machine.read() == SPREADSHEET_ID


def test_a_workload_that_google_does_not_trust(machine: Machine, tmp_path: Path) -> None:
    own_token = tmp_path / "own.jwt"
    own_token.write_text("stranger", encoding="utf-8")
    machine.signed_in(federation_file(str(own_token), machine.desk.account.email))
    with pytest.raises(SignInError, match="subject token is not trusted"):
        machine.read()


def test_google_out_of_reach_of_a_workload(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_token = tmp_path / "own.jwt"
    own_token.write_text("token", encoding="utf-8")
    machine.signed_in(federation_file(str(own_token), machine.desk.account.email))
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pytest.raises(SheetsServiceError, match="no connection; tries: 5"):
        load_account(None, pace=PACE)


@pytest.mark.usefixtures("machine")
def test_no_sign_in_names_all_three_ways() -> None:
    with pytest.raises(CredentialsError) as refusal:
        load_account(None)
    said = str(refusal.value)
    assert said.startswith("default credentials: GOOGLE_APPLICATION_CREDENTIALS names ")
    for way in ("--credentials service-account.json", "--credentials client_secret.json", "--client-id-file="):
        assert way in said


@pytest.mark.parametrize("kind", ["external_account", "impersonated_service_account"])
def test_a_file_that_may_name_programs_is_for_the_variable(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "workload.json"
    path.write_text(json.dumps({"type": kind}), encoding="utf-8")
    with pytest.raises(CredentialsError, match="Name the file in the variable GOOGLE_APPLICATION_CREDENTIALS"):
        load_account(path)
