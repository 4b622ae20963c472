"""What files of different grain say about the same campaigns: what one adds to the other, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sheetgen.clause import Clause
from sheetgen.fields import CAMPAIGN_ID, MEASURES, Field
from sheetgen.ledger import LedgerLine
from sheetgen.sources.campaigns import days_apart, sums_by_grain
from sheetgen.sources.grain import Grain
from sheetgen.sources.remarks import DAYS_ADDED, FILLED_FROM_DETAIL, HOURS_REPEATED, ONLY_IN_DETAIL, TOTALS_DIFFER
from sheetgen.sources.rollup import Grouped
from sheetgen.sources.table import BoolArray

TOLERANCE = 1e-9
CENT = 0.01


def drop_repeated_hours(group: Grouped) -> tuple[BoolArray, list[LedgerLine]]:
    """The rows kept: hours of weekdays go where the campaign has dated hours."""
    repeated = group.rows_beside(Grain.WEEKDAY_HOUR, Grain.HOUR)
    places = group.rows.places(repeated)
    return ~repeated, HOURS_REPEATED.lines(places, CAMPAIGN_ID.header, [""] * len(places), [""] * len(places))


def compare_grains(group: Grouped) -> list[LedgerLine]:
    """Lines for campaigns and fields that only the detail has, and for totals that differ between files."""
    if len(group.grains) < 2:
        return []
    lines = _only_in_detail(group)
    is_mixed = group.grains[0] is Grain.CAMPAIGN
    apart = days_apart(group) if is_mixed else np.zeros(group.size, dtype=np.bool_)
    first = group.rows.places(group.keys.first_rows[apart])
    lines += DAYS_ADDED.lines(first, CAMPAIGN_ID.header, [""] * len(first), group.keys.ids[apart].tolist())
    for field in MEASURES:
        sums = sums_by_grain(group, field)
        best, *details = sums
        told = np.where(apart, np.nan, sums[best])
        for detail in details:
            lines += _compare(group, field, (best, detail), told, np.where(apart, np.nan, sums[detail]))
    return lines


def _only_in_detail(group: Grouped) -> list[LedgerLine]:
    """A line for each campaign that the coarsest file does not have."""
    missing = ~group.campaigns_with(group.grains[0])
    ids = group.keys.ids[missing].tolist()
    return ONLY_IN_DETAIL.lines(
        group.rows.places(group.keys.first_rows[missing]), CAMPAIGN_ID.header, [""] * len(ids), ids
    )


def _compare(
    group: Grouped, field: Field, grains: tuple[Grain, Grain], best: np.ndarray, detail: np.ndarray
) -> list[LedgerLine]:
    """Lines for one measure of two grains, over the campaigns that both have."""
    shared = group.campaigns_with(grains[0]) & group.campaigns_with(grains[1])
    file = ", ".join(_files(group, grains[1]))
    lines = []
    filled = shared & np.isnan(best) & ~np.isnan(detail)
    if filled.any():
        lines.append(
            FILLED_FROM_DETAIL.line(
                file, field=field.header, after=Clause("{count} campaigns", count=np.count_nonzero(filled))
            )
        )
    both = shared & ~np.isnan(best) & ~np.isnan(detail)
    told, added = best[both].sum(), detail[both].sum()
    if field.additive and abs(told - added) > max(CENT, TOLERANCE * abs(told)):
        lines.append(TOTALS_DIFFER.line(file, field=field.header, before=f"{told:,.15g}", after=f"{added:,.15g}"))
    return lines


def _files(group: Grouped, grain: Grain) -> Sequence[str]:
    return [group.rows.files[file] for file in np.unique(group.rows.file[group.grain == grain]).tolist()]
