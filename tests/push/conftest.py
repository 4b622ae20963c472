"""What tests of a push share: a small report, and a desk that pushes it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from sheetgen.formula.tree import Column, Name, Span, ThisRow, call
from sheetgen.kpis import load_kpis
from sheetgen.language import Language
from sheetgen.push.client import Pace, SheetsClient
from sheetgen.push.edits import Edits
from sheetgen.push.limits import Limits
from sheetgen.push.run import Push, PushOptions, push_report
from sheetgen.render.sheets.build import build_sheets
from sheetgen.render.sheets.looker import with_looker
from sheetgen.report.locale import load_locale
from sheetgen.report.model import Area as Cells
from sheetgen.report.model import (
    Block,
    Cell,
    Chart,
    ChartKind,
    ColorScale,
    NumberInput,
    PlacedBlock,
    Report,
    Series,
    Tab,
    Table,
    TableColumn,
    TextInput,
)
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.theme import load_theme
from tests.google.fixtures import Desk
from tests.google.wire import Json

INPUT = Style(Role.INPUT, Format.GENERAL)
MANIFEST, TAB, STAGING = "sheetgen.manifest", "sheetgen.tab", "sheetgen.staging"


def overview(scale: float, title: str) -> Tab:
    """The total of the budgets, scaled: A1 the total, A2 the scale, A3 what they make, and a chart."""
    span = Span("overview", 0, 0, 0, 0)
    chart = Chart(ChartKind.COLUMN, title, "alt", (Series("Budget", span, span),), 4, 0, 2, 2)
    cells = (
        Cell(0, 0, call("SUM", Column("Campaigns", "Budget")), Style()),
        Cell(1, 0, scale, INPUT, input=NumberInput(low=0)),
        Cell(2, 0, Name("total_budget") * Name("set_scale"), Style()),
    )
    names = {"total_budget": (0, 0), "set_scale": (1, 0), "scaled": (2, 0)}
    rules = (ColorScale(Cells(0, 0, 0, 0)),)
    block = Block("overview", 6, 3, cells, charts=(chart,), names=names, rules=rules)
    return Tab("overview", "Overview", (PlacedBlock(block, 0, 0),))


def campaigns(budgets: dict[str, float], more: bool = False) -> Tab:
    """A campaign a row: A its ID, B its name, C its budget, D twice that."""
    values = np.array(list(budgets.values()), dtype=float)
    ids, names = np.array(list(budgets), dtype=object), np.array([f"The {key}" for key in budgets], dtype=object)
    columns = [
        TableColumn("Campaign ID", ids, INPUT, input=TextInput()),
        TableColumn("Campaign Name", names, INPUT, input=TextInput()),
        TableColumn("Budget", values, INPUT, input=NumberInput(low=0)),
        TableColumn("Double", values * 2, Style(), ThisRow("Campaigns", "Budget") * 2),
    ]
    if more:
        columns.insert(2, TableColumn("Platform", names, INPUT, input=TextInput()))
    table = Table("Campaigns", tuple(columns), len(budgets))
    block = Block("campaigns", len(budgets) + 1, len(columns), table=table)
    return Tab("campaigns", "Campaigns", (PlacedBlock(block, 0, 0),))


def small_report(budgets: dict[str, float] | None = None, scale: float = 2.0, title: str = "Budget") -> Report:
    """Two campaigns of 100 and 50 unless told otherwise, with the tab for Looker Studio."""
    tabs = (overview(scale, title), campaigns({"C1": 100.0, "C2": 50.0} if budgets is None else budgets))
    return with_looker(Report("Spring report", tabs, "EUR", "en"), load_kpis()[:1], Language())


@dataclass
class PushDesk:
    """A desk whose service account pushes; `waits` are the seconds it would have waited."""

    desk: Desk
    waits: list[float] = field(default_factory=list)

    def client(self) -> SheetsClient:
        """A client that does not wait."""
        pace = Pace(lambda seconds, _: self.waits.append(seconds), sleep=lambda _: None)
        return SheetsClient(self.desk.client, self.desk.spreadsheet_id, self.desk.account.email, pace)

    def push(
        self, report: Report | None = None, edits: str = "keep", limits: Limits | None = None, **options: bool
    ) -> Push:
        """Push a report, the small one unless told otherwise."""
        pushed, theme = report or small_report(), load_theme()
        locale = load_locale("en", pushed.currency)
        chosen = PushOptions(Edits(edits), limits=limits or Limits(), **options)
        return push_report(self.client(), lambda titles: build_sheets(pushed, theme, locale, titles), chosen)

    def values(self, area: str) -> list[list[object]]:
        """What cells show."""
        return [list(row) for row in self.desk.google.values(self.desk.spreadsheet_id, area)]

    def enter(self, area: str, *rows: list[str | float]) -> None:
        """Type into cells as the spreadsheet's owner."""
        self.desk.google.enter(self.desk.spreadsheet_id, area, *rows)

    def change(self, *requests: Json) -> list[Json]:
        """Change the spreadsheet as its owner."""
        return self.desk.google.change(self.desk.spreadsheet_id, *requests)

    def sheet_id(self, title: str) -> int:
        """The ID of a tab by its title."""
        return next(sheet.id for sheet in self.desk.spreadsheet.sheets if sheet.properties["title"] == title)

    def titles(self) -> list[str]:
        """The titles of all tabs, in order."""
        return [sheet.properties["title"] for sheet in self.desk.spreadsheet.sheets]

    def notes(self, key: str) -> list[str]:
        """The values of developer metadata of a key."""
        return [each["metadataValue"] for each in self.desk.spreadsheet.metadata.values() if each["metadataKey"] == key]


@pytest.fixture
def pushes(desk: Desk) -> PushDesk:
    """A blank spreadsheet to push to."""
    return PushDesk(desk)


@pytest.fixture
def pushed(pushes: PushDesk) -> PushDesk:
    """A spreadsheet with the small report on it; the calls are counted from here."""
    pushes.push()
    pushes.desk.google.calls.clear()
    return pushes
