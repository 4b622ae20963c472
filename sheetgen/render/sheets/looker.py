"""Flat tabs that Looker Studio (Data Studio) reads: campaigns, days, and the calculated fields to paste.

Headers are unique ASCII in the first row; below it there is one row per campaign or day, without totals, every column
of one type. The cells are formulas, so that edits of the report reach Looker Studio too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sheetgen.fields import (
    CAMPAIGN_FIELDS,
    CAMPAIGN_NAME,
    CAMPAIGN_TYPE,
    FIELDS_BY_KEY,
    MEASURES,
    PLANNED_BUDGET,
    PLATFORM,
)
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.to_looker import to_looker
from sheetgen.formula.to_pandas import evaluate
from sheetgen.formula.tree import Column, Node, Text, ThisRow, call, eq
from sheetgen.kpis import Kpi, Unit
from sheetgen.language import Language
from sheetgen.report.formats import kpi_format
from sheetgen.report.model import Block, Cell, PlacedBlock, Report, Tab, Table, TableColumn
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY

DATA_CAMPAIGNS: Final = "data_campaigns"
DATA_DAILY: Final = "data_daily"
LOOKER_FIELDS: Final = "looker_fields"
LOOKER_TABLES: Final = frozenset({DATA_CAMPAIGNS, DATA_DAILY})
"""Tabs that other programs read; their title is that of their key."""

ROW: Final = "Campaign Row"
"""The column of the daily table that says which campaign a row belongs to, 0 for none."""

TYPES: Final = {Unit.PERCENT: "Percent", Unit.MONEY: "Currency", Unit.RATIO: "Number", Unit.NUMBER: "Number"}
FIELD_WIDTHS: Final = (34.0, 12.0, 70.0, 70.0)


def with_looker(report: Report, kpis: Sequence[Kpi], say: Language) -> Report:
    """The report with the tabs that Looker Studio reads; that of days only where the report has days.

    Raises `UnsupportedFormulaError` for a KPI that Looker Studio cannot compute.
    """
    tables = {place.block.table.name: place.block.table for _, place in report.blocks() if place.block.table}
    campaigns = tables[CAMPAIGNS]
    tabs = [_data_tab(DATA_CAMPAIGNS, _campaign_columns(campaigns, kpis), campaigns.rows)]
    if DAILY in tables:
        columns = _daily_columns(tables[DAILY], campaigns, kpis)
        tabs.append(_data_tab(DATA_DAILY, columns, tables[DAILY].rows))
    return replace(report, tabs=(*report.tabs, *tabs, _fields_tab(kpis, say)))


def ascii_headers(headers: Iterable[str]) -> list[str]:
    """The headers without accents and other signs, each different whatever its case; numbered where they would not be.

    A data source of Looker Studio drops a column without a header and refuses two of one name.
    """
    found: dict[str, str] = {}
    made = []
    for header in headers:
        plain = unicodedata.normalize("NFKD", header).encode("ascii", "ignore").decode().strip() or "Column"
        name, count = plain, 1
        while name.casefold() in found:
            count += 1
            name = f"{plain} {count}"
        found[name.casefold()] = name
        made.append(name)
    return made


def _data_tab(key: str, columns: Sequence[TableColumn], rows: int) -> Tab:
    headers = ascii_headers(column.header for column in columns)
    named = tuple(replace(column, header=header) for column, header in zip(columns, headers, strict=True))
    block = Block(key, rows + 1, len(named), table=Table(key, named, rows))
    return Tab(key, key, (PlacedBlock(block, 0, 0),), freeze=(1, 0), gridlines=True)


def _campaign_columns(campaigns: Table, kpis: Sequence[Kpi]) -> list[TableColumn]:
    wanted = [field.header for field in (*CAMPAIGN_FIELDS, PLANNED_BUDGET)] + [kpi.header for kpi in kpis]
    return [_copy(CAMPAIGNS, column) for column in _present(campaigns, wanted)]


def _daily_columns(daily: Table, campaigns: Table, kpis: Sequence[Kpi]) -> list[TableColumn]:
    keys = [_copy(DAILY, column) for column in _present(daily, ("Date", "Campaign ID"))]
    about = _present(campaigns, [field.header for field in (CAMPAIGN_NAME, PLATFORM, CAMPAIGN_TYPE)])
    names = [_of_campaign(daily, column) for column in about]
    measures = [_copy(DAILY, column) for column in _present(daily, [field.header for field in MEASURES])]
    known = {column.header: column for column in measures}
    return [*keys, *names, *measures, *(_daily_kpi(kpi, known, daily.rows) for kpi in kpis)]


def _present(table: Table, headers: Iterable[str]) -> list[TableColumn]:
    columns = {column.header: column for column in table.columns}
    return [columns[header] for header in headers if header in columns]


def _copy(table: str, column: TableColumn) -> TableColumn:
    """A column that repeats one of the report's; what is blank stays so."""
    return TableColumn(
        header=column.header,
        values=column.values,
        style=_plain(column.style.format),
        formula=_filled(ThisRow(table, column.header)),
        width=column.width,
    )


def _of_campaign(daily: Table, column: TableColumn) -> TableColumn:
    """What a column of the campaigns says of each day's campaign."""
    row = ThisRow(DAILY, ROW)
    found = call("INDEX", Column(CAMPAIGNS, column.header), row)
    rows = daily.columns[daily.index(ROW)].values.astype(int)
    values = np.array([None, *column.values.tolist()], dtype=object)[rows]
    formula = call("IF", eq(row, 0), "", _filled(found))
    return TableColumn(column.header, values, _plain(column.style.format), formula, column.width)


def _daily_kpi(kpi: Kpi, measures: Mapping[str, TableColumn], rows: int) -> TableColumn:
    """A KPI of each day, as a ratio."""
    headers = {key: FIELDS_BY_KEY[key].header for key in kpi.fields}
    present = {key: header for key, header in headers.items() if header in measures}
    known = {key: measures[header].values.astype(float) for key, header in present.items()}
    formula = kpi_formula(
        kpi,
        lambda key: ThisRow(DATA_DAILY, present[key]) if key in present else Text(""),
        typed=False,
    )
    values = np.array(np.broadcast_to(evaluate(kpi.expr, known), rows), dtype=float)
    return TableColumn(kpi.header, values, _plain(kpi_format(kpi)), formula)


def _filled(place: Node) -> Node:
    return call("IF", eq(place, ""), "", place)


def _plain(format: Format) -> Style:
    return Style(Role.BODY, format, dash=False)


def _fields_tab(kpis: Sequence[Kpi], say: Language) -> Tab:
    """Each KPI's calculated field, which sums before it divides, whatever the rows in view."""
    heads = (say("Field"), say("Type"), say("Formula"), say("Description"))
    cells = [Cell(0, i, head, Style(Role.HEAD, Format.TEXT)) for i, head in enumerate(heads)]
    for row, kpi in enumerate(kpis, start=1):
        name = say("{kpi} (total)", kpi=say(kpi.header))
        texts = (name, TYPES[kpi.unit], to_looker(kpi.expr, kpi.header), say(kpi.description))
        cells += [Cell(row, i, text, Style(Role.TEXT, Format.TEXT)) for i, text in enumerate(texts)]
    block = Block(LOOKER_FIELDS, len(kpis) + 1, len(heads), tuple(cells))
    return Tab(LOOKER_FIELDS, LOOKER_FIELDS, (PlacedBlock(block, 0, 0),), FIELD_WIDTHS, freeze=(1, 0), gridlines=True)
