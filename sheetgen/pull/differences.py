"""The edits of campaigns and inputs: what a report holds now against what it was made with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sheetgen.clause import Clause
from sheetgen.compare import relative_difference
from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME
from sheetgen.inputs import Setting
from sheetgen.pull.content import COLUMNS, agree, content_of_input
from sheetgen.pull.edit import EditKind, Pulled, PulledEdit
from sheetgen.pull.held import Held
from sheetgen.pull.match import Pair, pair_campaigns
from sheetgen.report.baseline import Baseline, ColumnSum
from sheetgen.values import SheetError, Value

SUM_TOLERANCE: Final = 1e-12
"""Relative: sums of the same numbers in another order differ by less."""


def differences(baseline: Baseline, held: Held, settings: Sequence[Setting]) -> Pulled:
    """The edits of inputs, then of campaigns in the order of their rows, then the campaigns deleted."""
    inputs = _input_edits(baseline, held, settings)
    edits, notices = _Campaigns(baseline, held).told()
    return Pulled((*inputs, *edits), (*held.notices, *notices, *_finer_notices(baseline, held)))


def campaign_pairs(baseline: Baseline, held: Held) -> tuple[Pair, ...]:
    """Which campaign of the baseline each row of the report is."""
    keys = (CAMPAIGN_ID.header, CAMPAIGN_NAME.header)
    return pair_campaigns(*(baseline.campaigns[key] for key in keys), *(held.columns[key] for key in keys))


def _input_edits(baseline: Baseline, held: Held, settings: Sequence[Setting]) -> Iterator[PulledEdit]:
    for name, after in held.inputs.items():
        before = baseline.inputs[name]
        if not agree(before, after) and not isinstance(after, SheetError):
            content = content_of_input(name, settings)
            yield PulledEdit(EditKind.INPUT, "", "", name, before, after, content, 0)


class _Campaigns:
    """The campaigns of the baseline beside those that the report holds."""

    def __init__(self, baseline: Baseline, held: Held) -> None:
        self.base, self.held = baseline.campaigns, held
        self.pairs = campaign_pairs(baseline, held)
        self.known = set(baseline.campaigns[CAMPAIGN_ID.header])

    def told(self) -> tuple[list[PulledEdit], list[Clause]]:
        """The edits, and notices about rows that are none."""
        edits: list[PulledEdit] = []
        notices: list[Clause] = []
        for base, row in self.pairs:
            if base is not None:
                edits += self._deleted(base) if row is None else self._edited(base, row)
            elif row is not None:
                notice = self._notice(row)
                edits += [] if notice else self._added(row)
                notices += [notice] if notice else []
        return edits, notices

    def _edited(self, base: int, row: int) -> Iterator[PulledEdit]:
        for header, values in self.held.columns.items():
            before = self.base[header][base] if header in self.base else None
            after = values[row]
            if not agree(before, after) and not isinstance(after, SheetError):
                yield self._edit(EditKind.CAMPAIGN, base, header, before, after, self.held.rows[row])

    def _deleted(self, base: int) -> Iterator[PulledEdit]:
        yield self._edit(EditKind.DELETED, base, "", None, None, 0)

    def _edit(self, kind: EditKind, base: int, header: str, before: Value, after: Value, row: int) -> PulledEdit:
        key, name = (_text(self.base[field.header][base]) for field in (CAMPAIGN_ID, CAMPAIGN_NAME))
        content = COLUMNS.get(header, COLUMNS[CAMPAIGN_ID.header])
        return PulledEdit(kind, key, name, header, before, after, content, row)

    def _added(self, row: int) -> Iterator[PulledEdit]:
        key, name = (_text(self.held.columns[field.header][row]) for field in (CAMPAIGN_ID, CAMPAIGN_NAME))
        for header, values in self.held.columns.items():
            if values[row] is not None and not isinstance(values[row], SheetError):
                content, place = COLUMNS[header], self.held.rows[row]
                yield PulledEdit(EditKind.ADDED, key, name, header, None, values[row], content, place)

    def _notice(self, row: int) -> Clause | None:
        """Why a row that is no campaign of the baseline cannot be one of its own."""
        key, name = (self.held.columns[field.header][row] for field in (CAMPAIGN_ID, CAMPAIGN_NAME))
        place = self.held.rows[row]
        if key is None and name is None:
            sentence = "Campaigns, row {row}: the row has neither ID nor name, and is left out. Name it and pull again."
            return Clause(sentence, row=place)
        if key in self.known:
            sentence = (
                "Campaigns, row {row}: the ID {key} is there already. Give the row one of its own and pull again."
            )
            return Clause(sentence, row=place, key=key)
        return None


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _finer_notices(baseline: Baseline, held: Held) -> Iterator[Clause]:
    """What was edited in the daily and hourly tables, of which only sums are remembered."""
    for table, wanted in baseline.sums.items():
        edited = [header for header, now in held.sums.get(table, {}).items() if not _same(wanted[header], now)]
        if edited:
            sentence = (
                "{table}: {columns} no longer add up to what they did. Edits of days and hours are not pulled: "
                "make them in the export."
            )
            yield Clause(sentence, table=table, columns=", ".join(edited))


def _same(one: ColumnSum, other: ColumnSum) -> bool:
    return one.count == other.count and relative_difference(one.total, other.total) <= SUM_TOLERANCE
