"""What a report was made with comes back from the text that its record keeps."""

from __future__ import annotations

import base64

import pytest

from sheetgen.report.baseline import Baseline, ColumnSum, column_sum, pack_baseline, unpack_baseline

SMALL = Baseline(
    {"Campaign ID": ["C1", "Été"], "Budget": [0.1, None]},
    {"filter_platform": "All", "set_roi_scale": 2.0, "filter_from": None},
    {"Daily": {"Clicks": ColumnSum(2, 30.5)}},
)


def test_a_baseline_comes_back_from_its_text() -> None:
    text = pack_baseline(SMALL)
    assert text.isascii()
    assert text == pack_baseline(SMALL)
    found = unpack_baseline(text)
    assert (found.campaigns, found.inputs, found.sums) == (SMALL.campaigns, SMALL.inputs, SMALL.sums)


@pytest.mark.parametrize("text", ["", "no text", pack_baseline(SMALL)[:40], base64.b64encode(b"{}").decode()])
def test_a_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack_baseline(text)


def test_a_sum_counts_numbers_alone() -> None:
    assert column_sum([1.5, None, "2", True, 3]) == ColumnSum(2, 4.5)
