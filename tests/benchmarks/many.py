"""Many reports: one `build --split-by` against a `build` of each part, one after the other, as whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pandas as pd

REPORTS = 40
ROWS = 4_000
TICK = 0.02
KIB = 1024


@dataclass(frozen=True)
class TreeCost:
    """Seconds by the clock, seconds of all processors, and the most memory (MiB) that the whole tree held at once."""

    wall: float
    work: float
    peak: float


def report(runs: int, scale: float) -> Iterator[str]:
    """The lines of the table."""
    count = max(2, int(REPORTS * scale))
    rows = max(count, int(ROWS * scale))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, parts = _write(folder, count, rows)
        split = ["build", str(whole), "--split-by", "client", "-o", str(folder / "split"), "--quiet"]
        singly = [["build", str(path), "-o", str(folder / f"{path.stem}.xlsx"), "--quiet"] for path in parts]
        found = [(_cost([split]), _cost([[*split, "--jobs", "1"]]), _cost(singly)) for _ in range(runs)]
    yield f"{count} reports of {rows:,} rows in all, medians of {runs} runs, {os.cpu_count()} processors"
    yield f"{'':30}{'wall s':>8}{'ratio':>7}{'CPU s':>8}{'ratio':>7}{'reports/min':>13}{'peak MiB':>10}"
    costs = [_median(costs) for costs in zip(*found, strict=True)]
    base = costs[-1]
    for title, cost in zip(("--split-by", "--split-by --jobs 1", "one by one"), costs, strict=True):
        shares = f"{cost.wall:8.1f}{cost.wall / base.wall:7.2f}{cost.work:8.1f}{cost.work / base.work:7.2f}"
        yield f"  {title:28}{shares}{60 * count / cost.wall:13.0f}{cost.peak:10.0f}"


def _write(folder: Path, count: int, rows: int) -> tuple[Path, list[Path]]:
    """A file of the campaigns of so many clients, and a file of each client's."""
    place = pd.Series(range(rows))
    client = "Client " + (place % count).astype(str).str.zfill(3)
    frame = pd.DataFrame(
        {
            "Client": client,
            "Campaign Name": "Campaign " + place.astype(str),
            "Platform": place.map(lambda n: ("Meta", "Google Ads", "TikTok")[n % 3]),
            "Start Date": (pd.Timestamp("2025-01-01") + pd.to_timedelta(place % 90, unit="D")).dt.strftime("%Y-%m-%d"),
            "Budget": 100 + place % 977,
            "Impressions": 10_000 + place * 7 % 90_001,
            "Clicks": 100 + place * 3 % 907,
            "Conversions": 1 + place % 17,
            "Revenue": 150 + place * 5 % 1_801,
        }
    )
    whole = folder / "whole.csv"
    frame.to_csv(whole, index=False)
    parts = []
    for number, (_, part) in enumerate(frame.groupby("Client")):
        parts.append(folder / f"part{number}.csv")
        part.to_csv(parts[-1], index=False)
    return whole, parts


def _cost(commands: Sequence[Sequence[str]]) -> TreeCost:
    """The cost of these commands, one after the other."""
    before, started, peak = os.times(), time.perf_counter(), 0.0
    for command in commands:
        with subprocess.Popen([sys.executable, "-m", "sheetgen", *command], stdout=subprocess.DEVNULL) as process:
            watch = _Memory(process.pid)
            watch.start()
            code = process.wait()
            watch.is_over = True
            watch.join()
        if code:
            raise subprocess.CalledProcessError(code, command)
        peak = max(peak, watch.peak)
    after = os.times()
    work = after.children_user + after.children_system - before.children_user - before.children_system
    return TreeCost(time.perf_counter() - started, work, peak)


class _Memory(threading.Thread):
    """Looks again and again at the memory of a process and those it started (on Linux; elsewhere it sees none)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.peak = 0.0
        self.is_over = False

    def run(self) -> None:
        """Look until it is over."""
        while not self.is_over:
            self.peak = max(self.peak, sum(map(_resident, _family(self.process))) / KIB)
            time.sleep(TICK)


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in found:
        yield from _family(int(child))


def _resident(process: int) -> int:
    """KiB that a process holds for itself: its share of what several have in common."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _median(costs: Sequence[TreeCost]) -> TreeCost:
    return TreeCost(*(median(getattr(cost, name) for cost in costs) for name in ("wall", "work", "peak")))
