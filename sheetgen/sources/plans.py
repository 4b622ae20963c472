"""Planned budgets: a cap for a day becomes one for the days of its row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sheetgen.clause import Clause
from sheetgen.fields import DATE, END_DATE, PLANNED_BUDGET, START_DATE
from sheetgen.sources.findings import Findings
from sheetgen.sources.headers import header_key
from sheetgen.sources.period import Days
from sheetgen.sources.platforms import BUDGET_TYPE
from sheetgen.sources.recognition import Match
from sheetgen.sources.remarks import DAILY_BUDGET, DAILY_BUDGET_UNDATED
from sheetgen.sources.settle import Place
from sheetgen.sources.table import FloatArray, RawTable
from sheetgen.templates import read_template


def load_daily_words(extra: Path | None = None) -> frozenset[str]:
    """What a column of budget types says of a budget for one day, from `templates/values/budgets.toml`."""
    return frozenset(header_key(word) for word in read_template("values", "budgets", extra)["daily"])


def over_days(
    place: Place,
    table: RawTable,
    mapping: Sequence[Match],
    plans: FloatArray,
    days: Days,
    daily: frozenset[str],
    findings: Findings,
) -> FloatArray:
    """The planned budgets for all days of their rows; one for a day is blank where the days are not known."""
    match = next((match for match in mapping if match.field == BUDGET_TYPE), None)
    if match is None or np.isnan(plans).all():
        return plans
    texts = table.columns[match.positions[0]].distinct
    is_daily = np.array([header_key(text) in daily for text in texts.dictionary.to_pylist()], dtype=np.bool_)
    capped = is_daily[texts.indices.to_numpy()] & np.isfinite(plans) & np.isnat(days[DATE.key])
    if not capped.any():
        return plans
    lasting = (days[END_DATE.key] - days[START_DATE.key]).astype("timedelta64[D]")
    known = capped & ~np.isnat(lasting)
    count = np.where(known, lasting.astype(np.int64) + 1, 0)
    for rows, remark in ((known, DAILY_BUDGET), (capped & ~known, DAILY_BUDGET_UNDATED)):
        if rows.any():
            said = Clause("{count} rows", count=int(np.count_nonzero(rows)))
            findings.lines.append(remark.line(place.file, field=PLANNED_BUDGET.header, after=said))
    return np.where(known, plans * count, np.where(capped, np.nan, plans))
