"""Google's consent page and what its codes are good for, workloads, and the end of a sign-in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from tests.google.batch.draft import Caller
from tests.google.consent import AUTH_URI, Decision, OAuthClient
from tests.google.double import GoogleDouble
from tests.google.oauth import TOKEN_URI, ServiceAccount
from tests.google.wire import Answer, Call
from tests.google.workload import CLOUD

CLIENT = OAuthClient("1-app", "GOCSPX-secret")
BACK = "http://127.0.0.1:4711/"
VERIFIER, CHALLENGE = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
"""The pair that RFC 7636 gives in its appendix B."""

ASKED = {
    "response_type": "code",
    "client_id": CLIENT.id,
    "redirect_uri": BACK,
    "scope": "sheets",
    "state": "s",
    "access_type": "offline",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


@pytest.fixture
def google() -> GoogleDouble:
    double = GoogleDouble()
    double.sign_in.consent.clients[CLIENT.id] = CLIENT
    return double


def post(google: GoogleDouble, address: str, form: Mapping[str, str]) -> Answer:
    return google.answer(Call.to_url("POST", address, {}, urlencode(form).encode()))


def way_back(google: GoogleDouble, **changes: str) -> dict[str, str]:
    """Where the page leads back to, as its parameters."""
    answer = google.answer(Call.to_url("GET", f"{AUTH_URI}?{urlencode(ASKED | changes)}", {}, b""))
    assert answer.status == 302
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def redeem(google: GoogleDouble, code: str, **changes: str) -> dict[str, Any]:
    form = {"grant_type": "authorization_code", "code": code, "client_id": CLIENT.id, "client_secret": CLIENT.secret}
    answer = post(google, TOKEN_URI, form | {"redirect_uri": BACK, "code_verifier": VERIFIER} | changes)
    result: dict[str, Any] = json.loads(answer.payload())
    return result


def test_a_code_gives_tokens_once(google: GoogleDouble) -> None:
    back = way_back(google)
    tokens = redeem(google, back["code"])

    assert (back["state"], tokens["scope"]) == ("s", "sheets")
    assert tokens["access_token"] in google.sign_in.tokens
    assert google.sign_in.users[tokens["refresh_token"]].email == "ana@example.com"
    assert redeem(google, back["code"])["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_verifier": "another"}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:1/"}, "redirect_uri_mismatch"),
        ({"client_secret": "guess"}, "invalid_client"),
        ({"client_id": "2-app"}, "unauthorized_client"),
    ],
)
def test_a_code_is_good_for_the_one_who_asked(google: GoogleDouble, changes: dict[str, str], error: str) -> None:
    assert redeem(google, way_back(google)["code"], **changes)["error"] == error


def test_a_code_ends_after_ten_minutes(google: GoogleDouble) -> None:
    code, start = way_back(google)["code"], google.sign_in.clock()
    google.sign_in.clock = lambda: start + 601
    assert redeem(google, code)["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "nobody"},
        {"redirect_uri": "https://example.com/"},
        {"redirect_uri": "http://127.0.0.1.example.com/"},
        {"scope": ""},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"colour": "red"},
    ],
)
def test_a_page_that_is_asked_wrongly_leads_nowhere(google: GoogleDouble, changes: dict[str, str]) -> None:
    answer = google.answer(Call.to_url("GET", f"{AUTH_URI}?{urlencode(ASKED | changes)}", {}, b""))
    assert answer.status == 400
    assert "Location" not in answer.headers


def test_a_person_may_say_no_or_half(google: GoogleDouble) -> None:
    google.sign_in.consent.decision = Decision.DENY
    assert way_back(google) == {"state": "s", "error": "access_denied"}
    google.sign_in.consent.decision = Decision.TICK_NOTHING
    assert redeem(google, way_back(google)["code"])["scope"] == "openid"


def test_a_sign_in_is_revoked_once(google: GoogleDouble) -> None:
    tokens = redeem(google, way_back(google)["code"])
    revocation = {"token": tokens["refresh_token"]}

    assert post(google, "https://oauth2.googleapis.com/revoke", revocation).status == 200
    assert google.sign_in.tokens == {}
    assert post(google, "https://oauth2.googleapis.com/revoke", revocation).status == 400


def test_a_refresh_asks_for_what_was_allowed(google: GoogleDouble) -> None:
    tokens = redeem(google, way_back(google)["code"])
    form = {"grant_type": "refresh_token", "client_id": CLIENT.id, "client_secret": CLIENT.secret}
    form["refresh_token"] = tokens["refresh_token"]

    assert post(google, TOKEN_URI, form | {"scope": "sheets"}).status == 200
    assert post(google, TOKEN_URI, form | {"scope": "drive"}).body["error"] == "invalid_scope"  # type: ignore[index]


def test_an_account_acts_as_another_with_the_cloud_scope_only(
    google: GoogleDouble, service_account: ServiceAccount
) -> None:
    google.sign_in.accounts[service_account.email] = service_account
    google.sign_in.workloads["job"] = Caller("job@example.com", "1")
    address = f"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{service_account.email}"

    def act(scope: str) -> int:
        answer = post(google, "https://sts.googleapis.com/v1/token", {"subject_token": "job", "scope": scope})
        bearer = {"Authorization": f"Bearer {answer.body['access_token']}"}  # type: ignore[index]
        return google.answer(Call.to_url("POST", f"{address}:generateAccessToken", bearer, b'{"scope": ["a"]}')).status

    assert (act(CLOUD), act("sheets")) == (200, 403)
    assert post(google, "https://sts.googleapis.com/v1/token", {"subject_token": "stranger"}).status == 400
