"""`python -m tests.benchmarks [NAME…] [--runs N] [--scale S]` prints the tables of these benchmarks, or of all."""

from __future__ import annotations

import argparse
import importlib

NAMES = ("startup", "reading", "writing", "many")
"""The modules of this package that have a `report(runs, scale)`."""


def main() -> None:
    """Run the benchmarks named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--runs", type=int, default=5, help="how often each process runs; the median counts")
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the full size, 0.01 a quick look")
    said = parser.parse_args()
    unknown = sorted(set(said.names) - set(NAMES))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are: {', '.join(NAMES)}")
    for name in said.names or NAMES:
        for line in importlib.import_module(f"tests.benchmarks.{name}").report(said.runs, said.scale):
            print(line, flush=True)


if __name__ == "__main__":
    main()
