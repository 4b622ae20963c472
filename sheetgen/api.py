"""The pipeline as functions: what the command line does, for a program to call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sheetgen.dataset import Dataset
from sheetgen.engines.catalog import available_engines, engine_named
from sheetgen.errors import LimitError, SelfCheckError
from sheetgen.expected import expected_values
from sheetgen.inputs import load_settings
from sheetgen.kpis import Kpi, load_kpis
from sheetgen.language import load_language
from sheetgen.output import whole_file
from sheetgen.render.xlsx import write_xlsx
from sheetgen.report.build import build_report
from sheetgen.report.catalog import KNOWN_BLOCKS
from sheetgen.report.locale import load_locale
from sheetgen.report.model import Report
from sheetgen.report.recipe import Recipe, first_inputs
from sheetgen.report.shape import shape_of
from sheetgen.report.template import load_report_template
from sheetgen.report.theme import load_theme
from sheetgen.sources.load import ReadOptions, load_dataset
from sheetgen.sources.sample import SampleOptions, generate_sample, write_sample
from sheetgen.verify import Verification, verify_workbook
from sheetgen.workbook.checks.check import check_package

MAX_ROWS = 1_048_575
"""Data rows that fit a sheet under a header."""

Progress = Callable[[str, float], None]
"""Told the name of the step and how much of it is done, 0 to 1."""


def _silent(_step: str, _done: float) -> None:
    return None


@dataclass(frozen=True)
class BuildOptions:
    """How a report is made; `templates` is the user's own template folder, `currency` an ISO code."""

    output: Path = Path("output/report.xlsx")
    template: str = "full"
    theme: str = "default"
    lang: str = "en"
    currency: str | None = None
    title: str | None = None
    templates: Path | None = None
    read: ReadOptions = field(default_factory=ReadOptions)


@dataclass(frozen=True, eq=False)
class BuildResult:
    """A finished report: where it is, what it was made from and how many formulas it holds."""

    path: Path
    data: Dataset
    kpis: tuple[Kpi, ...]
    formulas: int


def build(inputs: Sequence[Path], options: BuildOptions | None = None, progress: Progress = _silent) -> BuildResult:
    """Read campaign files and write their workbook, checked before it takes its place.

    Raises a `SheetgenError` that says what cannot be read, used or written.
    """
    options = options or BuildOptions()
    progress("Reading", 0.0)
    data = load_dataset(inputs, options.read)
    _require_room(data)
    progress("Computing", 0.0)
    recipe = _recipe(data, options)
    defaults = first_inputs(recipe)
    report = build_report(data, defaults, recipe)
    _write(report, options, progress)
    return BuildResult(options.output, data, recipe.kpis, len(expected_values(report)))


def _recipe(data: Dataset, options: BuildOptions) -> Recipe:
    language = load_language(options.lang, options.templates)
    return Recipe(
        template=load_report_template(options.template, KNOWN_BLOCKS, options.templates),
        kpis=load_kpis(options.templates),
        settings=load_settings(options.templates),
        language=language,
        shape=shape_of(data),
        currency=(options.currency or data.currency or "").upper(),
        title=options.title or language("Campaign performance report"),
    )


def _require_room(data: Dataset) -> None:
    for tab, rows in (("Campaigns", data.campaigns), ("Daily", data.daily), ("Hours", data.hours)):
        if rows is not None and len(rows) > MAX_ROWS:
            raise LimitError(
                what=f"{tab} tab",
                found=f"{len(rows):,} rows",
                allowed=f"{MAX_ROWS:,} rows of a sheet",
                remedy="Give a shorter period or fewer campaigns.",
            )


def _write(report: Report, options: BuildOptions, progress: Progress) -> None:
    theme = load_theme(options.theme, options.templates)
    locale = load_locale(options.lang, report.currency, options.templates)
    with whole_file(options.output) as temporary:
        write_xlsx(report, temporary, theme, locale, lambda done, total: progress("Writing", done / total))
        progress("Checking", 0.0)
        problems = check_package(temporary)
        if problems:
            raise SelfCheckError(path=options.output, problems="; ".join(problems[:3]))
        progress("Checking", 1.0)


def verify(
    path: Path, engine: str = "all", edits: Sequence[str] = (), templates: Path | None = None
) -> tuple[Verification, ...]:
    """Recalculate a workbook outside, with one engine or every one at hand, and compare each formula with pandas.

    Raises a `SheetgenError` for a workbook that is not ours, an edit or engine not allowed, or a failing engine.
    """
    engines = available_engines() if engine == "all" else (engine_named(engine),)
    return verify_workbook(path, engines, edits, templates)


def generate(path: Path, options: SampleOptions, templates: Path | None = None) -> tuple[Path, Path]:
    """Write sample campaigns to `path` and the hours that add up to them beside it; both paths.

    Raises `OptionError` or `OutputError`.
    """
    return write_sample(generate_sample(options, templates), path)


__all__ = ["BuildOptions", "BuildResult", "ReadOptions", "SampleOptions", "Verification", "build", "generate", "verify"]
