"""The inner parts of XlsxWriter that bulk writing leans on; where one is missing, cells are written one by one."""

from __future__ import annotations

from functools import cache
from typing import Final

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

METHODS: Final = {
    Workbook: ("_get_packager",),
    Packager: ("_create_package", "_filename"),
    SharedStringTable: ("_get_shared_string_index",),
    Worksheet: (
        "_assemble_xml_file",
        "_check_dimensions",
        "_get_range_data",
        "_set_xml_writer",
        "_write_cell",
        "_write_row",
        "_write_rows",
        "_xml_end_tag",
    ),
}

ATTRIBUTES: Final = {
    Packager: ("filenames",),
    SharedStringTable: ("count",),
    Worksheet: ("comments", "dim_rowmax", "dim_rowmin", "fh", "row_info", "str_table", "table", "tables"),
}


@cache
def hooks_found() -> bool:
    """Whether this version of XlsxWriter has all of them."""
    return not missing_hooks()


def missing_hooks() -> list[str]:
    """The parts that this version of XlsxWriter lacks, as `Class.name`."""
    methods = [(owner, name) for owner, names in METHODS.items() for name in names if not hasattr(owner, name)]
    made = {owner: owner() for owner in ATTRIBUTES}
    attributes = [(owner, name) for owner in made for name in ATTRIBUTES[owner] if not hasattr(made[owner], name)]
    return [f"{owner.__name__}.{name}" for owner, name in (*methods, *attributes)]
