"""Small data written by hand, and what a block of their report shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sheetgen.dataset import Dataset
from sheetgen.fields import CAMPAIGN_FIELDS, MEASURE_HEADERS, Kind
from sheetgen.inputs import Inputs, load_settings
from sheetgen.kpis import load_kpis
from sheetgen.language import load_language
from sheetgen.report.catalog import BLOCKS, KNOWN_BLOCKS
from sheetgen.report.context import Context
from sheetgen.report.recipe import Recipe, first_inputs
from sheetgen.report.shape import shape_of
from sheetgen.report.template import load_report_template
from sheetgen.values import Value

Row = Mapping[str, object]
Shown = Mapping[tuple[int, int], Value]
"""Values by row and column inside a block."""


def campaigns(*rows: Row) -> pd.DataFrame:
    """Campaigns with those fields by header; the others are blank."""
    frame = pd.DataFrame(list(rows))
    for field in CAMPAIGN_FIELDS:
        values = frame.get(field.header, pd.Series([None] * len(frame)))
        if field.kind is Kind.DATE:
            frame[field.header] = pd.to_datetime(values)
        else:
            frame[field.header] = values.astype(object if field.kind is Kind.TEXT else float)
    return frame[[field.header for field in CAMPAIGN_FIELDS]]


def finer(keys: Sequence[str], *rows: Row) -> pd.DataFrame:
    """Daily or hourly rows with those fields by header; measures that are left out are blank."""
    frame = pd.DataFrame(list(rows))
    if "Date" in keys:
        frame["Date"] = pd.to_datetime(frame["Date"])
    for header in MEASURE_HEADERS:
        frame[header] = frame.get(header, pd.Series([np.nan] * len(frame))).astype(float)
    return frame[["Campaign ID", *keys, *MEASURE_HEADERS]]


def context(data: Dataset, **inputs: Value) -> Context:
    """The context of the data's report after the reader has set some inputs."""
    recipe = Recipe(
        template=load_report_template("full", KNOWN_BLOCKS),
        kpis=load_kpis(),
        settings=load_settings(),
        language=load_language("en"),
        shape=shape_of(data),
        currency="EUR",
        title="Test report",
    )
    values = {**first_inputs(recipe, data).values, **inputs}
    return Context(
        data=data,
        inputs=Inputs(values),
        kpis=recipe.kpis,
        settings=recipe.settings,
        say=recipe.language,
        shape=recipe.shape,
        currency=recipe.currency,
        title=recipe.title,
    )


def shown(ctx: Context, block: str, width: int = 12) -> Shown:
    """What pandas expects the block to show."""
    return {(cell.row, cell.column): cell.value for cell in BLOCKS[block](ctx, width).cells}


def column(values: Shown, number: int, first: int = 0, last: int | None = None) -> list[Value]:
    """The values of a column from row `first` to `last`, top to bottom."""
    rows = sorted(row for row, at in values if at == number and first <= row and (last is None or row <= last))
    return [values[row, number] for row in rows]
