"""How much room a report takes: what the doctor says agrees with reports as they are made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sheetgen import api
from sheetgen.doctor.spreadsheet import CAMPAIGN, DAY, REPORT
from sheetgen.render.sheets.build import build_sheets
from sheetgen.render.sheets.looker import with_looker
from sheetgen.render.sheets.model import SheetsReport
from sheetgen.report.locale import load_locale
from sheetgen.report.theme import load_theme


def test_a_report_is_no_larger_than_it_is_said_to_be(tmp_path: Path) -> None:
    sample = api.SampleOptions(12, date(2025, 1, 6), date(2025, 2, 2), seed=5)
    campaigns, hours = api.generate(tmp_path / "campaigns.csv", sample)
    made = api.make_report([campaigns, hours], api.BuildOptions(tmp_path / "report.xlsx"))
    report = with_looker(made.report, made.recipe.kpis, made.recipe.language)
    sheets = build_sheets(report, load_theme(), load_locale("en"))
    assert 0.9 * CAMPAIGN <= columns(sheets, "campaigns", "data_campaigns") <= CAMPAIGN
    assert 0.9 * DAY <= columns(sheets, "daily", "data_daily") <= DAY
    growing = {"campaigns", "data_campaigns", "daily", "data_daily", "hours"}
    assert sum(tab.rows * tab.columns for tab in sheets.tabs if tab.key not in growing) < REPORT


def columns(sheets: SheetsReport, *tabs: str) -> int:
    return sum(tab.columns for tab in sheets.tabs if tab.key in tabs)
