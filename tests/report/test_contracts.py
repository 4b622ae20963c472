"""What users and other tools rely on: names, tables, headers, and that a template line reaches every tab."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from sheetgen.fields import CAMPAIGN_FIELDS
from sheetgen.workbook.cells import read_book

from .conftest import assert_agrees, sample_dataset, write_report

TOTALS = "total_budget total_impressions total_reach total_clicks total_engagement total_conversions total_revenue"
KPI_NAMES = (
    "kpi_ctr kpi_engagement_rate kpi_cpc kpi_cpm kpi_conversion_rate kpi_cost_per_conversion kpi_roas kpi_roi "
    "kpi_frequency kpi_cost_per_engagement kpi_revenue_per_click"
)
INPUT_NAMES = "filter_platform filter_type filter_from filter_to set_roi_scale set_roi_stop"
HEADERS = [
    *("Campaign ID", "Campaign Name", "Platform", "Campaign Type", "Start Date", "End Date", "Budget"),
    *("Impressions", "Reach", "Clicks", "Engagement", "Conversions", "Revenue"),
    *("CTR", "Engagement Rate", "CPC", "CPM", "Conversion Rate", "Cost Per Conversion", "ROAS", "ROI"),
    *("Frequency", "Cost Per Engagement", "Revenue Per Click"),
]
PROFIT = """
[[kpi]]
key = "profit"
header = "Profit"
expr = "revenue - budget"
unit = "money"
better = "higher"
description = "What is left of the revenue."
"""


@pytest.mark.parametrize("name", f"{TOTALS} {KPI_NAMES} {INPUT_NAMES}".split())
def test_defined_names(plain_book: Path, name: str) -> None:
    assert name in read_book(plain_book).names


def test_the_campaigns_table_begins_at_the_first_cell(plain_book: Path) -> None:
    sheet = openpyxl.load_workbook(plain_book)["Campaigns"]
    assert [cell.value for cell in sheet[1]][:24] == HEADERS
    assert sheet.tables["Campaigns"].ref.startswith("A1:")
    assert [field.header for field in CAMPAIGN_FIELDS] == HEADERS[:13]


def test_tables_of_the_finer_grains(finer_book: Path) -> None:
    assert {"Campaigns", "Daily", "Hours"} <= set(read_book(finer_book).tables)


def test_visible_tabs(finer_book: Path) -> None:
    shown = [sheet.title for sheet in openpyxl.load_workbook(finer_book).worksheets if sheet.sheet_state == "visible"]
    for title in ("Overview", "KPIs", "Campaigns", "Daily", "Hours", "Settings", "Data Quality", "Guide"):
        assert title in shown


def test_calculated_columns_fill_a_row_typed_under_the_table(plain_book: Path) -> None:
    with zipfile.ZipFile(plain_book) as package:
        parts = [ElementTree.fromstring(package.read(name)) for name in package.namelist() if "xl/tables/" in name]
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    table = next(part for part in parts if part.get("name") == "Campaigns")
    filled = {
        column.get("name"): formula.text
        for column in table.iter(f"{space}tableColumn")
        if (formula := column.find(f"{space}calculatedColumnFormula")) is not None
    }
    assert filled["CTR"] == (
        "IF(OR(COUNT(Campaigns[[#This Row],[Clicks]],Campaigns[[#This Row],[Impressions]])<2,"
        'Campaigns[[#This Row],[Impressions]]=0),"",'
        "Campaigns[[#This Row],[Clicks]]/Campaigns[[#This Row],[Impressions]])"
    )
    assert set(HEADERS[13:]) <= set(filled)
    assert not set(HEADERS[:13]) & set(filled)


def test_a_kpi_added_by_a_template_reaches_every_tab(tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(PROFIT, encoding="utf-8")
    data = sample_dataset(finer=False)
    path = write_report(data, tmp_path / "profit.xlsx", extra=tmp_path)
    book = read_book(path)
    profit = data.campaigns["Revenue"].sum() - data.campaigns["Budget"].sum()
    assert book.value(book.names["kpi_profit"]) == pytest.approx(profit)
    assert "Profit" in book.tables["Campaigns"].headers
    texts = {sheet.title: {cell.value for cell in sheet.cells.values()} for sheet in book.sheets}
    assert all("Profit" in texts[title] for title in ("KPIs", "Settings", "Guide", "Campaigns"))
    assert_agrees(path, "Campaigns!G3=99")


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = (
        write_report(sample_dataset(finer=True, campaigns=4), tmp_path / name) for name in ("a.xlsx", "b.xlsx")
    )
    assert first.read_bytes() == second.read_bytes()
