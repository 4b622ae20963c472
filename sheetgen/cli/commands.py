"""The commands of `sheetgen`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetgen import __version__
from sheetgen.cli.doctor import doctor
from sheetgen.cli.logout import logout
from sheetgen.cli.options import (
    FILE,
    INPUT,
    chosen_many,
    chosen_reading,
    chosen_report,
    chosen_sample,
    many_options,
    output_option,
    read_options,
    report_options,
    sample_options,
)
from sheetgen.cli.product import print_product
from sheetgen.cli.pull import pull
from sheetgen.cli.push import push
from sheetgen.cli.run import EXITS, Common, command

if TYPE_CHECKING:
    from sheetgen.events.address import Input


@click.group(epilog=EXITS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sheetgen")
def main() -> None:
    """Turn campaign exports into live, verified KPI workbooks."""


main.add_command(push)
main.add_command(pull)
main.add_command(logout)
main.add_command(doctor)


@main.command(epilog=EXITS)
@output_option("output/demo.xlsx")
@sample_options
@report_options
@command
def demo(common: Common, **options: Any) -> int:
    """Sample data, their workbook, and the proof that both computations agree."""
    from sheetgen import api
    from sheetgen.cli.answers import build_values, tell_build, verification_lines, verification_values

    console = common.console()
    report = chosen_report(common, api.ReadOptions(templates=common.templates), **options)
    report = replace(report, currency=report.currency or "EUR")
    with console.progress() as progress:
        result, found = api.demo(chosen_sample(common, **options), report, progress)
    tell_build(console, result)
    verification = verification_values(found)
    lines = tuple(verification_lines(found, console.language))
    for line in lines if verification["passed"] else ():
        console.tell(line)
    product = (str(result.path),) if verification["passed"] else (*lines, str(result.path))
    print_product(common, build_values(result) | {"verification": verification}, product)
    return 0 if verification["passed"] else 1


@main.command(epilog=EXITS)
@output_option("output/campaigns.csv")
@sample_options
@command
def generate(common: Common, output: Path, **options: Any) -> int:
    """Write sample campaigns, and beside them the hours that add up to them."""
    from sheetgen import api

    sample = chosen_sample(common, **options)
    with common.console().progress() as progress:
        campaigns, hours = api.generate(output, sample, common.templates, progress)
    print_product(common, {"campaigns": str(campaigns), "hours": str(hours)}, [str(campaigns), str(hours)])
    return 0


@main.command(epilog=EXITS)
@click.argument("inputs", nargs=-1, required=True, type=INPUT)
@output_option("output/report.xlsx")
@click.option("--edits", type=FILE, metavar="FILE.csv", help="Edits of an earlier report, as sheetgen pull wrote them.")
@many_options
@read_options
@report_options
@command
def build(common: Common, inputs: tuple[Input, ...], **options: Any) -> int:
    """Make the workbook of campaign files (CSV, TSV, XLSX, Parquet), or of the events of a database.

    A database is a .duckdb or .sqlite file, or an address such as "postgres://HOST/DATABASE?table=NAME"; bigquery://,
    snowflake:// and spark:// work alike.

    \b
    With --split-by or --each, one workbook for each value or file, after which it is called:
      -o reports                        reports/report-acme.xlsx
      -o acme/spring.xlsx               acme/spring-acme.xlsx
      -o "reports/{value}/spring.xlsx"  reports/acme/spring.xlsx
    --ledger, --edits and --title take {value} too. A report that fails leaves the others as
    they are: they are finished, it is named, and the exit code is that of its problem, 2 or 3.
    """
    from sheetgen import api
    from sheetgen.cli.answers import build_values, tell_build

    console = common.console()
    report = chosen_report(common, chosen_reading(common, **options), **options)
    many = chosen_many(report, **options)
    if many:
        from sheetgen.cli.many import make_reports
        from sheetgen.intake import require_files

        return make_reports(common, require_files(inputs, report.read), many)
    with console.progress() as progress:
        result = api.build(inputs, report, progress)
    tell_build(console, result)
    print_product(common, build_values(result), [str(result.path)])
    return 0


@main.command(epilog=EXITS)
@click.argument("inputs", nargs=-1, required=True, type=INPUT)
@read_options
@command
def inspect(common: Common, inputs: tuple[Input, ...], ledger: Path | None, **options: Any) -> int:
    """Say what was recognised in files, folders or a database, before a workbook is made of them."""
    from sheetgen import api
    from sheetgen.cli.inspection import inspection_lines, inspection_values

    console, reading = common.console(), chosen_reading(common, **options)
    with console.progress() as progress:
        found = api.inspect_files(inputs, reading, lambda done: progress("Reading", done))
    if ledger:
        api.write_ledger(found.data.ledger, ledger, inputs, common.lang, common.templates)
    print_product(common, inspection_values(found), inspection_lines(found, console.language))
    return 0


@main.command(epilog=EXITS)
@click.argument("report", type=FILE)
@click.option("--edit", "edits", multiple=True, metavar="TAB!CELL=VALUE", help="Change an input first, in a copy.")
@click.option("--engine", default="all", show_default=True, help="cellrune, libreoffice or all that are here.")
@command
def verify(common: Common, report: Path, edits: tuple[str, ...], engine: str) -> int:
    """Recalculate a report outside and compare every formula with pandas."""
    from sheetgen import api
    from sheetgen.cli.answers import verification_lines, verification_values

    console = common.console()
    with console.progress() as progress:
        progress("Recalculating", 0.0)
        found = api.verify(report, engine, edits, common.templates, progress)
    values = verification_values(found)
    print_product(common, values, verification_lines(found, console.language))
    return 0 if values["passed"] else 1


@main.command(epilog=EXITS)
@command
def kpis(common: Common) -> int:
    """Print the KPI dictionary: each KPI's formula in every tool."""
    from sheetgen import api
    from sheetgen.cli.answers import kpi_lines, kpi_values

    entries, language = api.kpi_dictionary(common.templates), common.console().language
    lines = (line for entry in entries for line in kpi_lines(entry, language))
    print_product(common, [kpi_values(entry) for entry in entries], lines)
    return 0
