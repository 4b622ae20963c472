"""The data as the workbook sees them: the tables' helper columns, computed in pandas.

Helper columns of the campaign table: `Row No`; `Platform No` and `Type No` (the row number of
the first campaign with the same platform or type, 0 where there is none); `Selected` (1 or 0, by platform
and type alone); `In Filter` (1 or 0);
`Flight Start` and `Flight End` (0 where the dates are not both known, or end before they start); and with daily
data `Filtered <measure>`, what of a measure the filters select. A daily or hourly row knows its
`Campaign Row` (0 where the campaign is absent), `In Filter` and, if daily, `Selected` and `Type No`. Hours have no
dates: dates select the hours of campaigns with `Active In Filter`, those with a daily row in the
filters. The `Slot` of an hourly row is its weekday times 100 plus its hour, 0 outside the filters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheetgen.analysis.serials import LAST_SERIAL, Floats, month_starts, to_serials, week_starts, weekdays
from sheetgen.dataset import Dataset
from sheetgen.fields import ALL_MEASURES, MEASURE_HEADERS
from sheetgen.inputs import Inputs

ANY = -1.0
NOTHING = -2.0


@dataclass(frozen=True)
class Scope:
    """What the filters select: platform and type by number (`ANY`, `NOTHING`), days by serial."""

    platform: float
    campaign_type: float
    first: float
    last: float
    dated: bool


@dataclass(frozen=True, eq=False)
class Live:
    """The tables with their helper columns; dates are serial numbers."""

    campaigns: pd.DataFrame
    daily: pd.DataFrame | None
    hours: pd.DataFrame | None
    scope: Scope

    @property
    def facts(self) -> pd.DataFrame:
        """Per campaign: the filtered measures (NaN where blank or filtered out) and the helper columns."""
        frame = self.campaigns.copy()
        chosen = frame["In Filter"] == 1
        for field in ALL_MEASURES:
            filtered = f"Filtered {field.header}"
            if filtered in frame:
                frame[field.header] = frame[filtered]
            elif field.header in frame:
                frame[field.header] = frame[field.header].where(chosen)
        return frame


def go_live(data: Dataset, inputs: Inputs, unset: str, all_label: str) -> Live:
    """The tables of a dataset under the inputs' filters; `unset` and `all_label` are the filters' special words."""
    campaigns = data.campaigns.reset_index(drop=True).copy()
    for header in ("Start Date", "End Date"):
        campaigns[header] = to_serials(campaigns[header])
    campaigns["Row No"] = np.arange(1.0, len(campaigns) + 1)
    campaigns["Platform No"] = first_rows(campaigns["Platform"])
    campaigns["Type No"] = first_rows(campaigns["Campaign Type"])
    scope = Scope(
        _selected(inputs.text("filter_platform"), campaigns["Platform"], unset, all_label),
        _selected(inputs.text("filter_type"), campaigns["Campaign Type"], unset, all_label),
        inputs.number("filter_from") or 0.0,
        inputs.number("filter_to") or LAST_SERIAL,
        inputs.number("filter_from") is not None or inputs.number("filter_to") is not None,
    )
    campaigns["Selected"] = _selected_rows(campaigns, scope)
    campaigns["In Filter"] = _in_filter(campaigns, scope, by_start=data.daily is None)
    campaigns["Flight Start"], campaigns["Flight End"] = _flights(campaigns)
    daily = _live_daily(data.daily, campaigns, scope) if data.daily is not None else None
    if daily is not None:
        _add_filtered(campaigns, daily, scope)
    campaigns["Active In Filter"] = _active(campaigns, daily, scope)
    hours = _live_hours(data.hours, campaigns) if data.hours is not None else None
    return Live(campaigns, daily, hours, scope)


def first_rows(labels: pd.Series) -> Floats:
    """For each label the 1-based row of its first appearance, letter case aside; 0 for a blank."""
    keys = labels.map(lambda label: label.casefold() if isinstance(label, str) and label else None)
    codes, _ = pd.factorize(keys)
    first = pd.Series(np.arange(1.0, len(codes) + 1)).groupby(codes).transform("min").to_numpy()
    return np.where(codes < 0, 0.0, first)


def _selected(choice: str, labels: pd.Series, unset: str, all_label: str) -> float:
    if choice == "" or choice.casefold() == all_label.casefold():
        return ANY
    same = labels.map(lambda label: isinstance(label, str) and label.casefold() == choice.casefold())
    if same.any():
        return float(np.argmax(same.to_numpy())) + 1.0
    return 0.0 if choice.casefold() == unset.casefold() else NOTHING


def _selected_rows(campaigns: pd.DataFrame, scope: Scope) -> Floats:
    chosen = np.ones(len(campaigns), dtype=bool)
    if scope.platform != ANY:
        chosen &= campaigns["Platform No"].to_numpy() == scope.platform
    if scope.campaign_type != ANY:
        chosen &= campaigns["Type No"].to_numpy() == scope.campaign_type
    return np.asarray(chosen, dtype=np.float64)


def _in_filter(campaigns: pd.DataFrame, scope: Scope, *, by_start: bool) -> Floats:
    selected = campaigns["Selected"].to_numpy(dtype=float)
    if not (by_start and scope.dated):
        return selected
    return np.asarray(selected * campaigns["Start Date"].between(scope.first, scope.last), dtype=np.float64)


def _flights(campaigns: pd.DataFrame) -> tuple[Floats, Floats]:
    start, end = (campaigns[header].to_numpy(dtype=float) for header in ("Start Date", "End Date"))
    known = end + 1 > start
    return np.where(known, start, 0.0), np.where(known, end, 0.0)


def campaign_rows(ids: pd.Series, campaigns: pd.DataFrame) -> Floats:
    """The 1-based campaign row of each ID, 0 where the campaign table lacks it."""
    rows = pd.Series(campaigns["Row No"].to_numpy(), index=campaigns["Campaign ID"].map(_folded))
    rows = rows[~rows.index.duplicated() & rows.index.notna()]
    return ids.map(_folded).map(rows).fillna(0.0).to_numpy(dtype=float)


def _folded(text: object) -> str | None:
    return text.casefold() if isinstance(text, str) else None


def budget_shares(rows: pd.DataFrame) -> Floats:
    """Each row's share of its campaign's budget; equal shares where the rows' budgets sum to zero or are blank."""
    budget = rows["Budget"].fillna(0.0)
    by_campaign = rows["Campaign ID"]
    total = budget.groupby(by_campaign).transform("sum")
    count = budget.groupby(by_campaign).transform("size")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total > 0, budget / total, 1.0 / count)


def _with_budget(rows: pd.DataFrame, campaigns: pd.DataFrame) -> pd.DataFrame:
    """Rows of a finer grain with `Budget` as their share of the campaign's, `Campaign Row` and `In Filter`."""
    rows = rows.reset_index(drop=True).copy()
    if "Budget Share" not in rows:
        rows["Budget Share"] = budget_shares(rows)
    rows["Campaign Row"] = campaign_rows(rows["Campaign ID"], campaigns)
    rows["Budget"] = _of_campaign(rows, campaigns["Budget"]) * rows["Budget Share"]
    rows["In Filter"] = np.nan_to_num(_of_campaign(rows, campaigns["In Filter"]))
    return rows


def _of_campaign(rows: pd.DataFrame, column: pd.Series) -> Floats:
    values = np.append(np.nan, column.to_numpy(dtype=float))
    return np.asarray(np.take(values, rows["Campaign Row"].to_numpy().astype(int)), dtype=np.float64)


def _live_daily(daily: pd.DataFrame, campaigns: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    rows = _with_budget(daily, campaigns)
    serials = to_serials(rows["Date"])
    rows["Date"] = serials
    rows["Month"], rows["Week"], rows["Weekday"] = month_starts(serials), week_starts(serials), weekdays(serials)
    inside = (serials >= scope.first) & (serials <= scope.last)
    rows["Type No"] = np.nan_to_num(_of_campaign(rows, campaigns["Type No"]))
    rows["Selected"] = rows["In Filter"]
    rows["In Filter"] = rows["Selected"] * inside
    return rows


def _live_hours(hours: pd.DataFrame, campaigns: pd.DataFrame) -> pd.DataFrame:
    rows = _with_budget(hours, campaigns)
    rows["In Filter"] = np.nan_to_num(_of_campaign(rows, campaigns["Active In Filter"]))
    rows["Slot"] = (rows["Weekday"] * 100 + rows["Hour"]).where(rows["In Filter"] == 1).fillna(0.0)
    return rows


def _active(campaigns: pd.DataFrame, daily: pd.DataFrame | None, scope: Scope) -> Floats:
    """Which campaigns ran in the filters: all in them, or by date those with a daily row in them."""
    if daily is None or not scope.dated:
        return campaigns["In Filter"].to_numpy(dtype=float)
    ran = daily.loc[daily["In Filter"] == 1, "Campaign Row"]
    return np.asarray(campaigns["Row No"].isin(ran), dtype=np.float64)


def _add_filtered(campaigns: pd.DataFrame, daily: pd.DataFrame, scope: Scope) -> None:
    chosen = daily[daily["In Filter"] == 1]
    sums = chosen.groupby("Campaign Row")[list(MEASURE_HEADERS)].sum()
    in_days = sums.reindex(campaigns["Row No"]).fillna(0.0).reset_index(drop=True)
    selected = campaigns["In Filter"] == 1
    for header in MEASURE_HEADERS:
        values = in_days[header].where(campaigns[header].notna()) if scope.dated else campaigns[header]
        campaigns[f"Filtered {header}"] = values.where(selected)
