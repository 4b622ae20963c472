"""The Data Quality tab above its ledger: the row balance, whether the grains agree, where columns came from."""

from __future__ import annotations

import re

from sheetgen.analysis.groups import blank
from sheetgen.fields import MEASURES, Field
from sheetgen.formula.tree import At, Column, Node, call, eq
from sheetgen.report.context import Context
from sheetgen.report.formats import summary_format
from sheetgen.report.model import Block, Cell
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, DAILY, HOURS
from sheetgen.values import Value

LONGEST_TEXT = 500
UNSHOWABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that a workbook cannot hold."""


def balance(ctx: Context) -> Block:
    """Rows read, used and dropped."""
    ledger = ctx.data.ledger
    rows: tuple[tuple[str, float | Node, float], ...] = (
        (ctx.say("Rows in the source"), float(ledger.rows_in), float(ledger.rows_in)),
        (ctx.say("Rows used"), float(ledger.rows_used), float(ledger.rows_used)),
        (ctx.say("Rows dropped"), At("balance", 2, 1) - At("balance", 3, 1), float(ledger.rows_dropped)),
        (
            ctx.say("Campaigns in the report"),
            call("COUNT", Column(CAMPAIGNS, "Row No")),
            float(len(ctx.live.campaigns)),
        ),
    )
    cells = [
        Cell(0, 0, ctx.say("Row balance"), Style(Role.SECTION)),
        Cell(1, 0, ctx.say("Every row of the source is used or dropped with a reason below."), Style(Role.MUTED)),
    ]
    for i, (label, content, value) in enumerate(rows, start=2):
        cells.append(Cell(i, 0, label, Style(Role.LABEL)))
        cells.append(Cell(i, 1, content, Style(Role.BODY, Format.COUNT), value))
    return Block("balance", 6, 2, tuple(cells), needs=("campaigns",))


def agreement(ctx: Context) -> Block:
    """Whether the daily and hourly rows still add up to the campaigns, live."""
    cells = [
        Cell(0, 0, ctx.say("Do days and hours add up to the campaigns?"), Style(Role.SECTION)),
        Cell(1, 0, _agreement_note(ctx), Style(Role.MUTED)),
        *(
            Cell(2, i, ctx.say(head), Style(Role.HEAD, Format.TEXT, Align.RIGHT if i else Align.LEFT))
            for i, head in enumerate(("Measure", CAMPAIGNS, DAILY, "Difference", HOURS, "Difference"))
        ),
    ]
    for i, field in enumerate(MEASURES):
        cells += _agreement_row(ctx, field, 3 + i)
    return Block("agreement", 3 + len(MEASURES), 6, tuple(cells), needs=_tables(ctx))


def _tables(ctx: Context) -> tuple[str, ...]:
    return ("campaigns", *(("daily",) if ctx.shape.daily else ()), *(("hours",) if ctx.shape.hours else ()))


def _agreement_note(ctx: Context) -> str:
    if ctx.shape.daily or ctx.shape.hours:
        return ctx.say("An edited result on one tab shows here as a difference; an edited budget reaches all of them.")
    return ctx.say("The source has one row per campaign: there are no days or hours to compare.")


def _agreement_row(ctx: Context, field: Field, row: int) -> list[Cell]:
    look = Style(Role.BODY, summary_format(field))
    whole = blank(ctx.live.campaigns[field.header].sum(min_count=1))
    cells = [
        Cell(row, 0, ctx.say(field.header), Style(Role.LABEL)),
        Cell(row, 1, _sum_or_blank(CAMPAIGNS, field.header), look, whole),
    ]
    for column, name, rows in ((2, DAILY, ctx.live.daily), (4, HOURS, ctx.live.hours)):
        if rows is None:
            continue
        part = blank(rows[field.header].sum(min_count=1))
        left, right = At("agreement", row, 1), At("agreement", row, column)
        difference = call("IF", call("OR", eq(left, ""), eq(right, "")), "", call("ROUND", right - left, 4))
        gap: Value = None if whole is None or part is None else round(part - whole, 4) + 0.0
        cells.append(Cell(row, column, _sum_or_blank(name, field.header), look, part))
        cells.append(Cell(row, column + 1, difference, look, gap))
    return cells


def _sum_or_blank(table: str, header: str) -> Node:
    column = Column(table, header)
    return call("IF", eq(call("COUNT", column), 0), "", call("SUM", column))


def origins(ctx: Context) -> Block:
    """Which header of which file fed each column."""
    cells = [
        Cell(0, 0, ctx.say("Where each column came from"), Style(Role.SECTION)),
        *(
            Cell(1, i, ctx.say(head), Style(Role.HEAD))
            for i, head in enumerate(("Column", "Header in the file", "File"))
        ),
    ]
    for row, source in enumerate(ctx.data.sources, start=2):
        for column, text in enumerate((ctx.say(source.column), showable(source.header), showable(source.file))):
            cells.append(Cell(row, column, text, Style(Role.BODY, Format.TEXT)))
    missing = _missing(ctx)
    row = 2 + len(ctx.data.sources)
    if missing:
        reason = ctx.say(
            "Not in the source, so blank with every KPI that needs it: {fields}.", fields=", ".join(missing)
        )
        cells.append(Cell(row, 0, reason, Style(Role.MESSAGE), columns=6))
    return Block("origins", row + 1, 6, tuple(cells))


def _missing(ctx: Context) -> list[str]:
    return [ctx.say(field.header) for field in MEASURES if ctx.data.campaigns[field.header].isna().all()]


def showable(text: str) -> str:
    """A text of the source as a cell can show it: not too long, and a sign for each character that no cell takes."""
    cut = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    return UNSHOWABLE.sub("\ufffd", cut)
