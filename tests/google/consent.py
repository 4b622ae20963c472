"""Google's consent page: a person lets a desktop client act for them, and the client redeems the code it gets."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from tests.google.wire import Answer, Call, Json

AUTH_URI: Final = "https://accounts.google.com/o/oauth2/auth"
_PARAMETERS: Final = frozenset(
    {"response_type", "client_id", "redirect_uri", "scope", "state", "access_type", "prompt"}
    | {"code_challenge", "code_challenge_method"}
)
_LOOPBACK: Final = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/?")
_CODE_LIFETIME: Final = 600


class TokenRefusedError(Exception):
    """Why no token is given: an OAuth error code and its description."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.status = status


@dataclass(frozen=True)
class OAuthClient:
    """An OAuth client of the type Desktop app."""

    id: str
    secret: str

    def info(self) -> Json:
        """The content of its file."""
        content = {
            "client_id": self.id,
            "project_id": "reports-123",
            "auth_uri": AUTH_URI,
            "token_uri": "https://oauth2.googleapis.com/token",
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "client_secret": self.secret,
            "redirect_uris": ["http://localhost"],
        }
        return {"installed": content}

    def write(self, path: Path) -> Path:
        """Save the file, for its owner only."""
        path.touch(mode=0o600)
        path.write_text(json.dumps(self.info()), encoding="utf-8")
        return path


class Decision(Enum):
    """What the person at the consent page does."""

    ALLOW = auto()
    DENY = auto()
    TICK_NOTHING = auto()


@dataclass(frozen=True)
class Grant:
    """What a person allowed a client, and what the client must show to redeem it."""

    email: str
    client: OAuthClient
    scopes: frozenset[str]
    redirect_uri: str
    challenge: str
    is_lasting: bool
    expires: float


@dataclass
class Consent:
    """The consent page, with the `person` at it; `visits` are the parameters it was opened with."""

    clock: Callable[[], float]
    clients: dict[str, OAuthClient] = field(default_factory=dict)
    person: str = "ana@example.com"
    decision: Decision = Decision.ALLOW
    visits: list[Mapping[str, str]] = field(default_factory=list)
    codes: dict[str, Grant] = field(default_factory=dict)

    def answer(self, call: Call) -> Answer:
        """The page's answer: the person decides at once, and is sent back to the client."""
        query = {name: values[0] for name, values in call.query.items()}
        self.visits.append(query)
        problem = self._problem(query)
        if problem:
            return Answer(400, f"<!DOCTYPE html><title>Access blocked</title>Error 400: {problem}")
        back = {"state": query["state"]} if "state" in query else {}
        address = f"{query['redirect_uri']}?{urlencode(back | self._decided(query))}"
        return Answer(302, "<!DOCTYPE html><title>Moved</title>", {"Location": address})

    def redeem(self, form: Mapping[str, str]) -> Grant:
        """What the code in a form stands for; it is good for one time.

        Raises `TokenRefusedError`.
        """
        grant = self.codes.pop(form.get("code", ""), None)
        if grant is None or grant.expires < self.clock():
            raise TokenRefusedError("invalid_grant", "Malformed auth code.")
        if form.get("client_id") != grant.client.id:
            raise TokenRefusedError("unauthorized_client", "Unauthorized", 401)
        if form.get("client_secret") != grant.client.secret:
            raise TokenRefusedError("invalid_client", "The provided client secret is invalid.", 401)
        if form.get("redirect_uri") != grant.redirect_uri:
            raise TokenRefusedError("redirect_uri_mismatch", "Bad Request")
        if grant.challenge and "code_verifier" not in form:
            raise TokenRefusedError("invalid_grant", "Missing code verifier.")
        if grant.challenge and _challenge(form["code_verifier"]) != grant.challenge:
            raise TokenRefusedError("invalid_grant", "Invalid code verifier.")
        return grant

    def _problem(self, query: Mapping[str, str]) -> str:
        if query.get("client_id") not in self.clients:
            return "invalid_client"
        if not _LOOPBACK.fullmatch(query.get("redirect_uri", "")):
            return "redirect_uri_mismatch"
        is_right = query.get("response_type") == "code" and query.get("scope") and set(query) <= _PARAMETERS
        if not is_right or ("code_challenge" in query and query.get("code_challenge_method") != "S256"):
            return "invalid_request"
        return ""

    def _decided(self, query: Mapping[str, str]) -> dict[str, str]:
        if self.decision is Decision.DENY:
            return {"error": "access_denied"}
        code = f"4/0A{len(self.visits):040d}"
        asked = query["scope"] if self.decision is Decision.ALLOW else "openid"
        self.codes[code] = Grant(
            self.person,
            self.clients[query["client_id"]],
            frozenset(asked.split()),
            query["redirect_uri"],
            query.get("code_challenge", ""),
            query.get("access_type") == "offline",
            self.clock() + _CODE_LIFETIME,
        )
        return {"code": code, "scope": asked}


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
