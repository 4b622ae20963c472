"""The `Campaigns` table: 13 columns of data, the KPIs as calculated columns, and hidden helper columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sheetgen.clause import Clause
from sheetgen.errors import TemplateError
from sheetgen.fields import CAMPAIGN_FIELDS, FIELDS_BY_KEY, MEASURES, PLANNED_BUDGET, Field, Kind
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.to_pandas import evaluate
from sheetgen.formula.tree import Column, Name, Node, Text, ThisRow, call, eq, ge, gt, le
from sheetgen.kpis import Kpi
from sheetgen.report.blocks.advice_columns import NEEDS as ADVICE_BLOCKS
from sheetgen.report.blocks.advice_columns import action_column, advice_columns
from sheetgen.report.blocks.matrix_columns import matrix_columns
from sheetgen.report.blocks.optimiser_columns import NEEDS as OPTIMISER_BLOCKS
from sheetgen.report.blocks.optimiser_columns import optimiser_columns, plan_inputs
from sheetgen.report.blocks.pacing_columns import pacing_columns
from sheetgen.report.context import Context
from sheetgen.report.formats import field_format, kpi_format
from sheetgen.report.model import Block, DateInput, Input, NumberInput, Table, TableColumn, TextInput, Values
from sheetgen.report.ranking import rankings, value_columns
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY, FLIGHT_END, FLIGHT_START, wildcard_safe
from sheetgen.report.unthreaded import unthreaded

KEY = "campaigns"
TOP = "campaigns_top"
"""The defined name of the header's first cell: rows are numbered from it."""

ACTIVE = "Active In Filter"
"""The helper column, with daily data, of the campaigns that the filters leave a day of."""

ROW_NO = "Row No"
TAKEN = "header {header!r} is the name of a column that the Campaigns table has already."
WIDTHS = {"Campaign ID": 15.0, "Campaign Name": 36.0, "Platform": 14.0, "Campaign Type": 15.0}


def campaigns(ctx: Context) -> Block:
    """The campaign table; a row typed under it joins it, KPIs and helpers included.

    Raises `TemplateError` for a KPI whose header is that of a helper column.
    """
    columns = (
        *(_data_column(ctx, field) for field in CAMPAIGN_FIELDS),
        *(_kpi_column(ctx, kpi) for kpi in ctx.kpis),
        *((_data_column(ctx, PLANNED_BUDGET),) if PLANNED_BUDGET.header in ctx.data.campaigns else ()),
        *_helper_columns(ctx),
    )
    _require_unique(ctx, [column.header for column in columns])
    table = Table(CAMPAIGNS, columns, len(ctx.live.campaigns))
    return Block(
        KEY,
        height=table.rows + 1,
        width=len(columns),
        table=table,
        names={TOP: (0, 0)},
        needs=("scope", "ranking", *ADVICE_BLOCKS, *OPTIMISER_BLOCKS, "matrix_lines", "pacing_day"),
    )


def _require_unique(ctx: Context, headers: list[str]) -> None:
    folded = [header.casefold() for header in headers]
    clash = next((kpi for kpi in ctx.kpis if folded.count(kpi.header.casefold()) > 1), None)
    if clash is not None:
        raise TemplateError(
            path="kpis.toml",
            where=Clause("KPI {key}", key=clash.key),
            problem=Clause(TAKEN, header=clash.header),
            remedy=Clause("Give it a header of its own."),
        )


def row(column: str) -> ThisRow:
    """This row's cell of a campaign column."""
    return ThisRow(CAMPAIGNS, column)


def numbers(values: pd.Series | np.ndarray) -> Values:
    """A column of numbers as the model wants them."""
    return np.asarray(values, dtype=float)


def texts(values: pd.Series) -> Values:
    """A column of texts as the model wants them: None for blank."""
    return values.astype(object).where(values.notna(), None).to_numpy()


def field_input(field: Field) -> Input:
    """What may be typed into a field's column."""
    if field.kind is Kind.DATE:
        return DateInput()
    return NumberInput(low=0) if field.is_measure else TextInput()


def _data_column(ctx: Context, field: Field) -> TableColumn:
    values = ctx.live.campaigns[field.header]
    return TableColumn(
        header=field.header,
        values=texts(values) if field.kind is Kind.TEXT else numbers(values),
        style=Style(Role.INPUT, field_format(field)),
        width=WIDTHS.get(field.header, 13.0),
        input=field_input(field),
        note=ctx.say(FIELD_NOTES[field.key]) if field.key in FIELD_NOTES else None,
    )


FIELD_NOTES = {
    "budget": "The money invested. Edit it: every KPI, table and chart follows.",
    "reach": "People reached. Totals add up the rows and count a person once per row, so they are not unique people.",
    "planned_budget": "The cap the platform was given; Budget is the money spent.",
}


def _kpi_column(ctx: Context, kpi: Kpi) -> TableColumn:
    present = {key: FIELDS_BY_KEY[key].header for key in kpi.fields if FIELDS_BY_KEY[key].header in ctx.data.campaigns}
    known = {key: ctx.live.campaigns[header].to_numpy(dtype=float) for key, header in present.items()}
    return TableColumn(
        header=kpi.header,
        values=np.array(np.broadcast_to(evaluate(kpi.expr, known), len(ctx.live.campaigns))),
        style=Style(Role.KPI, kpi_format(kpi)),
        formula=kpi_formula(kpi, lambda key: row(present[key]) if key in present else Text(""), typed=True),
        width=13.0,
        note=f"{ctx.say(kpi.description)}\n{kpi.expression}",
    )


def _helper_columns(ctx: Context) -> tuple[TableColumn, ...]:
    formulas = {
        ROW_NO: call("ROW") - call("ROW", Name(TOP)),
        "Platform No": _first_row("Platform"),
        "Type No": _first_row("Campaign Type"),
        "Selected": _selected(),
        "In Filter": row("Selected") if ctx.shape.daily else _in_filter(),
        FLIGHT_START: _flight("Start Date"),
        FLIGHT_END: _flight("End Date"),
    }
    if ctx.shape.daily:
        formulas |= {f"Filtered {field.header}": _filtered(field) for field in MEASURES}
    if ctx.shape.daily and ctx.shape.hours:
        formulas[ACTIVE] = _active()
    helpers = [helper_column(header, formula, ctx.live.campaigns[header]) for header, formula in formulas.items()]
    helpers += [helper_column(header, *column) for header, column in value_columns(ctx).items()]
    helpers += [helper_column(rank.header, rank.formula(), rank.keys(ctx.live.campaigns)) for rank in rankings(ctx)]
    helpers += [helper_column(header, *column) for header, column in advice_columns(ctx).items()]
    helpers += [helper_column(header, *column) for header, column in matrix_columns(ctx).items()]
    helpers += [helper_column(header, *column) for header, column in pacing_columns(ctx).items()]
    helpers += [helper_column(header, *column) for header, column in optimiser_columns(ctx).items()]
    return (*(_in_turn(column) for column in helpers), action_column(ctx), *plan_inputs(ctx))


def _in_turn(column: TableColumn) -> TableColumn:
    if column.formula is None or column.header == ROW_NO:
        return column
    return replace(column, formula=unthreaded(column.formula, row(ROW_NO)))


def helper_column(header: str, formula: Node, values: pd.Series | np.ndarray) -> TableColumn:
    """A hidden calculated column and its pandas values."""
    return TableColumn(header, numbers(values), Style(Role.MUTED, Format.GENERAL), formula, hidden=True)


def _first_row(header: str) -> Node:
    found = call("MATCH", wildcard_safe(row(header)), Column(CAMPAIGNS, header), 0)
    return call("IF", call("ISTEXT", row(header)), found, 0)


def _selected() -> Node:
    of_platform = call("OR", eq(Name("scope_platform"), -1), eq(row("Platform No"), Name("scope_platform")))
    of_type = call("OR", eq(Name("scope_type"), -1), eq(row("Type No"), Name("scope_type")))
    return call("IF", call("AND", of_platform, of_type), 1, 0)


def _in_filter() -> Node:
    start = row("Start Date")
    inside = call("AND", call("ISNUMBER", start), ge(start, Name("scope_from")), le(start, Name("scope_to")))
    return call("IF", call("OR", eq(Name("scope_dated"), 0), inside), row("Selected"), 0)


def _flight(header: str) -> Node:
    start, end = row("Start Date"), row("End Date")
    dated = call("AND", call("ISNUMBER", start), call("ISNUMBER", end))
    return call("IF", dated, call("IF", gt(end + 1, start), row(header), 0), 0)


def _filtered(field: Field) -> Node:
    column = Column(DAILY, field.header)
    in_days = call("SUMIFS", column, Column(DAILY, "Campaign Row"), row("Row No"), Column(DAILY, "In Filter"), 1)
    chosen = call("AND", eq(row("In Filter"), 1), call("ISNUMBER", row(field.header)))
    return call("IF", chosen, call("IF", eq(Name("scope_dated"), 0), row(field.header), in_days), "")


def _active() -> Node:
    days = call("COUNTIFS", Column(DAILY, "Campaign Row"), row("Row No"), Column(DAILY, "In Filter"), 1)
    return call("IF", eq(Name("scope_dated"), 0), row("In Filter"), call("IF", gt(days, 0), 1, 0))
