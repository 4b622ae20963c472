"""What goes over the wire: a call of the client, the answer to it, and the ways a call ends without one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Json = dict[str, Any]
"""A JSON object; one that is part of a spreadsheet's state is replaced, never changed in place."""


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request: `path` is percent-encoded, header names are lower-case."""

    method: str
    host: str
    path: str
    query: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def to_url(cls, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Call:
        """The call of a full URL."""
        parts = urlsplit(url)
        query = parse_qs(parts.query, keep_blank_values=True)
        lower = {name.lower(): value for name, value in headers.items()}
        return cls(method.upper(), parts.hostname or "", parts.path, query, lower, body)

    @property
    def plain_path(self) -> str:
        """The path without percent signs, for people."""
        return unquote(self.path)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP response: JSON, or a page of HTML."""

    status: int
    body: Json | str
    headers: Mapping[str, str] = field(default_factory=dict)

    def payload(self) -> bytes:
        """The body as it is sent."""
        if isinstance(self.body, str):
            return self.body.encode()
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    @property
    def content_type(self) -> str:
        """The kind of the body."""
        return f"{'text/html' if isinstance(self.body, str) else 'application/json'}; charset=UTF-8"


class ConnectionCutError(Exception):
    """The connection ends without an answer."""


class ClientKilledError(BaseException):
    """The client dies at this call: no handler of its own sees it."""
