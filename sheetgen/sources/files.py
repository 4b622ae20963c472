"""Which files an input stands for: itself, those of a folder, or those that a pattern such as `exports/*.csv` fits."""

from __future__ import annotations

import glob
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from sheetgen.clause import Clause
from sheetgen.errors import OptionError, UnreadableFileError

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet"})
OWN_MARK = b"_sheetgen"
"""The tab of a report that tells it from an export."""


def find_files(inputs: Sequence[Path]) -> list[Path]:
    """The files of these inputs, those of a folder or pattern sorted by name, each once.

    A folder's hidden files, files of other kinds and reports of ours are left out.
    Raises `OptionError` without an input and `UnreadableFileError` for a folder or pattern without a file.
    """
    if not inputs:
        raise OptionError(option="INPUT", found="nothing", allowed=Clause("one or more files"))
    return list(dict.fromkeys(path for given in inputs for path in _expanded(given)))


def _expanded(given: Path) -> Iterator[Path]:
    if given.is_dir():
        found = sorted(path for path in given.iterdir() if _is_export(path))
        if not found:
            reason = Clause("it is a folder without a CSV, TSV, XLSX or Parquet file")
            raise UnreadableFileError(path=given, reason=reason)
        yield from found
    elif glob.has_magic(str(given)) and not given.exists():
        fixed = next(parent for parent in given.parents if not glob.has_magic(str(parent)))
        found = sorted(path for path in fixed.glob(str(given.relative_to(fixed))) if path.is_file())
        if not found:
            raise UnreadableFileError(path=given, reason=Clause("no file fits this pattern"))
        yield from found
    else:
        yield given


def _is_export(path: Path) -> bool:
    if not path.is_file() or path.suffix.lower() not in SUFFIXES or path.name.startswith((".", "~$")):
        return False
    return not _is_report(path)


def _is_report(path: Path) -> bool:
    if path.suffix.lower() != ".xlsx":
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return OWN_MARK in archive.read("xl/workbook.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
