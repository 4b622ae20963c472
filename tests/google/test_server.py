"""The double behind its proxy, as an unmodified program in a process of its own meets it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.google.double import GoogleDouble
from tests.google.faults import Ending, Fault, When
from tests.google.fixtures import SPREADSHEET_ID, Desk
from tests.google.server import GoogleServer
from tests.google.wire import Call

PROGRAM = """\
import sys
import gspread

key_file, spreadsheet_id = sys.argv[1:]
client = gspread.service_account(key_file, scopes=["https://www.googleapis.com/auth/spreadsheets"]).http_client
for text in ("first", "second"):
    client.values_update(spreadsheet_id, "Sheet1!A1", {"valueInputOption": "RAW"}, {"values": [[text]]})
print(client.values_get(spreadsheet_id, "Sheet1!A1")["values"])
"""
VISIT = "import requests; print(requests.get('https://sheets.googleapis.com/v4/nothing').status_code)"
STRAY = "import requests; requests.get('https://example.com')"


def start(program: str, environment: dict[str, str], *arguments: object) -> subprocess.Popen[str]:
    """A Python program that runs with an environment."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_program_that_knows_nothing_of_the_double(
    desk: Desk, google_environment: dict[str, str], key_file: Path
) -> None:
    talk, errors = start(PROGRAM, google_environment, key_file, SPREADSHEET_ID).communicate(timeout=60)

    assert talk == "[['second']]\n", errors
    assert [call.method.rpartition(".")[2] for call in desk.google.calls] == ["update", "update", "get"]
    assert desk.shown("A1") == [["second"]]
    assert desk.google.refused == []


def test_a_program_killed_after_a_call(
    desk: Desk, google_server: GoogleServer, google_environment: dict[str, str], key_file: Path
) -> None:
    desk.google.faults.add(Fault(Ending.KILL, when=When.AFTER, call=1))
    process = start(PROGRAM, google_environment, key_file, SPREADSHEET_ID)
    google_server.on_kill = process.kill

    process.communicate(timeout=60)

    assert process.returncode != 0
    assert (len(desk.google.calls), desk.shown("A1")) == (1, [["first"]])


def test_google_is_the_only_place_to_go(desk: Desk, google_environment: dict[str, str]) -> None:
    talk, _ = start(VISIT, google_environment).communicate(timeout=60)
    start(STRAY, google_environment).communicate(timeout=60)

    assert talk == "404\n"
    assert desk.google.refused == ["CONNECT example.com:443"]


def test_hosts_of_google_that_the_double_has_not_are_on_record() -> None:
    google = GoogleDouble()
    answer = google.answer(Call.to_url("GET", "https://www.googleapis.com/drive/v3/files", {}, b""))

    assert answer.status == 403
    assert google.refused == ["GET https://www.googleapis.com/drive/v3/files"]
