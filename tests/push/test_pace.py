"""Calls that are tried again: when, how often, how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import requests

from sheetgen.clause import Clause
from sheetgen.errors import SheetsServiceError
from sheetgen.push.client import SheetsClient
from sheetgen.push.pace import Pace, PassingFailure, keep_trying
from tests.google.faults import Fault
from tests.google.fixtures import Desk


@dataclass
class Watch:
    """A clock that sleeping moves; `told` are the waits and their reasons."""

    time: float = 1_800_000_000.0
    told: list[tuple[float, str]] = field(default_factory=list)

    def pace(self, jitter: float = 0.0) -> Pace:
        return Pace(lambda *wait: self.told.append(wait), self.sleep, lambda: self.time, lambda: jitter)

    def sleep(self, seconds: float) -> None:
        self.time += seconds


def fail(*failures: PassingFailure) -> Iterator[None]:
    yield from ()
    for failure in failures:
        raise failure


def test_waits_double_and_vary() -> None:
    watch = Watch()
    failures = iter([PassingFailure("busy")] * 4)

    def call() -> str:
        for failure in failures:
            raise failure
        return "done"

    assert keep_trying(call, watch.pace(jitter=0.25)) == "done"
    assert watch.told == [(1.25, "busy"), (2.25, "busy"), (4.25, "busy"), (8.25, "busy")]


def test_five_tries_are_the_most() -> None:
    with pytest.raises(SheetsServiceError, match="busy; tries: 5"):
        keep_trying(_busy, Watch().pace())


def test_five_minutes_are_the_longest() -> None:
    watch = Watch()

    def slow() -> str:
        watch.sleep(140)
        raise PassingFailure("busy")

    with pytest.raises(SheetsServiceError, match="tries: 3"):
        keep_trying(slow, watch.pace())


def test_a_wait_that_would_take_too_long_is_not_begun() -> None:
    watch = Watch()

    def closed() -> str:
        raise PassingFailure("closed", wait=3600)

    with pytest.raises(SheetsServiceError, match="tries: 1"):
        keep_trying(closed, watch.pace())
    assert watch.told == []


def test_an_answer_that_became_known_ends_the_tries() -> None:
    assert keep_trying(_busy, Watch().pace(), lambda: "it was done") == "it was done"


def _busy() -> str:
    raise PassingFailure("busy")


def test_a_quota_is_waited_for_until_its_minute_ends(desk: Desk) -> None:
    watch = Watch()
    watch.time += 17 - watch.time % 60
    desk.google.faults.add(Fault(status=429), Fault(status=429, retry_after="5"))
    client(desk, watch.pace(jitter=0.5)).get("spreadsheetId")
    assert watch.told == [(43.5, "429 RESOURCE_EXHAUSTED"), (5.5, "429 RESOURCE_EXHAUSTED")]


@pytest.mark.parametrize(
    "failure", [requests.ConnectionError(), requests.Timeout(), requests.exceptions.ChunkedEncodingError()]
)
def test_a_connection_that_fails_or_ends_early_is_tried_again(desk: Desk, failure: Exception) -> None:
    watch = Watch()
    unsteady = _Unsteady(desk.client.session, [failure])
    desk.client.session = unsteady  # type: ignore[assignment]
    client(desk, watch.pace()).get("spreadsheetId")
    assert watch.told == [(1.0, Clause("no connection"))]


def test_no_call_waits_for_ever(desk: Desk) -> None:
    unsteady = _Unsteady(desk.client.session, [])
    desk.client.session = unsteady  # type: ignore[assignment]
    client(desk, Watch().pace()).get("spreadsheetId")
    assert unsteady.timeouts == [(10, 200)]


def client(desk: Desk, pace: Pace) -> SheetsClient:
    return SheetsClient(desk.client, desk.spreadsheet_id, desk.account.email, pace)


@dataclass
class _Unsteady:
    """A session whose first requests fail."""

    session: requests.Session
    failures: list[Exception]
    timeouts: list[object] = field(default_factory=list)

    def request(self, *arguments: object, **options: object) -> requests.Response:
        self.timeouts.append(options["timeout"])
        if self.failures:
            raise self.failures.pop()
        return self.session.request(*arguments, **options)  # type: ignore[arg-type]
