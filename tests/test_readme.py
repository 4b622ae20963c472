"""The README cannot lie: CI runs its set-up commands, and all others are run here, one after the other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from sheetgen.errors import InputError, ServiceError
from tests.google.fixtures import SPREADSHEET_ID

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = ROOT / ".github" / "CHANGELOG.md"
CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"
SET_UP = "python3 -m venv "


@dataclass(frozen=True)
class Snippet:
    """A code block: a command, a file to make (its first line names it) or what the command before it prints."""

    kind: str
    text: str


SNIPPETS = [Snippet(kind, text.strip()) for kind, text in re.findall(r"^```(\w+)\n(.*?)^```", README, re.M | re.S)]


def shape(line: str) -> str:
    """The line without its numbers, which change with the sample."""
    return re.sub(r"\d[\d,.]*(e-?\d+)?", "#", line)


def follow(snippet: Snippet, folder: Path, printed: str, environment: Mapping[str, str]) -> str:
    """Do what the snippet says, with those variables set; returns what was printed last."""
    match snippet.kind:
        case "toml":
            path = folder / snippet.text.splitlines()[0].removeprefix("# ")
            path.parent.mkdir(exist_ok=True)
            path.write_text(snippet.text, encoding="utf-8")
        case "text":
            assert {shape(line) for line in snippet.text.splitlines()} <= {shape(line) for line in printed.splitlines()}
        case "sh":
            # The environment that runs this test has `sheetgen` beside its Python.
            path_of_commands = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
            result = subprocess.run(
                snippet.text,
                shell=True,
                # Benchmarks are not installed: they run where the sources are.
                cwd=ROOT if "-m tests." in snippet.text else folder,
                env={**os.environ, **environment, "PATH": path_of_commands},
                capture_output=True,
                text=True,
                timeout=240,
            )
            assert result.returncode == 0, f"{snippet.text}\n{result.stdout}\n{result.stderr}"
            return result.stdout
        case kind:
            pytest.fail(f"nobody checks a block of kind {kind!r}")
    return printed


def test_two_commands_set_everything_up_and_ci_runs_both() -> None:
    commands = [snippet.text for snippet in SNIPPETS if snippet.text.startswith(SET_UP)]
    ci = [line.strip() for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
    assert len(commands) == 2
    assert [command for command in commands if command not in ci] == []


def test_commands_work_in_order(
    tmp_path: Path, google_environment: dict[str, str], key_file: Path, client_file: Path
) -> None:
    """Those that talk to Google talk to the double."""
    assert (key_file, client_file) == (tmp_path / "service-account.json", tmp_path / "client_secret.json")
    environment = google_environment | {"SHEET_ID": SPREADSHEET_ID}
    printed: dict[str, str] = {}
    last = ""
    for snippet in SNIPPETS:
        if not snippet.text.startswith(SET_UP):
            last = follow(snippet, tmp_path, last, environment)
            printed[snippet.text] = last
    assert printed["sheetgen logout"] == "Signed out.\n"
    built = "sheetgen build campaigns.csv -o report.xlsx"
    assert printed[f"{built} --templates mine"] == "report.xlsx\n"
    assert "SUM(Campaigns[Revenue]) - SUM(Campaigns[Budget])" in printed["sheetgen kpis --templates mine"]
    assert json.loads(printed[f"{built} --json"])["campaigns"] == 8


@pytest.mark.parametrize("document", [ROOT / "README.md", CONTRIBUTING, CHANGELOG], ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_tab_named_is_there(finished_report: Path) -> None:
    named = set(re.findall(r"(?<!\*)\*([A-Z][A-Za-z ]+)\*(?!\*)", README))
    assert {"Overview", "Settings", "Data Quality"} <= named
    assert named <= set(openpyxl.load_workbook(finished_report).sheetnames)


def test_exit_codes_are_those_of_the_command_line() -> None:
    codes = dict(re.findall(r"^\| (\d) \| (.*?) \|$", README, re.M))
    assert set(codes) == {"0", "1", "2", "3"}
    assert (InputError.exit_code, ServiceError.exit_code) == (2, 3)
    assert codes["2"].startswith("the file, template or option is wrong")


def test_every_option_named_is_there() -> None:
    help_text = "".join(
        subprocess.run(
            [sys.executable, "-m", "sheetgen", command, "--help"], capture_output=True, text=True, check=True
        ).stdout
        for command in ("build", "inspect", "verify", "push", "pull", "logout", "doctor", "generate", "demo", "kpis")
    )
    help_text += subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    named = set(re.findall(r"`(--[a-z]+)", README))
    assert named
    assert {option for option in named if option not in help_text} == set()
