"""What Google's sign-in says when it refuses."""

from __future__ import annotations

from typing import Final

from google.auth.exceptions import GoogleAuthError

from sheetgen.redaction import without_secrets

LONGEST: Final = 300
"""Characters: a gateway may answer with a whole page."""


def refusal(error: GoogleAuthError) -> str:
    """What the token endpoint says in a line, without the answer it comes from."""
    text = " ".join(str(error.args[0]).split()) if error.args else type(error).__name__
    return without_secrets(text)[:LONGEST]


def refusal_code(error: GoogleAuthError) -> str:
    """The OAuth error code, such as `invalid_grant`; empty where there is none."""
    answer = error.args[1] if len(error.args) > 1 else None
    return str(answer.get("error", "")) if isinstance(answer, dict) else ""
