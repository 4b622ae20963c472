"""The zip file of a workbook, its parts deflated in a thread while the next text is made."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

try:
    from zlib_ng import zlib_ng as deflater
except ImportError:  # No wheel for this machine: the same in twice the time.
    import zlib as deflater  # type: ignore[no-redef]

LEVEL: Final = 6
"""Less than the usual 6 makes files that are half as large again: formulas repeat at distances it does not search."""

RAW: Final = -15
"""Deflate without a header of its own, as zip files hold it."""

MADE: Final = (1980, 1, 31, 0, 0, 0)
"""When each part was made: the same report gives the same bytes."""

MOST_WAITING: Final = 4
"""Pieces of text that wait for the thread; more would only take memory."""


class Archive:
    """A zip file being written: `open` a part, `write` its bytes, go on with the next.

    Raises `OSError` where the file cannot be written, for a piece handed over earlier too, and `LargeZipFile`.
    """

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=LEVEL)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="deflate")
        self._waiting: deque[Future[None]] = deque()
        # Before the first part there is one that goes nowhere.
        self._part: IO[bytes] = BytesIO()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._hand_over(self._finish)
                self._wait(0)
        finally:
            self._thread.shutdown(cancel_futures=True)
            self._close()

    def open(self, name: str, size: int) -> None:
        """Begin a part that will have at most about `size` bytes, 0 for few."""
        self._hand_over(self._begin, name, size)

    def write(self, data: bytes | memoryview) -> None:
        """Add bytes to the part begun last; they must not change afterwards."""
        self._hand_over(self._add, data)

    def _hand_over(self, job: Callable[..., None], *facts: Any) -> None:
        self._waiting.append(self._thread.submit(job, *facts))
        self._wait(MOST_WAITING)

    def _wait(self, most: int) -> None:
        while len(self._waiting) > most:
            self._waiting.popleft().result()

    def _begin(self, name: str, size: int) -> None:
        self._finish()
        info = ZipInfo(name, MADE)
        info.compress_type = ZIP_DEFLATED
        # Beyond 2 GB a part needs ZIP64, which must be said before its first byte; elsewhere Excel dislikes it.
        info.file_size = size
        self._part = self._zip.open(info, "w")
        if hasattr(self._part, "_compressor"):
            # Python's zip files have no other way to be given a deflater.
            self._part._compressor = deflater.compressobj(LEVEL, deflater.DEFLATED, RAW)

    def _add(self, data: bytes | memoryview) -> None:
        self._part.write(data)

    def _finish(self) -> None:
        self._part.close()

    def _close(self) -> None:
        try:
            self._finish()
        finally:
            self._zip.close()
