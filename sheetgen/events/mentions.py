"""What the ledger says of events: no row of its own for each, but how many they are, and their money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sheetgen.clause import Clause
from sheetgen.events.answer import Rolled
from sheetgen.events.layout import Layout
from sheetgen.events.profile import UNREADABLE, Profile
from sheetgen.ledger import LedgerLine
from sheetgen.sources.remarks import NEGATIVE
from sheetgen.sources.table import IntArray


@dataclass(frozen=True)
class Mention:
    """A line of the ledger and the money of the events that it is about, NaN where it tells none."""

    line: LedgerLine
    spent: float = float("nan")


def mention_faults(rolled: Rolled, layout: Layout, profile: Profile, file: str) -> list[Mention]:
    """A mention for each measure that was negative or no number in some event."""
    mentions = []
    for flag in layout.flags:
        found = [(events, spent) for flags, events, spent in rolled.faults if flags >> flag.bit & 1]
        if not found:
            continue
        texts = [profile.examples.get(header, {}).get(UNREADABLE, ()) for header in flag.measure.columns]
        example = "" if flag.remark is NEGATIVE else next((text[0] for text in texts if text), "")
        line = flag.remark.line(
            file, field=flag.measure.field.header, before=_counted(example, sum(n for n, _ in found))
        )
        mentions.append(Mention(line, sum(spent for _, spent in found)))
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
    spent = rolled.spent[rows]
    return float("nan") if np.isnan(spent).all() else float(np.nansum(spent))


def _counted(example: str, events: int) -> Clause:
    if not example:
        return Clause("{count:,} events", count=events)
    return Clause("{example} ({count:,} events)", example=example, count=events)
