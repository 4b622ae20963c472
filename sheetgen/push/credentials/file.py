"""A file of credentials: JSON as Google hands it out, for its owner only."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import CredentialsError
from sheetgen.push.credentials.way import three_ways


def read_credentials(path: Path) -> dict[str, Any]:
    """The JSON object in a file.

    Raises `CredentialsError` for a file that cannot be read, or holds something else.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        problem = Clause("cannot be read ({reason}).", reason=system_clause(error))
        raise CredentialsError(where=path, problem=problem, remedy=three_ways()) from error
    except ValueError as error:
        problem = Clause("this is no JSON file of credentials.")
        raise CredentialsError(where=path, problem=problem, remedy=three_ways()) from error
    if not isinstance(content, dict):
        problem = Clause("this is no JSON file of credentials.")
        raise CredentialsError(where=path, problem=problem, remedy=three_ways())
    return content


def exposure(path: Path) -> tuple[Clause, ...]:
    """A warning where others on this computer can read the file."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return (Clause("{path}: others on this computer can read this key. Run: chmod 600 {path}", path=path),)
    return ()
