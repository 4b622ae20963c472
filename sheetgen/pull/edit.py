"""Edits as they are pulled: each says which campaign and column, or which input, and what was there before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from sheetgen.clause import Clause
from sheetgen.inputs import Setting
from sheetgen.pull.content import COLUMNS, Content, content_of_input, written
from sheetgen.values import Value


class EditKind(Enum):
    """What was edited: a campaign's cell, an input, a campaign added or deleted, or a formula typed over."""

    CAMPAIGN = "campaign"
    ADDED = "added"
    DELETED = "deleted"
    INPUT = "input"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class PulledEdit:
    """One edit. `column` is a header, an input's defined name, or the place of a formula, such as `Overview!C5`.

    An added campaign has one edit for each of its values, a deleted one a single edit without a column. `row` is where
    the edit was read, from 1 on: the row of the tab, 0 for an input, or the line of a file of edits.
    """

    kind: EditKind
    campaign_id: str
    campaign_name: str
    column: str
    before: Value
    after: Value
    content: Content
    row: int

    @property
    def written_before(self) -> str:
        """The value before, as text."""
        return written(self.before, self.content)

    @property
    def written_after(self) -> str:
        """The value after, as text."""
        return written(self.after, self.content)


@dataclass(frozen=True)
class Pulled:
    """All edits of a report, and sentences about what could not be told as one."""

    edits: tuple[PulledEdit, ...]
    notices: tuple[Clause, ...] = ()


def content_of(kind: EditKind, column: str, settings: Sequence[Setting]) -> Content:
    """What an edited cell is meant to hold; that of a typed-over formula is a number if it looks like one."""
    if kind is EditKind.INPUT:
        return content_of_input(column, settings)
    return COLUMNS.get(column, Content.NUMBER if kind is EditKind.FORMULA else Content.TEXT)
