"""An engine that a workbook is too large for is left out, said so, and missed only where no other is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from sheetgen.api import BuildOptions, SampleOptions, build, generate
from sheetgen.cli.answers import verification_lines, verification_values
from sheetgen.engines.base import Recalculated
from sheetgen.errors import LimitError
from sheetgen.language import Language
from sheetgen.verify import verify_workbook
from sheetgen.workbook.cells import read_book
from sheetgen.workbook.edit import Edit
from sheetgen.workbook.place import Place


@dataclass(frozen=True)
class Believer:
    """An engine that believes what the file says, of at most so many formulas."""

    name: str
    most: int | None

    def recalculate(
        self, path: Path, edits: Sequence[Edit] = (), places: Sequence[Place] | None = None
    ) -> Recalculated:
        assert not edits
        stored = {place: cell.value for place, cell in read_book(path).formulas()}
        assert set(places or ()) == set(stored)
        return Recalculated(stored)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("limits")
    source, _ = generate(folder / "campaigns.csv", SampleOptions(campaigns=3))
    return build([source], BuildOptions(output=folder / "report.xlsx", currency="EUR")).path


def test_the_smaller_engine_is_left_out_and_the_larger_one_decides(report: Path) -> None:
    found = verify_workbook(report, [Believer("small", 100), Believer("large", None)])
    small, large = verification_lines(found, Language())
    assert small.startswith("small: left out (it takes 100 formulas, and the workbook has ")
    assert large.startswith("large: ")
    assert "0 differ" in large
    values = verification_values(found)
    assert values["passed"]
    assert [engine["left_out"] is None for engine in values["engines"]] == [False, True]


def test_no_engine_that_is_large_enough_is_said_with_the_remedy(report: Path) -> None:
    with pytest.raises(
        LimitError, match=r"for small: .* formulas is more than the 100 formulas allowed\. Install Libre"
    ):
        verify_workbook(report, [Believer("small", 100)])


def test_the_limit_itself_is_allowed(report: Path) -> None:
    count = sum(1 for _ in read_book(report).formulas())
    (found,) = verify_workbook(report, [Believer("exact", count)])
    assert found.passed
    assert found.comparison.count == count
