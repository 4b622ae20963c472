"""What is worked out for a report goes with it: at a million campaigns it is half of the memory."""

from __future__ import annotations

import gc
from pathlib import Path

from sheetgen.report.context import Context
from tests.report.conftest import sample_dataset, write_report


def contexts() -> set[int]:
    gc.collect()
    return {id(found) for found in gc.get_objects() if isinstance(found, Context)}


def test_no_context_outlives_its_report(tmp_path: Path) -> None:
    before = contexts()
    write_report(sample_dataset(finer=False), tmp_path / "report.xlsx")
    assert contexts() <= before
