"""`sheetgen doctor --live`: every question on the double, what differs, what is recorded, and nothing left behind."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from sheetgen.doctor.live import BY_HAND, QUESTIONS
from sheetgen.push.manifest import create_metadata
from tests.google.batch import run as batch
from tests.google.batch.draft import Draft
from tests.google.faults import Ending, Fault, When
from tests.google.fixtures import SPREADSHEET_ID, Desk
from tests.google.problem import RefusedError
from tests.google.wire import Json

from .conftest import Program

NO_PROGRAM = {str(question.asked) for question in BY_HAND}


def titles(desk: Desk) -> list[str]:
    return [sheet.title for sheet in desk.spreadsheet.sheets]


@pytest.mark.parametrize(("locale", "half"), [("en_US", "12.5%"), ("fr_FR", "12,5%")])
def test_every_answer_of_the_double_is_as_expected(program: Program, desk: Desk, locale: str, half: str) -> None:
    desk.google.create(SPREADSHEET_ID, locale=locale, title="Secret plans")
    found = program.examine("--live", "--yes", "--transcript", "live.json")
    assert len(found.live) == len(QUESTIONS)
    assert {each["point"] for each in found.live} == set(range(1, 13))
    assert [each for each in found.live if (each["verdict"] == "as expected") == (each["asked"] in NO_PROGRAM)] == []
    assert next(each["found"] for each in found.live if "0.0%" in each["asked"]) == half
    assert found.code == 0
    assert titles(desk) == ["Sheet1"]
    assert desk.google.refused == []
    assert_says_nothing_of_the_owner((program.folder / "live.json").read_text(encoding="utf-8"), desk)


def assert_says_nothing_of_the_owner(text: str, desk: Desk) -> None:
    recorded = json.loads(text)
    assert len(recorded["exchanges"]) > len(recorded["answers"]) == len(QUESTIONS)
    first = next(each for each in recorded["exchanges"] if each["method"] == "POST")
    assert first["address"] == "https://sheets.googleapis.com/v4/spreadsheets/SPREADSHEET_ID:batchUpdate"
    assert first["request"]["requests"][0]["addSheet"]["properties"]["title"] == "_sheetgen_doctor"
    assert (first["status"], first["response"]) == (200, {"spreadsheetId": "SPREADSHEET_ID"})
    refused = [each for each in recorded["exchanges"] if each["point"] == 2 and each["status"] == 400]
    assert "that ID already exists" in refused[0]["response"]["error"]["message"]
    for secret in (SPREADSHEET_ID, desk.account.email, "ya29.", "Secret plans", "uthorization", desk.account.project):
        assert secret not in text
    assert len(text) < 200_000


def test_what_google_does_otherwise_is_said(program: Program, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = dict(batch._HANDLERS)

    def delete_with_cells(draft: Draft, body: Json) -> Json | None:
        book = draft.spreadsheet
        area = book.area(book.tables[body["tableId"]]["range"])
        book.sheet(area.sheet).grid.fill(area, None)
        return usual["deleteTable"](draft, body)

    deviations: dict[str, Callable[[Draft, Json], Json | None]] = {
        "deleteTable": delete_with_cells,
        "deleteProtectedRange": lambda _draft, _body: None,
    }
    monkeypatch.setattr(batch, "_HANDLERS", usual | deviations)
    found = program.examine("--live", "--yes")
    assert found.code == 1
    different = {each["asked"]: each["found"] for each in found.live if each["verdict"] == "different"}
    assert different == {"cells of a table that is deleted": "", "deleting a protection that is gone": "accepted"}
    assert titles(desk) == ["Sheet1"]


def test_a_question_that_meets_a_failure_stays_open(program: Program, desk: Desk) -> None:
    # Five calls look at the spreadsheet and make the tab, then the questions begin.
    desk.google.faults.add(Fault(status=503, call=9, when=When.AFTER))
    done = program.run("--sheet-id", SPREADSHEET_ID, "--credentials", program.key, "--live", "--yes")
    assert done.returncode == 0
    assert len([line for line in done.stdout.splitlines() if line.startswith("  open")]) == len(BY_HAND) + 1
    assert "503 UNAVAILABLE" in done.stdout
    assert titles(desk) == ["Sheet1"]


@pytest.mark.parametrize(("call", "sign"), [(4, signal.SIGINT), (4, signal.SIGTERM), (11, signal.SIGINT)])
def test_stopped_in_the_middle_of_a_call_it_leaves_nothing(
    program: Program, desk: Desk, call: int, sign: signal.Signals
) -> None:
    """The call, which adds the tab or its copy, still takes effect after the program has let go of it."""
    desk.google.faults.add(Fault(Ending.USUAL, delay=0.5, call=call))
    command = program.command("--sheet-id", SPREADSHEET_ID, "--credentials", program.key, "--live", "--yes")
    with subprocess.Popen(command, env=program.environment, cwd=program.folder, stderr=subprocess.PIPE) as process:
        while len(desk.google.calls) < call:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(sign)
        _, talk = process.communicate(timeout=30)
    assert process.returncode == (130 if sign == signal.SIGINT else 143)
    assert b"Traceback" not in talk
    assert desk.google.calls[call - 1].kinds[0] == ("addSheet" if call == 4 else "duplicateSheet")
    assert desk.google.calls[call - 1].status == 200
    assert titles(desk) == ["Sheet1"]


def test_what_an_earlier_run_left_is_removed(program: Program, desk: Desk) -> None:
    desk.google.change(
        SPREADSHEET_ID,
        {"addSheet": {"properties": {"sheetId": 9, "title": "_sheetgen_doctor", "hidden": True}}},
        create_metadata("sheetgen.doctor", "_sheetgen_doctor", {"sheetId": 9}),
    )
    before = program.examine()
    assert before.states("warning") == ["scratch"]
    assert program.examine("--live", "--yes").code == 0
    assert titles(desk) == ["Sheet1"]


def test_a_tab_that_cannot_be_removed_is_named(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_draft: Draft, _body: Json) -> None:
        raise RefusedError("no")

    monkeypatch.setattr(batch, "_HANDLERS", {**batch._HANDLERS, "deleteSheet": refused})
    done = program.run("--sheet-id", SPREADSHEET_ID, "--credentials", program.key, "--live", "--yes")
    assert done.returncode == 3
    assert "The hidden tab _sheetgen_doctor could not be removed" in done.stderr


def test_nothing_is_written_unless_someone_agrees(program: Program, desk: Desk) -> None:
    done = program.run("--sheet-id", SPREADSHEET_ID, "--credentials", program.key, "--live")
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert titles(desk) == ["Sheet1"]
    assert program.run("--live").returncode == 2
    assert program.run("--yes").returncode == 2


def test_a_spreadsheet_that_cannot_be_written_is_asked_nothing(program: Program, desk: Desk) -> None:
    desk.google.share(SPREADSHEET_ID, desk.account.email, None)
    found = program.examine("--live", "--yes")
    assert (found.code, found.live) == (2, [])
