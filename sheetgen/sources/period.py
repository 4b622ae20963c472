"""The days that rows cover: their own, those that the export reports on, or those that its first lines name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from sheetgen.fields import DATE, END_DATE, START_DATE
from sheetgen.sources.dates import DateMarks, DateOrder, DateScan, scan_dates
from sheetgen.sources.findings import Findings
from sheetgen.sources.headers import header_key
from sheetgen.sources.platforms import PERIOD_END, PERIOD_START
from sheetgen.sources.remarks import PERIOD_FROM_PREAMBLE, PERIOD_UNCLEAR
from sheetgen.sources.settle import Place
from sheetgen.sources.table import NO_DATE, DateArray, RawColumn, RawTable

_BETWEEN = re.compile(
    r"\s+(?:-|to|until|through|au|bis|a|al|até|à|t/m|tot)\s+|\s*[–—]\s*|(?<=\d{4})-(?=\d{4}\b|\d{1,2}[./])"
)
_LABEL = re.compile(r"^[^:\d]*:\s*|^\s*(?:from|du|de|del|dal|von|vom|van)\s+", re.IGNORECASE)
_REMARK = re.compile(r"\([^)]*\)")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_DAY_ONLY = re.compile(r"^\d{1,2}\.?$")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_DAY_LEADS = re.compile(r"^\d{1,2}(?:st|nd|rd|th|er|\.)?\s+")

Days = dict[str, DateArray]
"""Start, end and date of each row, by key."""


def with_period(moments: Mapping[str, DateArray]) -> Days:
    """The days of the rows, with those that the export reports on where they have none of their own.

    Rows that each report on one day are rows of days.
    """
    days = {key: moments[key] for key in (START_DATE.key, END_DATE.key, DATE.key)}
    first, last = moments[PERIOD_START], moments[PERIOD_END]
    if np.isnat(days[DATE.key]).all() and _covers_single_days(first, last):
        return {**days, DATE.key: first}
    return {
        **days,
        START_DATE.key: _filled(days[START_DATE.key], first),
        END_DATE.key: _filled(days[END_DATE.key], last),
    }


def with_preamble(
    place: Place,
    table: RawTable,
    days: Days,
    labels: Mapping[str, Sequence[str]],
    marks: DateMarks,
    order: DateOrder | None,
    findings: Findings,
) -> Days:
    """The days, with the period that the lines above the header name where no row has a day of any kind."""
    if not table.above or not all(np.isnat(values).all() for values in days.values()):
        return days
    for text, ends in _candidates(table.above, labels):
        scan = scan_dates(RawColumn("", pa.array(ends, pa.string())), marks)
        if (np.isnat(scan.day_first) & np.isnat(scan.month_first)).any():
            continue
        found = _settled(scan, order)
        if found is None:
            findings.lines.append(PERIOD_UNCLEAR.line(place.file, before=text))
            return days
        first, last = (str(moment.astype("datetime64[D]")) for moment in found)
        findings.lines.append(PERIOD_FROM_PREAMBLE.line(place.file, before=text, after=f"{first} – {last}"))
        size = len(table.lines)
        return {**days, START_DATE.key: np.full(size, found[0]), END_DATE.key: np.full(size, found[1])}
    return days


def _filled(days: DateArray, others: DateArray) -> DateArray:
    blank = np.isnat(days)
    return others if blank.all() else np.where(blank, others, days)


def _covers_single_days(first: DateArray, last: DateArray) -> bool:
    """Whether each row's period is one day; without an end, whether the starts differ."""
    started, ended = ~np.isnat(first), ~np.isnat(last)
    if not started.any():
        return False
    if not ended.any():
        return len(np.unique(first[started])) > 1
    return bool(np.array_equal(started, ended) and (first == last)[started].all())


def _candidates(lines: Sequence[str], labels: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """Texts that may name a period, each with its two ends: labelled lines first, then two dates on a line."""
    labelled = {key: _labelled(lines, labels[key]) for key in ("start", "end")}
    if all(labelled.values()):
        yield f"{labelled['start']} – {labelled['end']}", [labelled["start"], labelled["end"]]
    for line in lines:
        for part in (line, *_IN_BRACKETS.findall(line)):
            text = _LABEL.sub("", part.strip().strip('"'))
            for between in _BETWEEN.finditer(text):
                first, last = (_bare(end) for end in (text[: between.start()], text[between.end() :]))
                for start in _completed(first, last):
                    yield line.strip(), [start, last]


def _labelled(lines: Sequence[str], labels: Sequence[str]) -> str:
    keys = {header_key(label) for label in labels}
    pairs = (re.split(r"[:\t,;]", line, maxsplit=1) for line in lines)
    return next((_bare(pair[1]) for pair in pairs if len(pair) == 2 and header_key(pair[0].strip('"')) in keys), "")


def _bare(text: str) -> str:
    """The text without a remark in brackets, such as a time zone, and without what parts cells."""
    return _REMARK.sub("", text).strip(' ,;\t"')


def _completed(first: str, last: str) -> Iterator[str]:
    """The first end as written, and with the year, or the month and year, of the second."""
    yield first
    year = _YEAR.search(last)
    if year and not _YEAR.search(first):
        yield f"{first}, {year[0]}" if first[:1].isalpha() else f"{first} {year[0]}"
    if _DAY_ONLY.match(first):
        yield f"{first} {_DAY_LEADS.sub('', last)}"


def _settled(scan: DateScan, order: DateOrder | None) -> tuple[np.datetime64, np.datetime64] | None:
    """Both ends, if they read one way; the end is not before the start."""
    ways = [order] if order else list(scan.evidence) if len(scan.evidence) == 1 else list(DateOrder)
    found = {tuple(scan.settled(way).tolist()) for way in ways}
    if len(found) != 1:
        return None
    first, last = scan.settled(ways[0]).astype("datetime64[D]").astype(NO_DATE.dtype)
    return (first, last) if first <= last else None
