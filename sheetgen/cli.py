"""The command line: options, one call of the pipeline, an exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetgen import __version__
from sheetgen.errors import SheetgenError

if TYPE_CHECKING:
    from sheetgen.api import BuildOptions, BuildResult, SampleOptions, Verification
    from sheetgen.console import Console

EXITS = (
    "Exit codes: 0 done, 1 a check found differences, 2 the file, template or option is wrong, "
    "3 an outside service failed."
)
DATE = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(path_type=Path)


@dataclass(frozen=True)
class Common:
    """Options that every command takes."""

    quiet: bool
    as_json: bool
    lang: str
    templates: Path | None

    def console(self) -> Console:
        """Where talk goes: nowhere with --quiet or --json."""
        from sheetgen.console import Console
        from sheetgen.language import load_language

        return Console(self.quiet or self.as_json, load_language(self.lang, self.templates))


def command(function: Callable[..., int]) -> Callable[..., Any]:
    """A click command with the common options, whose problems become sentences and exit codes."""

    @click.option("--quiet", is_flag=True, help="Say nothing but the result.")
    @click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
    @click.option("--lang", default="en", show_default=True, help="Language of the report and of messages.")
    @click.option("--templates", type=FILE, help="Your own templates folder; its files win over the shipped ones.")
    @wraps(function)
    def run(quiet: bool, as_json: bool, lang: str, templates: Path | None, **options: Any) -> None:
        common = Common(quiet, as_json, lang, templates)
        try:
            code = function(common, **options)
        except SheetgenError as problem:
            click.echo(f"{click.style('sheetgen:', bold=True)} {_sentence(common, problem)}", err=True)
            code = problem.exit_code
        sys.exit(code)

    return run


def _sentence(common: Common, problem: SheetgenError) -> str:
    from sheetgen.language import load_language

    try:
        return load_language(common.lang, common.templates).error(problem)
    except SheetgenError:
        return str(problem)


@click.group(epilog=EXITS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Turn campaign exports into live, verified KPI workbooks."""


def _sample_options(function: Callable[..., int]) -> Callable[..., int]:
    for option in (
        click.option("--campaigns", default=60, show_default=True, help="How many campaigns."),
        click.option("--start", type=DATE, default="2025-01-01", show_default=True, help="First day."),
        click.option("--end", type=DATE, default="2025-06-30", show_default=True, help="Last day."),
        click.option("--seed", default=1, show_default=True, help="The same seed gives the same data."),
    ):
        function = option(function)
    return function


def _sample(common: Common, campaigns: int, start: datetime, end: datetime, seed: int) -> SampleOptions:
    from sheetgen.api import SampleOptions

    return SampleOptions(campaigns, start.date(), end.date(), seed, common.lang)


@main.command(epilog=EXITS)
@click.option("-o", "--output", type=FILE, default=Path("output/campaigns.csv"), show_default=True)
@_sample_options
@command
def generate(common: Common, output: Path, **sample: Any) -> int:
    """Write sample campaigns, and the hours that add up to them."""
    from sheetgen import api

    paths = api.generate(output, _sample(common, **sample), common.templates)
    _print_paths(common, paths)
    return 0


def _build_options(function: Callable[..., int]) -> Callable[..., int]:
    for option in (
        click.option("--template", default="full", show_default=True, help="Report template."),
        click.option("--theme", default="default", show_default=True, help="Colours and fonts."),
        click.option("--currency", help="ISO code, such as EUR; else taken from the file."),
        click.option("--title", help="Title of the report."),
    ):
        function = option(function)
    return function


@main.command(epilog=EXITS)
@click.argument("inputs", nargs=-1, required=True, type=FILE)
@click.option("-o", "--output", type=FILE, default=Path("output/report.xlsx"), show_default=True)
@click.option("--source", default="auto", show_default=True, help="Which platform's export it is.")
@click.option("--map", "mapping", multiple=True, metavar="HEADER=COLUMN", help="Read a header as a column.")
@click.option("--dayfirst/--monthfirst", default=None, help="How to read dates such as 03/04/2026.")
@click.option("--decimal", type=click.Choice(["point", "comma"]), help="The decimal sign, where it cannot be told.")
@_build_options
@command
def build(common: Common, inputs: tuple[Path, ...], output: Path, **options: Any) -> int:
    """Make the workbook of one or more campaign files."""
    from sheetgen import api

    console = common.console()
    read = _read_options(common, options)
    with console.progress() as progress:
        result = api.build(inputs, _options(common, output, options, read), progress)
    _print_result(common, console, result)
    return 0


def _read_options(common: Common, options: dict[str, Any]) -> Any:
    from sheetgen.api import ReadOptions

    sign = {"point": ".", "comma": ",", None: None}[options.pop("decimal")]
    mapping = tuple(_pair(text) for text in options.pop("mapping"))
    return ReadOptions(options.pop("source"), options.pop("dayfirst"), sign, mapping, common.templates)


def _pair(text: str) -> tuple[str, str]:
    header, equals, column = text.rpartition("=")
    if not equals or not header:
        from sheetgen.errors import OptionError

        raise OptionError(option="--map", found=text, allowed='"Header=Column", such as --map "Ad spend=Budget"')
    return header, column


def _options(common: Common, output: Path, options: dict[str, Any], read: Any) -> BuildOptions:
    from sheetgen.api import BuildOptions

    return BuildOptions(output=output, lang=common.lang, templates=common.templates, read=read, **options)


@main.command(epilog=EXITS)
@click.argument("report", type=FILE)
@click.option("--edit", "edits", multiple=True, metavar="TAB!CELL=VALUE", help="Change an input first, in a copy.")
@click.option("--engine", default="all", show_default=True, help="cellrune, libreoffice or all that are here.")
@command
def verify(common: Common, report: Path, edits: tuple[str, ...], engine: str) -> int:
    """Recalculate a report outside and compare every formula with pandas."""
    from sheetgen import api

    found = api.verify(report, engine, edits, common.templates)
    _print_verifications(common, found)
    return 0 if all(verification.passed for verification in found) else 1


@main.command(epilog=EXITS)
@click.option("-o", "--output", type=FILE, default=Path("output/demo.xlsx"), show_default=True)
@_sample_options
@_build_options
@command
def demo(
    common: Common, output: Path, campaigns: int, start: datetime, end: datetime, seed: int, **options: Any
) -> int:
    """Sample data, their workbook, and the proof that both computations agree."""
    from sheetgen import api

    console = common.console()
    sample = _sample(common, campaigns, start, end, seed)
    options["currency"] = options["currency"] or "EUR"
    with console.progress() as progress:
        progress("Sampling", 0.0)
        inputs = api.generate(output.with_name(f"{output.stem}_campaigns.csv"), sample, common.templates)
        result = api.build(
            inputs, _options(common, output, options, api.ReadOptions(templates=common.templates)), progress
        )
        progress("Verifying", 0.0)
        found = api.verify(result.path, "cellrune", (), common.templates)
    passed = all(verification.passed for verification in found)
    if not common.as_json:
        _print_verifications(common, found)
    _print_result(common, console, result)
    return 0 if passed else 1


@main.command(epilog=EXITS)
@command
def kpis(common: Common) -> int:
    """Print the KPI dictionary: each KPI's formula in every tool."""
    from sheetgen.kpis import dictionary, load_kpis

    entries = dictionary(load_kpis(common.templates))
    if common.as_json:
        content = [
            {"key": entry.kpi.key, "header": entry.kpi.header, "expression": entry.kpi.expression}
            | {target.value: text for target, text in entry.formulas.items()}
            for entry in entries
        ]
        click.echo(json.dumps(content, indent=2, ensure_ascii=False))
        return 0
    say = common.console().language
    for entry in entries:
        click.echo(f"{say(entry.kpi.header)}  ({entry.kpi.key})  {say(entry.kpi.description)}")
        for label, text in (("definition", entry.kpi.expression), *((t.value, f) for t, f in entry.formulas.items())):
            click.echo(f"  {label:<14}{text}")
    return 0


def _print_paths(common: Common, paths: tuple[Path, ...]) -> None:
    if common.as_json:
        click.echo(json.dumps([str(path) for path in paths]))
        return
    for path in paths:
        click.echo(path)


def _print_result(common: Common, console: Console, result: BuildResult) -> None:
    ledger = result.data.ledger
    if common.as_json:
        content = {
            "path": str(result.path),
            "campaigns": len(result.data.campaigns),
            "formulas": result.formulas,
            "rows": {"in": ledger.rows_in, "used": ledger.rows_used, "dropped": ledger.rows_dropped},
            "ledger": ledger.counts(),
        }
        click.echo(json.dumps(content))
        return
    console.say(
        "{rows_in:,} rows read, {used:,} used, {dropped:,} dropped; "
        "{campaigns:,} campaigns, {formulas:,} live formulas.",
        rows_in=ledger.rows_in,
        used=ledger.rows_used,
        dropped=ledger.rows_dropped,
        campaigns=len(result.data.campaigns),
        formulas=result.formulas,
    )
    for code, count in ledger.counts().items():
        example = next(line for line in ledger.lines if line.code == code)
        console.say("  {count:,} × {code}: {example}", count=count, code=code, example=console.language.ledger(example))
    click.echo(result.path)


def _print_verifications(common: Common, found: tuple[Verification, ...]) -> None:
    if common.as_json:
        click.echo(json.dumps([_verification(verification) for verification in found]))
        return
    for verification in found:
        comparison = verification.comparison
        click.echo(
            f"{verification.engine}: {comparison.count:,} formulas recalculated, largest relative difference "
            f"{comparison.largest:.1e}, {len(comparison.differences)} differ"
        )
        stale = verification.stale.differences if verification.stale else ()
        for difference in comparison.differences:
            click.echo(f"  {difference.sentence}")
        for difference in stale:
            click.echo(f"  {difference.place}: the file shows a value that is out of date.")
        for reason in verification.unavailable:
            click.echo(f"  {reason}")


def _verification(verification: Verification) -> dict[str, Any]:
    comparison = verification.comparison
    return {
        "engine": verification.engine,
        "passed": verification.passed,
        "formulas": comparison.count,
        "largest": comparison.largest,
        "differences": [difference.sentence for difference in comparison.differences],
        "stale": len(verification.stale.differences) if verification.stale else 0,
        "unavailable": list(verification.unavailable),
        "foreign": verification.foreign,
    }
