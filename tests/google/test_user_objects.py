"""What users put on a spreadsheet and do to its cells: slicers, filter views, tidied texts, borders."""

from __future__ import annotations

import gspread
import pytest

from tests.google.bodies import add_sheet, repeat, span, write
from tests.google.fixtures import Desk
from tests.google.wire import Json

DATA = span(7, 0, 0, 4, 2)


@pytest.fixture
def tab(desk: Desk) -> Desk:
    """A tab of names and numbers, of which two rows are alike but for case."""
    desk.send(add_sheet(7, "Data"), write(7, 0, 0, ["Name", "Budget"], ["  Spring   sale ", 5], ["Two", 7], ["two", 7]))
    return desk


def slicer(number: int, column: int = 0) -> Json:
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": 7, "rowIndex": 1, "columnIndex": 3}}}
    spec = {"dataRange": DATA, "columnIndex": column, "title": "Pick"}
    return {"addSlicer": {"slicer": {"slicerId": number, "spec": spec, "position": anchor}}}


def view(number: int) -> Json:
    return {"addFilterView": {"filter": {"filterViewId": number, "title": "Mine", "range": DATA}}}


def on_sheet(desk: Desk, field: str) -> list[Json]:
    """The objects of a kind on the tab."""
    sheets = desk.get(f"sheets(properties.sheetId,{field})")["sheets"]
    found: list[Json] = next(each for each in sheets if each["properties"]["sheetId"] == 7).get(field, [])
    return found


def test_a_slicer_is_added_changed_moved_and_deleted(tab: Desk) -> None:
    tab.send(slicer(31))
    tab.send({"updateSlicerSpec": {"slicerId": 31, "spec": {"columnIndex": 1}, "fields": "columnIndex"}})
    moved = {"overlayPosition": {"widthPixels": 90}}
    tab.send({"updateEmbeddedObjectPosition": {"objectId": 31, "newPosition": moved, "fields": "widthPixels"}})
    (found,) = on_sheet(tab, "slicers")
    assert (found["spec"]["columnIndex"], found["spec"]["title"]) == (1, "Pick")
    assert found["position"]["overlayPosition"]["widthPixels"] == 90
    tab.send({"deleteEmbeddedObject": {"objectId": 31}})
    assert on_sheet(tab, "slicers") == []


def test_a_slicer_needs_an_id_of_its_own_and_a_column_of_its_range(tab: Desk) -> None:
    tab.send(slicer(31))
    with pytest.raises(gspread.exceptions.APIError, match="ID: 31"):
        tab.send(slicer(31))
    with pytest.raises(gspread.exceptions.APIError, match="column of a slicer"):
        tab.send(slicer(32, column=2))


def test_filter_views_are_added_renamed_copied_and_deleted(tab: Desk) -> None:
    tab.send(view(41))
    tab.send({"updateFilterView": {"filter": {"filterViewId": 41, "title": "Ours"}, "fields": "title"}})
    (reply,) = tab.send({"duplicateFilterView": {"filterId": 41}})
    copy = reply["duplicateFilterView"]["filter"]
    assert (copy["title"], copy["range"]) == ("Copy of Ours", DATA)
    assert [each["title"] for each in on_sheet(tab, "filterViews")] == ["Ours", "Copy of Ours"]
    tab.send({"deleteFilterView": {"filterId": 41}}, {"deleteFilterView": {"filterId": copy["filterViewId"]}})
    assert on_sheet(tab, "filterViews") == []


def test_slicers_and_filter_views_follow_rows_and_go_with_their_tab(tab: Desk) -> None:
    lines = {"sheetId": 7, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}
    tab.send(slicer(31), view(41), {"insertDimension": {"range": lines}})
    assert on_sheet(tab, "filterViews")[0]["range"] == span(7, 2, 0, 6, 2)
    assert on_sheet(tab, "slicers")[0]["spec"]["dataRange"] == span(7, 2, 0, 6, 2)
    tab.send({"deleteSheet": {"sheetId": 7}})
    assert not tab.spreadsheet.slicers
    assert not tab.spreadsheet.filter_views


def test_spaces_are_trimmed(tab: Desk) -> None:
    (reply,) = tab.send({"trimWhitespace": {"range": DATA}})
    assert reply == {"trimWhitespace": {"cellsChangedCount": 1}}
    assert tab.shown("Data!A2") == [["Spring sale"]]


def test_texts_are_replaced_and_typed_anew(tab: Desk) -> None:
    (reply,) = tab.send({"findReplace": {"find": "TWO", "replacement": "2", "range": DATA}})
    counts = {"occurrencesChanged": 2, "valuesChanged": 2, "rowsChanged": 2, "sheetsChanged": 1}
    assert reply == {"findReplace": counts}
    assert tab.shown("Data!A3:A4") == [[2.0], [2.0]]


def test_rows_that_show_the_same_go(tab: Desk) -> None:
    (reply,) = tab.send({"deleteDuplicates": {"range": DATA}})
    assert reply == {"deleteDuplicates": {"duplicatesRemovedCount": 1}}
    assert tab.shown("Data!A3:B4") == [["Two", 7.0], [None, None]]


def test_cells_are_cut_and_pasted_with_their_looks(tab: Desk) -> None:
    bold = {"textFormat": {"bold": True}}
    tab.send(repeat(span(7, 2, 0, 3, 1), "userEnteredFormat", userEnteredFormat=bold))
    tab.send({"cutPaste": {"source": span(7, 2, 0, 3, 2), "destination": {"sheetId": 7, "rowIndex": 8}}})
    assert tab.shown("Data!A3:B3") == [[None, None]]
    assert tab.shown("Data!A9:B9") == [["Two", 7.0]]
    assert tab.spreadsheet.sheet(7).grid.traits(8, 0) == {"userEnteredFormat": bold}


def test_borders_are_drawn_around_and_inside_a_range(tab: Desk) -> None:
    thin = {"style": "SOLID"}
    tab.send({"updateBorders": {"range": span(7, 0, 0, 2, 2), "top": thin, "innerVertical": thin}})

    def sides(row: int, column: int) -> set[str]:
        shape = tab.spreadsheet.sheet(7).grid.traits(row, column).get("userEnteredFormat", {})
        return set(shape.get("borders", {}))

    assert [sides(0, 0), sides(0, 1), sides(1, 0), sides(1, 1)] == [
        {"top", "right"},
        {"top", "left"},
        {"right"},
        {"left"},
    ]
    tab.send({"updateBorders": {"range": span(7, 0, 0, 1, 1), "top": {"style": "NONE"}}})
    assert sides(0, 0) == {"right"}


@pytest.mark.parametrize(
    ("data", "shown"),
    [("1;2\n3;", [[1.0, 2.0], [3.0, None]]), ("-465515E-2;x", [[-4655.15, "x"]])],
)
def test_pasted_text_is_cut_into_cells_and_typed(tab: Desk, data: str, shown: list[list[object]]) -> None:
    corner = {"sheetId": 7, "rowIndex": 5, "columnIndex": 0}
    tab.send({"pasteData": {"coordinate": corner, "data": data, "type": "PASTE_VALUES", "delimiter": ";"}})
    assert tab.shown(f"Data!A6:B{5 + len(shown)}") == shown


def test_pasting_keeps_inside_the_grid(tab: Desk) -> None:
    corner = {"sheetId": 7, "rowIndex": 9, "columnIndex": 0}
    with pytest.raises(gspread.exceptions.APIError, match="exceeds grid limits"):
        tab.send({"pasteData": {"coordinate": corner, "data": "1\n2", "delimiter": ";"}})
