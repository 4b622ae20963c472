"""What Google's sign-in says when it refuses."""

from __future__ import annotations

from google.auth.exceptions import RefreshError

from sheetgen.redaction import without_secrets


def refusal(error: RefreshError) -> str:
    """What the token endpoint says, without the answer it comes from."""
    return without_secrets(str(error.args[0])) if error.args else type(error).__name__


def refusal_code(error: RefreshError) -> str:
    """The OAuth error code, such as `invalid_grant`; empty where there is none."""
    answer = error.args[1] if len(error.args) > 1 else None
    return str(answer.get("error", "")) if isinstance(answer, dict) else ""
