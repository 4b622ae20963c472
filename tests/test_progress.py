"""Progress: of every long command, step by step to the end, never backwards."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sheetgen import api
from sheetgen.console import Console
from sheetgen.language import Language
from sheetgen.many.build import ManyOptions, build_many


@dataclass
class Told:
    """What a pipeline tells of its progress."""

    steps: list[str] = field(default_factory=list)
    done: list[float] = field(default_factory=list)

    def __call__(self, step: str, done: float) -> None:
        if step not in self.steps:
            self.steps.append(step)
        self.done.append(done)

    def is_forward(self) -> bool:
        return self.done == sorted(self.done) and self.done[0] >= 0 and self.done[-1] == 1.0


@pytest.fixture
def told() -> Told:
    return Told()


def test_build_goes_by_files_tabs_and_cells(campaign_file: Path, tmp_path: Path, told: Told) -> None:
    other = campaign_file.with_name("other.csv")
    other.write_text(campaign_file.read_text(encoding="utf-8").replace("C1,", "D1,"), encoding="utf-8")
    api.build(
        [campaign_file, other], api.BuildOptions(tmp_path / "report.xlsx", read=api.ReadOptions(overlap="add")), told
    )
    assert told.steps == ["Reading", "Computing", "Writing", "Checking"]
    assert told.is_forward()
    assert len(set(told.done)) > 20


def test_generate_goes_by_rows(tmp_path: Path, told: Told) -> None:
    api.generate(tmp_path / "sample.csv", api.SampleOptions(campaigns=60), progress=told)
    assert told.steps == ["Sampling", "Writing"]
    assert told.is_forward()
    assert len(set(told.done)) > 3


def test_verify_goes_by_engines(finished_report: Path, told: Told) -> None:
    api.verify(finished_report, "cellrune", progress=told)
    assert told.steps == ["Recalculating"]
    assert told.is_forward()


def test_demo_goes_through_all_of_them(tmp_path: Path, told: Told) -> None:
    api.demo(api.SampleOptions(campaigns=3), api.BuildOptions(tmp_path / "demo.xlsx"), told)
    assert told.steps == ["Sampling", "Writing", "Reading", "Computing", "Checking", "Recalculating"]
    assert told.is_forward()


def test_many_reports_have_one_progress(campaign_file: Path, tmp_path: Path, told: Told) -> None:
    build_many([campaign_file], ManyOptions(api.BuildOptions(tmp_path / "reports"), "platform", jobs=2), told)
    assert told.steps == ["Reading", "Making reports"]
    assert told.is_forward()
    assert len(set(told.done)) > 20


def test_nothing_is_shown_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr("sys.stderr", shown)
    with Console(quiet=False, language=Language()).progress() as progress:
        progress("Reading", 0.5)
    assert shown.getvalue() == ""


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_bar_never_goes_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.progress import Progress

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown: list[float] = []
    update = Progress.update

    def watched(bar: Progress, task: object, **options: object) -> None:
        shown.append(options["completed"])  # type: ignore[arg-type]
        update(bar, task, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("sys.stderr", Terminal())
    monkeypatch.setattr(Progress, "update", watched)
    with Console(quiet=False, language=Language()).progress() as progress:
        for done in (0.2, 0.1, 0.6):
            progress("Reading", done)
    assert shown == [0.2, 0.2, 0.6]
