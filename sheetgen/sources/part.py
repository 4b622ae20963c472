"""A part of an opened file: the rows of one report, as if the file had held no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.clause import Clause
from sheetgen.ledger import LedgerLine
from sheetgen.sources.findings import CellProblem, Findings
from sheetgen.sources.interpret import Interpretation
from sheetgen.sources.measures import KEYS
from sheetgen.sources.remarks import (
    DAILY_BUDGET,
    DAILY_BUDGET_UNDATED,
    DATES_SETTLED,
    FILLED_DOWN,
    NUMBERS_SETTLED,
    PERIOD_FROM_PREAMBLE,
    PREAMBLE,
    RESULTS_COUNTED,
    RESULTS_LEFT,
    UNPLACED,
)
from sheetgen.sources.results import ResultKind, read_results
from sheetgen.sources.rows import Rows, Texts
from sheetgen.sources.source import Source
from sheetgen.sources.table import IntArray, RawColumn, RawTable

EXAMPLES: Final = frozenset({NUMBERS_SETTLED.code, DATES_SETTLED.code, PREAMBLE.code, PERIOD_FROM_PREAMBLE.code})
"""Lines about the whole file whose `before` is a cell or a line above the header, perhaps about another report."""

COUNTS: Final = frozenset({DAILY_BUDGET.code, DAILY_BUDGET_UNDATED.code, FILLED_DOWN.code})
"""Lines about the whole file whose `after` counts its rows."""

RESULTS: Final = frozenset({RESULTS_COUNTED.code, RESULTS_LEFT.code})
"""Lines that quote the indicators of a file: said anew of those that a part has."""


def cut_source(source: Source, rows: IntArray, kinds: tuple[ResultKind, ...]) -> Source:
    """The source with these rows alone (positions, ascending), each read as the whole file says.

    Nothing of another row is left in it, not even as an example in a line of its ledger.
    """
    cut = {id(column): _cut_column(column, rows) for column in source.table.columns}
    columns = tuple(cut[id(column)] for column in source.table.columns)
    short = np.flatnonzero(np.isin(rows, sorted(source.table.short)))
    table = replace(source.table, columns=columns, lines=source.table.lines[rows], refused=())
    table = replace(table, short=frozenset(short.tolist()), above=())
    whole = source.interpretation.findings
    problems = [
        CellProblem(problem.remark, cut.get(id(problem.column)) or _cut_column(problem.column, rows), where)
        for problem in whole.problems
        if (where := problem.where[rows]).any()
    ]
    lines = tuple(_lines(source, table, kinds))
    findings = Findings(problems, [], _signs(source, table))
    typed = Interpretation(_cut_rows(source.rows, rows), source.interpretation.mapping, findings)
    return Source(source.place, table, source.recognition, typed, np.ones(len(rows), dtype=np.bool_), lines)


def _cut_column(column: RawColumn, rows: IntArray) -> RawColumn:
    numbers = None if column.numbers is None else column.numbers[rows]
    dates = None if column.dates is None else column.dates[rows]
    return RawColumn(column.header, column.text.take(pa.array(rows)), numbers, dates)


def _cut_rows(rows: Rows, places: IntArray) -> Rows:
    """The rows with the texts that they have, and no others."""
    chosen = rows.where(places)
    texts = {key: Texts.of(_cells(texts)) for key, texts in chosen.texts.items()}
    return chosen.replaced(texts=texts)


def _cells(texts: Texts) -> pa.StringArray:
    return texts.values.take(pa.array(texts.codes, mask=texts.blank))


def _signs(source: Source, table: RawTable) -> set[str]:
    """The currency signs of the rows; a file's only one holds for all, also for those without."""
    signs = source.interpretation.findings.signs
    if len(signs) < 2:
        return set(signs)
    places = {place for match in source.interpretation.mapping if match.field in KEYS for place in match.positions}
    texts = [pc.utf8_normalize(table.columns[place].text, "NFKC") for place in sorted(places)]
    return {sign for sign in signs if any(_is_in(text, sign) for text in texts)}


def _is_in(texts: pa.StringArray, sign: str) -> bool:
    return bool(pc.any(pc.match_substring(texts, sign, ignore_case=True)).as_py())


def _lines(source: Source, table: RawTable, kinds: tuple[ResultKind, ...]) -> Iterator[LedgerLine]:
    """What there is to say about the file and these rows of it."""
    own, above = set(table.lines.tolist()), set(source.table.remarks)
    results = Findings()
    read_results(source.place, table, source.recognition.mapping, kinds, results)
    said = [line for line in results.lines if line.code in RESULTS]
    for line in source.lines:
        if line.code in RESULTS:
            yield from said
            said = []
        elif line.row == 0 or line.row in own or line in above:
            yield _without_others(line)
    if source.table.refused:
        count = Clause("{count} rows", count=len(source.table.refused))
        yield UNPLACED.line(source.place.file, before=count)


def _without_others(line: LedgerLine) -> LedgerLine:
    """The line without what it quotes of the whole file."""
    if line.code in EXAMPLES:
        return replace(line, before="")
    return replace(line, after="") if line.code in COUNTS else line
