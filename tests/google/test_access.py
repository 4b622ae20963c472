"""Who may call: signed JWTs, tokens, scopes, sharing and quotas."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import google.auth.exceptions
import gspread
import pytest
from google.auth import jwt
from google.auth.crypt import RSASigner
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.credentials import Credentials

from tests.google.bodies import write
from tests.google.double import GoogleDouble, Role
from tests.google.fixtures import SPREADSHEET_ID, Desk
from tests.google.oauth import TOKEN_URI, ServiceAccount, User, new_service_account
from tests.google.transport import DoubleAdapter, connected_session, http_client
from tests.google.wire import Call

READ_ONLY = ("https://www.googleapis.com/auth/spreadsheets.readonly",)
DRIVE_FILES = ("https://www.googleapis.com/auth/drive.metadata",)
LATE = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."


def refused(call: Callable[[], object]) -> tuple[int, str, str]:
    """HTTP status, canonical code and sentence of a call that is refused."""
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        call()
    error = refusal.value.error
    return refusal.value.response.status_code, error["status"], error["message"]


def ask_for_token(google: GoogleDouble, account: ServiceAccount, key: str = "", **claims: object) -> dict[str, Any]:
    """The token endpoint's answer to a JWT with some claims changed."""
    now = int(time.time())
    payload = {"iss": account.email, "aud": TOKEN_URI, "iat": now, "exp": now + 3600, "scope": "a"} | claims
    signer = RSASigner.from_string(account.info()["private_key"], key or account.key_id)
    assertion = jwt.encode(signer, payload).decode()
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
    answer = google.answer(Call.to_url("POST", TOKEN_URI, {}, urlencode(form).encode()))
    result: dict[str, Any] = json.loads(answer.payload())
    return result


@pytest.mark.parametrize(
    ("claims", "error", "sentence"),
    [
        ({"iss": "nobody@example.com"}, "invalid_grant", "Invalid grant: account not found"),
        ({"key": "another key"}, "invalid_grant", "Invalid JWT Signature."),
        ({"aud": "https://example.com/token"}, "invalid_grant", "Invalid JWT: Failed audience check."),
        ({"iat": int(time.time()) + 3600, "exp": int(time.time()) + 7200}, "invalid_grant", LATE),
        ({"iat": int(time.time()) - 9000, "exp": int(time.time()) - 5400}, "invalid_grant", LATE),
        ({"exp": int(time.time()) + 9000}, "invalid_grant", LATE),
        ({"scope": ""}, "invalid_scope", "Invalid OAuth scope"),
    ],
)
def test_a_wrong_claim_gets_no_token(
    desk: Desk, service_account: ServiceAccount, claims: dict[str, Any], error: str, sentence: str
) -> None:
    answer = ask_for_token(desk.google, service_account, **claims)

    assert answer["error"] == error
    assert answer["error_description"].startswith(sentence)


def test_a_right_claim_gets_a_token_for_an_hour(desk: Desk, service_account: ServiceAccount) -> None:
    answer = ask_for_token(desk.google, service_account)

    assert answer["token_type"] == "Bearer"
    assert 3500 < answer["expires_in"] <= 3600


def test_a_stolen_name_is_no_signature(desk: Desk, service_account: ServiceAccount) -> None:
    thief = new_service_account(service_account.email, "1")

    with pytest.raises(google.auth.exceptions.RefreshError, match="Invalid JWT Signature"):
        http_client(desk.google, thief).spreadsheets_get(SPREADSHEET_ID)


def test_a_token_that_ends_is_renewed_by_google_auth(desk: Desk) -> None:
    desk.get()
    desk.google.sign_in.revoke_tokens()

    desk.get()

    assert [call.status for call in desk.google.calls] == [200, 401, 200]


def test_a_user_signs_in_with_a_refresh_token(desk: Desk) -> None:
    desk.google.sign_in.users["1//refresh"] = User("ana@example.com", "123-app", "secret", "1//refresh")
    desk.google.share(SPREADSHEET_ID, "ana@example.com", Role.READER)
    scope = "https://www.googleapis.com/auth/spreadsheets"

    def client(secret: str) -> gspread.HTTPClient:
        credentials = Credentials(None, "1//refresh", None, TOKEN_URI, "123-app", secret, scopes=[scope])
        session = AuthorizedSession(credentials, auth_request=Request(connected_session(desk.google)))
        session.mount("https://", DoubleAdapter(desk.google))
        return gspread.HTTPClient(credentials, session=session)

    assert client("secret").spreadsheets_get(SPREADSHEET_ID, {"fields": "spreadsheetId"})
    with pytest.raises(google.auth.exceptions.RefreshError, match="The provided client secret is invalid"):
        client("guess").spreadsheets_get(SPREADSHEET_ID)


def test_what_each_role_may_do(desk: Desk, service_account: ServiceAccount) -> None:
    denied = (403, "PERMISSION_DENIED", "The caller does not have permission")

    desk.google.share(SPREADSHEET_ID, service_account.email, Role.READER)
    assert desk.get("spreadsheetId")
    assert refused(lambda: desk.send(write(0, 0, 0, [1]))) == denied

    desk.google.share(SPREADSHEET_ID, service_account.email, None)
    assert refused(desk.get) == denied


def test_a_spreadsheet_that_there_is_not(desk: Desk) -> None:
    found = refused(lambda: desk.client.spreadsheets_get("elsewhere"))

    assert found == (404, "NOT_FOUND", "Requested entity was not found.")


def test_scopes_limit_a_token(desk: Desk, service_account: ServiceAccount) -> None:
    insufficient = (403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")
    reader = http_client(desk.google, service_account, READ_ONLY)
    batch = {"requests": [write(0, 0, 0, [1])]}

    assert reader.spreadsheets_get(SPREADSHEET_ID)
    assert refused(lambda: reader.batch_update(SPREADSHEET_ID, batch)) == insufficient
    other = http_client(desk.google, service_account, DRIVE_FILES)
    assert refused(lambda: other.spreadsheets_get(SPREADSHEET_ID)) == insufficient


def test_the_api_may_be_disabled(desk: Desk) -> None:
    desk.google.sheets_api_enabled = False

    with pytest.raises(gspread.exceptions.APIError, match="has not been used in project 123456789") as refusal:
        desk.get()

    assert refusal.value.error["details"][0]["reason"] == "SERVICE_DISABLED"


def test_reads_and_writes_have_quotas_of_their_own_that_each_minute_renews(service_account: ServiceAccount) -> None:
    now = [1_800_000_000.0]
    clocked = GoogleDouble(clock=lambda: now[0])
    clocked.sign_in.accounts[service_account.email] = service_account
    clocked.create(SPREADSHEET_ID)
    clocked.share(SPREADSHEET_ID, service_account.email, Role.WRITER)
    clocked.quota.per_user = 2
    now[0] = time.time()
    client = http_client(clocked, service_account)

    def read() -> object:
        return client.spreadsheets_get(SPREADSHEET_ID, {"fields": "spreadsheetId"})

    read()
    read()
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        read()

    error, response = refusal.value.error, refusal.value.response
    assert error["message"] == (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service "
        "'sheets.googleapis.com' for consumer 'project_number:123456789'."
    )
    assert (response.status_code, error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["details"][0]["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerUser"
    assert "Retry-After" not in response.headers
    client.batch_update(SPREADSHEET_ID, {"requests": [write(0, 0, 0, [1])]})
    now[0] += 60
    read()
