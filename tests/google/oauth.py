"""Google's sign-in: service accounts that sign a JWT, users with a refresh token, and access tokens that expire."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.google.batch.draft import Caller
from tests.google.wire import Answer, Call, Json

TOKEN_URI: Final = "https://oauth2.googleapis.com/token"
_JWT_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LIFETIME: Final = 3600
_SKEW: Final = 300
"""Seconds by which a client's clock may differ."""


@dataclass(frozen=True)
class ServiceAccount:
    """A service account with one key."""

    email: str
    project: str
    key_id: str
    key: rsa.RSAPrivateKey

    def info(self) -> Json:
        """The content of its key file."""
        pem = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": self.project,
            "private_key_id": self.key_id,
            "private_key": pem.decode(),
            "client_email": self.email,
            "client_id": "100000000000000000001",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": TOKEN_URI,
            "universe_domain": "googleapis.com",
        }

    def write(self, path: Path) -> Path:
        """Save the key file, for its owner only."""
        path.touch(mode=0o600)
        path.write_text(json.dumps(self.info()), encoding="utf-8")
        return path


@dataclass(frozen=True)
class User:
    """A person who has allowed an OAuth client to act for them."""

    email: str
    client_id: str
    client_secret: str
    refresh_token: str


@dataclass(frozen=True)
class Token:
    """An access token: whose, for which scopes, until when."""

    caller: Caller
    scopes: frozenset[str]
    expires: float


class TokenRefusedError(Exception):
    """Why no token is given: an OAuth error code and its description."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.status = status


@dataclass
class SignIn:
    """The token endpoint, and the accounts and tokens it knows."""

    clock: Callable[[], float]
    accounts: dict[str, ServiceAccount] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)

    def answer(self, call: Call) -> Answer:
        """The answer of the token endpoint."""
        form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
        try:
            return self._grant(form)
        except TokenRefusedError as refusal:
            return Answer(refusal.status, {"error": refusal.error, "error_description": str(refusal)})

    def token(self, call: Call) -> Token | None:
        """The live token that a call carries in its header."""
        kind, _, text = call.headers.get("authorization", "").partition(" ")
        token = self.tokens.get(text) if kind.lower() == "bearer" else None
        return token if token is not None and token.expires > self.clock() else None

    def revoke_tokens(self) -> None:
        """Make all access tokens invalid, as an hour or a change of password does."""
        self.tokens.clear()

    def _grant(self, form: dict[str, str]) -> Answer:
        match form.get("grant_type"):
            case grant if grant == _JWT_GRANT:
                caller, scopes = self._verified(form.get("assertion", ""))
            case "refresh_token":
                caller, scopes = self._refreshed(form)
            case _:
                raise TokenRefusedError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        text = f"ya29.double-{len(self.tokens)}-{int(self.clock() * 1000)}"
        self.tokens[text] = Token(caller, scopes, self.clock() + _LIFETIME)
        body = {"access_token": text, "expires_in": _LIFETIME - 1, "token_type": "Bearer"}
        return Answer(200, body)

    def _refreshed(self, form: dict[str, str]) -> tuple[Caller, frozenset[str]]:
        user = self.users.get(form.get("refresh_token", ""))
        if user is None:
            raise TokenRefusedError("invalid_grant", "Token has been expired or revoked.")
        if (form.get("client_id"), form.get("client_secret")) != (user.client_id, user.client_secret):
            raise TokenRefusedError("invalid_client", "The provided client secret is invalid.", 401)
        return Caller(user.email, user.client_id.partition("-")[0]), frozenset(form.get("scope", "").split())

    def _verified(self, assertion: str) -> tuple[Caller, frozenset[str]]:
        """Who signed the JWT, and the scopes it asks for."""
        header, claims, signed, signature = _decoded(assertion)
        account = self.accounts.get(claims.get("iss", ""))
        if account is None:
            raise TokenRefusedError("invalid_grant", "Invalid grant: account not found")
        if header.get("alg") != "RS256" or header.get("kid") != account.key_id:
            raise TokenRefusedError("invalid_grant", "Invalid JWT Signature.")
        try:
            account.key.public_key().verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature as error:
            raise TokenRefusedError("invalid_grant", "Invalid JWT Signature.") from error
        self._check_claims(claims)
        return Caller(account.email, account.project), frozenset(claims["scope"].split())

    def _check_claims(self, claims: Json) -> None:
        if claims.get("aud") != TOKEN_URI:
            raise TokenRefusedError(
                "invalid_grant", "Invalid JWT: Failed audience check. The right audience is " + TOKEN_URI
            )
        issued, expires, now = claims.get("iat", 0), claims.get("exp", 0), self.clock()
        if issued > now + _SKEW or not now - _SKEW < expires or not 0 < expires - issued <= _LIFETIME:
            raise TokenRefusedError(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your "
                "iat and exp values in the JWT claim.",
            )
        if not claims.get("scope"):
            raise TokenRefusedError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")


def new_service_account(email: str, project: str) -> ServiceAccount:
    """A service account with a fresh key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ServiceAccount(email, project, "0123456789abcdef0123456789abcdef01234567", key)


def _decoded(assertion: str) -> tuple[Json, Json, bytes, bytes]:
    """Header, claims, the signed bytes and the signature of a JWT."""
    parts = assertion.split(".")
    try:
        header, claims = (_json_part(part) for part in parts[:2])
        signature = _bytes_part(parts[2])
    except (ValueError, IndexError, binascii.Error) as error:
        raise TokenRefusedError("invalid_grant", "Bad Request") from error
    return header, claims, ".".join(parts[:2]).encode(), signature


def _bytes_part(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _json_part(part: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_bytes_part(part))
    return content
