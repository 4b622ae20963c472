"""`sheetgen pull`: its options, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sheetgen.clause import Clause
from sheetgen.cli.options import FILE
from sheetgen.cli.product import print_product
from sheetgen.cli.run import EXITS, Common, command
from sheetgen.cli.target import chosen_target, pace_of, sign_in_options
from sheetgen.console import Console
from sheetgen.errors import OptionError
from sheetgen.language import Language

if TYPE_CHECKING:
    from sheetgen.api import Pulled, PulledEdit

WIDEST: Final = 40
"""Characters of a cell of the table; the file of edits has them all."""


@click.command(epilog=EXITS)
@click.argument("report", type=FILE, required=False)
@click.option("--sheet-id", "sheet", metavar="ID", help="A report on Google Sheets: its ID, or its address.")
@sign_in_options
@click.option("-o", "--output", type=FILE, metavar="FILE.csv", help="Write the edits to a file, for build --edits.")
@command
def pull(common: Common, report: Path | None, sheet: str | None, output: Path | None, **sign_in: Any) -> int:
    """List what was edited in a report since it was made: a workbook, or a spreadsheet of Google Sheets."""
    from sheetgen import api

    console = common.console()
    found = _found(common, console, report, sheet, **sign_in)
    for notice in found.notices:
        console.tell(console.language.clause(notice))
    lines = tuple(pull_lines(found.edits, console.language))
    if output:
        api.write_edits(found.edits, output, report)
        for line in lines:
            console.tell(line)
    print_product(common, pull_values(found, output), (str(output),) if output else lines)
    return 0


def _found(common: Common, console: Console, report: Path | None, sheet: str | None, **sign_in: Any) -> Pulled:
    """The edits of the one report that is given.

    Raises `OptionError` for none or two.
    """
    from sheetgen import api

    if (report is None) == (sheet is None):
        raise OptionError(option="--sheet-id", found=sheet or "", allowed=Clause("a workbook, or else --sheet-id ID"))
    if report:
        with console.progress() as progress:
            progress("Comparing", 0.0)
            return api.pull(report, common.templates, progress)
    from sheetgen.publish import pull_published

    target = chosen_target(console, sheet or "", **sign_in)
    for warning in target.account.warnings:
        console.say("Warning: {warning}", warning=warning)
    with console.progress() as progress:
        progress("Comparing", 0.0)
        return pull_published(target, pace_of(console), common.templates)


def pull_values(found: Pulled, output: Path | None) -> dict[str, Any]:
    """The edits as plain values: dates as 2025-03-01, None for a blank."""
    edits = [
        {
            "kind": edit.kind.value,
            "campaign_id": edit.campaign_id or None,
            "campaign_name": edit.campaign_name or None,
            "column": edit.column or None,
            "before": _plain(edit.before, edit.written_before),
            "after": _plain(edit.after, edit.written_after),
        }
        for edit in found.edits
    ]
    return {"path": None if output is None else str(output), "edits": edits, "notices": list(found.notices)}


def _plain(value: object, text: str) -> object:
    """A number where the text is not that of a date."""
    is_number = isinstance(value, float | int) and not isinstance(value, bool)
    return value if is_number and "-" not in text[1:] else text or None


def pull_lines(edits: Sequence[PulledEdit], language: Language) -> Iterator[str]:
    """The edits as a table, a line each."""
    if not edits:
        yield language("No edits since the report was made.")
        return
    headers = tuple(language(name) for name in ("Edited", "Campaign", "Column", "Before", "After"))
    rows = [headers, *(_row(edit, language) for edit in edits)]
    widths = [min(WIDEST, max(map(len, column))) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{_cut(text):<{width}}" for text, width in zip(row, widths, strict=True)).rstrip()


def _row(edit: PulledEdit, language: Language) -> tuple[str, ...]:
    campaign = edit.campaign_name or edit.campaign_id
    texts = (campaign, edit.column, edit.written_before, edit.written_after)
    return (language(WORDS[edit.kind.value]), *(" ".join(text.split()) for text in texts))


WORDS: Final = {
    "campaign": "campaign",
    "added": "added",
    "deleted": "deleted",
    "input": "input",
    "formula": "formula typed over",
}


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
