"""The floors of the house: imports go down, without a cycle, and each outside library has one owner."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sheetgen

PACKAGE = Path(sheetgen.__file__).parent

FLOORS: tuple[tuple[str, ...], ...] = (
    ("clause", "errors", "fields", "ledger", "values", "templates", "redaction"),
    ("dataset", "language", "formula.functions", "formula.tree"),
    ("formula", "kpis", "inputs", "sources", "events", "intake"),
    ("analysis",),
    ("report",),
    ("render",),
    (
        "workbook",
        "compare",
        "expected",
        "engines",
        "readback",
        "inspect",
        "verify",
        "output",
        "interrupts",
        "ledger_csv",
        "console",
    ),
    ("pull", "push"),
    ("api",),
    ("publish", "many", "doctor"),
    ("cli", "__main__"),
)
"""Each module may import from its own floor and from those before it."""

OWNERS = {
    "xlsxwriter": ("render",),
    "cellrune": ("engines.cellrune",),
    "faker": ("sources.sample_names",),
    "click": ("cli",),
    "rich": ("console",),
    "pyarrow": ("sources", "events", "render.column", "render.filling"),
    "zlib_ng": ("render.archive",),
    "python_calamine": ("sources.workbook",),
    "gspread": ("push.client",),
    "requests": ("push.client",),
    "google": ("push.client", "push.credentials", "events.connect"),
    "ibis": ("events",),
    "pyspark": ("events.connect",),
    "google_auth_oauthlib": ("push.credentials.sign_in",),
    "oauthlib": ("push.credentials.sign_in",),
}
"""Each outside library and the only modules that may import it."""


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py")) if "templates" not in path.parts}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(module: str) -> set[str]:
    names = {name.removeprefix("sheetgen.") for name in imports(MODULES[module]) if name.startswith("sheetgen.")}
    return {name for name in names if name in MODULES and name != module}


def within(module: str, place: str) -> bool:
    return module == place or module.startswith(f"{place}.")


def floor(module: str) -> int:
    found = [(len(place), i) for i, places in enumerate(FLOORS) for place in places if within(module, place)]
    assert found, f"{module} is on no floor: name it in FLOORS"
    return max(found)[1]


@pytest.mark.parametrize("module", [name for name in MODULES if name])
def test_imports_go_down(module: str) -> None:
    upward = [name for name in own_imports(module) if floor(name) > floor(module)]
    assert not upward


def test_no_import_cycle() -> None:
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"cycle: {' -> '.join((*path, module))}"
        if module not in done:
            for name in own_imports(module):
                visit(name, (*path, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())


def test_render_and_workbook_know_nothing_of_each_other() -> None:
    assert not [name for name in own_imports("render.xlsx") if within(name, "workbook")]


SHARED_BY_RENDERERS = ("render.fit", "render.grid", "render.looks")
"""What both renderers are made of: sizes and looks."""


def test_the_two_renderers_know_nothing_of_each_other() -> None:
    for module in (name for name in MODULES if within(name, "render")):
        used = [name for name in own_imports(module) if name.startswith("render.")]
        for_sheets = [name for name in used if within(name, "render.sheets")]
        others = [name for name in used if name not in for_sheets and name not in SHARED_BY_RENDERERS]
        assert not (others if within(module, "render.sheets") else for_sheets), module


@pytest.mark.parametrize("library", OWNERS)
def test_each_outside_library_has_one_owner(library: str) -> None:
    users = [name for name, path in MODULES.items() if any(found.split(".")[0] == library for found in imports(path))]
    assert users, f"nothing imports {library}"
    assert not [name for name in users if not any(within(name, owner) for owner in OWNERS[library])]
