"""Where Arrow gets its memory: from the allocator that gives back soonest what is not used any more."""

from __future__ import annotations

import os
from typing import Final

import pyarrow as pa

CHOSEN_BY_USER: Final = "ARROW_DEFAULT_MEMORY_POOL"
"""Arrow's own variable of the environment; what it says is left alone."""

LEANEST: Final = "jemalloc"
"""Arrow's usual one keeps about 60 MB of a report of 100,000 campaigns that nothing uses. Windows lacks this one."""


def spare_memory() -> None:
    """Let Arrow use the leanest allocator that it was built with, for what it makes from now on."""
    if CHOSEN_BY_USER not in os.environ and LEANEST in pa.supported_memory_backends():
        pa.set_memory_pool(pa.jemalloc_memory_pool())
