"""The commands of `sheetgen`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from sheetgen import __version__
from sheetgen.cli.options import (
    FILE,
    chosen_reading,
    chosen_report,
    chosen_sample,
    output_option,
    read_options,
    report_options,
    sample_options,
)
from sheetgen.cli.run import EXITS, Common, command


@click.group(epilog=EXITS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sheetgen")
def main() -> None:
    """Turn campaign exports into live, verified KPI workbooks."""


@main.command(epilog=EXITS)
@output_option("output/demo.xlsx")
@sample_options
@report_options
@command
def demo(common: Common, **options: Any) -> int:
    """Sample data, their workbook, and the proof that both computations agree."""
    from sheetgen import api
    from sheetgen.cli import answers

    console = common.console()
    report = chosen_report(common, api.ReadOptions(templates=common.templates), **options)
    report = replace(report, currency=report.currency or "EUR")
    with console.progress() as progress:
        result, found = api.demo(chosen_sample(common, **options), report, progress)
    answers.tell_build(console, result)
    for line in answers.verification_lines(found, console.language):
        console.tell(line)
    values = answers.build_values(result) | {"verification": answers.verification_values(found)}
    _print(common, values, [str(result.path)])
    return 0 if values["verification"]["passed"] else 1


@main.command(epilog=EXITS)
@output_option("output/campaigns.csv")
@sample_options
@command
def generate(common: Common, output: Path, **options: Any) -> int:
    """Write sample campaigns, and beside them the hours that add up to them."""
    from sheetgen import api

    campaigns, hours = api.generate(output, chosen_sample(common, **options), common.templates)
    _print(common, {"campaigns": str(campaigns), "hours": str(hours)}, [str(campaigns), str(hours)])
    return 0


@main.command(epilog=EXITS)
@click.argument("inputs", nargs=-1, required=True, type=FILE)
@output_option("output/report.xlsx")
@read_options
@report_options
@command
def build(common: Common, inputs: tuple[Path, ...], **options: Any) -> int:
    """Make the workbook of one or more campaign files: CSV, TSV, XLSX or Parquet."""
    from sheetgen import api
    from sheetgen.cli import answers

    console = common.console()
    report = chosen_report(common, chosen_reading(common, **options), **options)
    with console.progress() as progress:
        result = api.build(inputs, report, progress)
    answers.tell_build(console, result)
    _print(common, answers.build_values(result), [str(result.path)])
    return 0


@main.command(epilog=EXITS)
@click.argument("report", type=FILE)
@click.option("--edit", "edits", multiple=True, metavar="TAB!CELL=VALUE", help="Change an input first, in a copy.")
@click.option("--engine", default="all", show_default=True, help="cellrune, libreoffice or all that are here.")
@command
def verify(common: Common, report: Path, edits: tuple[str, ...], engine: str) -> int:
    """Recalculate a report outside and compare every formula with pandas."""
    from sheetgen import api
    from sheetgen.cli import answers

    console = common.console()
    found = api.verify(report, engine, edits, common.templates)
    values = answers.verification_values(found)
    _print(common, values, answers.verification_lines(found, console.language))
    return 0 if values["passed"] else 1


@main.command(epilog=EXITS)
@command
def kpis(common: Common) -> int:
    """Print the KPI dictionary: each KPI's formula in every tool."""
    from sheetgen import api
    from sheetgen.cli import answers

    entries, language = api.kpi_dictionary(common.templates), common.console().language
    lines = (line for entry in entries for line in answers.kpi_lines(entry, language))
    _print(common, [answers.kpi_values(entry) for entry in entries], lines)
    return 0


def _print(common: Common, values: object, lines: Iterable[str]) -> None:
    """The product of a command on stdout: its values with --json, else its lines."""
    if common.as_json:
        click.echo(json.dumps(values, indent=2))
        return
    for line in lines:
        click.echo(line)
