"""What a marketer typed on the sheet: kept, overwritten or refused, and always listed."""

from __future__ import annotations

import pytest

from sheetgen.errors import MovedFormulaError, SheetEditsError, SheetLayoutError, SheetRowsError, StrayCellsError

from .conftest import PushDesk, small_report


@pytest.fixture
def edited(pushed: PushDesk) -> PushDesk:
    """The scale set to 3, and the budget of C2 to 70."""
    pushed.enter("set_scale", [3])
    pushed.enter("Campaigns!C3", [70])
    return pushed


def test_edits_are_kept_and_listed(edited: PushDesk) -> None:
    push = edited.push(small_report({"C1": 120.0, "C2": 50.0}))
    assert edited.values("Overview!A1:A3") == [[190.0], [3.0], [570.0]]
    assert [(edit.place, edit.before, edit.after, edit.is_kept) for edit in push.plan.edits] == [
        ("set_scale", 2, 3, True),
        ("Campaigns: C2, Budget", 50, 70, True),
    ]


def test_edits_are_kept_at_every_later_push(edited: PushDesk) -> None:
    for title in ("One", "Two", "Three"):
        push = edited.push(small_report(title=title))
        assert len(push.plan.edits) == 2
    assert edited.values("Overview!A1:A2") == [[170.0], [3.0]]


def test_an_edit_moves_with_its_campaign(edited: PushDesk) -> None:
    edited.push(small_report({"C0": 1.0, "C2": 50.0, "C1": 100.0}))
    assert edited.values("Campaigns!A2:C4") == [["C0", "The C0", 1.0], ["C2", "The C2", 70.0], ["C1", "The C1", 100.0]]


def test_edits_are_overwritten_where_that_is_wanted(edited: PushDesk) -> None:
    push = edited.push(edits="overwrite")
    assert edited.values("Overview!A1:A3") == [[150.0], [2.0], [300.0]]
    assert [edit.is_kept for edit in push.plan.edits] == [False, False]


def test_edits_are_refused_where_that_is_wanted(edited: PushDesk) -> None:
    before = edited.desk.spreadsheet
    with pytest.raises(SheetEditsError, match=r"since the last push: 2 \(set_scale; Campaigns: C2, Budget\)"):
        edited.push(edits="fail")
    assert edited.desk.spreadsheet is before


def test_an_edit_that_the_report_takes_over_is_none(edited: PushDesk) -> None:
    push = edited.push(small_report({"C1": 100.0, "C2": 70.0}, scale=3.0), edits="fail")
    assert push.plan.edits == ()


def test_a_number_typed_as_text_is_no_edit(pushed: PushDesk) -> None:
    pushed.enter("Campaigns!C3", ["'50"])
    assert pushed.push(edits="fail").plan.edits == ()


def test_a_cleared_input_and_a_formula_are_edits(pushed: PushDesk) -> None:
    pushed.enter("Campaigns!C2", [""])
    pushed.enter("Campaigns!C3", ["=6*7"])
    push = pushed.push(small_report(title="New"))
    assert [(edit.row, edit.after) for edit in push.plan.edits] == [("C1", None), ("C2", "=6*7")]
    assert pushed.values("Campaigns!C2:D3") == [[None, 0.0], [42.0, 84.0]]


def test_a_formula_in_a_row_that_moves_is_refused_before_it_becomes_text(pushed: PushDesk) -> None:
    pushed.enter("Campaigns!C3", ["=6*7"])
    with pytest.raises(MovedFormulaError, match="Campaigns: C2, Budget"):
        pushed.push(small_report({"C0": 1.0, "C1": 100.0, "C2": 50.0}))


def test_an_edit_of_a_campaign_that_is_gone_is_listed_as_lost(edited: PushDesk) -> None:
    push = edited.push(small_report({"C1": 100.0}))
    assert [(edit.place, edit.is_kept) for edit in push.plan.edits][1:] == [("Campaigns: C2, Budget", False)]


def test_an_edit_during_the_push_stays(pushed: PushDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sheetgen.push.client import SheetsClient

    commit = SheetsClient.batch_update

    def typed_before(client: SheetsClient, *arguments: object) -> None:
        pushed.enter("Campaigns!C2", [111])
        commit(client, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(SheetsClient, "batch_update", typed_before)
    pushed.push(small_report({"C1": 100.0, "C2": 80.0}))
    assert pushed.values("Campaigns!C2:C3") == [[111.0], [80.0]]


@pytest.mark.parametrize(
    ("start", "end", "inserts"), [(2, 3, True), (2, 3, False)], ids=["a row inserted", "a row deleted"]
)
def test_rows_changed_by_hand_are_not_lost_in_silence(pushed: PushDesk, start: int, end: int, inserts: bool) -> None:
    place = {
        "sheetId": pushed.sheet_id("Campaigns"),
        "dimension": "ROWS",
        "startIndex": start,
        "endIndex": end,
    }
    pushed.change({"insertDimension": {"range": place}} if inserts else {"deleteDimension": {"range": place}})
    assert not pushed.push().plan.writes
    with pytest.raises(SheetRowsError, match="Campaigns"):
        pushed.push(small_report({"C1": 1.0, "C2": 2.0}))
    pushed.push(small_report({"C1": 1.0, "C2": 2.0}), edits="overwrite")
    assert pushed.values("Campaigns!A2:D3") == [["C1", "The C1", 1.0, 2.0], ["C2", "The C2", 2.0, 4.0]]
    assert pushed.values("scaled") == [[6.0]]


def test_a_row_inserted_above_inputs_is_refused_or_undone(pushed: PushDesk) -> None:
    place = {"sheetId": pushed.sheet_id("Overview"), "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    pushed.change({"insertDimension": {"range": place}})
    assert not pushed.push().plan.writes
    with pytest.raises(SheetLayoutError, match="Overview"):
        pushed.push(small_report({"C1": 1.0, "C2": 2.0}))
    pushed.push(small_report({"C1": 1.0, "C2": 2.0}), edits="overwrite")
    assert pushed.values("Overview!A1:A3") == [[3.0], [2.0], [6.0]]


def test_text_beside_the_report_is_refused_before_it_would_go(pushed: PushDesk) -> None:
    place = {"sheetId": pushed.sheet_id("Campaigns"), "dimension": "COLUMNS", "length": 2}
    pushed.change({"appendDimension": place})
    pushed.push(small_report(title="Empty columns are no matter"))
    pushed.change({"appendDimension": place})
    pushed.enter("Campaigns!F2", ["a note"])
    with pytest.raises(StrayCellsError, match="F2"):
        pushed.push(small_report({"C1": 1.0, "C2": 2.0}))
    pushed.push(small_report({"C1": 1.0, "C2": 2.0}), edits="overwrite")
    assert pushed.values("scaled") == [[6.0]]
