"""Writing a file whole or not at all: beside its place first, then renamed."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import OutputError
from sheetgen.interrupts import uninterrupted


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`, which takes its place when the block ends well and is removed otherwise.

    Raises `OutputError` where the folder or the file cannot be written: a full disk, a workbook open in Excel.
    """
    target = path.resolve()
    temporary = None
    try:
        with uninterrupted():
            temporary = _reserve(path, target)
        yield temporary
        _rename(temporary, path, target)
    except OSError as error:
        raise OutputError(path=path, reason=system_clause(error)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def remove_leftovers(path: Path, process: int) -> None:
    """Remove what a process, by its number, left beside `path` when it was ended while it wrote."""
    target = path.resolve()
    for left in target.parent.glob(f"{glob.escape(_prefix(target, process))}*"):
        left.unlink(missing_ok=True)


def _prefix(target: Path, process: int) -> str:
    return f".{target.stem[:100]}-{process}-"


def _reserve(path: Path, target: Path) -> Path:
    try:
        if target.exists() and not target.is_file():
            reason = Clause("it is a folder") if target.is_dir() else Clause("it is not an ordinary file")
            raise OutputError(path=path, reason=reason)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError(path=path, reason=Clause("it is write-protected"))
        handle, name = tempfile.mkstemp(prefix=_prefix(target, os.getpid()), suffix=target.suffix, dir=target.parent)
    except OSError as error:
        raise OutputError(path=path, reason=system_clause(error)) from error
    os.close(handle)
    return Path(name)


def _rename(temporary: Path, path: Path, target: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    try:
        temporary.chmod(0o666 & ~mask)
        temporary.replace(target)
    except PermissionError as error:
        reason = Clause("it is open in another program, or not yours to write")
        raise OutputError(path=path, reason=reason) from error
