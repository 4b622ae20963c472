"""Fixtures for tests that talk to the double: `pytest_plugins` of the tests' conftest names this module."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gspread
import pytest

from tests.google.consent import OAuthClient
from tests.google.double import GoogleDouble, Role
from tests.google.engine import Shown
from tests.google.oauth import ServiceAccount, new_service_account
from tests.google.server import GoogleServer
from tests.google.spreadsheet import Spreadsheet
from tests.google.transport import http_client
from tests.google.wire import Json

SPREADSHEET_ID = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"


@dataclass(frozen=True)
class Desk:
    """A double with one blank spreadsheet that a service account may edit."""

    google: GoogleDouble
    account: ServiceAccount
    client: gspread.HTTPClient
    spreadsheet_id: str = SPREADSHEET_ID

    @property
    def spreadsheet(self) -> Spreadsheet:
        """The spreadsheet as it is now."""
        return self.google.spreadsheet(self.spreadsheet_id)

    def send(self, *requests: Json) -> list[Json]:
        """The replies to a batch of the service account."""
        replies: list[Json] = self.client.batch_update(self.spreadsheet_id, {"requests": list(requests)})["replies"]
        return replies

    def get(self, fields: str = "", **parameters: str | bool | list[str]) -> Json:
        """The spreadsheet as the service account sees it, or the fields of it that a mask names."""
        masked = {"fields": fields} if fields else {}
        answer: Json = self.client.spreadsheets_get(self.spreadsheet_id, {**masked, **parameters})
        return answer

    def shown(self, text: str) -> list[list[Shown]]:
        """What the cells of a range show."""
        return self.google.values(self.spreadsheet_id, text)


@pytest.fixture(scope="session")
def service_account() -> ServiceAccount:
    """A service account: its key takes a moment to make, so it is made once."""
    return new_service_account("robot@reports-123.iam.gserviceaccount.com", "123456789")


@pytest.fixture
def desk(service_account: ServiceAccount) -> Desk:
    """A double in this process, with gspread signed in to it."""
    return new_desk(service_account)


def new_desk(account: ServiceAccount, locale: str = "en_US") -> Desk:
    """A double with a blank spreadsheet of a locale, shared with the account for writing."""
    google = GoogleDouble()
    google.sign_in.accounts[account.email] = account
    google.create(SPREADSHEET_ID, locale=locale)
    google.share(SPREADSHEET_ID, account.email, Role.WRITER)
    return Desk(google, account, http_client(google, account))


@pytest.fixture
def google_server(desk: Desk, tmp_path: Path) -> Iterator[GoogleServer]:
    """The desk's double behind a proxy, for programs in a process of their own."""
    folder = tmp_path / "authority"
    folder.mkdir()
    with GoogleServer(desk.google, folder) as server:
        yield server


@pytest.fixture
def google_environment(google_server: GoogleServer, tmp_path: Path) -> dict[str, str]:
    """This process's environment with the variables that lead a program's requests to the double.

    Whoever signs in there does so in a browser without a window, and is remembered in a folder of the test's.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOOGLE_", "CLOUDSDK_"))}
    own = dict.fromkeys(("XDG_CONFIG_HOME", "LOCALAPPDATA"), str(tmp_path / "config"))
    browser = Path(__file__).with_name("browser.py")
    return kept | google_server.environment | own | {"BROWSER": f"{sys.executable} {browser} %s"}


@pytest.fixture
def key_file(service_account: ServiceAccount, tmp_path: Path) -> Path:
    """The service account's key file, with Google's own token address in it."""
    return service_account.write(tmp_path / "service-account.json")


@pytest.fixture
def oauth_client(desk: Desk) -> OAuthClient:
    """A desktop client that Google knows, for the person at the consent page, who may edit the spreadsheet."""
    client = OAuthClient("123456789-app.apps.googleusercontent.com", "GOCSPX-double_Secret-42")
    desk.google.sign_in.consent.clients[client.id] = client
    desk.google.share(SPREADSHEET_ID, desk.google.sign_in.consent.person, Role.WRITER)
    return client


@pytest.fixture
def client_file(oauth_client: OAuthClient, tmp_path: Path) -> Path:
    """The desktop client's file as Google hands it out."""
    return oauth_client.write(tmp_path / "client_secret.json")
