"""`python -m tests.benchmarks [NAME…] [--quick]` prints the tables of these benchmarks, or of all.

A benchmark is a module of this package with a `report(runs, scale)` that gives its lines.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Callable, Iterator

import tests.benchmarks

QUICK_RUNS, QUICK_SCALE = 1, 0.01

Report = Callable[[int, float], Iterator[str]]


def reports() -> dict[str, Report]:
    """The benchmarks by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__))
    modules = {name: importlib.import_module(f"tests.benchmarks.{name}") for name in names if name != "__main__"}
    return {name: module.report for name, module in modules.items() if hasattr(module, "report")}


def main() -> None:
    """Run the benchmarks named on the command line."""
    known = reports()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--quick", action="store_true", help=f"a try: one run at {QUICK_SCALE:g} of the size")
    parser.add_argument("--runs", type=int, help="how often each process runs, 5 by default; the median counts")
    parser.add_argument("--scale", type=float, help="1, the default, is the full size")
    said = parser.parse_args()
    unknown = sorted(set(said.names) - set(known))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are: {', '.join(known)}")
    runs, scale = said.runs or (QUICK_RUNS if said.quick else 5), said.scale or (QUICK_SCALE if said.quick else 1.0)
    for name in said.names or known:
        for line in known[name](runs, scale):
            print(line, flush=True)


if __name__ == "__main__":
    main()
