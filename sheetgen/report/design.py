"""The design of a report: its tabs and KPIs, by a template's name or from one file of the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sheetgen.clause import Clause
from sheetgen.errors import TemplateError
from sheetgen.kpis import Kpi, as_content, load_kpis, parse_kpis
from sheetgen.report.catalog import KNOWN_BLOCKS
from sheetgen.report.record import TITLE as RECORD_TITLE
from sheetgen.report.template import ReportTemplate, load_report_template, parse_report_template
from sheetgen.templates import SUFFIX, read_template

STANDARD: Final = "full"
"""The template whose tabs a file has that brings only KPIs."""

RESERVED_TITLES: Final = ("history", RECORD_TITLE)
"""Excel keeps the first for itself, the record of the report has the other."""

PARTS: Final = ("tab", "kpi")


def load_design(template: str, extra: Path | None = None) -> tuple[ReportTemplate, tuple[Kpi, ...]]:
    """The tabs and KPIs of a template's name, or of the path of a .toml file with `[[tab]]` and `[[kpi]]` entries.

    The file's KPIs change and extend the others; without tabs it keeps those of the standard report.
    Raises `TemplateError` or `ExpressionError`.
    """
    kpis = load_kpis(extra)
    if not template.endswith(SUFFIX):
        return _unambiguous(load_report_template(template, KNOWN_BLOCKS, extra), f"reports/{template}{SUFFIX}"), kpis
    path = Path(template)
    content = _read(path)
    own = _extended(kpis, content["kpi"], path) if "kpi" in content else kpis
    if "tab" in content:
        tabs = parse_report_template({"tab": content["tab"]}, KNOWN_BLOCKS, template)
        return _unambiguous(tabs, template), own
    return load_report_template(STANDARD, KNOWN_BLOCKS, extra), own


def _unambiguous(template: ReportTemplate, path: str) -> ReportTemplate:
    """The template, when no tab has a title that is taken and no block is shown twice: formulas find blocks by name."""
    tab_of: dict[str, str] = {}
    for tab in template.tabs:
        if tab.title.casefold() in RESERVED_TITLES:
            problem = Clause("the title {title!r} is reserved.", title=tab.title)
            remedy = Clause("Give it another title.")
            raise TemplateError(path=path, where=Clause("tab {key}", key=tab.key), problem=problem, remedy=remedy)
        for spec in (spec for shelf in tab.shelves for spec in shelf):
            if spec.block in tab_of:
                where, shown = Clause("tab {key}", key=tab.key), tab_of[spec.block]
                problem = Clause("the block {block} is shown already, on tab {tab}.", block=spec.block, tab=shown)
                raise TemplateError(path=path, where=where, problem=problem, remedy=Clause("Show it once."))
            tab_of[spec.block] = tab.key
    return template


def _read(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        problem = Clause("there is no such file.")
        remedy = Clause("Give the path of a .toml file, or the name of a template without .toml.")
        raise TemplateError(path=path, where=Clause("file"), problem=problem, remedy=remedy)
    content = read_template("", path.stem, path.parent)
    unknown = [part for part in content if part not in PARTS]
    if unknown or not content:
        problem = Clause("{found!r} is not known.", found=unknown[0]) if unknown else Clause("it is empty.")
        remedy = Clause("Begin each tab with a line [[tab]] and each KPI with a line [[kpi]].")
        raise TemplateError(path=path, where=Clause("file"), problem=problem, remedy=remedy)
    return content


def _extended(kpis: tuple[Kpi, ...], entries: Any, path: Path) -> tuple[Kpi, ...]:
    """The KPIs with the `[[kpi]]` entries of a file: those of a known key change it, the others follow."""
    known: dict[object, dict[str, Any]] = {entry["key"]: entry for entry in as_content(kpis)["kpi"]}
    if isinstance(entries, list):
        keys = [_key(entry) for entry in entries]
        own = [{**known[key], **entry} if key in known else entry for key, entry in zip(keys, entries, strict=True)]
        # The file's own come first, so that a message about entry number 2 means its second.
        entries = [*own, *(entry for key, entry in known.items() if key not in keys)]
    order = {key: number for number, key in enumerate(known)}
    return tuple(sorted(parse_kpis({"kpi": entries}, path), key=lambda kpi: order.get(kpi.key, len(order))))


def _key(entry: object) -> str:
    key = entry.get("key") if isinstance(entry, dict) else None
    return key if isinstance(key, str) else ""
