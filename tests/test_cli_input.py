"""Bad input: a sentence that names the file and the way out, exit 2, and the earlier report as it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from xlsxwriter import Workbook

import sheetgen.api
from tests.conftest import CAMPAIGNS, Cli

HEADER = CAMPAIGNS.splitlines()[0]
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
EARLIER = b"the report of last week"

Refuse = Callable[..., Result]
"""Runs `sheetgen build` with these arguments over an earlier report, which must come through."""


@pytest.fixture
def refuse(cli: Cli, tmp_path: Path) -> Refuse:
    report = tmp_path / "output" / "report.xlsx"
    report.parent.mkdir()
    report.write_bytes(EARLIER)

    def run(*arguments: object, exit_code: int = 2) -> Result:
        result = cli("build", *arguments, "-o", report)
        assert result.exit_code == exit_code
        assert result.stdout == ""
        assert result.stderr.startswith("sheetgen: ")
        assert "Traceback" not in result.stderr
        assert "report this" not in result.stderr
        assert report.read_bytes() == EARLIER
        assert [path.name for path in report.parent.iterdir()] == ["report.xlsx"]
        return result

    return run


CONTENTS: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "empty": ("a.csv", b"", ("the file is empty", "Give a file with a header row")),
    "blanks": ("a.csv", b"\xef\xbb\xbf \r\n\r\n", ("the file holds only blanks", "Give a file with a header row")),
    "header only": ("a.csv", f"{HEADER}\n".encode(), ("no data rows", "at least one row of campaign data")),
    "binary": ("a.csv", bytes(range(256)) * 8, ("not a table", "Give a CSV, TSV, XLSX or Parquet file")),
    "picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(64), ("a PNG picture", "Give a CSV, TSV, XLSX or Parquet file")),
    "web page": ("a.csv", b"<!DOCTYPE html><html><body>Log in</body></html>", ("a web page", "Give a CSV")),
    "gzip": ("a.csv.gz", b"\x1f\x8b\x08" + bytes(64), ("a gzip archive", "unpack it first")),
    "encrypted": ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), ("encrypted", "without a password")),
    "old workbook": ("a.xls", OLE + bytes(512), (".xls workbook", "save it as .xlsx")),
    "broken parquet": ("a.parquet", b"PAR1" + bytes(40) + b"PAR1", ("damaged", "Export it again")),
    "strange columns": ("a.csv", b"Apples,Pears\n1,2\n", ("no campaign columns", "Apples, Pears", '--map "Header=')),
    "ambiguous dates": (
        "a.csv",
        b"Campaign Name,Date,Budget\nA,03/04/2026,10\nB,05/06/2026,20\n",
        ("column 'Date'", "03/04/2026", "--dayfirst or --monthfirst"),
    ),
    "two currencies": (
        "a.csv",
        "Campaign Name,Budget,Clicks\nA,€10.50,3\nB,£20.50,4\n".encode(),
        ("several currencies", "EUR, GBP", "one report per currency"),
    ),
    "one column per channel": (
        "a.csv",
        b"Date,facebook_spend,tiktok_spend,google_spend,Revenue\n2025-01-01,1,2,3,4\n2025-01-02,1,2,3,4\n",
        ("one column per channel", "Reshape it"),
    ),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_content_is_refused(refuse: Refuse, tmp_path: Path, kind: str) -> None:
    name, content, words = CONTENTS[kind]
    source = tmp_path / name
    source.write_bytes(content)
    stderr = refuse(source).stderr
    for word in (str(source), *words):
        assert word in stderr


def test_truncated_workbook_is_refused(refuse: Refuse, finished_report: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.xlsx"
    half.write_bytes(finished_report.read_bytes()[: finished_report.stat().st_size // 2])
    stderr = refuse(half).stderr
    assert f"{half}: the file is damaged or incomplete" in stderr
    assert "Export it again." in stderr


def test_missing_file_is_refused(refuse: Refuse, campaign_file: Path, tmp_path: Path) -> None:
    assert f"{tmp_path / 'none.csv'}: cannot be read" in refuse(campaign_file, tmp_path / "none.csv").stderr


def test_path_under_a_file_is_refused(refuse: Refuse, campaign_file: Path) -> None:
    assert f"{campaign_file / 'more.csv'}: cannot be read" in refuse(campaign_file / "more.csv").stderr


def test_folder_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    assert f"{tmp_path}: cannot be read (it is a folder without a CSV" in refuse(tmp_path).stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_file_of_somebody_else_is_refused(refuse: Refuse, campaign_file: Path) -> None:
    campaign_file.chmod(0)
    assert "Check the path and its permissions." in refuse(campaign_file).stderr


OPTIONS: dict[str, tuple[str, ...]] = {
    "--lang": ("xx", "Allowed: en, fr."),
    "--theme": ("neon", "Allowed: default, slate."),
    "--currency": ("EURO", "an ISO code such as EUR"),
    "--source": ("myspace", "Allowed: auto, "),
    "--map": ("Budget", '"Header=Column"'),
    "--title": ("two\nlines", "one line of at most 200 characters"),
    "--template": ("fancy", "there is no such template. Choose one of "),
}


@pytest.mark.parametrize("option", OPTIONS)
def test_option_is_refused(refuse: Refuse, campaign_file: Path, option: str) -> None:
    value, allowed = OPTIONS[option]
    assert allowed in refuse(campaign_file, option, value).stderr


def test_map_of_a_header_that_is_not_there_lists_the_headers(refuse: Refuse, campaign_file: Path) -> None:
    stderr = refuse(campaign_file, "--map", "Cost=Budget").stderr
    assert "--map: 'Cost' is not allowed. Allowed: Campaign ID, Campaign Name, " in stderr


def test_map_to_a_column_that_is_not_there_lists_the_columns(refuse: Refuse, campaign_file: Path) -> None:
    stderr = refuse(campaign_file, "--map", "Budget=Costs").stderr
    assert "--map: 'Costs' is not allowed. Allowed: Campaign ID, Campaign Name, " in stderr


def test_templates_folder_that_is_not_there(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    result = cli("build", campaign_file, "--templates", tmp_path / "none", "-o", tmp_path / "report.xlsx")
    assert result.exit_code == 2
    assert f"Directory '{tmp_path / 'none'}' does not exist." in result.stderr


def tab(key: str, title: str, block: str) -> str:
    return f'[[tab]]\nkey = "{key}"\ntitle = "{title}"\nkind = "tables"\nshelves = [[{{ block = "{block}" }}]]\n'


def kpi(key: str, expr: str, header: str) -> str:
    return f'[[kpi]]\nkey = "{key}"\nexpr = "{expr}"\nheader = "{header}"\n'


TEMPLATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "no such file": ("", ("there is no such file", "the path of a .toml file")),
    "not TOML": ("[[tab]\n", ("line 1", "Correct the file")),
    "unknown part": ("[[tabs]]\n", ("'tabs' is not known", "[[tab]]")),
    "nothing": ("# later\n", ("it is empty", "[[tab]]")),
    "title twice": (tab("a", "Page", "headline") + tab("b", "PAGE", "by_type"), ("two tabs have this title", "Rename")),
    "title of a data tab": (tab("a", "Campaigns", "headline"), ("two tabs are titled 'Campaigns'", "Change the title")),
    "title of Excel's": (tab("a", "History", "headline"), ("'History' is reserved", "another title")),
    "title of the record": (tab("a", "_sheetgen", "headline"), ("'_sheetgen' is reserved", "another title")),
    "title too long": (tab("a", "x" * 32, "headline"), ("has 32 characters", "Change the title")),
    "title with a slash": (tab("a", "Q1/Q2", "headline"), ("a character that a spreadsheet refuses", "Change")),
    "block twice": (tab("a", "A", "headline") + tab("b", "B", "headline"), ("headline is shown already", "tab a")),
    "unknown block": (tab("a", "A", "heatwave"), ("block 'heatwave' is not known", "by_platform")),
    "header of a column": (kpi("mine", "clicks / reach", "Budget"), ("already the column Budget", "header of its own")),
    "header of a KPI": (kpi("mine", "clicks / reach", "CTR"), ("is already the header of KPI", "header of its own")),
    "key twice": (kpi("a", "clicks", "A") + kpi("a", "clicks", "B"), ("used twice", "a key of its own")),
    "no key": ("[[kpi]]\nexpr = 'clicks'\n", ("[[kpi]] number 1: key is missing", 'key = "profit"')),
    "bad expression": (kpi("mine", "clicks // reach", "Mine"), ("KPI mine", "clicks // reach\n          ^")),
    "unknown field": (kpi("mine", "clicks / people", "Mine"), ("people", "clicks / people\n           ^")),
}


@pytest.mark.parametrize("kind", TEMPLATES)
def test_template_is_refused(refuse: Refuse, campaign_file: Path, tmp_path: Path, kind: str) -> None:
    content, words = TEMPLATES[kind]
    template = tmp_path / "mine.toml"
    if content:
        template.write_text(content, encoding="utf-8")
    stderr = refuse(campaign_file, "--template", template).stderr
    for word in words:
        assert word in stderr


def test_more_rows_than_a_sheet_holds(refuse: Refuse, campaign_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetgen.api, "MAX_ROWS", 2)
    stderr = refuse(campaign_file).stderr
    assert "Campaigns tab: 3 rows is more than the 2 rows of a sheet allowed." in stderr
    assert "Give a shorter period or fewer campaigns." in stderr


def test_verify_refuses_a_workbook_of_others(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.xlsx"
    with Workbook(foreign) as book:
        book.add_worksheet().write_formula("A1", "=1+1")
    for path, words in ((foreign, "it has no _sheetgen tab"), (campaign_file, "it is not an .xlsx workbook")):
        result = cli("verify", path)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{path}: {words}" in result.stderr
        assert "Give a workbook written by sheetgen build." in result.stderr


@pytest.mark.parametrize(
    ("options", "allowed"),
    [
        (("--edit", "G5"), "Tab!Cell=value or name=value"),
        (("--edit", "Nowhere!G5=1"), "a cell of one of the tabs Overview, "),
        (("--edit", "total_budget=1"), "edit one of its inputs"),
        (("--engine", "abacus"), "Allowed: cellrune"),
    ],
)
def test_verify_refuses_an_option(cli: Cli, finished_report: Path, options: tuple[str, str], allowed: str) -> None:
    before = finished_report.read_bytes()
    result = cli("verify", finished_report, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert allowed in result.stderr
    assert finished_report.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "allowed"),
    [
        (("--campaigns", "0"), "a whole number from 1 to 10,000"),
        (("--start", "2025-02-01", "--end", "2025-01-01"), "a date from --start, 2025-02-01, on"),
        (("-o", "sample.txt"), "a file name that ends in .csv"),
    ],
)
def test_generate_refuses_an_option(cli: Cli, tmp_path: Path, options: tuple[str, ...], allowed: str) -> None:
    result = cli("generate", "-o", tmp_path / "sample.csv", *options)
    assert result.exit_code == 2
    assert allowed in result.stderr
    assert not list(tmp_path.iterdir())
