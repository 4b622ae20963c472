"""Data too large for one batch: what of them goes ahead, what is pasted for want of room, and what a kill leaves."""

from __future__ import annotations

import numpy as np
import pytest

from sheetgen.errors import LimitError, PastedNumberError
from sheetgen.push.limits import Limits
from sheetgen.push.paste import paste_text
from sheetgen.push.patch import Patch
from tests.google.batch import paste
from tests.google.faults import Ending, Fault, When
from tests.google.fixtures import new_desk
from tests.google.oauth import ServiceAccount
from tests.google.typed import Typed
from tests.google.wire import ClientKilledError, Json

from .conftest import STAGING, PushDesk, small_report

AHEAD = Limits(data=0)
"""Nothing goes into the batch that can go ahead of it."""

BEFORE = {f"C{i}": 10.0 * i for i in range(1, 7)}
AFTER = {f"C{i}": 10.25 * i for i in range(1, 7)}


def kinds(pushes: PushDesk) -> list[list[str]]:
    """The kinds of requests that move data, by call."""
    found = [[kind for kind in call.kinds if kind in ("copyPaste", "pasteData")] for call in pushes.desk.google.calls]
    return [each for each in found if each]


def copies(pushes: PushDesk) -> list[tuple[int, int, int, int]]:
    """The cells that the last call copied to: rows and columns, half open."""
    requests = [
        request["copyPaste"] for request in pushes.desk.google.calls[-1].body["requests"] if "copyPaste" in request
    ]
    return sorted(map(_corners, (request["destination"] for request in requests)))


def _corners(place: Json) -> tuple[int, int, int, int]:
    return place["startRowIndex"], place["endRowIndex"], place["startColumnIndex"], place["endColumnIndex"]


def cells(pushes: PushDesk) -> int:
    """The cells of the spreadsheet's grids."""
    return sum(sheet.row_count * sheet.column_count for sheet in pushes.desk.spreadsheet.sheets)


def budgets(pushes: PushDesk) -> list[object]:
    """The budgets of the six campaigns."""
    return [row[0] for row in pushes.values("Campaigns!C2:C7")]


def test_only_the_columns_and_rows_that_changed_go_ahead(pushes: PushDesk) -> None:
    many = {f"C{i}": 1.0 * i for i in range(1, 201)}
    pushes.push(small_report(many))
    pushes.push(small_report(many | {"C2": 9.0, "C5": 9.0, "C150": 9.0}), limits=AHEAD)
    # Of the budgets in column C; a few cells that stay between two that change go with them.
    assert copies(pushes) == [(2, 6, 2, 3), (150, 151, 2, 3)]
    assert pushes.values("Overview!A1") == [[20100.0 + 7 + 4 - 141]]


def test_a_row_that_is_added_goes_ahead_whole(pushes: PushDesk) -> None:
    pushes.push(small_report(BEFORE))
    pushes.push(small_report(BEFORE | {"C7": 1.0}), limits=AHEAD)
    assert copies(pushes) == [(7, 8, 0, 1), (7, 8, 1, 2), (7, 8, 2, 3)]
    assert pushes.values("Campaigns!A8:D8") == [["C7", "The C7", 1.0, 2.0]]


def test_a_formula_that_was_typed_between_rows_that_change_stays_one(pushes: PushDesk) -> None:
    pushes.push(small_report(BEFORE))
    pushes.enter("Campaigns!C4", ["=5*6+1"])
    pushes.push(small_report(AFTER), limits=AHEAD)
    assert budgets(pushes) == [10.25, 20.5, 31.0, 41.0, 51.25, 61.5]
    assert pushes.client().read_values(["Campaigns!C4"]) == [[["=5*6+1"]]]


@pytest.mark.parametrize("locale", ["en_US", "fr_FR", "de_DE"])
def test_numbers_that_have_no_room_to_wait_are_pasted(service_account: ServiceAccount, locale: str) -> None:
    pushes = PushDesk(new_desk(service_account, locale))
    pushes.push(small_report(BEFORE))
    limits = Limits(data=0, cells=cells(pushes) + 2)
    planned = pushes.push(small_report(AFTER), limits=limits, is_dry_run=True)
    pushes.desk.google.calls.clear()
    done = pushes.push(small_report(AFTER), limits=limits)
    assert (planned.calls, planned.sent) == (done.calls, done.sent)
    # The trial number first, with the sheet to wait on; then the budgets with all the rest.
    assert kinds(pushes) == [["pasteData"], ["pasteData"]]
    assert budgets(pushes) == [10.25, 20.5, 30.75, 41.0, 51.25, 61.5]
    assert pushes.values("Overview!A1") == [[215.25]]
    assert not pushes.notes(STAGING)


def test_texts_are_never_pasted(pushes: PushDesk) -> None:
    pushes.push(small_report(BEFORE))
    others = {f"=D{i}": 1.5 for i in range(1, 7)}
    # Room for twelve texts and a row to try a number in.
    pushes.push(small_report(others), limits=Limits(data=0, cells=cells(pushes) + 14))
    assert kinds(pushes)[-1] == ["copyPaste", "copyPaste", "pasteData"]
    assert pushes.values("Campaigns!A2:C2") == [["=D1", "The =D1", 1.5]]


def test_texts_without_room_to_wait_are_refused_with_the_number_that_fits(pushes: PushDesk) -> None:
    pushes.push(small_report(BEFORE))
    before = pushes.desk.spreadsheet
    with pytest.raises(LimitError, match="About 5 campaigns fit"):
        pushes.push(small_report({f"D{i}": 1.5 for i in range(1, 7)}), limits=Limits(data=0, cells=cells(pushes) + 3))
    assert pushes.desk.spreadsheet is before


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("call", [3, 4, 5, 6])
def test_a_kill_leaves_the_report_as_it_was_or_whole(pushes: PushDesk, when: When, call: int) -> None:
    pushes.push(small_report(BEFORE))
    pushes.desk.google.calls.clear()
    pushes.desk.google.faults.add(Fault(Ending.KILL, when=when, call=call))
    later = small_report({"D1": 1.5} | {key: budget for key, budget in AFTER.items() if key != "C1"})
    limits = Limits(data=0, cells=cells(pushes) + 4)
    with pytest.raises(ClientKilledError):
        pushes.push(later, limits=limits)
    is_done = call == 6 and when is When.AFTER
    assert pushes.values("Overview!A1") == [[206.5 if is_done else 210.0]]
    assert pushes.values("Campaigns!A2:D2") == [["D1", "The D1", 1.5, 3.0] if is_done else ["C1", "The C1", 10.0, 20.0]]
    pushes.push(later, limits=Limits(data=0))
    assert pushes.values("Overview!A1") == [[206.5]]
    assert not [title for title in pushes.titles() if "staging" in title]


def test_a_spreadsheet_that_reads_numbers_otherwise_is_left_alone(
    pushes: PushDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pushes.push(small_report(BEFORE))
    monkeypatch.setattr(paste, "typed_content", lambda _book, text, _row, _column: Typed(text))
    with pytest.raises(PastedNumberError, match="-123456789E-2"):
        pushes.push(small_report(AFTER), limits=Limits(data=0, cells=cells(pushes) + 2))
    assert budgets(pushes) == [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]
    assert not pushes.notes(STAGING)


def test_a_state_too_large_for_the_batch_goes_ahead(pushes: PushDesk) -> None:
    pushes.push(small_report(BEFORE))
    fits = pushes.push(small_report(AFTER), is_dry_run=True).sent
    pushes.push(small_report(AFTER), limits=Limits(body=fits - 1))
    assert kinds(pushes)[-1] == ["copyPaste"]
    assert budgets(pushes) == [10.25, 20.5, 30.75, 41.0, 51.25, 61.5]
    assert not pushes.push(small_report(AFTER)).plan.writes


def test_a_number_reads_alike_in_every_locale() -> None:
    numbers = np.array([1.0, 4655.15, np.nan, -0.5, 1e22, 0.1 + 0.2, 0.0])
    patch = Patch("campaigns", "Campaigns", 1, 0, (numbers, numbers))
    texts = ["1", "465515E-2", "", "-5E-1", "1E22", "30000000000000004E-17", "0"]
    assert paste_text(patch, 7) == "\n".join(f"{text};{text}" for text in texts)
