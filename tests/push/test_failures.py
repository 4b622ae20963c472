"""The failure matrix: whatever goes wrong, the spreadsheet is as it was or holds the whole report, once."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from sheetgen.errors import (
    ApiDisabledError,
    ConcurrentPushError,
    LimitError,
    SheetAccessError,
    SheetgenError,
    SheetNotFoundError,
    SheetsRefusalError,
    SheetsServiceError,
    SignInError,
)
from sheetgen.push import load, run
from sheetgen.push.client import SheetsClient
from sheetgen.push.commit import encode_batch
from sheetgen.push.limits import Limits
from sheetgen.report.model import Report
from tests.google.double import Role
from tests.google.faults import Ending, Fault, When
from tests.google.wire import ClientKilledError

from .conftest import MANIFEST, STAGING, PushDesk, small_report

BIGGER = {"C1": 100.0, "C2": 80.0}
LATER = small_report(BIGGER)


def is_whole(pushes: PushDesk, total: float) -> bool:
    """Whether all tabs agree about a total."""
    shown = [pushes.values("Overview!A1"), pushes.values("scaled"), pushes.values("data_campaigns!C2:C3")]
    return shown[:2] == [[[total]], [[total * 2]]] and sum(float(str(row[0])) for row in shown[2]) == total


def test_a_request_that_is_refused_changes_nothing(pushed: PushDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = b',{"deleteSheet":{"sheetId":987654321}}]}'
    monkeypatch.setattr(load, "encode_batch", lambda requests: encode_batch(requests)[:-2] + broken)
    before = pushed.desk.spreadsheet
    with pytest.raises(SheetsRefusalError, match="No sheet with id: 987654321"):
        pushed.push(LATER)
    assert pushed.desk.spreadsheet is before


@pytest.mark.parametrize("fault", [Fault(status=503), Fault(status=500), Fault(status=408), Fault(Ending.CUT)])
@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("method", ["get", "batchUpdate"])
def test_a_passing_failure_is_overcome_and_the_report_applied_once(
    pushes: PushDesk, fault: Fault, when: When, method: str
) -> None:
    pushes.desk.google.faults.add(Fault(fault.ending, fault.status, when, method=method))
    pushes.push()
    assert is_whole(pushes, 150.0)
    assert len(pushes.notes(MANIFEST)) == 1
    applied = [call for call in pushes.desk.google.calls if call.method.endswith("batchUpdate") and call.status == 200]
    assert len(applied) == 1
    assert len(pushes.waits) == 1


@pytest.mark.parametrize("ending", [Ending.STATUS, Ending.CUT])
def test_an_update_whose_outcome_is_unknown_is_applied_once(pushed: PushDesk, ending: Ending) -> None:
    pushed.desk.google.faults.add(Fault(ending, when=When.AFTER, method="batchUpdate"))
    pushed.push(LATER)
    assert is_whole(pushed, 180.0)
    assert [call.method.rpartition(".")[2] for call in pushed.desk.google.calls] == [
        "get",
        "batchGet",
        "batchUpdate",
        "get",
    ]


def test_too_many_calls_are_waited_for(pushes: PushDesk) -> None:
    pushes.desk.google.faults.add(Fault(status=429, retry_after="7"), Fault(status=429))
    pushes.push()
    assert 7 <= pushes.waits[0] < 8
    # Without a word from Google, until the minute is over.
    assert 0 < pushes.waits[1] <= 61
    assert is_whole(pushes, 150.0)


def test_a_failure_that_lasts_ends_after_five_tries(pushes: PushDesk) -> None:
    pushes.desk.google.faults.add(*[Fault(status=503) for _ in range(9)])
    with pytest.raises(SheetsServiceError, match="503 UNAVAILABLE; tries: 5") as failure:
        pushes.push()
    assert failure.value.exit_code == 3
    assert [round(wait - 0.5) for wait in pushes.waits] == [1, 2, 4, 8]


def test_a_gateway_that_answers_in_html(pushes: PushDesk) -> None:
    pushes.desk.google.faults.add(Fault(status=502))
    pushes.push()
    assert is_whole(pushes, 150.0)


def test_a_sheet_that_is_not_shared_names_who_to_share_it_with(pushes: PushDesk) -> None:
    pushes.desk.google.share(pushes.desk.spreadsheet_id, pushes.desk.account.email, None)
    with pytest.raises(SheetAccessError, match=r"add robot@reports-123\.iam\.gserviceaccount\.com as Editor"):
        pushes.push()
    assert len(pushes.desk.google.calls) == 1


def test_a_sheet_that_is_shared_for_reading_only(pushed: PushDesk) -> None:
    before = pushed.desk.spreadsheet
    pushed.desk.google.share(pushed.desk.spreadsheet_id, pushed.desk.account.email, Role.READER)
    with pytest.raises(SheetAccessError, match="Editor"):
        pushed.push(LATER)
    assert pushed.desk.spreadsheet is before


def test_a_sheet_that_does_not_exist(pushes: PushDesk) -> None:
    client = pushes.client()
    client.spreadsheet_id = "1" * 44
    with pytest.raises(SheetNotFoundError, match="between /d/"):
        run.push_report(client, lambda _: pytest.fail("nothing to build for"))


def test_an_api_that_is_switched_off(pushes: PushDesk) -> None:
    pushes.desk.google.sheets_api_enabled = False
    with pytest.raises(ApiDisabledError, match="123456789"):
        pushes.push()


def test_an_account_that_google_does_not_know(pushes: PushDesk) -> None:
    pushes.desk.google.sign_in.accounts.clear()
    with pytest.raises(SignInError, match="account not found"):
        pushes.push()


def test_of_two_pushes_at_once_one_wins_and_the_other_says_so(
    pushed: PushDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = small_report({"C1": 1.0, "C2": 2.0})
    interrupt(monkeypatch, pushed, other)
    with pytest.raises(ConcurrentPushError, match="Run again"):
        pushed.push(LATER)
    assert is_whole(pushed, 3.0)
    assert len(pushed.notes(MANIFEST)) == 1


def test_of_two_first_pushes_at_once_one_wins(pushes: PushDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(monkeypatch, pushes, LATER)
    with pytest.raises(ConcurrentPushError):
        pushes.push()
    assert is_whole(pushes, 180.0)
    assert len(pushes.notes(MANIFEST)) == 1


def interrupt(monkeypatch: pytest.MonkeyPatch, pushes: PushDesk, report: Report) -> None:
    """Have another push finish just before the next one commits."""
    commit = SheetsClient.batch_update

    def late(client: SheetsClient, *arguments: object) -> None:
        monkeypatch.setattr(SheetsClient, "batch_update", commit)
        pushes.push(report)
        commit(client, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(SheetsClient, "batch_update", late)


TINY = Limits(data=0, chunk=1, piece=1)
"""Nothing goes into the batch that can go ahead of it, and only little at a time."""


def test_large_data_go_ahead_and_are_shown_with_the_rest(pushes: PushDesk) -> None:
    planned = pushes.push(limits=TINY, is_dry_run=True)
    done = pushes.push(limits=TINY)
    assert [call.method.rpartition(".")[2] for call in pushes.desk.google.calls[1:]] == [
        "get",
        "batchUpdate",
        "batchUpdate",
        "batchUpdate",
        "batchUpdate",
    ]
    assert (planned.calls, planned.sent) == (done.calls, done.sent)
    assert is_whole(pushes, 150.0)
    assert pushes.titles()[:4] == ["Sheet1", "Overview", "Campaigns", "data_campaigns"]
    pushes.push(small_report({"C1": 100.0, "C3": 80.0}), limits=TINY)
    assert is_whole(pushes, 180.0)
    assert not pushes.notes(STAGING)
    assert not [title for title in pushes.titles() if "staging" in title]


def test_data_without_room_to_wait_in_are_not_sent(pushed: PushDesk) -> None:
    cells = sum(sheet.row_count * sheet.column_count for sheet in pushed.desk.spreadsheet.sheets)
    with pytest.raises(LimitError, match=f"{cells:,} cells of a spreadsheet"):
        pushed.push(LATER, limits=replace(TINY, cells=cells))
    assert is_whole(pushed, 150.0)


def test_what_a_killed_push_left_behind_goes_with_the_next(pushes: PushDesk) -> None:
    pushes.desk.google.faults.add(Fault(Ending.KILL, call=3))
    with pytest.raises(ClientKilledError):
        pushes.push(limits=TINY)
    assert len(pushes.notes(STAGING)) == 1
    pushes.push(limits=TINY)
    assert is_whole(pushes, 150.0)
    assert not pushes.notes(STAGING)
    assert not [title for title in pushes.titles() if "staging" in title]


def test_a_hundred_kills_leave_nothing_half_written(pushes: PushDesk) -> None:
    chance = random.Random(6)
    pushes.desk.google.quota.per_user = pushes.desk.google.quota.per_project = None
    pushes.push()
    total = 150.0
    for _ in range(100):
        limits = Limits(data=chance.choice([0, 200_000]))
        wanted = float(chance.randrange(1, 1_000))
        budgets = {"C1": wanted - 0.5, f"C{chance.randrange(2, 4)}": 0.5}
        when, call = chance.choice(list(When)), len(pushes.desk.google.calls) + chance.randrange(1, 6)
        pushes.desk.google.faults.pending[:] = [Fault(Ending.KILL, when=when, call=call)]
        try:
            pushes.push(small_report(budgets), limits=limits)
        except ClientKilledError:
            pass
        except SheetgenError as error:
            pytest.fail(f"{error}")
        assert is_whole(pushes, total) or is_whole(pushes, wanted)
        total = wanted if is_whole(pushes, wanted) else total
    pushes.desk.google.faults.pending.clear()
    pushes.push(LATER)
    assert is_whole(pushes, 180.0)
    assert not pushes.notes(STAGING)
