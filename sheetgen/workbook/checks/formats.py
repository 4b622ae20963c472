"""Cell formats: the fonts, fills, borders and number formats they name exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sheetgen.workbook.checks.anatomy import Anatomy

FIRST_CUSTOM: Final = 164
"""Number formats below this one are built in."""

_LISTS: Final = {
    "fontId": "fonts/font",
    "fillId": "fills/fill",
    "borderId": "borders/border",
    "xfId": "cellStyleXfs/xf",
}


def check_formats(anatomy: Anatomy) -> Iterator[str]:
    """Problems of the workbook's cell formats."""
    styles = anatomy.shared("styles")
    if styles is None:
        return
    sizes = {key: len(styles.findall(path)) for key, path in _LISTS.items()}
    codes = {code.get("numFmtId", "") for code in styles.iterfind("numFmts/numFmt")}
    for index, cell in enumerate(styles.iterfind("cellXfs/xf")):
        for key, size in sizes.items():
            if int(cell.get(key, "0")) >= size:
                yield f"Cell format {index}: {key} {cell.get(key)} does not exist (there are {size})."
        number = cell.get("numFmtId", "0")
        if int(number) >= FIRST_CUSTOM and number not in codes:
            yield f"Cell format {index}: the number format {number} does not exist."
