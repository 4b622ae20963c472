"""The recipe of a report: all that makes it but data and inputs, and its form in the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sheetgen import __version__
from sheetgen.analysis.contrast import first_sides
from sheetgen.analysis.segments import first_segments
from sheetgen.dataset import Dataset
from sheetgen.inputs import CONTRAST, HEAT_METRIC, PIE_BY, SEGMENT_NAMES, WATERFALL_BY, Inputs, Setting, default_inputs
from sheetgen.kpis import Kpi, Unit, as_content, parse_kpis
from sheetgen.language import Language, load_language
from sheetgen.report.catalog import KNOWN_BLOCKS
from sheetgen.report.shape import Shape
from sheetgen.report.template import ReportTemplate, parse_report_template


@dataclass(frozen=True, eq=False)
class Recipe:
    """Everything but the data and the inputs: what makes a report, and what its workbook remembers."""

    template: ReportTemplate
    kpis: tuple[Kpi, ...]
    settings: tuple[Setting, ...]
    language: Language
    shape: Shape
    currency: str
    title: str


@dataclass(frozen=True)
class RecordedIssue:
    """One kind of line that a ledger has: its code, severity, number of lines and money."""

    code: str
    severity: str
    count: int
    spend: float | None


@dataclass(frozen=True)
class RecordedLedger:
    """What a workbook remembers of its ledger besides the lines it shows; `sources` counts the columns' origins."""

    rows_in: int
    rows_used: int
    issues: tuple[RecordedIssue, ...]
    sources: int


def first_inputs(recipe: Recipe, data: Dataset) -> Inputs:
    """What a new report of the data starts with, in the recipe's language."""
    say = recipe.language
    pick = next((kpi.header for kpi in recipe.kpis if kpi.key == "roi"), "Revenue")
    inputs = default_inputs(recipe.settings, recipe.kpis, say("All"), say(pick))
    heat = next((kpi.header for kpi in recipe.kpis if kpi.key == "ctr"), "Clicks")
    picks = {HEAT_METRIC: say(heat), PIE_BY: say("Platform"), WATERFALL_BY: say("Campaign")}
    sides = zip(CONTRAST, first_sides(data.campaigns, say("(not set)")), strict=True)
    segments = zip(SEGMENT_NAMES, first_segments(data.campaigns, say("(not set)")), strict=False)
    return Inputs({**inputs.values, **picks, **dict(sides), **dict(segments)})


def as_record(recipe: Recipe, data: Dataset) -> dict[str, Any]:
    """The recipe and the ledger's counts as plain values."""
    ledger = data.ledger
    issues = tuple(
        RecordedIssue(issue.code, issue.severity.value, issue.count, issue.spend) for issue in ledger.issues()
    )
    recorded = RecordedLedger(ledger.rows_in, ledger.rows_used, issues, len(data.sources))
    return {
        "version": __version__,
        "title": recipe.title,
        "currency": recipe.currency,
        "lang": recipe.language.code,
        "shape": recipe.shape.as_dict(),
        "template": dict(recipe.template.content),
        "kpis": as_content(recipe.kpis),
        "settings": [{**asdict(setting), "unit": setting.unit.value} for setting in recipe.settings],
        "ledger": asdict(recorded),
    }


def from_record(record: Mapping[str, Any], templates: Path | None = None) -> tuple[Recipe, RecordedLedger]:
    """The recipe and ledger counts that a workbook remembers.

    Raises `KeyError` or `SheetgenError` where the record is incomplete or not ours.
    """
    recipe = Recipe(
        template=parse_report_template(record["template"], KNOWN_BLOCKS, "the workbook's record"),
        kpis=parse_kpis(record["kpis"], Path("record")),
        settings=tuple(Setting(**{**entry, "unit": Unit(entry["unit"])}) for entry in record["settings"]),
        language=load_language(record["lang"], templates),
        shape=Shape(**record["shape"]),
        currency=record["currency"],
        title=record["title"],
    )
    issues = tuple(RecordedIssue(**issue) for issue in record["ledger"]["issues"])
    return recipe, RecordedLedger(**{**record["ledger"], "issues": issues})
