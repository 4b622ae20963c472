"""The fast self-check of a finished workbook: would Excel open it without repair, and find every formula sound?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sheetgen.errors import DamagedFileError
from sheetgen.workbook.checks.anatomy import Anatomy, read_anatomy
from sheetgen.workbook.checks.cells import check_texts, scan_sheets
from sheetgen.workbook.checks.charts import check_charts
from sheetgen.workbook.checks.formats import check_formats
from sheetgen.workbook.checks.formulas import check_formulas
from sheetgen.workbook.checks.names import check_names, check_titles
from sheetgen.workbook.checks.order import check_order
from sheetgen.workbook.checks.parts import check_parts, check_sheet_references
from sheetgen.workbook.checks.rules import check_rules
from sheetgen.workbook.checks.tables import check_tables
from sheetgen.workbook.package import open_package

_CHECKS: Final[tuple[Callable[[Anatomy], Iterator[str]], ...]] = (
    check_titles,
    check_texts,
    check_formats,
    check_order,
    check_sheet_references,
    check_tables,
    check_names,
    check_formulas,
    check_rules,
    check_charts,
)


def check_package(path: Path) -> tuple[str, ...]:
    """What is wrong with a workbook file, one sentence each; empty where nothing is.

    A package that is broken as a whole gets no further than that. Raises `UnreadableFileError`, `EncryptedFileError`
    or `NotAReportError` for a file that is no workbook at all.
    """
    try:
        with open_package(path) as package:
            anatomy = read_anatomy(package)
            broken = (*anatomy.unreadable, *check_parts(anatomy))
            return broken or tuple(_problems(scan_sheets(anatomy)))
    except DamagedFileError as error:
        return (f"The file is damaged: {error.facts['reason']}.",)


def _problems(anatomy: Anatomy) -> Iterator[str]:
    for sheet in anatomy.sheets:
        yield from sheet.tally.sentences()
    for check in _CHECKS:
        yield from check(anatomy)
