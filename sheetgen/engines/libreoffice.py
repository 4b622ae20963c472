"""The engine of an installed LibreOffice: a second opinion, in a process and a profile of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sheetgen.clause import Clause, system_clause
from sheetgen.engines.base import Recalculated
from sheetgen.errors import EngineError, EngineTimeoutError
from sheetgen.interrupts import uninterrupted
from sheetgen.workbook.cells import formula_places, read_values
from sheetgen.workbook.edit import Edit, edit_book
from sheetgen.workbook.place import Place

_COMMANDS: Final = ("soffice", "libreoffice")
_USUAL_PLACES: Final = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)

# By default LibreOffice shows the cached values of a file that another program saved; 0 is "always recalculate".
_SETTINGS: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
FORMULAS_PER_SECOND: Final = 1_000
"""Of a slow machine."""

_PROFILE_MADE: Final = 81
"""Exit code of a first start that only set its profile up."""


def find_soffice() -> Path | None:
    """LibreOffice's command: on the PATH, or where its installers put it; None where there is none."""
    for command in _COMMANDS:
        if found := shutil.which(command):
            return Path(found)
    for pattern in map(Path, _USUAL_PLACES):
        root = Path(pattern.anchor)
        if pattern.is_absolute() and (places := sorted(root.glob(str(pattern.relative_to(root))))):
            return places[-1]
    return None


class LibreOfficeEngine:
    """Recalculates by converting a copy of the workbook.

    `seconds` is how long a conversion may take, one more allowed for every 1,000 formulas.
    """

    name = "libreoffice"
    most = None

    def __init__(self, soffice: Path, seconds: float = 600) -> None:
        self._soffice = soffice
        self._seconds = seconds

    def recalculate(
        self, path: Path, edits: Sequence[Edit] = (), places: Sequence[Place] | None = None
    ) -> Recalculated:
        """All formula cells as they are after the edits.

        Raises `EngineError`, or what `read_book` raises.
        """
        places = formula_places(path) if places is None else places
        with tempfile.TemporaryDirectory(prefix="sheetgen-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder).resolve() / "book.xlsx"
            edit_book(path, edits, copy)
            return _read(self._converted(copy, self._seconds + len(places) // FORMULAS_PER_SECOND), places)

    def _converted(self, book: Path, seconds: float) -> Path:
        """The workbook as LibreOffice saves it after recalculating."""
        settings = book.parent / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        code, talk = self._run(book, seconds)
        if code == _PROFILE_MADE:
            code, talk = self._run(book, seconds)
        result = book.parent / "out" / book.name
        if code != 0 or not result.exists():
            reason = Clause("soffice ended with code {code}: {talk}", code=code, talk=talk or Clause("no message"))
            raise EngineError(engine=self.name, reason=reason)
        return result

    def _run(self, book: Path, seconds: float) -> tuple[int, str]:
        profile = (book.parent / "profile").as_uri()
        command = [str(self._soffice), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo"]
        command += ["--convert-to", "xlsx", "--outdir", str(book.parent / "out"), str(book)]
        process = None
        try:
            with uninterrupted():
                process = _started(command, book.parent)
            talk, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise EngineTimeoutError(engine=self.name, seconds=f"{seconds:g}") from error
        except OSError as error:
            reason = Clause("{place}: {reason}", place=self._soffice, reason=system_clause(error))
            raise EngineError(engine=self.name, reason=reason) from error
        finally:
            if process is not None:
                _stop(process)
        return process.returncode, talk.decode(errors="replace").strip()


def _started(command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    """The command at work; what it writes for itself goes to the folder too."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "TMPDIR": str(folder)},
        start_new_session=True,
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the command with the processes it started: the command itself is only a launcher."""
    with uninterrupted(), process:
        if process.poll() is not None:
            return
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _read(path: Path, places: Sequence[Place]) -> Recalculated:
    values = read_values(path, places)
    lost = Clause("the cell is missing from what LibreOffice saved")
    return Recalculated(values, {place: lost for place in places if place not in values})
