"""`python -m tests.sources.fuzz COUNT [FIRST]`: draw exports by seed, and count those used, refused and read wrong."""

from __future__ import annotations

import sys
from collections import Counter

from tests.sources.fuzz.check import Outcome, outcome
from tests.sources.fuzz.exports import draw_export


def main(count: int, first: int = 0) -> int:
    """The exit code: 1 where an export was read wrong."""
    counts: Counter[str] = Counter()
    for seed in range(first, first + count):
        found, reason = outcome(draw_export(seed))
        counts[f"refused: {reason}" if found is Outcome.REFUSED else found.value] += 1
        if found is Outcome.WRONG:
            print(f"seed {seed}: {reason[:600]}", flush=True)
    print(", ".join(f"{number} {name}" for name, number in counts.most_common()))
    return 1 if counts[Outcome.WRONG.value] else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
