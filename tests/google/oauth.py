"""Google's sign-in: service accounts that sign a JWT, users who allow it, workloads, and access tokens that expire."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.google.batch.draft import Caller
from tests.google.consent import Consent, TokenRefusedError
from tests.google.wire import Answer, Call, Json
from tests.google.workload import CLOUD, IAM, impersonated

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
    scopes: frozenset[str] = frozenset()
    """What they allowed; nothing stands for whatever is asked."""


@dataclass(frozen=True)
class Token:
    """An access token: whose, for which scopes, until when."""

    caller: Caller
    scopes: frozenset[str]
    expires: float


@dataclass
class SignIn:
    """The endpoints of sign-in, and the accounts and tokens they know.

    `workloads` are who stands behind the tokens of others that Google trusts, `asked` are the forms of all calls, and
    `outages` is how many calls to come fail.
    """

    clock: Callable[[], float]
    accounts: dict[str, ServiceAccount] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    workloads: dict[str, Caller] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    asked: list[Mapping[str, str]] = field(default_factory=list)
    outages: int = 0
    consent: Consent = field(init=False)

    def __post_init__(self) -> None:
        self.consent = Consent(lambda: self.clock())

    def answer(self, call: Call) -> Answer | None:
        """The answer of the endpoint for tokens, workloads, consent or revocation; None for another address."""
        try:
            match call.method, call.host, call.path:
                case "GET", "accounts.google.com", "/o/oauth2/auth" | "/o/oauth2/v2/auth":
                    return self.consent.answer(call)
                case "POST", "oauth2.googleapis.com", "/token":
                    return self._counted(call) or self._grant(_form(call))
                case "POST", "oauth2.googleapis.com", "/revoke":
                    return self._counted(call) or self._revoked(_form(call))
                case "POST", "sts.googleapis.com", "/v1/token":
                    return self._counted(call) or self._exchanged(_form(call))
                case "POST", "iamcredentials.googleapis.com", path if impersonated(path):
                    return self._impersonated(impersonated(path), call)
        except TokenRefusedError as refusal:
            return Answer(refusal.status, {"error": refusal.error, "error_description": str(refusal)})
        return None

    def token(self, call: Call) -> Token | None:
        """The live token that a call carries in its header."""
        kind, _, text = call.headers.get("authorization", "").partition(" ")
        token = self.tokens.get(text) if kind.lower() == "bearer" else None
        return token if token is not None and token.expires > self.clock() else None

    def revoke_tokens(self) -> None:
        """Make all access tokens invalid, as an hour or a change of password does."""
        self.tokens.clear()

    def _counted(self, call: Call) -> Answer | None:
        """The failure that a call meets while there is an outage."""
        self.asked.append(_form(call))
        if self.outages == 0:
            return None
        self.outages -= 1
        return Answer(503, {"error": "backend_error", "error_description": "Backend Error"})

    def _grant(self, form: Mapping[str, str]) -> Answer:
        match form.get("grant_type"):
            case grant if grant == _JWT_GRANT:
                caller, scopes = self._verified(form.get("assertion", ""))
            case "refresh_token":
                caller, scopes = self._refreshed(form)
            case "authorization_code":
                return self._redeemed(form)
            case _:
                raise TokenRefusedError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        return Answer(200, self._token_body(caller, scopes))

    def _token_body(self, caller: Caller, scopes: frozenset[str]) -> Json:
        """A new access token, as the endpoint hands it out."""
        text = f"ya29.double-{len(self.tokens)}-{int(self.clock() * 1000)}"
        self.tokens[text] = Token(caller, scopes, self.clock() + _LIFETIME)
        return {"access_token": text, "expires_in": _LIFETIME - 1, "token_type": "Bearer"}

    def _redeemed(self, form: Mapping[str, str]) -> Answer:
        """The tokens for the code that a person at the consent page brought the client."""
        grant = self.consent.redeem(form)
        client = grant.client
        body = self._token_body(Caller(grant.email, client.id.partition("-")[0]), grant.scopes)
        body["scope"] = " ".join(sorted(grant.scopes))
        if grant.is_lasting:
            body["refresh_token"] = f"1//0double{len(self.asked):040d}"
            user = User(grant.email, client.id, client.secret, body["refresh_token"], grant.scopes)
            self.users[user.refresh_token] = user
        return Answer(200, body)

    def _revoked(self, form: Mapping[str, str]) -> Answer:
        user = self.users.pop(form.get("token", ""), None)
        if user is None:
            raise TokenRefusedError("invalid_token", "Token expired or revoked")
        self.tokens = {text: token for text, token in self.tokens.items() if token.caller.email != user.email}
        return Answer(200, {})

    def _exchanged(self, form: Mapping[str, str]) -> Answer:
        """A token for the workload that shows one of its own."""
        caller = self.workloads.get(form.get("subject_token", ""))
        if caller is None:
            raise TokenRefusedError("invalid_grant", "The subject token is not trusted.")
        body = self._token_body(caller, frozenset(form.get("scope", "").split()))
        return Answer(200, body | {"issued_token_type": "urn:ietf:params:oauth:token-type:access_token"})

    def _impersonated(self, email: str, call: Call) -> Answer:
        """A token of the service account that the caller may act as."""
        token, account = self.token(call), self.accounts.get(email)
        if token is None or account is None or not token.scopes & {CLOUD, IAM}:
            return Answer(403, {"error": {"code": 403, "message": "Forbidden", "status": "PERMISSION_DENIED"}})
        body = self._token_body(Caller(email, account.project), frozenset(json.loads(call.body)["scope"]))
        expiry = datetime.fromtimestamp(self.clock() + _LIFETIME, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Answer(200, {"accessToken": body["access_token"], "expireTime": expiry})

    def _refreshed(self, form: Mapping[str, str]) -> tuple[Caller, frozenset[str]]:
        user = self.users.get(form.get("refresh_token", ""))
        if user is None:
            raise TokenRefusedError("invalid_grant", "Token has been expired or revoked.")
        if (form.get("client_id"), form.get("client_secret")) != (user.client_id, user.client_secret):
            raise TokenRefusedError("invalid_client", "The provided client secret is invalid.", 401)
        asked = frozenset(form.get("scope", "").split())
        if user.scopes and not asked <= user.scopes:
            raise TokenRefusedError("invalid_scope", "Bad Request")
        return Caller(user.email, user.client_id.partition("-")[0]), asked or user.scopes

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


def _form(call: Call) -> Mapping[str, str]:
    return {name: values[0] for name, values in parse_qs(call.body.decode()).items()}


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
