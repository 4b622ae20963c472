"""The canonical columns: header, key in expressions, kind and additivity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a field's values are."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    COUNT = "count"


@dataclass(frozen=True)
class Field:
    """One canonical column; `additive` is false where a sum counts people twice (Reach)."""

    key: str
    header: str
    kind: Kind
    additive: bool = True

    @property
    def is_measure(self) -> bool:
        """Whether the field is a number that KPIs and totals use."""
        return self.kind in (Kind.MONEY, Kind.COUNT)


CAMPAIGN_ID = Field("campaign_id", "Campaign ID", Kind.TEXT)
CAMPAIGN_NAME = Field("campaign_name", "Campaign Name", Kind.TEXT)
PLATFORM = Field("platform", "Platform", Kind.TEXT)
CAMPAIGN_TYPE = Field("campaign_type", "Campaign Type", Kind.TEXT)
START_DATE = Field("start_date", "Start Date", Kind.DATE)
END_DATE = Field("end_date", "End Date", Kind.DATE)
BUDGET = Field("budget", "Budget", Kind.MONEY)
IMPRESSIONS = Field("impressions", "Impressions", Kind.COUNT)
REACH = Field("reach", "Reach", Kind.COUNT, additive=False)
CLICKS = Field("clicks", "Clicks", Kind.COUNT)
ENGAGEMENT = Field("engagement", "Engagement", Kind.COUNT)
CONVERSIONS = Field("conversions", "Conversions", Kind.COUNT)
REVENUE = Field("revenue", "Revenue", Kind.MONEY)

CAMPAIGN_FIELDS: tuple[Field, ...] = (
    CAMPAIGN_ID,
    CAMPAIGN_NAME,
    PLATFORM,
    CAMPAIGN_TYPE,
    START_DATE,
    END_DATE,
    BUDGET,
    IMPRESSIONS,
    REACH,
    CLICKS,
    ENGAGEMENT,
    CONVERSIONS,
    REVENUE,
)
"""The 13 canonical columns of the campaign table, in their order."""

MEASURES: tuple[Field, ...] = tuple(field for field in CAMPAIGN_FIELDS if field.is_measure)
"""Budget, Impressions, Reach, Clicks, Engagement, Conversions, Revenue."""

MEASURE_HEADERS: tuple[str, ...] = tuple(field.header for field in MEASURES)

PLANNED_BUDGET = Field("planned_budget", "Planned Budget", Kind.MONEY)
"""Optional: the cap a platform was given, where `Budget` is the money spent."""

LOCK = Field("lock", "Lock", Kind.TEXT)
SCENARIO_BUDGET = Field("scenario_budget", "Scenario Budget", Kind.MONEY)
"""What a reader adds to a campaign: any text keeps its budget out of the optimiser; a budget to try out."""

ALL_MEASURES: tuple[Field, ...] = (*MEASURES, PLANNED_BUDGET)
"""The seven measures, and the optional one."""

DATE = Field("date", "Date", Kind.DATE)
HOUR = Field("hour", "Hour", Kind.COUNT)
WEEKDAY = Field("weekday", "Weekday", Kind.COUNT)
"""ISO weekday: 1 is Monday, 7 is Sunday."""

FIELDS_BY_KEY: dict[str, Field] = {
    field.key: field for field in (*CAMPAIGN_FIELDS, PLANNED_BUDGET, DATE, HOUR, WEEKDAY)
}
