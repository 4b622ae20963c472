"""The campaign table: what each campaign is called, when it ran, and its measures from the rows that tell them best."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sheetgen.fields import (
    CAMPAIGN_ID,
    CAMPAIGN_NAME,
    CAMPAIGN_TYPE,
    DATE,
    END_DATE,
    MEASURES,
    PLANNED_BUDGET,
    PLATFORM,
    START_DATE,
    Field,
)
from sheetgen.ledger import LedgerLine
from sheetgen.sources.grain import Grain
from sheetgen.sources.remarks import NAME_CONFLICT, PLAN_UNCLEAR, PLATFORM_CONFLICT, TYPE_CONFLICT, Remark
from sheetgen.sources.rollup import Column, Grouped, frame_of, sum_by
from sheetgen.sources.rows import Texts
from sheetgen.sources.table import DATE_TYPE, NO_DATE, BoolArray, DateArray, FloatArray, IntArray, blank_numbers

LABELS: tuple[tuple[Field, Remark], ...] = (
    (CAMPAIGN_NAME, NAME_CONFLICT),
    (PLATFORM, PLATFORM_CONFLICT),
    (CAMPAIGN_TYPE, TYPE_CONFLICT),
)


def roll_up_campaigns(group: Grouped) -> tuple[pd.DataFrame, list[LedgerLine]]:
    """One row per campaign in order of appearance, and lines for what its rows disagree on."""
    lines: list[LedgerLine] = []
    texts = {CAMPAIGN_ID.header: group.keys.ids}
    for field, remark in LABELS:
        texts[field.header] = _labels(group, field, remark, lines)
    # Without a type, pandas would turn None into NaN.
    columns: dict[str, Column] = {
        header: pd.Series(values, dtype=object, copy=False) for header, values in texts.items()
    }
    columns[START_DATE.header] = _edge(group, START_DATE, latest=False)
    columns[END_DATE.header] = _edge(group, END_DATE, latest=True)
    frame = frame_of(columns | {field.header: measure(group, field) for field in MEASURES})
    if np.isfinite(group.rows.numbers[PLANNED_BUDGET.key]).any():
        frame[PLANNED_BUDGET.header] = _plans(group, lines)
    return frame, lines


def sums_by_grain(group: Grouped, field: Field) -> dict[Grain, FloatArray]:
    """The measure's sum by campaign, for each grain."""
    parts = group.by_grain.items()
    return {grain: sum_by(part.keys.codes, group.size, part.rows.numbers[field.key]) for grain, part in parts}


def measure(group: Grouped, field: Field) -> FloatArray:
    """The measure by campaign, from the best grain that has it; what reports on other days adds to it."""
    sums = sums_by_grain(group, field)
    whole, details = sums.pop(Grain.CAMPAIGN, None), list(sums.values())
    detail = details[0] if details else blank_numbers(group.size)
    for parts in details[1:]:
        detail = np.where(np.isnan(detail), parts, detail)
    if whole is None:
        return detail
    both = ~np.isnan(whole) & ~np.isnan(detail)
    added = both & days_apart(group) if both.any() else both
    return np.where(added, whole + detail, np.where(np.isnan(whole), detail, whole))


def days_apart(group: Grouped) -> BoolArray:
    """By campaign, whether its rows without days report on other days than those with days, as far as both tell."""
    is_whole, dates = group.grain == Grain.CAMPAIGN, group.rows.dates[DATE.key]
    start, end = (group.rows.dates[field.key] for field in (START_DATE, END_DATE))
    first, last = _extreme(group, is_whole, start, latest=False), _extreme(group, is_whole, end, latest=True)
    first_day, last_day = (_extreme(group, ~is_whole, dates, latest=latest) for latest in (False, True))
    apart: BoolArray = (last_day < first) | (first_day > last)
    return apart


def _extreme(group: Grouped, where: BoolArray, dates: DateArray, *, latest: bool) -> DateArray:
    """The first or the last of the dates by campaign, NaT without any."""
    known, codes, stamps = where & ~np.isnat(dates), group.keys.codes, dates.view(np.int64)
    if not known.all():
        codes, stamps = codes[known], stamps[known]
    extreme, blank = (np.maximum, np.iinfo(np.int64).min) if latest else (np.minimum, np.iinfo(np.int64).max)
    found = np.full(group.size, blank)
    extreme.at(found, codes, stamps)
    return np.where(found == blank, NO_DATE, found.view(DATE_TYPE))


def _labels(group: Grouped, field: Field, remark: Remark, lines: list[LedgerLine]) -> npt.NDArray[np.object_]:
    """The label by campaign: of the best grain, the most frequent, the first of equals."""
    texts, codes = group.rows.texts[field.key], group.keys.codes
    places = np.flatnonzero(~texts.blank)
    chosen = np.full(group.size, -1, dtype=np.int64)
    chosen[codes[places]] = places
    is_single = len(places) == np.count_nonzero(chosen >= 0)
    if not is_single and (texts.codes[chosen[codes[places]]] != texts.codes[places]).any():
        counted = _count_labels(group, texts, places)
        best = counted.drop_duplicates("campaign")
        chosen[best["campaign"]] = best["place"]
        taken = texts.codes[chosen[counted["campaign"]]]
        others = counted[counted["label"] != taken].drop_duplicates(["campaign", "label"])
        where = others["place"].to_numpy(dtype=np.int64)
        before, after = (texts.at(rows).objects().tolist() for rows in (where, chosen[others["campaign"]]))
        lines += remark.lines(group.rows.places(where), field.header, before, after)
    return texts.at(chosen).objects()


def _count_labels(group: Grouped, texts: Texts, places: IntArray) -> pd.DataFrame:
    """How often each campaign has each label, by grain, the best first, with the place of the first use."""
    uses = pd.DataFrame({"campaign": group.keys.codes[places], "label": texts.codes[places], "place": places})
    uses["grain"], uses["weight"] = group.grain[places], group.weights_at(places)
    counted = uses.groupby(["campaign", "label", "grain"], sort=False, as_index=False).agg(
        count=("weight", "sum"), place=("place", "first")
    )
    return counted.sort_values(["campaign", "grain", "count", "place"], ascending=[True, True, False, True])


def _edge(group: Grouped, field: Field, *, latest: bool) -> DateArray:
    """The first start or last end by campaign: as a column says, else of the days; of both where these are apart."""
    every = np.ones(len(group.rows), dtype=np.bool_)
    told, seen = (_extreme(group, every, group.rows.dates[key], latest=latest) for key in (field.key, DATE.key))
    found = np.where(np.isnat(told), seen, told)
    if group.grains[0] is not Grain.CAMPAIGN or np.isnat(seen).all():
        return found
    both = days_apart(group) & ~np.isnat(told) & ~np.isnat(seen)
    return np.where(both, np.maximum(told, seen) if latest else np.minimum(told, seen), found)


def _plans(group: Grouped, lines: list[LedgerLine]) -> FloatArray:
    """Planned budget by campaign: its one value, or the sum of its days; blank where the rows disagree."""
    values = group.rows.numbers[PLANNED_BUDGET.key]
    places = np.flatnonzero(np.isfinite(values))
    plans = pd.DataFrame({"campaign": group.keys.codes[places], "grain": group.grain[places], "place": places})
    plans["value"], plans["date"] = values[places], group.rows.dates[DATE.key][places]
    plans["weight"] = group.weights_at(places)
    plans = plans[plans["grain"] == plans.groupby("campaign")["grain"].transform("min")]
    by_campaign = plans.groupby("campaign").agg(
        low=("value", "min"),
        high=("value", "max"),
        total=("value", "sum"),
        rows=("weight", "sum"),
        days=("date", "nunique"),
        grain=("grain", "first"),
        place=("place", "first"),
    )
    is_daily = (by_campaign["grain"] == Grain.DAY) & (by_campaign["rows"] == by_campaign["days"])
    single = by_campaign["low"].where(by_campaign["low"] == by_campaign["high"])
    found = np.full(group.size, np.nan)
    found[by_campaign.index] = single.mask(is_daily, by_campaign["total"])
    unclear = by_campaign[~is_daily & single.isna()]
    before = [f"{low:.15g} to {high:.15g}" for low, high in zip(unclear["low"], unclear["high"], strict=True)]
    where = unclear["place"].to_numpy(dtype=np.int64)
    lines += PLAN_UNCLEAR.lines(group.rows.places(where), PLANNED_BUDGET.header, before, [""] * len(before))
    return found
