"""Whether an export is read right: its sums by measure, campaign and day are as written, or it is refused."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from enum import Enum
from math import isclose
from pathlib import Path

import pandas as pd

from sheetgen.dataset import Dataset
from sheetgen.errors import InputError
from sheetgen.sources.load import ReadOptions, load_dataset
from tests.sources.fuzz.dialects import DAY
from tests.sources.fuzz.exports import MEASURES, Export


class Outcome(Enum):
    """What became of an export."""

    USED = "used"
    REFUSED = "refused"
    WRONG = "wrong"


def outcome(export: Export) -> tuple[Outcome, str]:
    """What became of an export, and why it was refused or what is wrong."""
    try:
        data = load_export(export)
    except InputError as refusal:
        return Outcome.REFUSED, type(refusal).__name__
    wrong = list(differences(export, data))
    return (Outcome.WRONG, "; ".join(wrong)) if wrong else (Outcome.USED, "")


def load_export(export: Export) -> Dataset:
    """The dataset of the files of an export."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"export{place}.csv" for place in range(len(export.contents))]
        for path, content in zip(paths, export.contents, strict=True):
            path.write_bytes(content)
        return load_dataset(paths, ReadOptions())


def differences(export: Export, data: Dataset) -> Iterator[str]:
    """What is not as it was written: sums by campaign and by day, and blanks."""
    names = data.campaigns.set_index("Campaign ID")["Campaign Name"]
    for measure in MEASURES:
        found = data.campaigns[measure].sum(min_count=1)
        wanted = export.total(measure) if measure in export.columns else None
        if not _same(found, wanted):
            yield f"{measure} is {found}, not {wanted}"
    yield from _by(export, data.campaigns, data.campaigns["Campaign Name"], place=1)
    if DAY in export.columns:
        if data.daily is None:
            yield "there are no days"
            return
        yield from _by(export, data.daily, data.daily["Date"].dt.date, place=2)
        yield from _by(export, data.daily, data.daily["Campaign ID"].map(names), place=1)


def _by(export: Export, frame: pd.DataFrame, group: pd.Series, place: int) -> Iterator[str]:
    """Differences of sums by campaign (place 1 of the keys) or by day (2)."""
    for measure in set(MEASURES) & set(export.columns):
        wanted: dict[object, float] = {}
        for key, value in export.sums.items():
            if key[0] == measure:
                wanted[key[place]] = wanted.get(key[place], 0.0) + value
        found = frame.groupby(group)[measure].sum(min_count=1).dropna().to_dict()
        if set(found) != set(wanted) or not all(_same(found[key], wanted[key]) for key in wanted):
            yield f"{measure} by {'campaign' if place == 1 else 'day'} is {found}, not {wanted}"


def _same(found: float, wanted: float | None) -> bool:
    if wanted is None or pd.isna(found):
        return wanted is None and pd.isna(found)
    return isclose(found, wanted, rel_tol=1e-12, abs_tol=1e-6)
