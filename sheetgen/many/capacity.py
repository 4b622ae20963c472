"""How many reports this machine makes at a time: as many as it has processors and memory for."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

BASE: Final = 220 << 20
"""Bytes that a process takes for a small report."""

PER_ROW: Final = 3_000
"""Bytes more for each row of a larger one."""

SHARE: Final = 0.8
"""Of the free memory, so much may be taken."""

MEMORY: Final = Path("/proc/meminfo")
LIMITS: Final = (
    (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")),
    (Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"), Path("/sys/fs/cgroup/memory/memory.usage_in_bytes")),
)


def job_count(rows: int) -> int:
    """How many reports to make at a time, where the largest has so many rows."""
    free = free_memory()
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if free is None:
        return processors
    return max(1, min(processors, int(free * SHARE) // (BASE + rows * PER_ROW)))


def free_memory() -> int | None:
    """Bytes of memory that are free, within the limits of a container; None where the system does not say."""
    known = [_available(), *(_under(limit, used) for limit, used in LIMITS)]
    return min((size for size in known if size is not None), default=None)


def _available() -> int | None:
    with suppress(OSError, ValueError, IndexError):
        lines = MEMORY.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))
    with suppress(OSError, ValueError, AttributeError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    return None


def _under(limit: Path, used: Path) -> int | None:
    """What a container's limit leaves; None without a limit."""
    with suppress(OSError, ValueError):
        return max(0, int(limit.read_text(encoding="ascii")) - int(used.read_text(encoding="ascii")))
    return None
