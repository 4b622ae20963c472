"""Campaigns in any encoding, delimiter, locale and column order come back or are refused, never silently wrong."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetgen.dataset import Dataset
from sheetgen.errors import AmbiguousDatesError, AmbiguousNumbersError
from sheetgen.sources.load import ReadOptions, load_dataset

COUNTS = ("Impressions", "Reach", "Clicks", "Engagement", "Conversions")
MONEY = ("Budget", "Revenue")


@dataclass(frozen=True)
class Campaign:
    """One row of a file, before it is written; None is a blank cell."""

    name: str
    start: date
    days: int
    counts: tuple[int | None, ...]
    cents: tuple[int | None, ...]


@dataclass(frozen=True)
class Style:
    """How a file is written."""

    encoding: str
    delimiter: str
    line_end: str
    decimal: str
    thousands: str
    dates: str
    currency: str
    shortens: bool
    order: tuple[str, ...]
    total: str | None = None
    total_first: bool = False


LEFT_OUT = ("End Date", "Impressions", "Reach", "Engagement", "Conversions", "Revenue")
HEADERS = ("Campaign ID", "Campaign Name", "Start Date", "End Date", *COUNTS, *MONEY)
# A campaign called Total that equals the sum of the others cannot be told from a row of totals.
names = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).filter(
    lambda name: "total" not in name.casefold()
)
amounts = st.none() | st.integers(0, 50_000_000) | st.integers(0, 5_000).map(lambda units: units * 100)
campaigns = st.builds(
    Campaign,
    name=names | st.sampled_from(["=1+1", "a;b", 'say "hi"', "one,two", "Total recall", "línea\nnueva"]),
    start=st.dates(date(2020, 1, 1), date(2027, 12, 31)),
    days=st.integers(1, 90),
    counts=st.tuples(*[amounts] * len(COUNTS)),
    cents=st.tuples(*[amounts] * len(MONEY)),
)
styles = st.builds(
    Style,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    decimal=st.sampled_from([".", ","]),
    thousands=st.sampled_from(["", " ", "\u00a0", "'", "other"]),
    dates=st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d %b %Y"]),
    currency=st.sampled_from(["", "€", "EUR "]),
    shortens=st.booleans(),
    order=st.permutations(HEADERS).flatmap(
        lambda order: st.sets(st.sampled_from(LEFT_OUT), max_size=5).map(
            lambda missing: tuple(header for header in order if header not in missing)
        )
    ),
    total=st.none() | st.sampled_from(["Total", "Total général", "Gesamt", "Total: Account", "Total of 3 results"]),
    total_first=st.booleans(),
)


def number(value: int, decimals: int, style: Style) -> str:
    """A number in the style's locale; `value` is in units of its last decimal."""
    separator = {"other": "," if style.decimal == "." else "."}.get(style.thousands, style.thousands)
    whole, rest = divmod(value, 10**decimals)
    text = f"{whole:,}".replace(",", separator)
    is_short = decimals == 0 or (style.shortens and rest == 0)
    return text if is_short else f"{text}{style.decimal}{rest:0{decimals}}"


def cells(place: int, campaign: Campaign, style: Style) -> dict[str, str]:
    """One row by header."""
    counts = ("" if value is None else number(value, 0, style) for value in campaign.counts)
    money = ("" if cents is None else f"{style.currency}{number(cents, 2, style)}" for cents in campaign.cents)
    end = campaign.start + timedelta(campaign.days)
    texts = (f"c{place}", campaign.name, campaign.start.strftime(style.dates), end.strftime(style.dates))
    return dict(zip(HEADERS, (*texts, *counts, *money), strict=True))


def total_row(rows: list[Campaign], style: Style) -> dict[str, str]:
    """The row that adds the others up, as a platform writes it."""
    counts, money = (
        [total([getattr(row, kind)[place] for row in rows]) for place in range(size)]
        for kind, size in (("counts", len(COUNTS)), ("cents", len(MONEY)))
    )
    summed = cells(0, Campaign(str(style.total), rows[0].start, 0, tuple(counts), tuple(money)), style)
    return summed | {"Campaign ID": "", "Start Date": "", "End Date": ""}


def written(rows: list[Campaign], style: Style) -> bytes:
    buffer = io.StringIO()
    # The csv module does not quote a line feed where lines end otherwise.
    has_line_feed = any("\n" in campaign.name for campaign in rows)
    writer = csv.DictWriter(
        buffer,
        style.order,
        extrasaction="ignore",
        delimiter=style.delimiter,
        lineterminator=style.line_end,
        quoting=csv.QUOTE_ALL if has_line_feed else csv.QUOTE_MINIMAL,
    )
    writer.writeheader()
    lines = [cells(place, campaign, style) for place, campaign in enumerate(rows)]
    if style.total:
        lines.insert(0 if style.total_first else len(lines), total_row(rows, style))
    writer.writerows(lines)
    return buffer.getvalue().encode(style.encoding, "replace")


def load(content: bytes, options: ReadOptions) -> Dataset:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(content)
        return load_dataset([path], options)


def total(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def found(data: Dataset, header: str, scale: int) -> int | None:
    value = float(data.campaigns[header].sum(min_count=1))
    return None if pd.isna(value) else round(value * scale)


def check(data: Dataset, rows: list[Campaign], style: Style) -> None:
    """Every total, date and count of rows is what was written; a column left out is blank."""
    assert data.ledger.rows_in == data.ledger.rows_used + data.ledger.rows_dropped
    for place, header in enumerate(COUNTS):
        wanted = total([campaign.counts[place] for campaign in rows]) if header in style.order else None
        assert found(data, header, 1) == wanted
    for place, header in enumerate(MONEY):
        wanted = total([campaign.cents[place] for campaign in rows]) if header in style.order else None
        assert found(data, header, 100) == wanted
    starts = {f"c{place}": pd.Timestamp(campaign.start) for place, campaign in enumerate(rows)}
    assert dict(zip(data.campaigns["Campaign ID"], data.campaigns["Start Date"], strict=True)) == starts


@settings(max_examples=120, deadline=None)
@given(rows=st.lists(campaigns, min_size=1, max_size=8), style=styles)
def test_what_is_written_comes_back_or_is_refused(rows: list[Campaign], style: Style) -> None:
    try:
        data = load(written(rows, style), ReadOptions())
    except (AmbiguousDatesError, AmbiguousNumbersError):
        return
    check(data, rows, style)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(campaigns, min_size=1, max_size=8), style=styles)
def test_with_the_options_it_always_comes_back(rows: list[Campaign], style: Style) -> None:
    options = ReadOptions(dayfirst=style.dates.startswith("%d"), decimal=style.decimal)
    check(load(written(rows, style), options), rows, style)


def test_the_check_sees_a_wrong_total() -> None:
    row = Campaign("A", date(2024, 1, 2), 3, (1, 1, 1, 1, 1), (150, 150))
    style = Style("utf-8", ",", "\n", ".", "", "%Y-%m-%d", "", False, HEADERS)
    data = load(written([row], style), ReadOptions())
    data.campaigns.loc[0, "Revenue"] = 1.49
    with pytest.raises(AssertionError):
        check(data, [row], style)
