"""Signing in: which files are taken, and what is said of those that are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheetgen.errors import CredentialsError
from sheetgen.push.credentials import SCOPE, load_account
from tests.google.oauth import ServiceAccount


def test_a_key_file_signs_in_for_sheets_only(key_file: Path) -> None:
    account = load_account(key_file)
    assert account.email == "robot@reports-123.iam.gserviceaccount.com"
    assert account.credentials.scopes == [SCOPE]  # type: ignore[attr-defined]
    assert account.warnings == ()


def test_a_key_that_others_can_read_is_warned_of(key_file: Path) -> None:
    key_file.chmod(0o640)
    (warning,) = load_account(key_file).warnings
    assert warning.endswith(f"chmod 600 {key_file}")


def test_a_user_signs_in_with_a_refresh_token(tmp_path: Path) -> None:
    path = tmp_path / "user.json"
    content = {"type": "authorized_user", "client_id": "1-a", "client_secret": "s", "refresh_token": "r"}
    path.write_text(json.dumps(content), encoding="utf-8")
    path.chmod(0o600)
    account = load_account(path)
    assert account.email is None
    assert account.name == "the account you signed in with"


def test_a_key_is_sent_to_google_only(tmp_path: Path, service_account: ServiceAccount) -> None:
    path = tmp_path / "key.json"
    path.write_text(json.dumps(service_account.info() | {"token_uri": "https://example.com/token"}), encoding="utf-8")
    with pytest.raises(CredentialsError, match=r"https://example\.com/token, which is not Google"):
        load_account(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no JSON file"),
        ("[1]", "no JSON file"),
        ('{"type": "service_account"}', "incomplete or damaged"),
        ('{"type": "service_account", "private_key": "x", "client_email": "a@b"}', "incomplete or damaged"),
        ('{"type": "authorized_user"}', "incomplete or damaged"),
        ('{"type": "gadget"}', "of the kind 'gadget'"),
    ],
)
def test_a_file_that_holds_no_credentials(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "key.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CredentialsError, match=said) as refusal:
        load_account(path)
    assert "private_key" not in str(refusal.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CredentialsError, match="No such file"):
        load_account(tmp_path / "none.json")


def test_no_sign_in_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(CredentialsError, match="gcloud auth application-default login"):
        load_account(None)
