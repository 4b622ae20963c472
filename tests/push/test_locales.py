"""The full report on spreadsheets of several locales: every formula, recalculated, gives what pandas expects."""

from __future__ import annotations

import pytest

from sheetgen.compare import compare
from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.expected import expected_values
from sheetgen.report.model import Report
from sheetgen.values import Value
from sheetgen.workbook.place import Place
from tests.google.fixtures import SPREADSHEET_ID, new_desk
from tests.google.oauth import ServiceAccount
from tests.render.sheets_built import sample_report

from .conftest import PushDesk


@pytest.fixture(scope="module")
def report() -> Report:
    return sample_report(finer=False)


@pytest.mark.parametrize("locale", ["en_US", "fr_FR", "de_DE"])
def test_every_formula_recalculated_equals_pandas(service_account: ServiceAccount, report: Report, locale: str) -> None:
    pushes = PushDesk(new_desk(service_account, locale))
    pushes.push(report)
    expected = expected_values(report)
    found = shown(pushes, {place.tab for place in expected})
    comparison = compare(expected, {place: found.get(place) for place in expected})
    assert comparison.count > 1_000
    assert comparison.differences == ()


def shown(pushes: PushDesk, tabs: set[str]) -> dict[Place, Value]:
    """What every cell of some tabs shows."""
    engine, google = CellruneEngine(), pushes.desk.google
    google.engine = engine
    return {
        Place(tab, row, column): value
        for tab in tabs
        for row, cells in enumerate(google.values(SPREADSHEET_ID, f"'{tab}'"))
        for column, value in enumerate(cells)
    }
