"""The sample generator: realistic campaigns, and the hours that add up to them exactly."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from errno import EISDIR
from pathlib import Path

import numpy as np
import pandas as pd

from sheetgen.clause import Clause, system_clause
from sheetgen.errors import OptionError, OutputError
from sheetgen.fields import (
    CAMPAIGN_FIELDS,
    CAMPAIGN_ID,
    CAMPAIGN_NAME,
    CAMPAIGN_TYPE,
    DATE,
    END_DATE,
    HOUR,
    MEASURES,
    PLATFORM,
    START_DATE,
    Field,
    Kind,
)
from sheetgen.sources.apportion import FloatArray, IntArray
from sheetgen.sources.sample_campaigns import Flights, Measures, draw_flights, draw_measures
from sheetgen.sources.sample_hours import Hours, spread_hours
from sheetgen.sources.sample_market import Market, read_market
from sheetgen.sources.sample_names import read_wordbooks, write_names
from sheetgen.sources.sample_period import Period
from sheetgen.sources.sample_section import Section
from sheetgen.templates import read_template

MOST_CAMPAIGNS = 10_000


ROWS_AT_ONCE = 10_000
"""Rows of a file that are written before progress is told."""


@dataclass(frozen=True)
class SampleOptions:
    """What to generate: the same options and template give the same bytes. `lang` is the language of names."""

    campaigns: int = 60
    start: date = date(2025, 1, 1)
    end: date = date(2025, 6, 30)
    seed: int = 1
    lang: str = "en"


@dataclass(frozen=True)
class Sample:
    """`campaigns`: the 13 canonical headers, one row each. `hours`: the four texts, `Date`, `Hour` and the measures.

    For every campaign and measure the hours add up to the campaign's value: to the cent for money (float64 of whole
    cents), as integers for counts.
    """

    campaigns: pd.DataFrame
    hours: pd.DataFrame


def generate_sample(options: SampleOptions, extra: Path | None = None) -> Sample:
    """Draw a sample from the market of `sample.toml`, the user's in the folder `extra` or the shipped one.

    Raises `OptionError` for an option and `TemplateError` for a template value that cannot be used.
    """
    root = Section("sample.toml", "", read_template("", "sample", extra))
    market, wordbooks = read_market(root), read_wordbooks(root)
    _check(options, wordbooks)
    rng = np.random.Generator(np.random.PCG64(options.seed))
    period = Period.between(options.start, options.end)
    flights = draw_flights(rng, market, options.campaigns, period)
    totals = draw_measures(rng, market, flights, period)
    names = write_names(rng, wordbooks[options.lang], flights, period.month[flights.start], options.seed)
    campaigns = _campaign_frame(market, flights, totals, period, names)
    return Sample(campaigns, _hour_frame(campaigns, spread_hours(rng, market, flights, totals, period), period))


def write_sample(sample: Sample, path: Path, told: Callable[[float], None] = lambda _done: None) -> tuple[Path, Path]:
    """Write the campaigns to `path`, NAME.csv, and the hours beside it, NAME_hours.csv; returns both paths.

    UTF-8, ISO dates; files that exist are kept until the new ones are complete. Raises `OptionError` for a name
    that does not end in .csv and `OutputError` where the system refuses.
    """
    if path.suffix.lower() != ".csv":
        raise OptionError(option="--output", found=path.name, allowed=Clause("a file name that ends in .csv"))
    hours_path = path.with_name(f"{path.stem}_hours{path.suffix}")
    drafts = {target: target.with_name(f".{target.name}.{os.getpid()}.part") for target in (path, hours_path)}
    try:
        _refuse_folders(drafts)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_csv(sample.campaigns, drafts[path], lambda _done: None)
        _write_csv(sample.hours, drafts[hours_path], told)
        for target, draft in drafts.items():
            draft.replace(target)
    except OSError as error:
        raise OutputError(path=path, reason=system_clause(error)) from error
    finally:
        with suppress(OSError):
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
    return path, hours_path


def _refuse_folders(targets: Iterable[Path]) -> None:
    for target in targets:
        if target.is_dir():
            raise IsADirectoryError(EISDIR, f"{target.name} is a folder")


def _write_csv(table: pd.DataFrame, path: Path, told: Callable[[float], None]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for start in range(0, max(len(table), 1), ROWS_AT_ONCE):
            rows = table.iloc[start : start + ROWS_AT_ONCE]
            is_first = start == 0
            rows.to_csv(
                file, index=False, header=is_first, lineterminator="\n", date_format="%Y-%m-%d", float_format="%.2f"
            )
            told(min(1.0, (start + ROWS_AT_ONCE) / max(len(table), 1)))


def _check(options: SampleOptions, languages: Collection[str]) -> None:
    if not 1 <= options.campaigns <= MOST_CAMPAIGNS:
        allowed = Clause("a whole number from {low} to {high:,}", low=1, high=MOST_CAMPAIGNS)
        raise OptionError(option="--campaigns", found=options.campaigns, allowed=allowed)
    if options.end < options.start:
        allowed = Clause("a date from --start, {start}, on", start=options.start.isoformat())
        raise OptionError(option="--end", found=options.end.isoformat(), allowed=allowed)
    if options.seed < 0:
        raise OptionError(option="--seed", found=options.seed, allowed=Clause("a whole number from 0"))
    if options.lang not in languages:
        raise OptionError(option="--lang", found=options.lang, allowed=", ".join(languages))


def _campaign_frame(
    market: Market, flights: Flights, totals: Measures, period: Period, names: Sequence[str]
) -> pd.DataFrame:
    size = len(names)
    digits = max(4, len(str(size)))
    texts = {
        CAMPAIGN_ID: [f"C{number:0{digits}}" for number in range(1, size + 1)],
        CAMPAIGN_NAME: names,
        PLATFORM: [market.platforms[index].name for index in flights.platform],
        CAMPAIGN_TYPE: [market.types[index].name for index in flights.kind],
    }
    dates = {
        START_DATE: period.dates[flights.start],
        END_DATE: period.dates[flights.start + flights.days - 1],
    }
    columns = {**texts, **dates, **_measure_columns(totals)}
    return pd.DataFrame({field.header: columns[field] for field in CAMPAIGN_FIELDS})


def _hour_frame(campaigns: pd.DataFrame, hours: Hours, period: Period) -> pd.DataFrame:
    texts = campaigns[[field.header for field in (CAMPAIGN_ID, CAMPAIGN_NAME, PLATFORM, CAMPAIGN_TYPE)]]
    frame = texts.take(hours.campaign).reset_index(drop=True)
    frame[DATE.header] = period.dates[hours.day]
    frame[HOUR.header] = hours.hour
    return frame.assign(**{field.header: values for field, values in _measure_columns(hours.measures).items()})


def _measure_columns(measures: Measures) -> dict[Field, FloatArray | IntArray]:
    whole = {field: getattr(measures, field.key) for field in MEASURES}
    return {field: values / 100 if field.kind is Kind.MONEY else values for field, values in whole.items()}
