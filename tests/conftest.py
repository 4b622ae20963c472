"""What tests of the whole tool share: the command line, run in this process, and a small campaign file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sheetgen.cli import main

pytest_plugins = ("tests.google.fixtures",)

Cli = Callable[..., Result]
"""Runs `sheetgen` with these arguments; the result has exit_code, stdout and stderr."""

CAMPAIGNS = """\
Campaign ID,Campaign Name,Platform,Campaign Type,Start Date,End Date,Budget,Impressions,Reach,Clicks,Engagement,\
Conversions,Revenue
C1,Spring,Instagram,Awareness,2025-01-01,2025-01-31,100,10000,8000,150,300,5,250
C2,Summer,Facebook,Conversion,2025-02-01,2025-02-28,200,20000,15000,250,400,12,700
C3,Autumn,TikTok,Conversion,2025-03-01,2025-03-31,0,0,0,0,0,0,0
"""


def run(*arguments: object) -> Result:
    """The result of the command line with these arguments, in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def cli() -> Cli:
    """The command line in this process."""
    return run


@pytest.fixture
def campaign_file(tmp_path: Path) -> Path:
    """Three campaigns in a folder of their own: Budget 300, Revenue 950, ROI 650 / 300."""
    return write_campaigns(tmp_path / "input")


@pytest.fixture(scope="session")
def finished_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the three campaigns, to read only."""
    folder = tmp_path_factory.mktemp("finished")
    result = run("build", write_campaigns(folder), "-o", folder / "report.xlsx")
    assert result.exit_code == 0, result.stderr
    return folder / "report.xlsx"


def write_campaigns(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "campaigns.csv"
    path.write_text(CAMPAIGNS, encoding="utf-8")
    return path
