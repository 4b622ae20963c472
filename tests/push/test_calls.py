"""How many calls a push takes, and what it writes."""

from __future__ import annotations

from .conftest import TAB, PushDesk, small_report


def methods(pushes: PushDesk) -> list[str]:
    return [call.method.removeprefix("sheets.spreadsheets.") for call in pushes.desk.google.calls]


def test_a_first_push_takes_two_calls(pushes: PushDesk) -> None:
    pushes.push()
    assert methods(pushes) == ["get", "batchUpdate"]
    assert pushes.values("Overview!A1:A3") == [[150.0], [2.0], [300.0]]
    assert pushes.values("data_campaigns!A1:C2") == [
        ["Campaign ID", "Campaign Name", "Budget"],
        ["C1", "The C1", 100.0],
    ]


def test_a_second_push_takes_three_calls(pushed: PushDesk) -> None:
    pushed.push(small_report({"C1": 100.0, "C2": 80.0}))
    assert methods(pushed) == ["get", "values.batchGet", "batchUpdate"]
    assert pushed.values("scaled") == [[360.0]]


def test_where_nothing_changed_nothing_is_written(pushed: PushDesk) -> None:
    before = pushed.desk.spreadsheet
    push = pushed.push()
    assert methods(pushed) == ["get", "values.batchGet"]
    assert not push.plan.writes
    assert pushed.desk.spreadsheet is before


def test_an_unchanged_tab_costs_nothing(pushed: PushDesk) -> None:
    push = pushed.push(small_report(title="Spend"))
    states = {tab.key: tab.state.value for tab in push.plan.tabs}
    assert states["overview"] == "changed"
    assert states["campaigns"] == "unchanged"
    touched = [
        str(request) for request in pushed.desk.google.calls[-1].body["requests"] if "Metadata" not in str(request)
    ]
    assert not [text for text in touched if str(pushed.sheet_id("Campaigns")) in text]


def test_a_dry_run_says_the_calls_and_bytes_and_writes_nothing(pushes: PushDesk) -> None:
    before = pushes.desk.spreadsheet
    planned = pushes.push(is_dry_run=True)
    assert pushes.desk.spreadsheet is before
    done = pushes.push()
    # Push identifiers differ, and are equally long.
    assert (planned.calls, planned.sent) == (done.calls, done.sent)
    assert done.sent == pushes.desk.google.calls[-1].size


def test_every_tab_says_that_it_is_ours(pushed: PushDesk) -> None:
    assert sorted(pushed.notes(TAB)) == ["campaigns", "charts", "data_campaigns", "looker_fields", "overview", "state"]


def test_rows_that_come_go_and_move(pushed: PushDesk) -> None:
    pushed.push(small_report({"C3": 7.0, "C2": 50.0, "C1": 100.0}))
    assert pushed.values("Campaigns!A2:D4") == [
        ["C3", "The C3", 7.0, 14.0],
        ["C2", "The C2", 50.0, 100.0],
        ["C1", "The C1", 100.0, 200.0],
    ]
    pushed.push(small_report({"C2": 50.0}))
    assert pushed.values("Campaigns!A2:D2") == [["C2", "The C2", 50.0, 100.0]]
    assert pushed.values("Overview!A1") == [[50.0]]
