"""Where the output cannot be written, or fails on the way: a sentence, no scraps, and the earlier file as it was."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

import sheetgen.api
from sheetgen.errors import OutputError
from sheetgen.output import whole_file
from tests.conftest import Cli

EARLIER = b"the report of last week"


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    path = tmp_path / "output" / "report.xlsx"
    path.parent.mkdir()
    path.write_bytes(EARLIER)
    return path


def assert_kept(earlier: Path) -> None:
    assert earlier.read_bytes() == EARLIER
    assert [path.name for path in earlier.parent.iterdir()] == [earlier.name]


def test_earlier_report_is_replaced_by_a_complete_one(cli: Cli, campaign_file: Path, earlier: Path) -> None:
    assert cli("build", campaign_file, "-o", earlier).exit_code == 0
    assert earlier.read_bytes().startswith(b"PK")
    assert [path.name for path in earlier.parent.iterdir()] == [earlier.name]


def test_folder_under_a_file(cli: Cli, campaign_file: Path, earlier: Path) -> None:
    result = cli("build", campaign_file, "-o", earlier / "new" / "report.xlsx")
    assert result.exit_code == 2
    assert f"{earlier / 'new' / 'report.xlsx'}: cannot be written (" in result.stderr
    assert "Choose another place with -o." in result.stderr
    assert_kept(earlier)


def test_output_is_a_folder(cli: Cli, campaign_file: Path, earlier: Path) -> None:
    folder = earlier.parent / "folder.xlsx"
    folder.mkdir()
    result = cli("build", campaign_file, "-o", folder)
    assert result.exit_code == 2
    assert f"{folder}: cannot be written (it is a folder)" in result.stderr
    assert list(folder.iterdir()) == []


def test_output_is_the_input(cli: Cli, earlier: Path) -> None:
    result = cli("build", earlier, "-o", earlier)
    assert result.exit_code == 2
    assert "cannot be written (it is the input)" in result.stderr
    assert_kept(earlier)


def test_output_is_no_workbook_by_name(cli: Cli, campaign_file: Path, earlier: Path) -> None:
    result = cli("build", campaign_file, "-o", earlier.with_suffix(".csv"))
    assert result.exit_code == 2
    assert "'report.csv' is not allowed. Allowed: a file name that ends in .xlsx." in result.stderr
    assert_kept(earlier)


def test_name_is_too_long(cli: Cli, campaign_file: Path, earlier: Path) -> None:
    result = cli("build", campaign_file, "-o", earlier.with_name("x" * 300 + ".xlsx"))
    assert result.exit_code == 2
    assert "cannot be written (File name too long)" in result.stderr
    assert_kept(earlier)


def test_output_is_open_elsewhere(
    cli: Cli, campaign_file: Path, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As Windows does while Excel holds the file.
    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        result = cli("build", campaign_file, "-o", earlier)
    assert result.exit_code == 2
    assert f"{earlier}: cannot be written (it is open in another program" in result.stderr
    assert_kept(earlier)


def test_self_check_fails(cli: Cli, campaign_file: Path, earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetgen.api, "check_package", lambda _path: ["Overview!B2: no such function."])
    result = cli("build", campaign_file, "-o", earlier)
    assert result.exit_code == 3
    assert "failed its self-check (Overview!B2: no such function.); it was not kept." in result.stderr
    assert_kept(earlier)


def test_own_fault_is_a_sentence(cli: Cli, campaign_file: Path, earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_arguments: object) -> None:
        raise ZeroDivisionError("a fault\nof ours")

    monkeypatch.setattr(sheetgen.api, "write_xlsx", break_down)
    result = cli("build", campaign_file, "-o", earlier)
    assert result.exit_code == 3
    assert result.stderr.startswith("sheetgen: unexpected ZeroDivisionError: a fault of ours. This is a fault in")
    assert "Traceback" not in result.stderr
    assert_kept(earlier)
    monkeypatch.setenv("SHEETGEN_DEBUG", "1")
    assert "Traceback" in cli("build", campaign_file, "-o", earlier).stderr


def test_full_disk_is_an_output_error(earlier: Path) -> None:
    with pytest.raises(OutputError, match=r"report\.xlsx: cannot be written \(No space left on device\)"):
        write_on_full_disk(earlier)
    assert_kept(earlier)


def write_on_full_disk(path: Path) -> None:
    with whole_file(path) as temporary:
        temporary.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_link_is_followed(tmp_path: Path, earlier: Path) -> None:
    link = tmp_path / "latest.xlsx"
    link.symlink_to(earlier)
    with whole_file(link) as temporary:
        temporary.write_bytes(b"new")
    assert link.is_symlink()
    assert earlier.read_bytes() == b"new"


@pytest.mark.skipif(not Path(os.devnull).is_char_device(), reason="there is no null device here")
def test_device_is_spared() -> None:
    with pytest.raises(OutputError, match="it is not an ordinary file"), whole_file(Path(os.devnull)):
        pass
    assert Path(os.devnull).is_char_device()
