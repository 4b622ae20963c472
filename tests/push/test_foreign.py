"""What is not ours survives, and what is ours is known wherever it is."""

from __future__ import annotations

import pytest

from sheetgen.errors import FeedSchemaError, ForeignChartError, LimitError, PushStateError, SheetClashError
from sheetgen.kpis import load_kpis
from sheetgen.language import Language
from sheetgen.push.limits import Limits
from sheetgen.render.sheets.looker import with_looker
from sheetgen.report.model import Report
from tests.google.wire import Json

from .conftest import PushDesk, campaigns, overview, small_report

OTHER = small_report({"C1": 1.0, "C2": 2.0}, title="Other")


def rename(sheet: int, title: str) -> Json:
    return {"updateSheetProperties": {"properties": {"sheetId": sheet, "title": title}, "fields": "title"}}


def add_chart(sheet: int, title: str, source: int) -> Json:
    cells = {"sheetId": source, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    series = [{"series": {"sourceRange": {"sources": [cells]}}}]
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": sheet, "rowIndex": 0, "columnIndex": 0}}}
    spec = {"title": title, "basicChart": {"chartType": "COLUMN", "series": series}}
    return {"addChart": {"chart": {"spec": spec, "position": anchor}}}


def chart_titles(pushes: PushDesk) -> list[str]:
    return sorted(chart["spec"]["title"] for chart in pushes.desk.spreadsheet.charts.values())


def test_tabs_of_the_user_stay_as_they_are(pushes: PushDesk) -> None:
    pushes.enter("Sheet1!A1", ["mine", 7.0])
    pushes.push()
    pushes.push(OTHER)
    assert pushes.values("Sheet1!A1:B1") == [["mine", 7.0]]
    assert pushes.titles()[0] == "Sheet1"


def test_charts_and_rules_of_the_user_on_our_tabs_stay(pushed: PushDesk) -> None:
    sheet = pushed.sheet_id("Overview")
    cells = {"sheetId": sheet, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    condition = {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "1"}]}
    rule = {"ranges": [cells], "booleanRule": {"condition": condition, "format": {"textFormat": {"bold": True}}}}
    pushed.change(add_chart(sheet, "Mine", sheet), {"addConditionalFormatRule": {"index": 0, "rule": rule}})
    pushed.push(OTHER)
    pushed.push(small_report())
    assert chart_titles(pushed) == ["Budget", "Mine"]
    kept = pushed.desk.spreadsheet.sheet(sheet).rules
    assert len(kept) == 2
    assert condition in [each.get("booleanRule", {}).get("condition") for each in kept]


def test_ids_of_sheets_and_charts_stay(pushed: PushDesk) -> None:
    before = {title: pushed.sheet_id(title) for title in pushed.titles()}
    charts = set(pushed.desk.spreadsheet.charts)
    pushed.push(OTHER)
    assert {title: pushed.sheet_id(title) for title in pushed.titles()} == before
    assert set(pushed.desk.spreadsheet.charts) == charts


def test_tabs_that_were_renamed_and_moved_are_known(pushed: PushDesk) -> None:
    sheet = pushed.sheet_id("Campaigns")
    move = {"updateSheetProperties": {"properties": {"sheetId": sheet, "index": 0}, "fields": "index"}}
    pushed.change(rename(sheet, "Nos campagnes d'été"), move)
    assert not pushed.push().plan.writes
    pushed.push(OTHER)
    assert pushed.titles().count("Nos campagnes d'été") == 1
    assert "Campaigns" not in pushed.titles()
    assert pushed.values("scaled") == [[6.0]]


def test_a_copy_of_a_tab_is_the_users(pushed: PushDesk) -> None:
    pushed.change({"duplicateSheet": {"sourceSheetId": pushed.sheet_id("Campaigns"), "newSheetName": "Copy"}})
    pushed.push(OTHER)
    assert pushed.values("Copy!A2:C3") == [["C1", "The C1", 100.0], ["C2", "The C2", 50.0]]
    assert pushed.values("Campaigns!C2:C3") == [[1.0], [2.0]]


def test_a_tab_that_was_deleted_comes_back(pushed: PushDesk) -> None:
    pushed.change({"deleteSheet": {"sheetId": pushed.sheet_id("Overview")}})
    pushed.push(edits="overwrite")
    assert pushed.values("Overview!A1:A3") == [[150.0], [2.0], [300.0]]


def test_a_tab_of_the_users_with_our_title_is_not_taken_over(pushes: PushDesk) -> None:
    pushes.change(rename(0, "CAMPAIGNS"))
    before = pushes.desk.spreadsheet
    with pytest.raises(SheetClashError, match="Campaigns: the spreadsheet has a tab of that name"):
        pushes.push()
    assert pushes.desk.spreadsheet is before


def test_a_named_range_of_the_users_is_not_taken_over(pushes: PushDesk) -> None:
    cells = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    pushes.change({"addNamedRange": {"namedRange": {"name": "set_scale", "range": cells}}})
    with pytest.raises(SheetClashError, match="set_scale: the spreadsheet has a named range"):
        pushes.push()


def test_a_tab_that_the_report_no_longer_has_goes_unless_a_chart_of_the_users_is_on_it(pushed: PushDesk) -> None:
    sheet = pushed.sheet_id("Overview")
    pushed.change(add_chart(sheet, "Mine", sheet))
    report = with_looker(Report("Spring", (campaigns({"C1": 1.0}),), "EUR", "en"), load_kpis()[:1], Language())
    with pytest.raises(ForeignChartError, match="Overview"):
        pushed.push(report)
    mine = next(key for key, chart in pushed.desk.spreadsheet.charts.items() if chart["spec"]["title"] == "Mine")
    pushed.change({"deleteEmbeddedObject": {"objectId": mine}})
    pushed.push(report)
    assert "Overview" not in pushed.titles()
    assert pushed.values("Campaigns!C2") == [[1.0]]


def test_columns_that_looker_studio_reads_do_not_go_without_a_word(pushed: PushDesk) -> None:
    tabs = (overview(2.0, "Budget"), campaigns({"C1": 1.0}, more=True))
    more = with_looker(Report("Spring", tabs, "EUR", "en"), load_kpis()[:1], Language())
    with pytest.raises(FeedSchemaError, match="the column Budget moves"):
        pushed.push(more)
    pushed.push(more, allows_schema_change=True)
    assert pushed.values("data_campaigns!A1:D1") == [["Campaign ID", "Campaign Name", "Platform", "Budget"]]
    with pytest.raises(FeedSchemaError, match="the column Platform goes"):
        pushed.push()


def test_a_state_tab_that_was_changed_is_refused_or_made_anew(pushed: PushDesk) -> None:
    pushed.enter("_sheetgen_state!A1", ["oops"])
    with pytest.raises(PushStateError, match="_sheetgen_state was changed"):
        pushed.push(OTHER)
    pushed.push(OTHER, edits="overwrite")
    assert not pushed.push(OTHER).plan.writes


def test_a_spreadsheet_has_room_for_so_many_cells(pushes: PushDesk) -> None:
    with pytest.raises(LimitError, match="26,010 cells of a spreadsheet"):
        pushes.push(limits=Limits(cells=26_010))
    assert len(pushes.desk.google.calls) == 1


def test_slicers_and_filter_views_of_the_user_on_our_tabs_stay(pushed: PushDesk) -> None:
    sheet = pushed.sheet_id("Campaigns")
    cells = {"sheetId": sheet, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 4}
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": sheet, "rowIndex": 0, "columnIndex": 0}}}
    slicer = {"spec": {"dataRange": cells, "columnIndex": 1, "title": "Mine"}, "position": anchor}
    pushed.change({"addSlicer": {"slicer": slicer}}, {"addFilterView": {"filter": {"title": "Big", "range": cells}}})
    pushed.push(OTHER)
    book = pushed.desk.spreadsheet
    assert [each["spec"]["title"] for each in book.slicers.values()] == ["Mine"]
    assert [each["title"] for each in book.filter_views.values()] == ["Big"]
