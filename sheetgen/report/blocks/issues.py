"""The ledger on the Data Quality tab: each kind of issue with its lines and money, and the first lines of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from sheetgen.formula.tree import At, Column, call
from sheetgen.ledger import Issue, LedgerLine
from sheetgen.report.blocks.quality import showable
from sheetgen.report.context import Context
from sheetgen.report.model import Block, Cell, Table, TableColumn
from sheetgen.report.style import Align, Format, Role, Style

MOST_OF_A_KIND = 50
"""Lines that the table shows of each kind; the sums count them all."""

MOST_ROWS = 4
"""Rows that a kind names beside its sums."""

LEDGER = "Ledger"
KEY = "issues"
HEADS = ("Code", "Lines", "Severity", "Spend", "First rows", "Explanation")
RIGHT = frozenset({"Lines", "Spend"})


def issues(ctx: Context) -> Block:
    """Each kind of issue, the gravest first: how many lines, how much money their rows tell, the first rows."""
    kinds = ctx.data.ledger.issues()
    cells = [Cell(0, 0, ctx.say("Issues by kind"), Style(Role.SECTION))]
    if not kinds:
        cells.append(Cell(1, 0, ctx.say("Nothing was dropped, changed or doubtful."), Style(Role.MESSAGE), columns=6))
        return Block(KEY, 2, 6, tuple(cells))
    for i, head in enumerate(HEADS):
        align = Align.RIGHT if head in RIGHT else Align.LEFT
        cells.append(Cell(1, i, ctx.say(head), Style(Role.HEAD, Format.TEXT, align)))
    for row, issue in enumerate(kinds, start=2):
        cells += _issue_row(ctx, issue, row)
    height = 2 + len(kinds)
    if any(issue.count > MOST_OF_A_KIND for issue in kinds):
        text = ctx.say(
            "The table below shows the first {shown} lines of each kind; --ledger writes all {all:,} to a file.",
            shown=MOST_OF_A_KIND,
            all=len(ctx.data.ledger.lines),
        )
        cells.append(Cell(height, 0, text, Style(Role.MESSAGE), columns=6))
        height += 1
    return Block(KEY, height, 6, tuple(cells), needs=("ledger",))


def _issue_row(ctx: Context, issue: Issue, row: int) -> list[Cell]:
    """The cells of one kind: what the table below does not show is a constant in its sums."""
    ledger = ctx.data.ledger
    hidden = max(issue.count - MOST_OF_A_KIND, 0)
    code = At(KEY, row, 0)
    listed = call("COUNTIF", Column(LEDGER, "Code"), code)
    first = ledger.lines[issue.places[0]]
    money = Style(Role.BODY, Format.MONEY_CENTS)
    cells = [
        Cell(row, 0, issue.code, Style(Role.LABEL, Format.TEXT)),
        Cell(row, 1, listed + hidden if hidden else listed, Style(Role.BODY, Format.COUNT), float(issue.count)),
        Cell(row, 2, ctx.say(issue.severity.value), Style(Role.BODY, Format.TEXT)),
        Cell(row, 4, _rows(ctx, issue), Style(Role.BODY, Format.TEXT)),
        Cell(row, 5, ctx.say.ledger(first), Style(Role.BODY, Format.TEXT)),
    ]
    if issue.spend is None:
        return [*cells, Cell(row, 3, None, money)]
    shown = sum(ledger.spend_of(place) or 0.0 for place in issue.places[:MOST_OF_A_KIND])
    rest = round(issue.spend - shown, 2)
    spend = call("SUMIFS", Column(LEDGER, "Spend"), Column(LEDGER, "Code"), code)
    return [*cells, Cell(row, 3, spend + rest if rest else spend, money, shown + rest)]


def _rows(ctx: Context, issue: Issue) -> str:
    """The first rows of the sources that an issue is about."""
    lines = [ctx.data.ledger.lines[place] for place in issue.places[:MOST_OF_A_KIND]]
    rows = list(dict.fromkeys(line.row for line in lines if line.row))
    return ", ".join(map(str, rows[:MOST_ROWS])) + (" …" if len(rows) > MOST_ROWS else "")


def ledger(ctx: Context) -> Block:
    """The first lines of each kind as a table, the gravest kinds first."""
    ledger = ctx.data.ledger
    places = list(chain.from_iterable(issue.places[:MOST_OF_A_KIND] for issue in ledger.issues()))
    lines = [ledger.lines[place] for place in places]
    if not lines:
        return Block("ledger", 0, 0)
    spend = np.array([ledger.spend_of(place) for place in places], dtype=np.float64)
    columns = (
        _column("Code", [line.code for line in lines], 30.0),
        _column("Severity", [ctx.say(line.severity.value) for line in lines], 16.0),
        _column("File", [line.file for line in lines], 24.0),
        _row_column(lines),
        TableColumn("Spend", spend, Style(Role.BODY, Format.MONEY_CENTS), width=18.0),
        _column("Field", [line.field or None for line in lines], 24.0),
        _column("Before", [ctx.say.clause(line.before) or None for line in lines], 24.0),
        _column("After", [ctx.say.clause(line.after) or None for line in lines], 24.0),
        _column("Explanation", [ctx.say.ledger(line) for line in lines], 60.0),
    )
    return Block("ledger", len(lines) + 1, len(columns), table=Table(LEDGER, columns, len(lines)))


def _column(header: str, values: Sequence[str | None], width: float) -> TableColumn:
    cells = np.array([value and showable(value) for value in values], dtype=object)
    return TableColumn(header, cells, Style(Role.BODY, Format.TEXT), width=width)


def _row_column(lines: Sequence[LedgerLine]) -> TableColumn:
    rows = np.array([line.row if line.row else np.nan for line in lines], dtype=float)
    return TableColumn("Row", rows, Style(Role.BODY, Format.GENERAL), width=16.0)
