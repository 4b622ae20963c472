"""Where sign-ins are kept: a file for each client, for nobody else on this computer."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import CredentialsError

PREFIX: Final = "google-"
SUFFIX: Final = ".json"
ANEW: Final = Clause("Run sheetgen logout, then the same command, and sign in again.")


def config_folder() -> Path:
    """The folder in which this system's programs keep what is the user's, for sheetgen."""
    home, named = Path("~").expanduser(), Path(os.environ.get("XDG_CONFIG_HOME", ""))
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "sheetgen"
    if named.is_absolute():
        return named / "sheetgen"
    return home / ("Library/Application Support" if sys.platform == "darwin" else ".config") / "sheetgen"


@dataclass(frozen=True)
class Store:
    """The refresh tokens of those who signed in, by client: files of mode 0600 in a folder of mode 0700."""

    folder: Path = field(default_factory=config_folder)

    def paths(self) -> list[Path]:
        """The files of all sign-ins."""
        return sorted(self.folder.glob(f"{PREFIX}*{SUFFIX}"))

    def path(self, client_id: str) -> Path:
        """Where the sign-in of a client is kept, if it is."""
        return self.folder / f"{PREFIX}{hashlib.sha256(client_id.encode()).hexdigest()[:32]}{SUFFIX}"

    def load(self, client_id: str) -> str | None:
        """The refresh token of a client's sign-in, None where nobody is signed in.

        Raises `CredentialsError` for one that others could read or have put there.
        """
        path = self.path(client_id)
        try:
            return _token(_read_own(path))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            problem = Clause("cannot be read ({reason}).", reason=system_clause(error))
            raise CredentialsError(where=path, problem=problem, remedy=ANEW) from error

    def save(self, client_id: str, refresh_token: str) -> None:
        """Keep a sign-in in the place of an earlier one; raises `OSError` where that cannot be."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        # For nobody else from the start.
        handle, name = tempfile.mkstemp(prefix=".", dir=self.folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"client_id": client_id, "refresh_token": refresh_token}, file)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path(client_id))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def empty(self) -> Iterator[str | None]:
        """Forget all sign-ins, one after the other: their refresh tokens, None where there is none to be read.

        Raises `CredentialsError` for one that cannot be removed.
        """
        for path in self.paths():
            token = None
            try:
                with suppress(PermissionError):
                    token = _token(path.read_bytes())
                path.unlink()
            except OSError as error:
                problem = Clause("cannot be removed ({reason}).", reason=system_clause(error))
                raise CredentialsError(where=path, problem=problem, remedy=Clause("Delete it yourself.")) from error
            yield token


def _read_own(path: Path) -> bytes:
    """The content of a file that is the user's alone; raises `CredentialsError` for another."""
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
        state = os.fstat(file.fileno())
        if os.name == "posix" and (state.st_uid != os.geteuid() or stat.S_IMODE(state.st_mode) & 0o077):
            problem = Clause("others on this computer could read or change this sign-in.")
            raise CredentialsError(where=path, problem=problem, remedy=ANEW)
        return file.read()


def _token(content: bytes) -> str | None:
    """The refresh token in a file's content; None in a damaged one."""
    try:
        found = json.loads(content)["refresh_token"]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None
