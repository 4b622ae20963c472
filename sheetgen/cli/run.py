"""How every command runs: the options common to all, an exit code, and each problem said in a sentence."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sheetgen.errors import SheetgenError, UnexpectedError
from sheetgen.redaction import without_secrets

if TYPE_CHECKING:
    from sheetgen.console import Console

EXITS: Final = (
    "Exit codes: 0 done, 1 a check found differences, 2 the file, template or option is wrong, "
    "3 an outside service or sheetgen itself failed, 130 stopped by Ctrl-C."
)
STOPPED: Final = 130
TERMINATED: Final = 143
PIPE_CLOSED: Final = 141
"""128 and the number of the signal, as shells count."""

COLLECT_AFTER: Final = 200_000
"""New objects before Python looks for cycles: a report makes many trees and next to no cycles."""

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


@dataclass(frozen=True)
class Common:
    """The options of every command."""

    quiet: bool
    as_json: bool
    lang: str
    templates: Path | None

    def console(self) -> Console:
        """Where talk goes: nowhere with --quiet or --json.

        Raises `OptionError` for a language that is not there.
        """
        from sheetgen.console import Console
        from sheetgen.language import load_language

        return Console(self.quiet or self.as_json, load_language(self.lang, self.templates))

    def complain(self, problem: SheetgenError) -> int:
        """Say what is wrong, in the user's language if it is there; the exit code."""
        from sheetgen.language import Language, load_language

        language = Language()
        with suppress(SheetgenError):
            language = load_language(self.lang, self.templates)
        click.echo(f"{click.style('sheetgen:', bold=True)} {language.error(problem)}", err=True)
        return problem.exit_code


def command(function: Callable[..., int]) -> Callable[..., Any]:
    """A function of `Common` and options that returns an exit code, as what click calls."""

    @click.option("--quiet", is_flag=True, help="Say nothing but the result.")
    @click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
    @click.option("--lang", default="en", show_default=True, help="Language of the report and of messages.")
    @click.option("--templates", type=FOLDER, help="Your own templates folder; its files win over the shipped ones.")
    @wraps(function)
    def run(quiet: bool, as_json: bool, lang: str, templates: Path | None, **options: Any) -> None:
        _prepare()
        common = Common(quiet, as_json, lang, templates)
        code = _exit_code(common, lambda: function(common, **options))
        # What is left goes with the process: no need to look for cycles in it first. DuckDB would call that a leak.
        if "duckdb" not in sys.modules:
            gc.freeze()
        sys.exit(code)

    return run


def _prepare() -> None:
    """Set up the process: no colour where none is wanted, no character that cannot be printed, orderly ends."""
    if os.environ.get("NO_COLOR"):
        click.get_current_context().color = False
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.set_threshold(COLLECT_AFTER)


def _terminate(_signal: int, _frame: object) -> None:
    # As an exception, so that what is half-written is removed.
    raise SystemExit(TERMINATED)


def _exit_code(common: Common, job: Callable[[], int]) -> int:
    try:
        return job()
    except SheetgenError as problem:
        return common.complain(problem)
    except KeyboardInterrupt:
        with suppress(SheetgenError):
            common.console().say("Stopped.")
        return STOPPED
    except BrokenPipeError:
        # Python flushes stdout when it ends: let that go nowhere.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as fault:
        if os.environ.get("SHEETGEN_DEBUG"):
            traceback.print_exc()
        return common.complain(
            UnexpectedError(kind=type(fault).__name__, detail=without_secrets(" ".join(str(fault).split())))
        )
