"""Signing in as a person: asked once in the browser, renewed in silence, and told what to do where it fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError

import pytest

from sheetgen.clause import Clause
from sheetgen.errors import CredentialsError, SheetsServiceError, SignInError, SignInUnfinishedError
from sheetgen.language import load_language
from sheetgen.push.credentials import SCOPE, Account, Prompt, SignedOut, Store, Way, load_account, sign_out
from sheetgen.push.pace import Pace
from tests.conftest import Cli
from tests.google.browser import visit
from tests.google.consent import Decision, OAuthClient
from tests.google.fixtures import Desk
from tests.google.oauth import SignIn


@dataclass
class Person:
    """Someone at the terminal who opens each address that is shown there; `lines` is what they read."""

    sign_in: SignIn
    file: Path
    lines: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    is_away: bool = False
    patience: float = 20.0

    def read(self, line: str) -> None:
        self.lines.append(line)
        if line.startswith("https://accounts.google.com/") and not self.is_away:
            threading.Thread(target=self.open, args=(line,)).start()

    def open(self, address: str) -> None:
        try:
            visit(address)
        except HTTPError as page:
            page.close()

    @property
    def pace(self) -> Pace:
        return Pace(lambda seconds, _: self.waits.append(seconds), sleep=lambda _: None)

    def load(self, language: str = "en") -> Account:
        prompt = Prompt(self.read, load_language(language), opens_browser=False, patience=self.patience)
        return load_account(self.file, prompt, self.pace)


@pytest.fixture
def person(
    desk: Desk, client_file: Path, google_environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> Person:
    """A person whose requests, in this process, go to the double through its proxy."""
    for name in set(google_environment):
        monkeypatch.setenv(name, google_environment[name])
    return Person(desk.google.sign_in, client_file)


def kept() -> list[Path]:
    return Store().paths()


def test_a_person_signs_in_for_sheets_only_with_pkce_and_state(person: Person) -> None:
    account = person.load()

    (visited,) = person.sign_in.consent.visits
    assert visited["scope"] == SCOPE
    assert (visited["code_challenge_method"], len(visited["code_challenge"])) == ("S256", 43)
    assert len(visited["state"]) >= 32
    assert visited["redirect_uri"].startswith("http://127.0.0.1:")
    assert visited["access_type"] == "offline"
    assert (account.email, account.way, account.warnings) == (None, Way.BROWSER, ())
    assert account.credentials.token in person.sign_in.tokens


def test_the_next_time_nobody_is_asked(person: Person) -> None:
    person.load()
    shown = len(person.lines)
    again = load_account(person.file)

    assert again.credentials.token in person.sign_in.tokens
    assert len(person.sign_in.consent.visits) == 1
    assert len(person.lines) == shown
    assert person.sign_in.asked[-1]["grant_type"] == "refresh_token"
    assert person.sign_in.asked[-1]["scope"] == SCOPE


def test_only_the_refresh_token_is_kept_for_its_owner_alone(person: Person) -> None:
    person.load()
    (path,) = kept()
    content = json.loads(path.read_text(encoding="utf-8"))

    assert set(content) == {"client_id", "refresh_token"}
    assert content["refresh_token"] in person.sign_in.users
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_a_sign_in_that_was_revoked_is_asked_for_again(person: Person) -> None:
    person.load()
    person.sign_in.users.clear()
    person.load()

    assert "The earlier sign-in has ended (invalid_grant: Token has been expired or revoked.)." in person.lines
    assert len(person.sign_in.consent.visits) == 2
    assert json.loads(kept()[0].read_text(encoding="utf-8"))["refresh_token"] in person.sign_in.users


def test_where_nobody_can_be_asked_a_program_says_so(person: Person) -> None:
    with pytest.raises(CredentialsError, match=r"nobody is signed in with this OAuth client\. Sign in with it"):
        load_account(person.file)
    assert person.sign_in.consent.visits == []


def test_a_person_who_says_no(person: Person) -> None:
    person.sign_in.consent.decision = Decision.DENY
    with pytest.raises(SignInUnfinishedError, match=r"access was denied in the browser\. Run the same command again"):
        person.load()
    assert kept() == []


def test_a_person_who_leaves_the_box_for_sheets_empty(person: Person) -> None:
    person.sign_in.consent.decision = Decision.TICK_NOTHING
    with pytest.raises(SignInUnfinishedError, match="tick the box for Google Sheets"):
        person.load()
    assert kept() == []


def test_a_person_who_does_not_come(person: Person) -> None:
    person.is_away, person.patience = True, 0.2
    with pytest.raises(SignInUnfinishedError, match=r"nobody did so within .* minutes.*Audience, Test users"):
        person.load()


def test_a_computer_without_a_free_port(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("sheetgen.push.credentials.redirect.ThreadingTCPServer.server_bind", refuse)
    with pytest.raises(SignInUnfinishedError, match=r"no port .* can be listened to \(Permission denied\)"):
        person.load()


def test_google_may_fail_for_a_while(person: Person) -> None:
    person.sign_in.outages = 2
    person.load()
    assert [round(wait - 0.5) for wait in person.waits] == [1, 2]


def test_google_may_fail_for_longer(person: Person) -> None:
    person.sign_in.outages = 99
    with pytest.raises(SheetsServiceError, match=r"503 .*; tries: 5"):
        person.load()
    assert [round(wait - 0.5) for wait in person.waits] == [1, 2, 4, 8]


def test_a_sign_in_outlasts_a_lost_connection(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.load()
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(SheetsServiceError, match="no connection; tries: 5"):
        person.load()
    assert len(kept()) == 1


def test_a_client_that_was_deleted_is_not_asked_about_again(person: Person) -> None:
    person.load()
    changed = OAuthClient("123456789-app.apps.googleusercontent.com", "GOCSPX-another")
    changed.write(person.file)
    with pytest.raises(SignInError, match=r"The provided client secret is invalid\.\)\. In the Google Cloud console"):
        person.load()
    assert len(person.sign_in.consent.visits) == 1


def test_a_wrong_client_secret_at_the_first_sign_in(person: Person) -> None:
    OAuthClient("123456789-app.apps.googleusercontent.com", "GOCSPX-another").write(person.file)
    with pytest.raises(SignInUnfinishedError, match=r"invalid_client: The provided .* type Desktop app"):
        person.load()


def test_a_client_file_that_others_can_read_is_warned_of(person: Person) -> None:
    person.file.chmod(0o644)
    (warning,) = person.load().warnings
    assert warning.endswith(f"chmod 600 {person.file}")


def test_a_sign_in_that_cannot_be_kept_is_good_for_once(person: Person, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be", encoding="utf-8")
    (warning,) = person.load().warnings
    assert "the sign-in cannot be kept there" in warning


def test_a_store_that_others_could_read_is_refused(person: Person) -> None:
    person.load()
    kept()[0].chmod(0o640)
    with pytest.raises(CredentialsError, match=r"others on this computer could read or change .* sheetgen logout"):
        person.load()


def test_the_person_is_asked_in_their_language(person: Person) -> None:
    person.load("fr")
    assert person.lines[0].startswith("Connectez-vous à Google")


def test_nothing_shown_is_secret(person: Person) -> None:
    person.load()
    person.sign_in.users.clear()
    person.load()
    shown = "\n".join(person.lines)
    secrets = {value for form in person.sign_in.asked for name, value in form.items() if name not in PUBLIC}
    assert len(secrets) > 4
    assert [secret for secret in secrets | set(person.sign_in.tokens) if secret in shown] == []


PUBLIC = {"grant_type", "scope", "client_id", "redirect_uri"}
"""What a browser's address bar shows anyway."""


def test_signing_out_revokes_and_forgets(person: Person) -> None:
    person.load()
    done = sign_out(Store(), person.pace)

    assert (done.forgotten, done.unrevoked) == (1, 0)
    assert person.sign_in.users == {}
    assert kept() == []


def test_signing_out_forgets_even_what_google_no_longer_knows(person: Person) -> None:
    person.load()
    person.sign_in.users.clear()
    assert sign_out(Store(), person.pace).unrevoked == 0
    assert sign_out(Store(), person.pace).forgotten == 0


def test_signing_out_while_google_is_away(person: Person) -> None:
    person.load()
    person.sign_in.outages = 99
    assert sign_out(Store(), person.pace).unrevoked == 1
    assert kept() == []


def test_the_command_that_signs_out_says_what_google_could_not_be_told(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sheetgen.push.credentials.sign_out", lambda *_: SignedOut(forgotten=1, unrevoked=1))
    done = cli("logout")
    assert (done.exit_code, done.stdout) == (3, "Signed out.\n")
    assert "https://myaccount.google.com/connections" in done.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"token_uri": "https://oauth2.googleapis.com.example.com/token"}, "example.com/token, which is not Google"),
        ({"token_uri": "http://oauth2.googleapis.com/token"}, "which is not Google"),
        ({"auth_uri": "https://accounts.example.com/auth"}, "accounts.example.com/auth, which is not Google"),
        ({"client_secret": None}, "incomplete or damaged"),
        ({"client_id": 5}, "incomplete or damaged"),
    ],
)
def test_a_client_file_that_is_not_as_google_makes_it(
    oauth_client: OAuthClient, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    path = tmp_path / "client.json"
    path.write_text(json.dumps({"installed": oauth_client.info()["installed"] | change}), encoding="utf-8")
    with pytest.raises(CredentialsError, match=said):
        load_account(path)


def test_a_client_of_a_web_site(oauth_client: OAuthClient, tmp_path: Path) -> None:
    path = tmp_path / "client.json"
    path.write_text(json.dumps({"web": oauth_client.info()["installed"]}), encoding="utf-8")
    with pytest.raises(CredentialsError, match=r"one of a web site.*type Desktop app"):
        load_account(path)


def test_addresses_that_google_once_had_are_taken_and_today_s_are_used(person: Person) -> None:
    content = json.loads(person.file.read_text(encoding="utf-8"))
    content["installed"]["token_uri"] = "https://accounts.google.com/o/oauth2/token"
    person.file.write_text(json.dumps(content), encoding="utf-8")
    assert person.load().credentials.token in person.sign_in.tokens


def test_a_name_for_those_whose_address_is_not_known(person: Person) -> None:
    assert isinstance(person.load().name, Clause)
