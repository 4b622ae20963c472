"""Edits of campaigns, put into the campaigns of an export: each with a line of the ledger, none silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sheetgen.analysis.serials import from_serials
from sheetgen.clause import Clause
from sheetgen.dataset import Dataset
from sheetgen.errors import EmptyFileError
from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME, LOCK, PLANNED_BUDGET, SCENARIO_BUDGET, START_DATE, Kind
from sheetgen.ledger import Ledger, LedgerLine
from sheetgen.pull import remarks
from sheetgen.pull.content import COLUMNS, DATA_FIELDS, Content, agree, written
from sheetgen.pull.edit import EditKind, PulledEdit
from sheetgen.pull.edits_csv import EditsFile
from sheetgen.report.baseline import column_values
from sheetgen.sources.remarks import Remark
from sheetgen.values import Value


def edit_campaigns(data: Dataset, edits: EditsFile) -> Dataset:
    """The dataset with the edits of its campaigns, and their lines in its ledger.

    The days and hours of a deleted campaign go with it. Raises `EmptyFileError` where no campaign is left.
    """
    wanted = [edit for edit in edits.edits if edit.kind is not EditKind.INPUT]
    if not wanted:
        return data
    campaigns = _Campaigns(data.campaigns, edits.name)
    for edit in wanted:
        campaigns.edit(edit)
    if not campaigns.lines:
        return data
    frame = campaigns.frame()
    if frame.empty:
        raise EmptyFileError(path=edits.name, found=Clause("its edits delete every campaign"))
    kept = frame[CAMPAIGN_ID.header]
    daily, hours = (None if rows is None else _kept(rows, kept) for rows in (data.daily, data.hours))
    return replace(data, campaigns=frame, daily=daily, hours=hours, ledger=with_lines(data.ledger, campaigns.lines))


def with_lines(ledger: Ledger, lines: Sequence[LedgerLine]) -> Ledger:
    """The ledger with more lines at its end."""
    return replace(ledger, lines=(*ledger.lines, *lines))


def merged(now: Value, edit: PulledEdit) -> Remark:
    """What becomes of an edit where the value is `now` what it is."""
    if agree(now, edit.after):
        return remarks.IN_EXPORT
    return remarks.APPLIED if agree(now, edit.before) else remarks.APPLIED_OVER_CHANGE


def line_of(remark: Remark, edit: PulledEdit, file: str, now: str = "") -> LedgerLine:
    """The ledger's line about an edit; `now` is what was there without it."""
    before = now
    if remark is remarks.APPLIED_OVER_CHANGE:
        before = Clause("{now} ({before} when it was edited)", now=now, before=edit.written_before)
    return remark.line(file, edit.row, edit.column, before, edit.written_after)


def _kept(rows: pd.DataFrame, campaigns: pd.Series) -> pd.DataFrame:
    """The rows of those campaigns: the same rows where none is left out."""
    is_kept = rows[CAMPAIGN_ID.header].isin(campaigns)
    return rows if is_kept.all() else rows[is_kept].reset_index(drop=True)


class _Campaigns:
    """The campaigns while they are edited, by columns, and the lines about it."""

    def __init__(self, rows: pd.DataFrame, file: str) -> None:
        self.file = file
        self.dates = rows.dtypes[START_DATE.header]
        self.columns = column_values(rows, DATA_FIELDS)
        for field in (LOCK, SCENARIO_BUDGET):
            self.columns.setdefault(field.header, [None] * len(rows))
        self.lines: list[LedgerLine] = []
        self.deleted: set[int] = set()
        self.added: set[int] = set()
        self.by_id = {key: place for place, key in enumerate(self.columns[CAMPAIGN_ID.header])}
        self.by_name: dict[Value, list[int]] = {}
        for place, name in enumerate(self.columns[CAMPAIGN_NAME.header]):
            self.by_name.setdefault(name, []).append(place)

    def edit(self, edit: PulledEdit) -> None:
        """Put an edit in, or say why not."""
        place = self._place(edit)
        if edit.kind is EditKind.FORMULA:
            self._tell(remarks.FORMULA_EDITED, edit)
        elif place is None and edit.kind is not EditKind.ADDED:
            self._tell(remarks.NO_CAMPAIGN, edit, edit.campaign_name)
        elif edit.kind is EditKind.DELETED and place is not None:
            self.deleted.add(place)
            self.lines.append(remarks.DELETED.line(self.file, edit.row, CAMPAIGN_NAME.header, edit.campaign_name))
        elif edit.column not in self.columns:
            self._tell(remarks.NO_COLUMN, edit)
        elif not _is_allowed(edit):
            self._tell(remarks.NO_VALUE, edit)
        else:
            self._set(self._add(edit) if place is None else place, edit)

    def frame(self) -> pd.DataFrame:
        """The campaigns as they are now; columns of the reader's own only where something is in them."""
        kept = [place for place in range(len(self.columns[CAMPAIGN_ID.header])) if place not in self.deleted]
        frame = {}
        for field in DATA_FIELDS:
            values = [self.columns[field.header][place] for place in kept] if field.header in self.columns else []
            if field not in (LOCK, SCENARIO_BUDGET, PLANNED_BUDGET) or any(value is not None for value in values):
                frame[field.header] = self._series(field.kind, values)
        return pd.DataFrame(frame)

    def _series(self, kind: Kind, values: list[Value]) -> pd.Series:
        if kind is Kind.TEXT:
            return pd.Series(values, dtype=object)
        numbers = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        return from_serials(numbers).astype(self.dates) if kind is Kind.DATE else pd.Series(numbers)

    def _place(self, edit: PulledEdit) -> int | None:
        """The campaign of an edit: that of its ID, else the only one of its name."""
        if edit.campaign_id in self.by_id:
            return self.by_id[edit.campaign_id]
        named = self.by_name.get(edit.campaign_name, []) if edit.campaign_name else []
        return named[0] if len(named) == 1 else None

    def _add(self, edit: PulledEdit) -> int:
        key = edit.campaign_id or edit.campaign_name
        place = len(self.columns[CAMPAIGN_ID.header])
        for values in self.columns.values():
            values.append(None)
        self.columns[CAMPAIGN_ID.header][place] = key
        self.by_id[key] = place
        self.by_name.setdefault(edit.campaign_name, []).append(place)
        self.added.add(place)
        name = edit.campaign_name or key
        self.lines.append(remarks.ADDED.line(self.file, edit.row, CAMPAIGN_NAME.header, "", name))
        return place

    def _set(self, place: int, edit: PulledEdit) -> None:
        values = self.columns[edit.column]
        now = values[place]
        if edit.column == CAMPAIGN_ID.header:
            if not agree(now, edit.after):
                self._tell(remarks.KEY_EDITED, edit, str(now))
            return
        self._tell(merged(now, edit), edit, written(now, COLUMNS[edit.column]))
        values[place] = edit.after

    def _tell(self, remark: Remark, edit: PulledEdit, now: str = "") -> None:
        self.lines.append(line_of(remark, edit, self.file, now))


def _is_allowed(edit: PulledEdit) -> bool:
    """Whether a campaign's column can hold what was typed: no negative number, no word for a number or a date."""
    if edit.content is Content.TEXT or edit.after is None:
        return True
    return isinstance(edit.after, float | int) and edit.after >= 0
