"""A folder or a pattern stands for the exports that it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from sheetgen.errors import UnreadableFileError
from sheetgen.sources.files import find_files
from sheetgen.sources.load import ReadOptions, load_dataset
from tests.sources.conftest import Write, said


@pytest.fixture
def folder(write: Write) -> Path:
    """Two months whose files overlap by one row, and what else lies about in a folder."""
    first = write("march.csv", "Campaign,Day,Cost\nA,2025-03-30,1\nA,2025-03-31,2\n")
    write("april.csv", "Campaign,Day,Cost\nA,2025-03-31,2\nA,2025-04-01,4\n")
    write(".hidden.csv", "x")
    write("notes.md", "x")
    with Workbook(first.parent / "report.xlsx") as report:
        report.add_worksheet("_sheetgen")
    return first.parent


def test_a_folder_gives_its_exports_in_order_without_reports_of_ours(folder: Path) -> None:
    assert [path.name for path in find_files([folder])] == ["april.csv", "march.csv"]


def test_a_pattern_gives_what_fits_and_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert find_files([folder / "mar*.csv", folder / "march.csv"]) == [folder / "march.csv"]


def test_rows_that_two_exports_share_count_once_and_the_ledger_says_so(folder: Path) -> None:
    data = load_dataset([folder], ReadOptions())
    assert data.campaigns["Budget"].tolist() == [7]
    assert said(data, "duplicate_row") == [(3, "", "april.csv, row 2", "")]


@pytest.mark.parametrize("given", ["empty", "none*.csv"])
def test_a_folder_or_pattern_without_a_file_is_an_error(tmp_path: Path, given: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFileError, match=given.removesuffix("*.csv")):
        find_files([tmp_path / given])
