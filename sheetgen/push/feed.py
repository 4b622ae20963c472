"""The columns that Looker Studio reads: a change that breaks reports on them is refused."""

from __future__ import annotations

from collections.abc import Mapping

from sheetgen.clause import Clause
from sheetgen.errors import FeedSchemaError
from sheetgen.render.sheets.looker import LOOKER_TABLES
from sheetgen.render.sheets.model import SheetsReport

Schema = Mapping[str, tuple[str, ...]]
"""Headers in order, by the key of their tab."""


def schema_of(report: SheetsReport) -> Schema:
    """The columns of the tabs that Looker Studio reads."""
    tables = [(tab.key, table) for tab in report.tabs for table in tab.tables if tab.key in LOOKER_TABLES]
    return {key: tuple(column.header for column in table.columns) for key, table in tables}


def require_stable(before: Schema, after: Schema) -> None:
    """Refuse a schema that lacks a tab or a column, or has one in another place; more columns at the end are fine.

    Raises `FeedSchemaError`.
    """
    for tab, headers in before.items():
        if tab not in after:
            raise FeedSchemaError(tab=tab, problem=Clause("the data no longer fill this tab"))
        for i, header in enumerate(headers):
            if header not in after[tab]:
                raise FeedSchemaError(tab=tab, problem=Clause("the column {header} goes", header=header))
            if after[tab][i] != header:
                raise FeedSchemaError(tab=tab, problem=Clause("the column {header} moves", header=header))
