"""Checks of this computer: Python, packages, LibreOffice, templates, and a folder for the results."""

from __future__ import annotations

import platform
import re
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from sheetgen import __version__
from sheetgen.clause import Clause, system_clause
from sheetgen.doctor.finding import Finding, Subject
from sheetgen.engines.libreoffice import find_soffice
from sheetgen.errors import SheetgenError
from sheetgen.inputs import load_settings
from sheetgen.kpis import load_kpis
from sheetgen.language import load_language
from sheetgen.report.design import load_design
from sheetgen.report.locale import load_locale
from sheetgen.report.theme import load_theme
from sheetgen.templates import list_templates

OURS = Subject.COMPUTER
NAME = re.compile(r"[\w.-]+")


def check_computer(output: Path, templates: Path | None) -> Iterator[Finding]:
    """What is found of this computer; `output` is a folder for results, `templates` the user's own, if any."""
    yield _python()
    yield _packages()
    yield _libreoffice()
    yield _templates(templates)
    yield _output(output)


def _python() -> Finding:
    found = Clause(
        "sheetgen {version}, Python {python} on {system}.",
        version=__version__,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()}",
    )
    return OURS.ok("python", found)


def _packages() -> Finding:
    found, missing = [], []
    for name in _required():
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        lacking = Clause("packages are missing: {names}.", names=", ".join(missing))
        return OURS.failed("packages", lacking, Clause("Install sheetgen again with pip, which brings them along."))
    return OURS.ok("packages", Clause("packages: {names}.", names=", ".join(found)))


def _required() -> list[str]:
    """The packages that sheetgen needs here; none where it runs without having been installed."""
    try:
        lines = requires("sheetgen") or []
    except PackageNotFoundError:
        return []
    return [found[0] for line in lines if ";" not in line and (found := NAME.match(line))]


def _libreoffice() -> Finding:
    path = find_soffice()
    if path is None:
        text = Clause("no LibreOffice, and none is needed: with it, verify would give a second opinion.")
        return OURS.ok("libreoffice", text)
    return OURS.ok("libreoffice", Clause("LibreOffice is {path}.", path=path))


def _templates(own: Path | None) -> Finding:
    """Every template is read, so that a mistake in one shows here and not in the middle of a report."""
    reports, themes, languages = (list_templates(kind, own) for kind in ("reports", "themes", "languages"))
    try:
        kpis = load_kpis(own)
        load_settings(own)
        for name in reports:
            load_design(name, own)
        for name in themes:
            load_theme(name, own)
        for name in languages:
            load_language(name, own)
            load_locale(name, extra=own)
    except SheetgenError as problem:
        return OURS.refused("templates", problem)
    found = Clause(
        "templates: {kpis} KPIs, {reports} reports, {themes} themes, {languages} languages.",
        kpis=len(kpis),
        reports=len(reports),
        themes=len(themes),
        languages=len(languages),
    )
    return OURS.ok("templates", found)


def _output(folder: Path) -> Finding:
    place = next((each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir()), Path())
    try:
        # Asking the system for rights is not enough: a full disk or a synchronised folder refuses all the same.
        with tempfile.TemporaryFile(prefix=".sheetgen-", dir=place):
            return OURS.ok("output", Clause("results can be written to {folder}.", folder=folder))
    except OSError as error:
        refused = Clause("{folder}: cannot be written ({reason}).", folder=place, reason=system_clause(error))
        return OURS.warning("output", refused, Clause("Choose another place for results with -o."))
