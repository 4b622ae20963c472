"""The `Daily` and `Hours` tables: campaign rows split by date, or by weekday and hour.

Measured results are data; a row's budget is its share of the campaign's budget, so that an edited
budget reaches every day and hour.
"""

from __future__ import annotations

import pandas as pd

from sheetgen.fields import BUDGET, CAMPAIGN_ID, DATE, HOUR, MEASURES, WEEKDAY, Field
from sheetgen.formula.tree import Column, Name, Node, ThisRow, call, eq, ge, le
from sheetgen.report.blocks.campaigns import ACTIVE, field_input, helper_column, numbers, texts
from sheetgen.report.context import Context
from sheetgen.report.formats import field_format
from sheetgen.report.model import Block, NumberInput, Table, TableColumn
from sheetgen.report.style import Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY, HOURS, wildcard_safe
from sheetgen.report.unthreaded import unthreaded

SHARE = "Budget Share"


def daily(ctx: Context) -> Block:
    """The daily table: one row per campaign and date."""
    rows = _rows(ctx.live.daily)
    date = ThisRow(DAILY, DATE.header)
    dated = call("ISNUMBER", date)
    inside = call("AND", dated, ge(date, Name("scope_from")), le(date, Name("scope_to")))
    helpers = {
        "Campaign Row": _campaign_row(DAILY),
        "Month": call("IF", dated, call("DATE", call("YEAR", date), call("MONTH", date), 1), ""),
        "Week": call("IF", dated, call("INT", date) - ThisRow(DAILY, "Weekday") + 1, ""),
        "Weekday": call("IF", dated, call("MOD", call("INT", date) - 2, 7) + 1, ""),
        "Type No": _of_campaign(DAILY, "Type No", 0),
        "Selected": _of_campaign(DAILY, "Selected", 0),
        "In Filter": call("IF", inside, ThisRow(DAILY, "Selected"), 0),
    }
    return _table(ctx, DAILY, (CAMPAIGN_ID, DATE), rows, helpers)


def hours(ctx: Context) -> Block:
    """The hourly table: one row per campaign, weekday (1 is Monday) and hour of the day."""
    rows = _rows(ctx.live.hours)
    weekday, hour = ThisRow(HOURS, WEEKDAY.header), ThisRow(HOURS, HOUR.header)
    placed = call("AND", eq(ThisRow(HOURS, "In Filter"), 1), call("ISNUMBER", weekday), call("ISNUMBER", hour))
    helpers = {
        "Campaign Row": _campaign_row(HOURS),
        "In Filter": _of_campaign(HOURS, ACTIVE if ctx.shape.daily else "In Filter", 0),
        "Slot": call("IF", placed, weekday * 100 + hour, 0),
    }
    return _table(ctx, HOURS, (CAMPAIGN_ID, WEEKDAY, HOUR), rows, helpers)


def _rows(rows: pd.DataFrame | None) -> pd.DataFrame:
    if rows is None:
        raise ValueError("the report has no such table")
    return rows


def _table(ctx: Context, name: str, keys: tuple[Field, ...], rows: pd.DataFrame, helpers: dict[str, Node]) -> Block:
    key = ThisRow(name, "Campaign Row")
    columns = (
        *(_input_column(field, rows) for field in keys),
        _budget_column(ctx, name, rows),
        *(_input_column(field, rows) for field in MEASURES if field is not BUDGET),
        _share_column(ctx, rows),
        *(helper_column(header, unthreaded(formula, key), rows[header]) for header, formula in helpers.items()),
    )
    table = Table(name, columns, len(rows))
    return Block(name.lower(), table.rows + 1, len(columns), table=table, needs=("scope", "campaigns"))


def _input_column(field: Field, rows: pd.DataFrame) -> TableColumn:
    values = rows[field.header]
    is_text = field is CAMPAIGN_ID
    return TableColumn(
        header=field.header,
        values=texts(values) if is_text else numbers(values),
        style=Style(Role.INPUT, Format.GENERAL if field in (WEEKDAY, HOUR) else field_format(field)),
        width=15.0 if is_text else 13.0,
        input=WHOLE_INPUTS.get(field.key) or field_input(field),
    )


WHOLE_INPUTS = {WEEKDAY.key: NumberInput(1, 7, whole=True), HOUR.key: NumberInput(0, 23, whole=True)}


def _budget_column(ctx: Context, name: str, rows: pd.DataFrame) -> TableColumn:
    share = ThisRow(name, SHARE)
    of_campaign = call("INDEX", Column(CAMPAIGNS, BUDGET.header), ThisRow(name, "Campaign Row"))
    found = call("IF", call("ISNUMBER", of_campaign), of_campaign * share, "")
    return TableColumn(
        header=BUDGET.header,
        values=numbers(rows[BUDGET.header]),
        style=Style(Role.KPI, Format.MONEY_CENTS),
        formula=call(
            "IF", call("OR", call("NOT", call("ISNUMBER", share)), eq(ThisRow(name, "Campaign Row"), 0)), "", found
        ),
        width=13.0,
        note=ctx.say("The campaign's budget times this row's share of it."),
    )


def _share_column(ctx: Context, rows: pd.DataFrame) -> TableColumn:
    return TableColumn(
        header=SHARE,
        values=numbers(rows[SHARE]),
        style=Style(Role.INPUT, Format.PERCENT_FINE),
        width=13.0,
        input=NumberInput(low=0),
        note=ctx.say("The part of the campaign's budget that this row had in the source data."),
    )


def _campaign_row(table: str) -> Node:
    campaign = ThisRow(table, CAMPAIGN_ID.header)
    found = call("MATCH", wildcard_safe(campaign), Column(CAMPAIGNS, CAMPAIGN_ID.header), 0)
    return call("IFERROR", found, 0)


def _of_campaign(table: str, header: str, absent: str | float) -> Node:
    """The value of the row's campaign in a campaign column, `absent` where there is no such campaign."""
    number = ThisRow(table, "Campaign Row")
    return call("IF", eq(number, 0), absent, call("INDEX", Column(CAMPAIGNS, header), number))
