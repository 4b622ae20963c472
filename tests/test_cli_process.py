"""The command line as a process of its own: modules, signals, pipes, terminals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from sheetgen.api import SampleOptions, generate

SHEETGEN = (sys.executable, "-m", "sheetgen")
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*SHEETGEN, *(str(argument) for argument in arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ | environment)


def test_module_runs_without_a_progress_bar_where_nobody_watches(campaign_file: Path, tmp_path: Path) -> None:
    result = run("build", campaign_file, "-o", tmp_path / "report.xlsx")
    assert (result.returncode, result.stdout) == (0, f"{tmp_path / 'report.xlsx'}\n")
    assert "Writing" not in result.stderr
    assert "\x1b" not in result.stderr


def test_letter_that_the_terminal_lacks(tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text('[[kpi]]\nkey = "p"\nheader = "Ωmega"\nexpr = "clicks"\n', encoding="utf-8")
    result = run("kpis", "--templates", tmp_path, PYTHONIOENCODING="cp1252")
    assert result.returncode == 0, result.stderr
    assert "\\u03a9mega  (p)" in result.stdout


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough rows that writing their report takes a while."""
    path = tmp_path_factory.mktemp("large") / "sample.csv"
    return generate(path, SampleOptions(campaigns=20))[1]


def heed_interrupts() -> None:
    """A shell starts jobs in the background deaf to Ctrl-C, and so would be what the tests start there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_half_way_leaves_nothing(large_file: Path, tmp_path: Path, number: signal.Signals, code: int) -> None:
    scratch, output = tmp_path / "scratch", tmp_path / "output"
    for folder in (scratch, output):
        folder.mkdir()
    command = [*SHEETGEN, "build", str(large_file), "-o", str(output / "report.xlsx")]
    environment = os.environ | {"TMPDIR": str(scratch)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=heed_interrupts)
    while not list(output.iterdir()):
        assert process.poll() is None, "it ended before it began to write"
        time.sleep(0.01)
    process.send_signal(number)
    _, talk = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in talk
    assert list(output.iterdir()) == []
    assert list(scratch.iterdir()) == []


@POSIX
def test_closed_pipe_is_no_fault() -> None:
    process = subprocess.Popen([*SHEETGEN, "kpis"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 141


@POSIX
@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_only_where_it_is_wanted(environment: dict[str, str], coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | environment
    subprocess.run([*SHEETGEN, "build", "none.csv"], stderr=theirs, env=clean, timeout=60)
    os.close(theirs)
    shown = os.read(ours, 10_000)
    os.close(ours)
    assert b"none.csv: cannot be read" in shown
    assert (b"\x1b[1msheetgen:" in shown) == coloured


def family_of(mark: str) -> list[str]:
    """The command lines of all processes that have this mark in their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if mark.encode() in (folder / "environ").read_bytes():
                    found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are listed in /proc")
@pytest.mark.parametrize("seconds", [0.5, 1.2, 2.4])
@pytest.mark.parametrize(
    "command",
    [
        ("build", "{large}", "--split-by", "platform", "-o", "{output}"),
        ("verify", "{report}", "--engine", "all"),
        ("generate", "-o", "{output}/sample.csv", "--campaigns", "500"),
    ],
    ids=lambda command: command[0],
)
def test_ctrl_c_leaves_no_file_and_no_process(
    large_file: Path, finished_report: Path, tmp_path: Path, command: tuple[str, ...], seconds: float
) -> None:
    scratch, output = tmp_path / "scratch", tmp_path / "output"
    for folder in (scratch, output):
        folder.mkdir()
    mark = f"SHEETGEN_TEST_MARK={tmp_path.name}-{os.getpid()}"
    name, _, value = mark.partition("=")
    filled = [part.format(large=large_file, report=finished_report, output=output) for part in command]
    environment = os.environ | {"TMPDIR": str(scratch), name: value}
    process = subprocess.Popen(
        [*SHEETGEN, *filled],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    _, talk = process.communicate(timeout=60)
    assert process.returncode in (0, 130, -signal.SIGINT)
    assert "Traceback" not in talk
    assert family_of(mark) == []
    assert list(scratch.iterdir()) == []
    assert [path for path in output.rglob("*") if path.name.startswith(".")] == []
