"""The pipeline as functions: what the command line does, for a program to call."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from sheetgen.clause import Clause
from sheetgen.dataset import MAX_ROWS, ColumnSource, Dataset
from sheetgen.engines.catalog import available_engines, engine_named
from sheetgen.errors import LimitError, OptionError, OutputError, SelfCheckError
from sheetgen.events.address import Input
from sheetgen.expected import count_formulas
from sheetgen.inputs import load_settings
from sheetgen.inspect import FedColumn, FileInspection, Inspection, inspect_files
from sheetgen.intake import load_data
from sheetgen.kpis import DictionaryEntry, Kpi, dictionary, load_kpis
from sheetgen.language import load_language
from sheetgen.ledger import Ledger
from sheetgen.ledger_csv import require_csv
from sheetgen.ledger_csv import write_ledger as write_ledger_csv
from sheetgen.output import whole_file
from sheetgen.pull.campaigns import edit_campaigns, with_lines
from sheetgen.pull.edit import Pulled, PulledEdit
from sheetgen.pull.edits_csv import EditsFile, read_edits
from sheetgen.pull.edits_csv import write_edits as write_edits_csv
from sheetgen.pull.inputs import edit_inputs
from sheetgen.pull.workbook import pull_workbook
from sheetgen.render.xlsx import write_xlsx
from sheetgen.report.baseline import baseline_of
from sheetgen.report.build import build_report
from sheetgen.report.design import load_design
from sheetgen.report.locale import load_locale
from sheetgen.report.model import Report
from sheetgen.report.recipe import Recipe, first_inputs
from sheetgen.report.shape import shape_of
from sheetgen.report.theme import load_theme
from sheetgen.sources.division import load_part
from sheetgen.sources.load import ReadOptions
from sheetgen.sources.memory import spare_memory
from sheetgen.sources.sample import SampleOptions, generate_sample, write_sample
from sheetgen.verify import Verification, verify_workbook
from sheetgen.workbook.checks.check import check_package

READING, COMPUTED = 0.3, 0.5
"""How much of a build is done when the files are read, and when the report is computed."""

SAMPLED = 0.3
"""How much of a sample is done when it is drawn and not yet written."""

MAX_TITLE: Final = 200
CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

Progress = Callable[[str, float], None]
"""Told the name of the step and how much of the whole is done, 0 to 1."""


def _silent(_step: str, _done: float) -> None:
    return None


def _share(progress: Progress, start: float, end: float) -> Progress:
    """The progress of a part that takes the whole from `start` to `end`."""
    return lambda step, done: progress(step, start + done * (end - start))


@dataclass(frozen=True)
class BuildOptions:
    """How a report is made.

    `template` is a report template by name, or the path of a .toml file with tabs or KPIs of the user's own;
    `currency` is an ISO code, None for that of the data; `templates` is the user's own template folder; `ledger` is
    where the whole ledger goes as CSV, None for nowhere; `edits` is a file of pulled edits to make the report with.
    """

    output: Path = Path("output/report.xlsx")
    template: str = "full"
    theme: str = "default"
    lang: str = "en"
    currency: str | None = None
    title: str | None = None
    templates: Path | None = None
    read: ReadOptions = field(default_factory=ReadOptions)
    ledger: Path | None = None
    edits: Path | None = None


@dataclass(frozen=True)
class Summary:
    """What a finished report was made of, in short; `ledger` has the number of lines per code."""

    files: tuple[str, ...]
    columns: tuple[ColumnSource, ...]
    currency: str | None
    campaigns: int
    formulas: int
    rows_in: int
    rows_used: int
    ledger: Mapping[str, int]

    @property
    def rows_dropped(self) -> int:
        """Rows of the input that feed no number of the report."""
        return self.rows_in - self.rows_used


@dataclass(frozen=True, eq=False)
class BuildResult:
    """A finished report: where it is, what it was made from and how many formulas it holds."""

    path: Path
    data: Dataset
    kpis: tuple[Kpi, ...]
    formulas: int

    @property
    def summary(self) -> Summary:
        """The same in short."""
        data, ledger = self.data, self.data.ledger
        facts = (data.files, data.sources, data.currency, len(data.campaigns), self.formulas)
        return Summary(*facts, ledger.rows_in, ledger.rows_used, ledger.counts())


def build(inputs: Sequence[Input], options: BuildOptions | None = None, progress: Progress = _silent) -> BuildResult:
    """Read campaign files, or the events of a database, and write their workbook, checked before it takes its place.

    Raises a `SheetgenError` that says what cannot be read, used or written.
    """
    options = options or BuildOptions()
    require_output(options.output, inputs)
    return _finished(make_report(inputs, options, progress, baseline=True), options, progress)


def build_part(part: Path, options: BuildOptions, progress: Progress = _silent) -> BuildResult:
    """Write the workbook of one part of divided files, as `build` does of a file that holds only its rows.

    Raises a `SheetgenError` as `build` does.
    """
    made = _make(lambda: load_part(part, options.read).data, (), options, progress, baseline=True)
    return _finished(made, options, progress)


def _finished(made: MadeReport, options: BuildOptions, progress: Progress) -> BuildResult:
    _write(made.report, options, _share(progress, COMPUTED, 1.0))
    return BuildResult(options.output, made.data, made.recipe.kpis, count_formulas(made.report))


@dataclass(frozen=True, eq=False)
class MadeReport:
    """A report before it is written anywhere, with what it is made of."""

    report: Report
    data: Dataset
    recipe: Recipe


def make_report(
    inputs: Sequence[Input], options: BuildOptions, progress: Progress = _silent, *, baseline: bool = False
) -> MadeReport:
    """Read campaign files and make the report of them; the ledger is written where the options say.

    With `baseline` the report remembers what the export says, for a target that keeps no other record of it.
    Raises a `SheetgenError` that says what cannot be read or used.
    """
    return _make(
        lambda: load_data(inputs, options.read, lambda done: progress("Reading", READING * done)),
        inputs,
        options,
        progress,
        baseline=baseline,
    )


def _make(
    load: Callable[[], Dataset], inputs: Sequence[Input], options: BuildOptions, progress: Progress, *, baseline: bool
) -> MadeReport:
    if options.ledger:
        require_csv(options.ledger, "--ledger")
    progress("Reading", 0.0)
    spare_memory()
    edits = read_edits(options.edits, load_settings(options.templates)) if options.edits else EditsFile("")
    exported = load()
    data = edit_campaigns(exported, edits)
    _require_room(data)
    progress("Computing", READING)
    recipe = _recipe(data, options)
    proposed = first_inputs(recipe, data)
    chosen, lines = edit_inputs(proposed, edits)
    data = replace(data, ledger=with_lines(data.ledger, lines))
    if options.ledger:
        write_ledger(data.ledger, options.ledger, inputs, options.lang, options.templates)
    # What the export says, so that edits that this report is made with are pulled from it too.
    remembered = baseline_of(replace(data, campaigns=exported.campaigns), proposed) if baseline else None
    computing = _share(progress, READING, COMPUTED)
    report = build_report(data, chosen, recipe, remembered, lambda done: computing("Computing", done))
    return MadeReport(report, data, recipe)


def write_ledger(
    ledger: Ledger, path: Path, inputs: Sequence[Input] = (), lang: str = "en", templates: Path | None = None
) -> None:
    """Write every line of a ledger as a CSV file, in a language.

    Raises `OptionError` for a name that is no CSV file's, `OutputError` for an input or what cannot be written.
    """
    require_csv(path, "--ledger")
    _refuse_input(path, inputs)
    write_ledger_csv(ledger, path, load_language(lang, templates))


def require_output(path: Path, inputs: Sequence[Input]) -> None:
    """Raise `OptionError` for a name that is no workbook's, `OutputError` for one of the inputs."""
    if path.suffix.lower() != ".xlsx":
        raise OptionError(option="--output", found=path.name, allowed=Clause("a file name that ends in .xlsx"))
    _refuse_input(path, inputs)


def _refuse_input(path: Path, inputs: Sequence[Input]) -> None:
    if any(isinstance(given, Path) and _is_same_file(given, path) for given in inputs):
        raise OutputError(path=path, reason=Clause("it is the input"))


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def require_design(options: BuildOptions) -> None:
    """Raise a `SheetgenError` for a template, theme or language that no report can have."""
    load_design(options.template, options.templates)
    load_theme(options.theme, options.templates)
    load_locale(options.lang, options.currency or "", options.templates)


def _recipe(data: Dataset, options: BuildOptions) -> Recipe:
    language = load_language(options.lang, options.templates)
    template, kpis = load_design(options.template, options.templates)
    return Recipe(
        template=template,
        kpis=kpis,
        settings=load_settings(options.templates),
        language=language,
        shape=shape_of(data),
        currency=(options.currency or data.currency or "").upper(),
        title=_title(options.title or language("Campaign performance report")),
    )


def _title(title: str) -> str:
    if len(title) > MAX_TITLE or CONTROL.search(title):
        allowed = Clause("one line of at most {most} characters, without control characters", most=MAX_TITLE)
        raise OptionError(option="--title", found=title[:MAX_TITLE], allowed=allowed)
    return title


def _require_room(data: Dataset) -> None:
    for tab, rows in (("Campaigns", data.campaigns), ("Daily", data.daily), ("Hours", data.hours)):
        if rows is not None and len(rows) > MAX_ROWS:
            raise LimitError(
                what=Clause("{tab} tab", tab=tab),
                found=Clause("{count:,} rows", count=len(rows)),
                allowed=Clause("{count:,} rows of a sheet", count=MAX_ROWS),
                remedy=Clause("Give a shorter period or fewer campaigns."),
            )


def _write(report: Report, options: BuildOptions, progress: Progress) -> None:
    theme = load_theme(options.theme, options.templates)
    locale = load_locale(options.lang, report.currency, options.templates)
    with whole_file(options.output) as temporary:
        write_xlsx(report, temporary, theme, locale, lambda done, total: progress("Writing", 0.8 * done / total))
        progress("Checking", 0.8)
        problems = check_package(temporary)
        if problems:
            raise SelfCheckError(path=options.output, problems="; ".join(problems[:3]))
        progress("Checking", 1.0)


def verify(
    path: Path,
    engine: str = "all",
    edits: Sequence[str] = (),
    templates: Path | None = None,
    progress: Progress = _silent,
) -> tuple[Verification, ...]:
    """Recalculate a workbook outside, with one engine or every one at hand, and compare each formula with pandas.

    Raises a `SheetgenError` for a workbook that is not ours, an edit or engine not allowed, or a failing engine.
    """
    engines = available_engines() if engine == "all" else (engine_named(engine),)
    return verify_workbook(path, engines, edits, templates, lambda done: progress("Recalculating", done))


def pull(path: Path, templates: Path | None = None, progress: Progress = _silent) -> Pulled:
    """The edits that a workbook has had since it was made.

    Raises a `SheetgenError` for a workbook that is not ours or lost what it remembers.
    """
    return pull_workbook(path, templates, lambda done: progress("Comparing", done))


def write_edits(edits: Sequence[PulledEdit], path: Path, source: Path | None = None) -> None:
    """Write edits as a CSV file, for a later build with them; `source` is the report they come from.

    Raises `OptionError` for a name that is no CSV file's, `OutputError` for the source or what cannot be written.
    """
    _refuse_input(path, () if source is None else (source,))
    write_edits_csv(edits, path)


def demo(
    sample: SampleOptions, options: BuildOptions, progress: Progress = _silent
) -> tuple[BuildResult, tuple[Verification, ...]]:
    """Generate sample files beside the output, build their report and verify it with the embedded engine.

    Raises a `SheetgenError` as the three steps do.
    """
    require_output(options.output, ())
    beside = options.output.with_name(f"{options.output.stem}_campaigns.csv")
    inputs = generate(beside, sample, options.templates, _share(progress, 0.0, 0.1))
    result = build(inputs, options, _share(progress, 0.1, 0.7))
    found = verify(result.path, "cellrune", (), options.templates, _share(progress, 0.7, 1.0))
    return result, found


def generate(
    path: Path, options: SampleOptions, templates: Path | None = None, progress: Progress = _silent
) -> tuple[Path, Path]:
    """Write sample campaigns to `path` and the hours that add up to them beside it; both paths.

    Raises `OptionError` or `OutputError`.
    """
    progress("Sampling", 0.0)
    sample = generate_sample(options, templates)
    progress("Writing", SAMPLED)
    return write_sample(sample, path, lambda done: progress("Writing", SAMPLED + (1 - SAMPLED) * done))


def kpi_dictionary(templates: Path | None = None) -> tuple[DictionaryEntry, ...]:
    """Each KPI with its formula for every target.

    Raises `TemplateError`, `ExpressionError` or `UnsupportedFormulaError`.
    """
    return dictionary(load_kpis(templates))


__all__ = [
    "BuildOptions",
    "BuildResult",
    "DictionaryEntry",
    "FedColumn",
    "FileInspection",
    "Inspection",
    "MadeReport",
    "Pulled",
    "PulledEdit",
    "ReadOptions",
    "SampleOptions",
    "Summary",
    "Verification",
    "build",
    "build_part",
    "demo",
    "generate",
    "inspect_files",
    "kpi_dictionary",
    "make_report",
    "pull",
    "require_design",
    "require_output",
    "verify",
    "write_edits",
    "write_ledger",
]
