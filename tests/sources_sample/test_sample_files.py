"""The two CSV files: bytes, reproducibility, nothing half-written."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from sheetgen.errors import OptionError, OutputError
from sheetgen.sources.sample import Sample, SampleOptions, generate_sample, write_sample

ROOT = Path(__file__).resolve().parents[2]


def test_the_hours_stand_beside_the_campaigns(sample: Sample, tmp_path: Path) -> None:
    paths = write_sample(sample, tmp_path / "new" / "campaigns.csv")
    assert paths == (tmp_path / "new" / "campaigns.csv", tmp_path / "new" / "campaigns_hours.csv")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["campaigns.csv", "campaigns_hours.csv"]


def test_files_are_utf_8_with_iso_dates_and_two_decimals(tmp_path: Path) -> None:
    sample = generate_sample(SampleOptions(campaigns=5, lang="fr"))
    campaigns, hours = write_sample(sample, tmp_path / "campagnes.csv")
    header, first, *_ = campaigns.read_bytes().split(b"\n")
    assert header.decode().startswith("Campaign ID,Campaign Name,Platform,Campaign Type,Start Date,End Date,Budget")
    row = next(csv.DictReader([header.decode(), first.decode("utf-8")]))
    assert " – " in row["Campaign Name"]
    assert row["Start Date"] == sample.campaigns["Start Date"][0].date().isoformat()
    assert row["Budget"] == f"{sample.campaigns['Budget'][0]:.2f}"
    assert row["Clicks"] == str(sample.campaigns["Clicks"][0])
    assert b"\r" not in hours.read_bytes()


def test_the_written_hours_add_up_to_the_written_campaigns(sample: Sample, tmp_path: Path) -> None:
    campaigns, hours = write_sample(sample, tmp_path / "campaigns.csv")
    measures = ("Budget", "Impressions", "Reach", "Clicks", "Engagement", "Conversions", "Revenue")
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    with hours.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for measure in measures:
                sums[row["Campaign ID"], measure] += Decimal(row[measure])
    with campaigns.open(encoding="utf-8", newline="") as lines:
        totals = {(row["Campaign ID"], one): Decimal(row[one]) for row in csv.DictReader(lines) for one in measures}
    assert sums == totals


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    command = (
        "import sys; from pathlib import Path; from sheetgen.sources.sample import *;"
        "write_sample(generate_sample(SampleOptions(campaigns=8, seed=9)), Path(sys.argv[1]))"
    )
    for name, hash_seed in (("a", "1"), ("b", "2")):
        place = str(tmp_path / name / "campaigns.csv")
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", command, place], check=True, env=environment)
    for name in ("campaigns.csv", "campaigns_hours.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_earlier_files_are_replaced(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "campaigns.csv"
    path.write_text("old")
    write_sample(sample, path)
    assert path.read_bytes().startswith(b"Campaign ID,")


def test_a_refused_output_leaves_the_earlier_file_and_no_draft(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "campaigns.csv"
    path.write_text("old")
    (tmp_path / "campaigns_hours.csv").mkdir()
    with pytest.raises(OutputError, match=r"cannot be written \(campaigns_hours\.csv is a folder\)"):
        write_sample(sample, path)
    assert path.read_text() == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["campaigns.csv", "campaigns_hours.csv"]


def test_a_file_in_place_of_the_folder_is_refused(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(OutputError, match=r"campaigns\.csv: cannot be written"):
        write_sample(sample, tmp_path / "folder" / "campaigns.csv")


@pytest.mark.parametrize("name", ["campaigns.xlsx", "campaigns", "."])
def test_a_name_that_is_not_csv_is_refused(sample: Sample, tmp_path: Path, name: str) -> None:
    with pytest.raises(OptionError, match=r"Allowed: a file name that ends in \.csv"):
        write_sample(sample, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
