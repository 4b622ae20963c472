"""What kind of file the bytes are, whatever the name says."""

from __future__ import annotations

import io
import zipfile
from enum import Enum
from pathlib import Path

from sheetgen.clause import Clause
from sheetgen.errors import DamagedFileError, EncryptedFileError, NotATableError

ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PARQUET = b"PAR1"

# What people send by mistake, by the first bytes.
FOREIGN = {
    b"%PDF": Clause("a PDF document"),
    b"\x89PNG": Clause("a PNG picture"),
    b"\xff\xd8\xff": Clause("a JPEG picture"),
    b"GIF8": Clause("a GIF picture"),
    b"\x1f\x8b": Clause("a gzip archive: unpack it first"),
    b"BZh": Clause("a bzip2 archive: unpack it first"),
    b"7z\xbc\xaf": Clause("a 7z archive: unpack it first"),
    b"Rar!": Clause("a RAR archive: unpack it first"),
    b"PK\x05\x06": Clause("an empty zip archive"),
    b"{\\rtf": Clause("an RTF document"),
    b"SQLite format 3": Clause("an SQLite database"),
    b"Obj\x01": Clause("an Avro file"),
    b"ORC": Clause("an ORC file"),
    b"ARROW1": Clause("an Arrow file"),
}
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg")
JSON_STARTS = (b'{"', b"{'", b"[{", b"[[", b"{\n", b"{\r", b"{ ")


class Format(Enum):
    """The formats we read."""

    TEXT = "text"
    XLSX = "xlsx"
    PARQUET = "parquet"


def recognise_format(path: Path, data: bytes) -> Format:
    """The format of these bytes.

    Raises `NotATableError`, `DamagedFileError` or `EncryptedFileError` for what we cannot read.
    """
    if data.startswith(ZIP):
        return _zip_format(path, data)
    if data.startswith(OLE):
        raise _ole_error(path, data)
    if data.startswith(PARQUET):
        return Format.PARQUET
    for magic, found in FOREIGN.items():
        if data.startswith(magic):
            raise NotATableError(path=path, found=found)
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(MARKUP):
        found = Clause("a web page or XML document, perhaps a login page saved by mistake")
        raise NotATableError(path=path, found=found)
    if start.startswith(JSON_STARTS):
        raise NotATableError(path=path, found="JSON")
    return Format.TEXT


def _zip_format(path: Path, data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise DamagedFileError(path=path, reason=Clause("the file breaks off before its end")) from error
    if any(name.startswith("xl/") for name in names):
        return Format.XLSX
    found = Clause("a zip archive without an Excel workbook in it: unpack it first")
    raise NotATableError(path=path, found=found)


def _ole_error(path: Path, data: bytes) -> EncryptedFileError | NotATableError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedFileError(path=path)
    return NotATableError(path=path, found=Clause("an old Excel .xls workbook: save it as .xlsx first"))
