"""Edits of inputs, put over what a new report proposes: each with a line of the ledger."""

from __future__ import annotations

from sheetgen.inputs import Inputs
from sheetgen.ledger import LedgerLine
from sheetgen.pull import remarks
from sheetgen.pull.campaigns import line_of, merged
from sheetgen.pull.content import Content, written
from sheetgen.pull.edit import EditKind, PulledEdit
from sheetgen.pull.edits_csv import EditsFile
from sheetgen.values import Value


def edit_inputs(proposed: Inputs, edits: EditsFile) -> tuple[Inputs, tuple[LedgerLine, ...]]:
    """The inputs with the edits of a file, and the ledger's lines about them."""
    values = dict(proposed.values)
    lines = tuple(_edit(values, edit, edits.name) for edit in edits.edits if edit.kind is EditKind.INPUT)
    return Inputs(values), lines


def _edit(values: dict[str, Value], edit: PulledEdit, file: str) -> LedgerLine:
    if edit.column not in values:
        return line_of(remarks.NO_COLUMN, edit, file)
    now = values[edit.column]
    if edit.content is not Content.TEXT and isinstance(edit.after, str):
        return line_of(remarks.NO_VALUE, edit, file, written(now, edit.content))
    values[edit.column] = edit.after
    return line_of(merged(now, edit), edit, file, written(now, edit.content))
