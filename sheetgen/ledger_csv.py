"""The whole ledger as a CSV file: every line, in the reader's language, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sheetgen.clause import Clause
from sheetgen.errors import OptionError
from sheetgen.language import Language
from sheetgen.ledger import Ledger
from sheetgen.output import whole_file

SUFFIX: Final = ".csv"
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def write_ledger(ledger: Ledger, path: Path, language: Language) -> None:
    """Write every line of the ledger, as UTF-8 with a mark so that Excel reads its accents.

    Raises `OptionError` for a name that is no CSV file's, `OutputError` where the file cannot be written.
    """
    require_csv(path, "--ledger")
    with whole_file(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_headers(language))
        rows.writerows(_rows(ledger, language))


def require_csv(path: Path, option: str) -> None:
    """Raise `OptionError` for a name that is no CSV file's, given for that option."""
    if path.suffix.lower() != SUFFIX:
        raise OptionError(option=option, found=path.name, allowed=Clause("a file name that ends in .csv"))


def escaped(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _headers(language: Language) -> Sequence[str]:
    names = ("Code", "Severity", "File", "Row", "Field", "Before", "After", "Spend", "Explanation")
    return [language(name) for name in names]


def _rows(ledger: Ledger, language: Language) -> Iterator[Sequence[str | float]]:
    for place, line in enumerate(ledger.lines):
        spend = ledger.spend_of(place)
        yield (
            line.code,
            language(line.severity.value),
            escaped(line.file),
            line.row or "",
            escaped(language(line.field)) if line.field else "",
            escaped(language.clause(line.before)),
            escaped(language.clause(line.after)),
            "" if spend is None else spend,
            language.ledger(line),
        )
