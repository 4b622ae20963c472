"""Small data sets written out by hand, and blocks built of them to read values from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from sheetgen.analysis.live import Live, go_live
from sheetgen.dataset import Dataset
from sheetgen.fields import CAMPAIGN_FIELDS, MEASURE_HEADERS, Kind
from sheetgen.inputs import Inputs, default_inputs, load_settings
from sheetgen.kpis import load_kpis
from sheetgen.language import Language
from sheetgen.report.catalog import BLOCKS
from sheetgen.report.context import Context
from sheetgen.report.model import Block
from sheetgen.report.shape import shape_of
from sheetgen.report.template import GRID_COLUMNS
from sheetgen.values import Value

Row = Mapping[str, object]


def dataset(campaigns: Iterable[Row], daily: Iterable[Row] | None = None) -> Dataset:
    """A data set of rows by header; what a row lacks is blank, and campaigns are numbered."""
    rows = pd.DataFrame([{"Campaign ID": f"C{i}", **row} for i, row in enumerate(campaigns, start=1)])
    rows = rows.reindex(columns=[field.header for field in CAMPAIGN_FIELDS])
    for field in CAMPAIGN_FIELDS:
        if field.kind is Kind.DATE:
            rows[field.header] = pd.to_datetime(rows[field.header])
        elif field.is_measure:
            rows[field.header] = rows[field.header].astype(float)
        else:
            rows[field.header] = rows[field.header].astype(object).where(rows[field.header].notna(), None)
    if daily is None:
        return Dataset(rows)
    days = pd.DataFrame(list(daily)).reindex(columns=["Campaign ID", "Date", *MEASURE_HEADERS])
    days = days.astype(dict.fromkeys(MEASURE_HEADERS, float))
    days["Date"] = pd.to_datetime(days["Date"])
    return Dataset(rows, days)


def context(data: Dataset, **inputs: Value) -> Context:
    """What blocks are built from, with some inputs typed by a reader; dates are serial numbers."""
    kpis, settings = load_kpis(), load_settings()
    defaults = default_inputs(settings, kpis, "All", "ROI").values
    return Context(
        data=data,
        inputs=Inputs({**defaults, **inputs}),
        kpis=kpis,
        settings=settings,
        say=Language(),
        shape=shape_of(data),
        currency="EUR",
        title="Test report",
    )


def live(data: Dataset, **inputs: Value) -> Live:
    """The tables of a data set under the inputs."""
    return go_live(data, Inputs(inputs), "(not set)", "All")


def built(key: str, data: Dataset, **inputs: Value) -> Block:
    """A block of the catalog, across the whole page."""
    return BLOCKS[key](context(data, **inputs), GRID_COLUMNS)


def rows_of(block: Block) -> list[list[Value]]:
    """The values of a block's cells, row by row from left to right; blanks left out."""
    rows: dict[int, list[Value]] = {}
    for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.value not in (None, ""):
            rows.setdefault(cell.row, []).append(cell.value)
    return list(rows.values())


def row_starting(block: Block, label: str) -> list[Value]:
    """The rest of the row that begins with a label."""
    (found,) = (row[1:] for row in rows_of(block) if row[0] == label)
    return found
