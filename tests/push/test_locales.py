"""The full report on spreadsheets of several locales: every formula, recalculated, gives what pandas expects."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetgen.api import BuildOptions, make_report
from sheetgen.compare import Difference, compare
from sheetgen.expected import expected_values
from sheetgen.render.sheets.looker import with_looker
from sheetgen.report.model import Report
from sheetgen.values import Value
from sheetgen.workbook.place import Place
from tests.google.fixtures import SPREADSHEET_ID, new_desk
from tests.google.oauth import ServiceAccount
from tests.render.sheets_built import sample_report

from .conftest import PushDesk

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
def report() -> Report:
    return sample_report(finer=False)


@pytest.mark.parametrize("locale", ["en_US", "fr_FR", "de_DE"])
def test_every_formula_recalculated_equals_pandas(service_account: ServiceAccount, report: Report, locale: str) -> None:
    pushes = PushDesk(new_desk(service_account, locale))
    pushes.push(report)
    assert differences(pushes, report) == ()


def differences(pushes: PushDesk, report: Report) -> tuple[Difference, ...]:
    """The formulas that give something else than pandas expects; of at least a thousand."""
    expected = expected_values(report)
    found = shown(pushes, {place.tab for place in expected})
    comparison = compare(expected, {place: found.get(place) for place in expected})
    assert comparison.count > 1_000
    return tuple(comparison.differences)


def shown(pushes: PushDesk, tabs: set[str]) -> dict[Place, Value]:
    """What every cell of some tabs shows."""
    google = pushes.desk.google
    return {
        Place(tab, row, column): value
        for tab in tabs
        for row, cells in enumerate(google.values(SPREADSHEET_ID, f"'{tab}'"))
        for column, value in enumerate(cells)
    }


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")
@pytest.mark.parametrize(
    ("file", "locale"), [("kag_conversion/KAG_conversion_data.csv", "de_DE"), ("launch_308/Marketing.csv", "fr_FR")]
)
def test_so_it_is_for_real_files(service_account: ServiceAccount, file: str, locale: str) -> None:
    made = make_report([DATA / file], BuildOptions(currency="EUR"))
    report = with_looker(made.report, made.recipe.kpis, made.recipe.language)
    pushes = PushDesk(new_desk(service_account, locale))
    assert pushes.push(report).calls == 2
    assert differences(pushes, report) == ()
