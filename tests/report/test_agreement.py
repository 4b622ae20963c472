"""Both computations agree: for the data as built, after any edit, and not when a formula is broken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetgen.engines.cellrune import CellruneEngine
from sheetgen.verify import verify_workbook

from .conftest import assert_agrees

COLUMNS = {"C": "platform", "D": "type", "E": "date", "F": "date"} | dict.fromkeys("GHIJKLM", "number")
VALUES = {
    "platform": ["Facebook", "INSTAGRAM", "Pinterest", "a*b", "?x", "", "=1+1", "~q", "éÉ"],
    "type": ["Awareness", "conversion", "New", ""],
    "date": ["2025-02-01", "", "2025-07-09", "2024-12-30", "5 May"],
    "number": ["0", "", "1234.56", "1000000000", "7", "n/a"],
}
METRICS = ["ROI", "cpc", "Budget", "CTR", "Clicks", "nothing", ""]


@st.composite
def campaign_edits(draw: st.DrawFn) -> str:
    column = draw(st.sampled_from(sorted(COLUMNS)))
    value = draw(st.sampled_from(VALUES[COLUMNS[column]]))
    return f"Campaigns!{column}{draw(st.integers(2, 13))}={value}"


FILTERS = st.one_of(
    st.sampled_from(["All", "Facebook", "instagram", "(not set)", "Nowhere", ""]).map("filter_platform={}".format),
    st.sampled_from(["All", "Awareness", "engagement", ""]).map("filter_type={}".format),
    st.sampled_from(["2025-02-10", "2025-03-01", ""]).map("filter_from={}".format),
    st.sampled_from(["2025-02-20", "2025-03-15", ""]).map("filter_to={}".format),
    st.sampled_from(METRICS).map("top_metric={}".format),
    st.sampled_from(["3", "15", "0", "ten"]).map("set_top_n={}".format),
    st.sampled_from(["set_roi_scale", "set_roi_stop", "set_confidence"]).map("{}=high".format),
    st.sampled_from(["", "0.02"]).map("bench_ctr_low={}".format),
)


def test_as_built(book: Path) -> None:
    found = assert_agrees(book)
    assert found.passed
    assert found.comparison.count > 800


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.one_of(campaign_edits(), FILTERS), min_size=1, max_size=8))
def test_after_random_edits(book: Path, edits: list[str]) -> None:
    assert_agrees(book, *edits)


@pytest.mark.parametrize("column", "EFGHIJKLM")
def test_a_text_where_a_number_belongs_is_a_blank(plain_book: Path, column: str) -> None:
    assert_agrees(plain_book, f"Campaigns!{column}3=n/a")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Campaigns[[#This Row],[Clicks]]/Campaigns", "Campaigns[[#This Row],[Reach]]/Campaigns"),
        ("SUMIFS(Campaigns[Revenue]", "SUMIFS(Campaigns[Budget]"),
    ],
)
def test_a_broken_formula_is_found(plain_book: Path, tmp_path: Path, right: str, wrong: str) -> None:
    broken = tmp_path / "broken.xlsx"
    count = 0
    with zipfile.ZipFile(plain_book) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            count += content.count(right.encode())
            target.writestr(name, content.replace(right.encode(), wrong.encode()))
    assert count
    (found,) = verify_workbook(broken, [CellruneEngine()])
    assert found.comparison.differences
    assert not found.passed
