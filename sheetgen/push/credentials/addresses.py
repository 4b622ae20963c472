"""Google's addresses for signing in: the only ones that secrets are sent to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sheetgen.clause import Clause
from sheetgen.errors import CredentialsError

AUTH_ADDRESS: Final = "https://accounts.google.com/o/oauth2/auth"
TOKEN_ADDRESS: Final = "https://oauth2.googleapis.com/token"
REVOKE_ADDRESS: Final = "https://oauth2.googleapis.com/revoke"

OFFICIAL: Final = {
    "auth_uri": (AUTH_ADDRESS, "https://accounts.google.com/o/oauth2/v2/auth"),
    "token_uri": (
        TOKEN_ADDRESS,
        "https://accounts.google.com/o/oauth2/token",
        "https://www.googleapis.com/oauth2/v3/token",
        "https://www.googleapis.com/oauth2/v4/token",
    ),
}
"""What files of Google's, old ones too, have for their addresses; one with another could be made to steal secrets."""


def require_official(path: Path, content: Mapping[str, Any]) -> None:
    """Check that a file of credentials names no address but Google's.

    Raises `CredentialsError`.
    """
    for name, allowed in OFFICIAL.items():
        address = content.get(name, allowed[0])
        if address not in allowed:
            problem = Clause("it would send the key to {address}, which is not Google.", address=address)
            raise CredentialsError(where=path, problem=problem, remedy=Clause("Download the key from Google again."))
