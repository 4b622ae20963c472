"""Results that differ from row to row: they are conversions where their indicator, or the objective, says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.fields import CAMPAIGN_TYPE, CONVERSIONS
from sheetgen.sources.findings import Findings
from sheetgen.sources.headers import plain_text
from sheetgen.sources.platforms import INDICATOR, RESULTS
from sheetgen.sources.recognition import Match
from sheetgen.sources.remarks import RESULTS_COUNTED, RESULTS_LEFT, RESULTS_UNCLEAR, TYPE_FROM_RESULTS
from sheetgen.sources.settle import Place
from sheetgen.sources.table import BoolArray, RawTable
from sheetgen.templates import read_template

_NOT_IN_WORD = re.compile(r"[\W_]+")
SHOWN = 5


@dataclass(frozen=True)
class ResultKind:
    """What some results are: the words that name them, the campaign type they make, whether they are conversions."""

    words: tuple[str, ...]
    type: str
    is_conversion: bool


@dataclass(frozen=True)
class Results:
    """How a file's results are read: the mapping with what they feed, and the rows whose conversions are none.

    `types` has the campaign type that each row's indicator tells, null for none; None where the file has a type.
    """

    mapping: tuple[Match, ...]
    without: BoolArray | None = None
    types: pa.StringArray | None = None


def load_result_kinds(extra: Path | None = None) -> tuple[ResultKind, ...]:
    """The kinds of `templates/values/results.toml`, in their order."""
    return tuple(
        ResultKind(tuple(_words(word) for word in entry["words"]), str(entry["type"]), bool(entry["conversion"]))
        for entry in read_template("values", "results", extra)["result"]
    )


def read_results(
    place: Place, table: RawTable, mapping: Sequence[Match], kinds: Sequence[ResultKind], findings: Findings
) -> Results:
    """What the file's results feed, by the indicator beside them or else the objective."""
    matches = {match.field: match for match in mapping}
    named = matches.get(INDICATOR) or matches.get(CAMPAIGN_TYPE.key)
    texts = table.columns[named.positions[0]].distinct if named else None
    told = [_kind(text, kinds) for text in texts.dictionary.to_pylist()] if texts else []
    types = None
    if named and texts and INDICATOR in matches and CAMPAIGN_TYPE.key not in matches:
        types = pa.array([kind.type if kind else None for kind in told], pa.string()).take(texts.indices)
        findings.lines.append(TYPE_FROM_RESULTS.line(place.file, field=CAMPAIGN_TYPE.header, before=named.headers[0]))
    if RESULTS not in matches or CONVERSIONS.key in matches:
        return Results(tuple(mapping), None, types)
    results = matches[RESULTS]
    if texts is None:
        findings.lines.append(RESULTS_UNCLEAR.line(place.file, field=CONVERSIONS.header, before=results.headers[0]))
        return Results(tuple(mapping), None, types)
    counts = np.array([kind is not None and kind.is_conversion for kind in told], dtype=np.bool_)
    _say(place, table, results, texts, counts, findings)
    if not counts.any():
        return Results(tuple(mapping), None, types)
    conversions = Match(CONVERSIONS.key, results.headers, results.positions, results.origin)
    return Results((*mapping, conversions), ~counts[texts.indices.to_numpy()], types)


def _kind(text: str, kinds: Sequence[ResultKind]) -> ResultKind | None:
    written = _words(text)
    return next((kind for kind in kinds if any(word in written for word in kind.words)), None)


def _words(text: str) -> str:
    """The text in small letters without accents, with a space for whatever parts words."""
    return _NOT_IN_WORD.sub(" ", plain_text(text)).strip()


def _say(
    place: Place, table: RawTable, results: Match, texts: pa.DictionaryArray, counts: BoolArray, findings: Findings
) -> None:
    """A line for the indicators that count, and one for those that do not, of rows that have results."""
    filled = pc.not_equal(pc.utf8_trim_whitespace(table.columns[results.positions[0]].text), "")
    used = np.unique(texts.indices.filter(filled).to_numpy()).tolist()
    names = texts.dictionary.to_pylist()
    for remark, is_counted in ((RESULTS_COUNTED, True), (RESULTS_LEFT, False)):
        told = [names[code] for code in used if counts[code] == is_counted and names[code].strip()]
        if told:
            shown = ", ".join(told[:SHOWN]) + ("…" if len(told) > SHOWN else "")
            header = results.headers[0]
            findings.lines.append(remark.line(place.file, field=CONVERSIONS.header, before=f"{header}: {shown}"))
