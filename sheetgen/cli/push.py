"""`sheetgen push`: its options, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetgen.cli.options import INPUT, chosen_reading, chosen_report, read_options, report_options
from sheetgen.cli.product import print_product
from sheetgen.cli.run import EXITS, Common, command
from sheetgen.cli.target import chosen_target, pace_of, sign_in_options
from sheetgen.console import Console
from sheetgen.language import Language

if TYPE_CHECKING:
    from sheetgen.events.address import Input
    from sheetgen.publish import Published, PublishOptions
    from sheetgen.push.edits import Edit


@click.command(epilog=EXITS)
@click.argument("inputs", nargs=-1, required=True, type=INPUT)
@click.option("--sheet-id", "sheet", required=True, metavar="ID", help="The spreadsheet: its ID, or its address.")
@sign_in_options
@click.option(
    "--edits",
    type=click.Choice(["keep", "overwrite", "fail"]),
    default="keep",
    show_default=True,
    help="What to do with inputs that were edited on the sheet.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--allow-schema-change", is_flag=True, help="Let columns that Looker Studio reads go or move.")
@read_options
@report_options
@command
def push(
    common: Common,
    inputs: tuple[Input, ...],
    sheet: str,
    credentials: Path | None,
    no_browser: bool,
    **options: Any,
) -> int:
    """Put the report of campaign files on a spreadsheet of Google Sheets."""
    from sheetgen.publish import publish

    console = common.console()
    target = chosen_target(console, sheet, credentials, no_browser=no_browser)
    with console.progress() as progress:
        done = publish(inputs, target, _options(common, console, **options), progress)
    is_planned = bool(options["dry_run"])
    for line in push_lines(done, console.language, is_planned=is_planned):
        console.tell(line)
    print_product(common, push_values(done, is_planned=is_planned), () if is_planned else (done.link, done.looker))
    return 0


def _options(
    common: Common, console: Console, *, edits: str, dry_run: bool, allow_schema_change: bool, **options: Any
) -> PublishOptions:
    from sheetgen.publish import PublishOptions
    from sheetgen.push.edits import Edits
    from sheetgen.push.run import PushOptions

    report = chosen_report(common, chosen_reading(common, **options), output=Path(), **options)
    return PublishOptions(report, PushOptions(Edits(edits), allow_schema_change, dry_run), pace_of(console))


def push_lines(done: Published, language: Language, *, is_planned: bool) -> Iterator[str]:
    """What was done or would be, line by line."""
    yield from (language("Warning: {warning}", warning=warning) for warning in done.warnings)
    for tab in done.push.plan.tabs:
        yield f"  {language(tab.state.value):<10} {tab.title} ({tab.rows:,})"
    for edit in done.push.plan.edits:
        yield "  " + _edit_line(edit, language)
    for remark in done.remarks:
        yield f"  {remark.tab}: {language.clause(remark.text)}"
    facts = {"calls": done.push.calls, "sent": done.push.sent}
    if is_planned:
        yield language("Nothing was written. It would take {calls} calls and {sent:,} bytes.", **facts)
    elif done.push.plan.writes:
        yield language("Written with {calls} calls and {sent:,} bytes.", **facts)
    else:
        yield language("Nothing has changed, so nothing was written.")


def _edit_line(edit: Edit, language: Language) -> str:
    facts = {"place": edit.place, "before": _shown(edit.before), "after": _shown(edit.after)}
    if edit.is_kept:
        return language("edited and kept: {place}: {before} → {after}", **facts)
    facts["proposed"] = _shown(edit.proposed)
    return language("edited and overwritten: {place}: {before} → {after} → {proposed}", **facts)


def _shown(value: object) -> str:
    return "–" if value is None else str(value)


def push_values(done: Published, *, is_planned: bool) -> dict[str, Any]:
    """What was done or would be, as plain values."""
    plan = done.push.plan
    return {
        "link": done.link,
        "looker": done.looker,
        "dry_run": is_planned,
        "written": plan.writes and not is_planned,
        "calls": done.push.calls,
        "bytes": done.push.sent,
        "tabs": [{"key": tab.key, "title": tab.title, "state": tab.state.value, "rows": tab.rows} for tab in plan.tabs],
        "edits": [_edit_values(edit) for edit in plan.edits],
        "remarks": [f"{remark.tab}: {remark.text}" for remark in done.remarks],
        "warnings": [str(warning) for warning in done.warnings],
    }


def _edit_values(edit: Edit) -> dict[str, Any]:
    return {
        "table": edit.table,
        "row": edit.row,
        "column": edit.column,
        "before": edit.before,
        "after": edit.after,
        "proposed": edit.proposed,
        "kept": edit.is_kept,
    }
