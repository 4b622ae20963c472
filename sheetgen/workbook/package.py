"""A workbook as a zip package: its parts and the relationships between them."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import DamagedFileError, EncryptedFileError, NotAReportError, UnreadableFileError
from sheetgen.workbook.markup import parse_markup

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ExpatError,
    LookupError,
    ValueError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: `kind` is the last word of its type, `target` a part name or an outside address."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of an open package, by name without a leading slash."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts = frozenset(archive.namelist())

    def infos(self) -> list[zipfile.ZipInfo]:
        """The parts as the archive lists them, in its order."""
        return self._archive.infolist()

    def read(self, part: str) -> bytes:
        """The bytes of a part."""
        return self._archive.read(part)

    def stream(self, part: str) -> IO[bytes]:
        """The part, to be read piece by piece."""
        return self._archive.open(part)

    def tree(self, part: str) -> Element:
        """The XML tree of a part, by local names."""
        return parse_markup(self.read(part))

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part by id; `""` is the package itself."""
        source = relations_part(part)
        if source not in self.parts:
            return {}
        found = (read_relation(element, part) for element in self.tree(source))
        return {relation.id: relation for relation in found}

    def related(self, part: str, kind: str) -> str | None:
        """The name of the first part of a kind that a part is related to."""
        return next((rel.target for rel in self.relations(part).values() if rel.kind == kind), None)


def relations_part(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def read_relation(element: Element, part: str) -> Relation:
    """A `Relationship` element of a part, its target resolved against the part's folder."""
    external = element.get("TargetMode") == "External"
    target = element.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target))).lstrip("/")
    return Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target, external)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package of a workbook file; every failure to read it, inside the block too, is an `InputError`.

    Raises `UnreadableFileError`, `EncryptedFileError`, `NotAReportError` or `DamagedFileError`.
    """
    _refuse_other_formats(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if any(info.flag_bits & 0x1 for info in archive.infolist()):
                raise EncryptedFileError(path=path)
            yield Package(archive)
    except OSError as error:
        raise UnreadableFileError(path=path, reason=system_clause(error)) from error
    except _DAMAGE as error:
        raise DamagedFileError(path=path, reason=_reason(error)) from error


def _refuse_other_formats(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(8)
            rest = file.read() if start == _OLE_MAGIC else b""
    except OSError as error:
        raise UnreadableFileError(path=path, reason=system_clause(error)) from error
    if _ENCRYPTED_STREAM in rest:
        raise EncryptedFileError(path=path)
    if start == _OLE_MAGIC:
        raise NotAReportError(path=path, problem=Clause("it is a workbook of Excel 97-2003 (.xls)."))
    if not start.startswith(b"PK"):
        problem = Clause("it is not an .xlsx workbook.") if start else Clause("the file is empty.")
        raise NotAReportError(path=path, problem=problem)


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return Clause("a part is missing: {part}", part=error.args[0])
    return str(error) or type(error).__name__
