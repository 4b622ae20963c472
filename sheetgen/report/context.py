"""What every block is built from: the data under the inputs, the KPIs, the language and the sizes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from sheetgen.analysis.groups import totals, with_kpis
from sheetgen.analysis.live import Live, go_live
from sheetgen.dataset import Dataset
from sheetgen.fields import ALL_MEASURES, MEASURES, PLANNED_BUDGET, Field
from sheetgen.inputs import Inputs, Setting
from sheetgen.kpis import Kpi
from sheetgen.language import Language
from sheetgen.report.shape import Shape


@dataclass(frozen=True, eq=False)
class Context:
    """Everything a block reads; the same context gives the same report."""

    data: Dataset
    inputs: Inputs
    kpis: tuple[Kpi, ...]
    settings: tuple[Setting, ...]
    say: Language
    shape: Shape
    currency: str
    title: str

    @property
    def measures(self) -> tuple[Field, ...]:
        """The measures that tables show: the seven, and Planned Budget where the data have it."""
        return ALL_MEASURES if PLANNED_BUDGET.header in self.data.campaigns else MEASURES

    @property
    def unset(self) -> str:
        """The label of campaigns without a platform or type."""
        return self.say("(not set)")

    @property
    def all_label(self) -> str:
        """The filters' choice that selects everything."""
        return self.say("All")

    @cached_property
    def live(self) -> Live:
        """The tables with their helper columns under the inputs' filters."""
        return go_live(self.data, self.inputs, self.unset, self.all_label)

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Campaigns with the measures that the filters select, NaN elsewhere."""
        return self.live.facts

    @cached_property
    def days(self) -> pd.DataFrame | None:
        """The daily rows that the filters select."""
        return None if self.live.daily is None else self.live.daily[self.live.daily["In Filter"] == 1]

    @cached_property
    def hours(self) -> pd.DataFrame | None:
        """The hourly rows that the filters select."""
        return None if self.live.hours is None else self.live.hours[self.live.hours["In Filter"] == 1]

    @cached_property
    def totals(self) -> dict[str, float | None]:
        """The headline measures by header and KPIs by key, under the filters."""
        return with_kpis(totals(self.facts), self.kpis)

    def kpi(self, key: str) -> Kpi | None:
        """The KPI of that key, None where the template lacks it."""
        return next((kpi for kpi in self.kpis if kpi.key == key), None)
