"""Small reports made for Google Sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sheetgen.inputs import load_settings
from sheetgen.kpis import load_kpis
from sheetgen.language import load_language
from sheetgen.render.sheets.batch import create_report
from sheetgen.render.sheets.build import build_sheets
from sheetgen.render.sheets.ids import propose_ids
from sheetgen.render.sheets.looker import with_looker
from sheetgen.render.sheets.model import SheetsReport, SheetsTab
from sheetgen.report.build import build_report
from sheetgen.report.catalog import KNOWN_BLOCKS
from sheetgen.report.locale import load_locale
from sheetgen.report.model import Block, Cell, Chart, PlacedBlock, Report, Rule, Tab
from sheetgen.report.recipe import Recipe, first_inputs
from sheetgen.report.shape import shape_of
from sheetgen.report.template import load_report_template
from sheetgen.report.theme import load_theme
from tests.report.conftest import sample_dataset

Json = dict[str, Any]


def sample_report(*, finer: bool) -> Report:
    """The full report of twelve sample campaigns, with the tabs for Looker Studio."""
    data = sample_dataset(finer=finer)
    recipe = Recipe(
        template=load_report_template("full", KNOWN_BLOCKS),
        kpis=load_kpis(),
        settings=load_settings(),
        language=load_language("en"),
        shape=shape_of(data),
        currency="EUR",
        title="Test report",
    )
    report = build_report(data, first_inputs(recipe, data), recipe)
    return with_looker(report, recipe.kpis, recipe.language)


def for_sheets(report: Report, lang: str = "en") -> SheetsReport:
    """The report as Google Sheets holds it."""
    return build_sheets(report, load_theme(), load_locale(lang, report.currency))


def made(*tabs: Tab) -> SheetsReport:
    """A report of these tabs."""
    return for_sheets(Report("Spring report", tabs, "EUR", "en"))


def page(*cells: Cell, rules: tuple[Rule, ...] = (), charts: tuple[Chart, ...] = (), key: str = "page") -> Tab:
    """A tab of nine rows and columns that shows cells from A1 on."""
    block = Block("cells", 9, 9, cells, rules=rules, charts=charts)
    return Tab(key, key.capitalize(), (PlacedBlock(block, 0, 0),))


def requests(report: SheetsReport) -> list[Json]:
    """All requests of a new report."""
    return list(create_report(report, propose_ids(report)))


def of_kind(found: Iterable[Json], kind: str) -> Iterator[Json]:
    """The bodies of the requests of a kind."""
    return (request[kind] for request in found if kind in request)


def tab_of(report: SheetsReport, key: str) -> SheetsTab:
    """A tab by its key."""
    return next(tab for tab in report.tabs if tab.key == key)
