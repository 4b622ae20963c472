"""What kind of file the bytes are, whatever the name says."""

from __future__ import annotations

import io
import zipfile
from enum import Enum
from pathlib import Path

from sheetgen.errors import DamagedFileError, EncryptedFileError, NotATableError

ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PARQUET = b"PAR1"

# What people send by mistake, by the first bytes.
FOREIGN = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive: unpack it first",
    b"BZh": "a bzip2 archive: unpack it first",
    b"7z\xbc\xaf": "a 7z archive: unpack it first",
    b"Rar!": "a RAR archive: unpack it first",
    b"PK\x05\x06": "an empty zip archive",
    b"{\\rtf": "an RTF document",
    b"SQLite format 3": "an SQLite database",
    b"Obj\x01": "an Avro file",
    b"ORC": "an ORC file",
    b"ARROW1": "an Arrow file",
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
        raise NotATableError(path=path, found="a web page or XML document, perhaps a login page saved by mistake")
    if start.startswith(JSON_STARTS):
        raise NotATableError(path=path, found="JSON")
    return Format.TEXT


def _zip_format(path: Path, data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise DamagedFileError(path=path, reason="the file breaks off before its end") from error
    if any(name.startswith("xl/") for name in names):
        return Format.XLSX
    raise NotATableError(path=path, found="a zip archive without an Excel workbook in it: unpack it first")


def _ole_error(path: Path, data: bytes) -> EncryptedFileError | NotATableError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedFileError(path=path)
    return NotATableError(path=path, found="an old Excel .xls workbook: save it as .xlsx first")
