"""What a command does not need is not imported: help in an instant, a small report soon."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sheetgen.api import SampleOptions, generate

HEAVY = ("numpy", "pandas", "pyarrow", "xlsxwriter", "cellrune", "faker", "rich", "gspread", "google", "requests")

_IMPORTED = """
import sys
from sheetgen.cli import main
try:
    main(sys.argv[1:], standalone_mode=False)
except SystemExit as end:
    if end.code: raise
print()
print(*sorted(sys.modules))
"""


def imported(*arguments: str) -> set[str]:
    """Which heavy libraries a command imports."""
    command = [sys.executable, "-c", _IMPORTED, *arguments]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return set(HEAVY) & set(printed.splitlines()[-1].split())


def test_help_imports_no_library_but_that_of_the_command_line() -> None:
    assert imported("--help") == set()
    assert imported("build", "--help") == set()


def test_a_build_imports_no_library_of_other_commands(tmp_path: Path) -> None:
    source, _ = generate(tmp_path / "campaigns.csv", SampleOptions(campaigns=3))
    found = imported("build", str(source), "--output", str(tmp_path / "report.xlsx"), "--quiet")
    assert found == {"numpy", "pandas", "pyarrow", "xlsxwriter"}
