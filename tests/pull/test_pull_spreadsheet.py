"""A report on Google Sheets tells what was edited there since it was pushed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sheetgen.errors import NoSheetReportError
from sheetgen.inputs import load_settings
from sheetgen.pull.edit import Pulled
from sheetgen.pull.spreadsheet import pull_spreadsheet
from tests.google.fixtures import Desk
from tests.push.conftest import PushDesk, small_report

from .conftest import told

SETTINGS = load_settings()


@pytest.fixture
def pushed(desk: Desk) -> PushDesk:
    """A spreadsheet with the small report: C1 of 100 and C2 of 50, a scale of 2."""
    pushes = PushDesk(desk)
    pushes.push()
    desk.google.calls.clear()
    return pushes


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> Desk:
    """Google's double, not the desk of workbooks."""
    from tests.google.fixtures import new_desk

    return new_desk(request.getfixturevalue("service_account"))


def pull(pushes: PushDesk) -> Pulled:
    return pull_spreadsheet(pushes.client(), SETTINGS)


def test_a_report_as_it_was_pushed_has_no_edits(pushed: PushDesk) -> None:
    assert pull(pushed) == Pulled(())
    assert [call.method for call in pushed.desk.google.calls] == [
        "sheets.spreadsheets.get",
        "sheets.spreadsheets.values.batchGet",
        "sheets.spreadsheets.get",
    ]


def test_edits_say_where_and_what_was_there(pushed: PushDesk) -> None:
    pushed.enter("set_scale", [3])
    pushed.enter("Campaigns!B2", ["'=Spring"])
    pushed.enter("Campaigns!C3", ["=35*2"])
    assert told(pull(pushed).edits) == [
        ("input", "", "set_scale", "2", "3"),
        ("campaign", "C1", "Campaign Name", "The C1", "=Spring"),
        ("campaign", "C2", "Budget", "50", "70"),
    ]


def test_values_typed_over_formulas_are_told(pushed: PushDesk) -> None:
    pushed.enter("Overview!A1", [400])
    pushed.enter("Campaigns!D3", ["about 100"])
    pushed.enter("data_campaigns!C2", [7])
    assert told(pull(pushed).edits) == [
        ("formula", "", "Overview!A1", "", "400"),
        ("formula", "C2", "Double", "", "about 100"),
        ("formula", "", "data_campaigns!C2", "", "7"),
    ]


def test_a_formula_typed_over_a_formula_and_one_that_was_cleared_are_no_edits(pushed: PushDesk) -> None:
    pushed.enter("Overview!A1", ["=1+1"])
    pushed.enter("Campaigns!D3", [""])
    assert pull(pushed) == Pulled(())


def test_where_rows_were_inserted_what_was_typed_over_cannot_be_told(pushed: PushDesk) -> None:
    place = {"sheetId": pushed.sheet_id("Overview"), "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    pushed.change({"insertDimension": {"range": place}})
    pushed.enter("Overview!A2", [400])
    found = pull(pushed)
    assert not found.edits
    assert any("Overview: rows or columns were inserted" in notice for notice in found.notices)


def test_a_tab_too_large_to_look_through_gets_a_notice(pushed: PushDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetgen.pull.constants.MOST_CELLS", 3)
    pushed.enter("Overview!A1", [400])
    pushed.enter("data_campaigns!C2", [7])
    found = pull(pushed)
    assert [edit.column for edit in found.edits] == ["Overview!A1"]
    assert found.notices == ("data_campaigns: too many formulas to tell values that were typed over them.",)


def test_what_an_earlier_push_did_not_remember_is_not_told(pushed: PushDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetgen.push.plan.formula_areas", lambda _tab: ())
    pushed.push(small_report({"C1": 1.0, "C2": 2.0}))
    pushed.enter("Overview!A1", [400])
    assert pull(pushed) == Pulled(())


def test_edits_stay_edits_after_a_push_that_keeps_them(pushed: PushDesk) -> None:
    pushed.enter("Campaigns!C3", [70])
    pushed.push(small_report({"C1": 120.0, "C2": 60.0}))
    assert told(pull(pushed).edits) == [("campaign", "C2", "Budget", "60", "70")]


def test_a_row_cleared_is_a_campaign_deleted(pushed: PushDesk) -> None:
    pushed.enter("Campaigns!A3", ["", "", ""])
    assert told(pull(pushed).edits) == [("deleted", "C2", "", "", "")]


def test_a_spreadsheet_without_a_report_is_refused(desk: Desk) -> None:
    with pytest.raises(NoSheetReportError, match="nothing was pushed to it"):
        pull(PushDesk(desk))


def test_the_command_reads_a_sheet(pushed: PushDesk, google_environment: dict[str, str], key_file: Path) -> None:
    pushed.enter("Campaigns!C3", [70])
    command = [sys.executable, "-m", "sheetgen", "pull", "--sheet-id", pushed.desk.spreadsheet_id]
    result = subprocess.run(
        [*command, "--credentials", str(key_file), "--json"],
        env=google_environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    (edit,) = json.loads(result.stdout)["edits"]
    assert (edit["campaign_id"], edit["column"], edit["before"], edit["after"]) == ("C2", "Budget", 50, 70)
