"""Secrets in texts of others: what must never be shown."""

from __future__ import annotations

import re
from typing import Final

_SECRET: Final = re.compile(
    r"ya29\.[\w.-]+|1//[\w-]{20,}|4/[\w-]{20,}|GOCSPX-[\w-]+|-----BEGIN[^-]*PRIVATE KEY-----.*"
    r"|(?<=code=)[^&\s'\")]+|(?<=code_verifier=)[^&\s'\")]+",
    re.DOTALL,
)
"""Access tokens, refresh tokens, sign-in codes (bare or in an address), client secrets and private keys."""


def without_secrets(text: str) -> str:
    """The text with `…` for each secret in it, as Google forms them."""
    return _SECRET.sub("…", text)
