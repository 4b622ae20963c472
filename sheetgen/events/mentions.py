"""What the ledger says of events: no row of its own for each, but how many they are, and their money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sheetgen.clause import Clause
from sheetgen.events.answer import Rolled
from sheetgen.events.layout import Fault, Layout
from sheetgen.events.profile import UNREADABLE, Profile
from sheetgen.fields import BUDGET, Kind
from sheetgen.ledger import LedgerLine
from sheetgen.sources.remarks import NEGATIVE, NOT_A_NUMBER
from sheetgen.sources.table import IntArray

REMARKS = {Fault.NEGATIVE: NEGATIVE, Fault.UNREADABLE: NOT_A_NUMBER}


@dataclass(frozen=True)
class Mention:
    """A line of the ledger and the money of the events that it is about, NaN where it tells none."""

    line: LedgerLine
    spent: float = float("nan")


def mention_faults(rolled: Rolled, layout: Layout, profile: Profile, file: str) -> list[Mention]:
    """A mention for each count that was negative, and each measure that was no number, in some event."""
    mentions = []
    for measure in layout.measures:
        texts = (profile.examples.get(header, {}).get(UNREADABLE, ()) for header in measure.columns)
        examples = {Fault.UNREADABLE: next((text[0] for text in texts if text), "")}
        for fault, remark in REMARKS.items():
            rows = np.flatnonzero(rolled.flags[: rolled.days] & layout.flag(measure, fault))
            # Which money below zero counts is for the rows of the rollup to tell.
            if len(rows) and not (fault is Fault.NEGATIVE and measure.field.kind is Kind.MONEY):
                before = _counted(examples.get(fault, ""), int(rolled.events[rows].sum()))
                line = remark.line(file, field=measure.field.header, before=before)
                mentions.append(Mention(line, _money(rolled, rows)))
    return mentions


def mention_rows(lines: Sequence[LedgerLine], rolled: Rolled) -> list[Mention]:
    """The lines about rows of the rollup, one for each code and field, with the first row as the example.

    The days of campaigns count; their hours do only where no day is concerned, since both are of the same events.
    """
    found: dict[tuple[str, str], list[LedgerLine]] = {}
    for line in lines:
        if line.row:
            found.setdefault((line.code, line.field), []).append(line)
    mentions = [Mention(line) for line in lines if not line.row]
    for same in found.values():
        rows = np.unique(np.array([line.row - 1 for line in same], dtype=np.int64))
        days = rows[rows < rolled.days]
        rows = days if len(days) else rows
        before = _counted(same[0].before, int(rolled.events[rows].sum()))
        mentions.append(Mention(replace(same[0], row=0, before=before), _money(rolled, rows)))
    return mentions


def mention_campaigns(lines: Sequence[LedgerLine]) -> list[Mention]:
    """The lines about campaigns, without the rows of the rollup that they were found in."""
    return [Mention(line) for line in dict.fromkeys(replace(line, row=0) for line in lines)]


def _money(rolled: Rolled, rows: IntArray) -> float:
    spent = rolled.sums.get(BUDGET.key, np.full(len(rolled.events), np.nan))[rows]
    return float("nan") if np.isnan(spent).all() else float(np.nansum(spent))


def _counted(example: str, events: int) -> Clause:
    if not example:
        return Clause("{count:,} events", count=events)
    return Clause("{example} ({count:,} events)", example=example, count=events)
