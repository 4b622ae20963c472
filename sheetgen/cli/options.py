"""The options that several commands share, and what they mean to the pipeline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import OptionError, UnreadableFileError

if TYPE_CHECKING:
    from sheetgen.api import BuildOptions, ReadOptions, SampleOptions
    from sheetgen.cli.run import Common
    from sheetgen.many.build import ManyOptions

Command = TypeVar("Command", bound=Callable[..., Any])
"""A function on its way to become a click command."""

CODE_LENGTH = 3
DATE = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(path_type=Path)


class InputType(click.Path):
    """A file, folder or pattern, as a path; or the address of a database, as it is typed."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The input; nothing is looked up yet."""
        return value if "://" in str(value) else super().convert(value, param, ctx)


INPUT = InputType(path_type=Path)


def output_option(default: str) -> Callable[[Command], Command]:
    """`-o FILE`."""
    help_text = "Where the result goes; its folder is made if need be."
    return click.option("-o", "--output", type=FILE, default=Path(default), show_default=True, help=help_text)


def sample_options(function: Command) -> Command:
    """What sample data to draw."""
    for option in (
        click.option("--seed", default=1, show_default=True, help="The same seed gives the same data."),
        click.option("--end", type=DATE, default="2025-06-30", show_default=True, help="Last day."),
        click.option("--start", type=DATE, default="2025-01-01", show_default=True, help="First day."),
        click.option("--campaigns", default=60, show_default=True, help="How many campaigns."),
    ):
        function = option(function)
    return function


def read_options(function: Command) -> Command:
    """How to read the files, where they do not tell."""
    for option in (
        click.option("--decimal", type=click.Choice(["point", "comma"]), help="The decimal sign, where it is unclear."),
        click.option("--dayfirst/--monthfirst", default=None, help="How to read dates such as 03/04/2026."),
        click.option("--rate", "rates", multiple=True, metavar="CODE=NUMBER", help="Convert money, such as USD=0.92."),
        click.option("--map-file", "map_file", type=FILE, help="A file with one HEADER=COLUMN on each line."),
        click.option("--map", "mapping", multiple=True, metavar="HEADER=COLUMN", help="Read this header as a column."),
        click.option("--query", metavar="SQL", help="Events of a database: a query; of files: a query of `events`."),
        click.option("--table", metavar="NAME", help="Events of a database: the table, where it has several."),
        click.option("--events", is_flag=True, help="Each row of the files is an event: let DuckDB roll them up."),
        click.option("--source", default="auto", show_default=True, help="Which platform's export it is."),
        click.option(
            "--overlap",
            type=click.Choice(["refuse", "last", "add"]),
            default="refuse",
            show_default=True,
            help="What to do with files that differ about the same campaigns and days.",
        ),
        click.option("--ledger", type=FILE, metavar="FILE.csv", help="Write every drop, change and remark to a file."),
    ):
        function = option(function)
    return function


def report_options(function: Command) -> Command:
    """What the report is like."""
    for option in (
        click.option("--title", help="Title of the report."),
        click.option("--currency", help="ISO code, such as EUR; else taken from the file."),
        click.option("--theme", default="default", show_default=True, help="Colours and fonts."),
        click.option(
            "--template",
            default="full",
            show_default=True,
            metavar="NAME|FILE.toml",
            help="A report template by name, or a file with tabs or KPIs of your own.",
        ),
    ):
        function = option(function)
    return function


def many_options(function: Command) -> Command:
    """Whether one command makes several reports, and of what."""
    for option in (
        click.option("--limit", type=int, help="The most reports that --split-by may make; 200 if not said."),
        click.option("--jobs", type=int, help="How many reports are made at a time; else as many as fit this machine."),
        click.option("--each", is_flag=True, help="One report for each file."),
        click.option("--split-by", metavar="COLUMN", help="One report for each value, such as --split-by account."),
    ):
        function = option(function)
    return function


def chosen_sample(
    common: Common, *, campaigns: int, start: datetime, end: datetime, seed: int, **_others: object
) -> SampleOptions:
    """The sample that the options of `sample_options` ask for."""
    from sheetgen.api import SampleOptions

    return SampleOptions(campaigns, start.date(), end.date(), seed, common.lang)


def chosen_reading(
    common: Common,
    *,
    source: str,
    mapping: tuple[str, ...],
    dayfirst: bool | None,
    decimal: str | None,
    rates: tuple[str, ...],
    map_file: Path | None,
    overlap: str,
    events: bool,
    table: str | None,
    query: str | None,
    **_others: object,
) -> ReadOptions:
    """How to read, as the options of `read_options` say.

    Raises `OptionError` for a --map or --rate that is no pair, `UnreadableFileError` for a --map-file that is none.
    """
    from sheetgen.api import ReadOptions

    sign = {"point": ".", "comma": ",", None: None}[decimal]
    pairs = tuple(_pair(text) for text in (*mapping, *_lines(map_file)))
    return ReadOptions(
        source,
        dayfirst,
        sign,
        pairs,
        common.templates,
        tuple(_rate(text) for text in rates),
        overlap,
        events,
        table,
        query,
    )


def _lines(map_file: Path | None) -> list[str]:
    """The lines of a mapping file that are not blank and no comment."""
    if map_file is None:
        return []
    try:
        lines = map_file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = system_clause(error) if isinstance(error, OSError) else Clause("the file is not UTF-8 text.")
        raise UnreadableFileError(path=map_file, reason=reason) from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _rate(text: str) -> tuple[str, float]:
    code, _, number = text.partition("=")
    try:
        rate = float(number)
    except ValueError:
        rate = 0.0
    if not (len(code) == CODE_LENGTH and code.isalpha() and 0 < rate < float("inf")):
        raise OptionError(option="--rate", found=text, allowed=Clause("CODE=NUMBER, such as --rate USD=0.92"))
    return code.upper(), rate


def _pair(text: str) -> tuple[str, str]:
    header, equals, column = text.rpartition("=")
    if not (header and equals and column):
        allowed = Clause('"Header=Column", such as --map "Ad spend=Budget"')
        raise OptionError(option="--map", found=text, allowed=allowed)
    return header, column


def chosen_report(
    common: Common,
    read: ReadOptions,
    *,
    output: Path,
    template: str,
    theme: str,
    currency: str | None,
    title: str | None,
    ledger: Path | None = None,
    edits: Path | None = None,
    **_others: object,
) -> BuildOptions:
    """The report that the options of `report_options` ask for."""
    from sheetgen.api import BuildOptions

    return BuildOptions(output, template, theme, common.lang, currency, title, common.templates, read, ledger, edits)


def chosen_many(
    report: BuildOptions, *, split_by: str | None, each: bool, jobs: int | None, limit: int | None, **_others: object
) -> ManyOptions | None:
    """The reports that the options of `many_options` ask for; None for a single one.

    Raises `OptionError` for options that mean nothing together.
    """
    if split_by is not None and each:
        raise OptionError(option="--each", found="--split-by", allowed=Clause("one of the two"))
    if split_by is None and limit is not None:
        raise OptionError(option="--limit", found=str(limit), allowed=Clause("only beside --split-by"))
    if split_by is None and not each:
        if jobs is not None:
            raise OptionError(option="--jobs", found=str(jobs), allowed=Clause("only beside --split-by or --each"))
        return None
    from sheetgen.many.build import LIMIT, ManyOptions

    return ManyOptions(report, split_by, jobs, LIMIT if limit is None else limit)
