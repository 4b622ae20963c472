"""An OAuth client of the type Desktop app: with it a person lets sheetgen act for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sheetgen.clause import Clause
from sheetgen.errors import CredentialsError
from sheetgen.push.credentials.addresses import require_official
from sheetgen.push.credentials.way import three_ways

CREATE: Final = Clause(
    "In the Google Cloud console, Google Auth Platform, Clients, create one of the type Desktop app and download its "
    "JSON file."
)

BAD_CLIENT: Final = frozenset(
    {"invalid_client", "deleted_client", "disabled_client", "unauthorized_client", "org_internal"}
)
"""Refusals that every sign-in with the same client would meet."""


@dataclass(frozen=True)
class DesktopClient:
    """A client as its file, at `path`, describes it."""

    path: Path
    id: str
    secret: str = field(repr=False)


def read_desktop_client(path: Path, content: Mapping[str, Any]) -> DesktopClient | None:
    """The client in the content of a file; None where it holds credentials of another kind.

    Raises `CredentialsError` for a client of another type, a damaged one, or one that leads elsewhere than to Google.
    """
    if "web" in content:
        problem = Clause("this OAuth client is one of a web site.")
        raise CredentialsError(where=path, problem=problem, remedy=CREATE)
    if "installed" not in content:
        return None
    found = content["installed"]
    if not (isinstance(found, dict) and all(_is_text(found.get(name)) for name in ("client_id", "client_secret"))):
        problem = Clause("the credentials in it are incomplete or damaged.")
        raise CredentialsError(where=path, problem=problem, remedy=three_ways())
    require_official(path, found)
    return DesktopClient(path, found["client_id"], found["client_secret"])


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
