"""The benchmarks find themselves and print what they measure; how fast anything is, no test asks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.__main__ import reports
from tests.benchmarks.processes import take_turns

ROOT = Path(__file__).resolve().parents[1]


def test_every_module_with_a_report_is_a_benchmark() -> None:
    folder = ROOT / "tests" / "benchmarks"
    with_report = {path.stem for path in folder.glob("*.py") if "\ndef report(" in path.read_text(encoding="utf-8")}
    assert set(reports()) == with_report
    assert {"building", "reading", "recalculation", "startup", "writing"} <= with_report


def test_an_unknown_benchmark_is_answered_with_those_there_are() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "cooking"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert "no benchmark is called cooking; there are: building" in done.stderr


def test_a_cost_is_that_of_the_process_and_not_of_its_parent() -> None:
    fill = "kept = bytearray({size} << 20); print(0.5)"
    costs = take_turns({"small": ["-c", fill.format(size=1)], "large": ["-c", fill.format(size=300)]}, 1)
    assert costs["small"].work == costs["large"].work == 0.5
    assert costs["small"].peak < 100
    assert 300 < costs["large"].peak < 400
