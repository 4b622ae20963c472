"""The flat tabs that Looker Studio reads."""

from __future__ import annotations

import pytest

from sheetgen.render.sheets.looker import ascii_headers
from sheetgen.render.sheets.model import SheetsReport, SheetsTab

from .sheets_built import for_sheets, of_kind, requests, sample_report, tab_of


@pytest.fixture(scope="module")
def report() -> SheetsReport:
    return for_sheets(sample_report(finer=True))


def headers(tab: SheetsTab) -> list[str]:
    (table,) = tab.tables
    return [column.header for column in table.columns]


def test_campaigns_are_one_row_each_under_plain_headers(report: SheetsReport) -> None:
    tab = tab_of(report, "data_campaigns")
    assert (tab.title, tab.rows, tab.columns, tab.cells, tab.merges) == ("data_campaigns", 13, 24, (), ())
    assert headers(tab)[:7] == [
        "Campaign ID",
        "Campaign Name",
        "Platform",
        "Campaign Type",
        "Start Date",
        "End Date",
        "Budget",
    ]
    assert headers(tab)[13:15] == ["CTR", "Engagement Rate"]


def test_days_carry_the_names_of_their_campaign(report: SheetsReport) -> None:
    tab = tab_of(report, "data_daily")
    assert headers(tab)[:6] == ["Date", "Campaign ID", "Campaign Name", "Platform", "Campaign Type", "Budget"]
    assert tab.rows == tab_of(report, "daily").rows


def test_without_days_there_is_no_tab_for_them() -> None:
    keys = [tab.key for tab in for_sheets(sample_report(finer=False)).tabs]
    assert "data_campaigns" in keys
    assert "data_daily" not in keys


@pytest.mark.parametrize("key", ["data_campaigns", "data_daily"])
def test_every_column_has_one_format_of_one_type(report: SheetsReport, key: str) -> None:
    (table,) = tab_of(report, key).tables
    formats = {column.header: column.format.get("numberFormat", {}) for column in table.columns}
    assert {name: formats[name]["type"] for name in ("Budget", "Clicks", "CTR", "CPC", "ROAS")} == {
        "Budget": "CURRENCY",
        "Clicks": "NUMBER",
        "CTR": "PERCENT",
        "CPC": "CURRENCY",
        "ROAS": "NUMBER",
    }
    date = "Start Date" if key == "data_campaigns" else "Date"
    assert formats[date] == {"type": "DATE", "pattern": "yyyy-mm-dd"}


def test_edits_reach_the_feed_for_its_cells_are_formulas(report: SheetsReport) -> None:
    (table,) = tab_of(report, "data_campaigns").tables
    assert table.columns[6].formula == '=IF(Campaigns!$G2="";"";Campaigns!$G2)'


def test_the_feeds_are_no_native_tables(report: SheetsReport) -> None:
    names = {body["table"]["name"] for body in of_kind(requests(report), "addTable")}
    assert names == {"Campaigns", "Daily", "Hours"}


def test_each_kpi_has_a_field_to_paste(report: SheetsReport) -> None:
    rows: dict[int, list[object]] = {}
    for cell in tab_of(report, "looker_fields").cells:
        rows.setdefault(cell.row, []).append((cell.value or {}).get("stringValue"))
    assert rows[0] == ["Field", "Type", "Formula", "Description"]
    assert rows[1][:3] == ["CTR (total)", "Percent", "SUM(Clicks) / NULLIF(SUM(Impressions), 0)"]
    assert len(rows) == 12


HEADERS = [
    (["Budget", "Clicks"], ["Budget", "Clicks"]),
    (["Coût par clic", "CTR %"], ["Cout par clic", "CTR %"]),
    (["Coût", "Cout", "COUT"], ["Cout", "Cout 2", "COUT 3"]),
    (["Cout 2", "Cout", "Coût"], ["Cout 2", "Cout", "Cout 3"]),
    (["Цена", "価格"], ["Column", "Column 2"]),
]


@pytest.mark.parametrize(("given", "plain"), HEADERS)
def test_headers_become_ascii_and_stay_different(given: list[str], plain: list[str]) -> None:
    assert ascii_headers(given) == plain
