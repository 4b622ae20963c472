"""Signing in as a person from the command line, a program of its own against the double behind a proxy."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.google.consent import OAuthClient
from tests.google.fixtures import SPREADSHEET_ID, Desk
from tests.google.wire import Call

WITHOUT_BROWSER = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")


@dataclass
class Program:
    """Runs `sheetgen` with an environment that leads to the double."""

    environment: dict[str, str]
    campaigns: Path
    client: Path

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sheetgen", *map(str, arguments)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=False)

    def push(self, *options: object) -> subprocess.CompletedProcess[str]:
        return self.run("push", *self.arguments(), *options)

    def arguments(self) -> list[str]:
        return [str(self.campaigns), "--sheet-id", SPREADSHEET_ID, "--credentials", str(self.client)]


@pytest.fixture
def program(google_environment: dict[str, str], campaign_file: Path, client_file: Path) -> Program:
    return Program(google_environment, campaign_file, client_file)


def test_sign_in_push_push_again_and_sign_out(program: Program, desk: Desk, oauth_client: OAuthClient) -> None:
    sign_in = desk.google.sign_in
    first = program.push()
    assert first.returncode == 0, first.stderr
    assert "Sign in to Google in the browser that opens" in first.stderr
    assert desk.shown("total_revenue") == [[950.0]]
    (user,) = sign_in.users.values()

    again = program.push("--json")
    assert json.loads(again.stdout)["written"] is False
    assert again.stderr == ""
    assert len(sign_in.consent.visits) == 1

    ended = program.run("logout", "--json")
    assert (ended.returncode, json.loads(ended.stdout)) == (0, {"signed_out": 1, "unrevoked": 0})
    assert sign_in.users == {}
    assert program.run("logout").stdout == "Nobody was signed in.\n"

    said = "".join(each.stdout + each.stderr for each in (first, again, ended))
    code, verifier = sign_in.asked[0]["code"], sign_in.asked[0]["code_verifier"]
    for secret in (oauth_client.secret, user.refresh_token, code, verifier, "ya29.", "GOCSPX"):
        assert secret not in said
    assert desk.google.refused == []


def test_a_sheet_that_the_person_may_not_edit(program: Program, desk: Desk) -> None:
    desk.google.share(SPREADSHEET_ID, desk.google.sign_in.consent.person, None)
    refused = program.push("--quiet")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "the account you signed in with may not change the spreadsheet" in refused.stderr
    assert f"Open https://docs.google.com/spreadsheets/d/{SPREADSHEET_ID} in the browser" in refused.stderr
    assert "sheetgen logout" in refused.stderr


def test_a_wrong_sheet_id_is_told_before_the_browser_opens(program: Program, desk: Desk) -> None:
    refused = program.run("push", program.campaigns, "--sheet-id", "what?", "--credentials", program.client)
    assert refused.returncode == 2
    assert desk.google.sign_in.consent.visits == []


@pytest.mark.parametrize("options", [["--no-browser"], ["--quiet"]], ids=["not wanted", "not there"])
def test_without_a_browser_the_address_is_shown_and_the_last_page_pasted(
    program: Program, desk: Desk, options: list[str]
) -> None:
    kept = {name: value for name, value in program.environment.items() if name not in WITHOUT_BROWSER}
    environment = program.environment if "--no-browser" in options else kept | {"PATH": ""}
    process = subprocess.Popen(
        [sys.executable, "-m", "sheetgen", "push", *program.arguments(), *options],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    shown = [process.stderr.readline() for _ in range(3)]
    assert "open this address in a browser, on this computer or another" in shown[0]
    last_page = way_back(desk, shown[1].strip())
    assert last_page.startswith("http://127.0.0.1:")
    wrong = last_page.replace("state=", "state=x")
    _, talk = process.communicate(f"{wrong}\n{last_page}\n", timeout=60)

    assert process.returncode == 0, talk
    assert talk.startswith("That is not the address of the last page")
    assert desk.shown("total_revenue") == [[950.0]]


def way_back(desk: Desk, address: str) -> str:
    """The last page of a browser on another computer, which cannot open it."""
    return desk.google.answer(Call.to_url("GET", address, {}, b"")).headers["Location"]


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX")
def test_on_a_narrow_terminal_the_address_stays_whole_above_the_progress(program: Program) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "sheetgen", "push", *program.arguments()]
    environment = program.environment | {"COLUMNS": "60", "TERM": "xterm"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        shown = read_all(ours)
    assert process.returncode == 0, shown
    address = re.search(r"^https://accounts\.google\.com/\S+", shown, re.M)
    assert address is not None
    assert {"state", "code_challenge", "prompt"} < set(parse_qs(urlsplit(address[0]).query))
    assert "━" in shown[address.end() :]


def read_all(terminal: int) -> str:
    """What a program shows on a terminal until it ends."""
    shown = b""
    # Linux tells of the end by an error.
    with suppress(OSError):
        while chunk := os.read(terminal, 65_536):
            shown += chunk
    os.close(terminal)
    return shown.decode()


@pytest.mark.skipif(os.name != "posix", reason="Windows sends Ctrl-C in another way")
def test_ctrl_c_while_waiting_for_the_person(program: Program) -> None:
    command = [sys.executable, "-m", "sheetgen", "push", *program.arguments(), "--no-browser"]
    process = subprocess.Popen(
        command, env=program.environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, talk = process.communicate(timeout=60)
    assert process.returncode == 130
    assert talk.endswith("Stopped.\n")
    assert "Traceback" not in talk
