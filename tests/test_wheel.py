"""The wheel stands alone: installed elsewhere, with no checkout in sight, it finds its templates and works."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # The build backend is one of the tests' own requirements, so that no index is asked.
    build = [*PIP, "wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, timeout=300)
    (path,) = folder.glob("*.whl")
    return path


def test_it_ships_the_templates_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    templates = {f"sheetgen/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "templates").rglob("*.toml")}
    assert templates <= names
    assert "sheetgen/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"sheetgen"}


def test_it_works_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    subprocess.run([*PIP, "install", "--no-deps", "--target", str(site), str(wheel)], check=True, timeout=300)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def run(*arguments: str) -> str:
        # -P keeps the folder it runs in off the path; the wheel's folder comes before the installed checkout.
        command = [sys.executable, "-P", *arguments]
        result = subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": str(site)},
        )
        return result.stdout

    assert Path(run("-c", "import sheetgen; print(sheetgen.__file__)").strip()).is_relative_to(site)
    assert "definition     clicks / impressions" in run("-m", "sheetgen", "kpis")
    assert run("-m", "sheetgen", "demo", "--campaigns", "2", "--end", "2025-01-14", "-o", "demo.xlsx") == "demo.xlsx\n"
