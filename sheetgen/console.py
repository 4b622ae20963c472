"""Talk with the person at the terminal: progress on stderr, nothing at all when quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sheetgen.language import Language

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Console:
    """Where talk goes: stderr, unless `quiet`."""

    quiet: bool
    language: Language

    def say(self, english: str, **facts: object) -> None:
        """One line of talk, in the user's language."""
        self.tell(self.language(english, **facts))

    def tell(self, line: str) -> None:
        """One line of talk that is in the user's language already."""
        if not self.quiet:
            print(line, file=sys.stderr, flush=True)

    def ask(self, line: str) -> None:
        """One line that asks something of the person, shown even when quiet."""
        print(line, file=sys.stderr, flush=True)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress bar for the steps of a job; silent where nobody watches."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _step, _done: None
            return
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Terminal(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=1.0)

            furthest = 0.0

            def report(step: str, done: float) -> None:
                nonlocal furthest
                furthest = max(furthest, done)
                bar.update(task, description=self.language(step), completed=furthest)

            yield report
