"""Writing a file whole or not at all: beside its place first, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sheetgen.errors import OutputError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`, which takes its place when the block ends well and is removed otherwise.

    Raises `OutputError` where the folder or the file cannot be written, such as a workbook open in Excel.
    """
    temporary = _reserve(path)
    try:
        yield temporary
        _rename(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _reserve(path: Path) -> Path:
    if path.is_dir():
        raise OutputError(path=path, reason="it is a folder")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not os.access(path, os.W_OK):
            raise OutputError(path=path, reason="it is write-protected")
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise OutputError(path=path, reason=error.strerror or error) from error
    os.close(handle)
    return Path(name)


def _rename(temporary: Path, path: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    try:
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except PermissionError as error:
        raise OutputError(path=path, reason="it is open in another program, or not yours to write") from error
    except OSError as error:
        raise OutputError(path=path, reason=error.strerror or error) from error
