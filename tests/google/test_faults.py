"""Calls that fail before or after they take effect, and clients that die."""

from __future__ import annotations

import gspread
import pytest
import requests

from tests.google.bodies import write
from tests.google.faults import Ending, Fault, When
from tests.google.fixtures import Desk
from tests.google.wire import ClientKilledError


@pytest.mark.parametrize(("when", "shown"), [(When.BEFORE, None), (When.AFTER, 1.0)])
@pytest.mark.parametrize("ending", [Ending.STATUS, Ending.CUT, Ending.KILL])
def test_a_call_fails_before_or_after_it_takes_effect(
    desk: Desk, ending: Ending, when: When, shown: float | None
) -> None:
    desk.google.faults.add(Fault(ending, when=when))
    errors = {
        Ending.STATUS: gspread.exceptions.APIError,
        Ending.CUT: requests.exceptions.ConnectionError,
        Ending.KILL: ClientKilledError,
    }

    with pytest.raises(errors[ending]):
        desk.send(write(0, 0, 0, [1]))

    assert desk.shown("A1") == [[shown]]
    assert len(desk.send(write(0, 0, 0, [2]))) == 1


def test_a_fault_strikes_the_call_it_is_for(desk: Desk) -> None:
    desk.google.faults.add(Fault(status=500, call=3), Fault(status=503, method="batchUpdate", retry_after="7"))
    desk.get("spreadsheetId")

    with pytest.raises(gspread.exceptions.APIError) as second:
        desk.send(write(0, 0, 0, [1]))
    with pytest.raises(gspread.exceptions.APIError) as third:
        desk.get("spreadsheetId")

    assert second.value.response.headers["Retry-After"] == "7"
    assert (second.value.response.status_code, second.value.error["status"]) == (503, "UNAVAILABLE")
    assert (third.value.response.status_code, third.value.error["status"]) == (500, "INTERNAL")


def test_a_bad_gateway_speaks_html(desk: Desk) -> None:
    desk.google.faults.add(Fault(status=502))

    with pytest.raises(gspread.exceptions.APIError) as refusal:
        desk.get()

    assert refusal.value.response.status_code == 502
    assert refusal.value.response.text.startswith("<!DOCTYPE html>")


def test_every_call_is_on_record(desk: Desk) -> None:
    desk.get("spreadsheetId")
    desk.send(write(0, 0, 0, [1]), write(0, 0, 1, [2]))

    read, batch = desk.google.calls
    assert (read.number, read.method, read.status, read.size) == (1, "sheets.spreadsheets.get", 200, 0)
    assert (batch.number, batch.method, batch.kinds) == (2, "sheets.spreadsheets.batchUpdate", ["updateCells"] * 2)
