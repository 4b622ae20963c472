"""Places inside specs of the API: a tab goes by its key until the ID of its sheet is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
"""An object of the API; its leaves may be places, which `resolve` turns into what Google reads."""


@dataclass(frozen=True, slots=True)
class Range:
    """Cells of a tab: 0-based rows and columns, the ends excluded."""

    tab: str
    row: int
    column: int
    end_row: int
    end_column: int


@dataclass(frozen=True, slots=True)
class SheetOf:
    """The ID of a tab's sheet."""

    tab: str


@dataclass(frozen=True, slots=True)
class LinkTo:
    """The address that a click follows to a tab."""

    tab: str


class Plain(list[Json]):
    """Objects without a place in them, such as the many rows of a table: `resolve` does not look inside."""


def resolve(part: Any, sheets: Mapping[str, int]) -> Any:
    """The spec with every place written out; `sheets` are sheet IDs by the key of the tab."""
    match part:
        case Range(tab, row, column, end_row, end_column):
            return {
                "sheetId": sheets[tab],
                "startRowIndex": row,
                "endRowIndex": end_row,
                "startColumnIndex": column,
                "endColumnIndex": end_column,
            }
        case SheetOf(tab):
            return sheets[tab]
        case LinkTo(tab):
            return f"#gid={sheets[tab]}"
        case Plain():
            return part
        case dict():
            return {key: resolve(value, sheets) for key, value in part.items()}
        case list() | tuple():
            return [resolve(value, sheets) for value in part]
        case _:
            return part
