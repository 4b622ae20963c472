"""Which spreadsheet, and as whom: the options of commands that work on Google Sheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetgen.cli.options import FILE, Command
from sheetgen.console import Console

if TYPE_CHECKING:
    from sheetgen.publish import Target
    from sheetgen.push.credentials import Prompt
    from sheetgen.push.pace import Pace


def sign_in_options(function: Command) -> Command:
    """How to sign in to Google."""
    for option in (
        click.option("--no-browser", is_flag=True, help="Open no browser to sign in: print the address to go to."),
        click.option(
            "--credentials",
            type=FILE,
            help="Key file of a service account, or of a desktop client to sign in as yourself; else what this machine "
            "is signed in as.",
        ),
    ):
        function = option(function)
    return function


def chosen_target(console: Console, sheet: str, credentials: Path | None, *, no_browser: bool) -> Target:
    """The spreadsheet, and the account that the options of `sign_in_options` ask for, once it is signed in."""
    from sheetgen.publish import open_target

    return open_target(sheet, credentials, prompt_of(console, opens_browser=not no_browser), pace_of(console))


def prompt_of(console: Console, *, opens_browser: bool) -> Prompt:
    """How a person at the terminal is asked to sign in."""
    from sheetgen.push.credentials import Prompt

    return Prompt(console.ask, console.language, opens_browser)


def pace_of(console: Console) -> Pace:
    """How calls of Google wait: each wait is told."""
    from sheetgen.push.pace import Pace

    def told(seconds: float, reason: str) -> None:
        text = console.language.clause(reason)
        console.say("Google Sheets: {reason}; waiting {seconds:.0f} s.", reason=text, seconds=seconds)

    return Pace(told)
