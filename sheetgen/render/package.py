"""XlsxWriter's package of parts, each sent to the zip file as it is made instead of to a temporary file."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook

from sheetgen.render.archive import Archive

SHARED_TEXTS: Final = "xl/sharedStrings.xml"
MOST_TEXT: Final = 1_000_000
"""Characters of a part that are kept; Python takes four bytes for each."""


class Part(StringIO):
    """A part being written: text as XlsxWriter gives it, and between it bytes that are UTF-8 already."""

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__()
        self._archive = archive
        self._name = name
        self._begun = False

    def begin(self, size: int = 0) -> None:
        """Begin the part in the archive, unless that is done; it will have at most about `size` bytes, 0 for few."""
        if not self._begun:
            self._archive.open(self._name, size)
            self._begun = True

    def send(self, data: bytes | memoryview) -> None:
        """Add bytes after the text so far."""
        self.send_text()
        self._archive.write(data)

    def send_text(self) -> None:
        """Hand over the text so far."""
        self.begin()
        if text := self.getvalue():
            self._archive.write(text.encode())
            self.seek(0)
            self.truncate()


class LongPart(Part):
    """A part whose text is handed over before all of it is there."""

    def write(self, text: str) -> int:
        """Add text."""
        written = super().write(text)
        if self.tell() > MOST_TEXT:
            self.send_text()
        return written


class StreamedWorkbook(Workbook):  # type: ignore[misc]
    """A workbook that writes its parts to `path` one after the other when it is closed.

    XlsxWriter itself would write the zip file only when all parts are on the disk.
    """

    def __init__(self, path: Path) -> None:
        # XlsxWriter's own zip file stays empty, in memory.
        super().__init__(BytesIO(), {"in_memory": True})
        self._path = path

    def _get_packager(self) -> Packager:
        return StreamedPackager(self._path)


class StreamedPackager(Packager):  # type: ignore[misc]
    """Gives XlsxWriter a `Part` where it asks for the file of one, and has nothing left to be zipped."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._archive: Archive
        self._part: Part | None = None

    def _create_package(self) -> list[object]:
        with Archive(self._path) as self._archive:
            super()._create_package()
            self._end_part()
            for content, name, _ in self.filenames:
                self._archive.open(name, 0)
                self._archive.write(content.getvalue())
        return []

    def _filename(self, xml_filename: str) -> Part:
        self._end_part()
        # To look at the length after each piece of text takes time, so only where there may be much of it.
        kind = LongPart if xml_filename == SHARED_TEXTS else Part
        self._part = kind(self._archive, xml_filename)
        return self._part

    def _end_part(self) -> None:
        if self._part is not None:
            self._part.send_text()
