"""Exports of any platform, language, encoding, delimiter, locale, column order and shuffle come back or are refused.

`python -m tests.sources.fuzz 10000` draws more of them.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.sources.fuzz.check import Outcome, outcome
from tests.sources.fuzz.dialects import DIALECTS
from tests.sources.fuzz.exports import Export, draw_export

SEEDS = range(240)
BLOCK = 40


@pytest.mark.parametrize("first", SEEDS[::BLOCK])
def test_no_total_is_silently_wrong(first: int) -> None:
    found = {seed: outcome(draw_export(seed)) for seed in range(first, first + BLOCK)}
    assert {seed: why for seed, (what, why) in found.items() if what is Outcome.WRONG} == {}
    assert Counter(what for what, _ in found.values())[Outcome.USED] > BLOCK // 2


def test_the_draws_differ_in_all_that_matters() -> None:
    exports = [draw_export(seed) for seed in SEEDS]
    drawn = {(export.dialect.platform, export.dialect.language) for export in exports}
    assert drawn == {(dialect.platform, dialect.language) for dialect in DIALECTS}
    assert {len(export.contents) for export in exports} == {1, 2}
    assert draw_export(3).contents == draw_export(3).contents


def test_the_check_sees_a_wrong_sum() -> None:
    export = next(export for export in map(draw_export, SEEDS) if outcome(export)[0] is Outcome.USED)
    key = next(iter(export.sums))
    wrong = Export(export.contents, export.sums | {key: export.sums[key] + 1}, export.columns, export.dialect)
    assert outcome(wrong)[0] is Outcome.WRONG
