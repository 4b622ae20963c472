"""What tests of the doctor share: the program as a process of its own, against the double behind a proxy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.google.fixtures import SPREADSHEET_ID


@dataclass(frozen=True)
class Examined:
    """What `sheetgen doctor --json` says: its exit code, its findings by check, and its answers."""

    code: int
    checks: dict[str, dict[str, Any]]
    live: list[dict[str, Any]]

    def states(self, state: str) -> list[str]:
        """The checks that end so."""
        return [name for name, check in self.checks.items() if check["state"] == state]


@dataclass
class Program:
    """Runs `sheetgen doctor` in an empty folder."""

    environment: dict[str, str]
    folder: Path
    key: Path

    def command(self, *options: object) -> list[str]:
        """The command line of a run."""
        return [sys.executable, "-m", "sheetgen", "doctor", *map(str, options)]

    def run(self, *options: object) -> subprocess.CompletedProcess[str]:
        """A run with just those options."""
        return subprocess.run(
            self.command(*options),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def examine(self, *options: object, sheet: str = SPREADSHEET_ID) -> Examined:
        """What is found of a spreadsheet with the key file."""
        done = self.run("--sheet-id", sheet, "--credentials", self.key, "--json", *options)
        assert done.stdout, done.stderr
        found = json.loads(done.stdout)
        return Examined(done.returncode, {each["check"]: each for each in found["checks"]}, found["live"])


@pytest.fixture
def program(google_environment: dict[str, str], key_file: Path, tmp_path: Path) -> Program:
    folder = tmp_path / "work"
    folder.mkdir()
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (root, google_environment.get("PYTHONPATH"))))
    return Program(google_environment | {"PYTHONPATH": path}, folder, key_file)
