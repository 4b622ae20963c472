"""The performance–budget matrix: campaigns by the size of their budget and by what it brings back."""

from __future__ import annotations

from dataclasses import dataclass

from sheetgen.analysis.groups import Numbers, kpi_value, sums_by
from sheetgen.analysis.matrix import Quadrant
from sheetgen.fields import BUDGET, FIELDS_BY_KEY, REVENUE, Field
from sheetgen.formula.guard import kpi_formula
from sheetgen.formula.tree import At, Column, Name, Node, Text, call, eq, node
from sheetgen.inputs import MATRIX_ROI
from sheetgen.report.blocks.advice import ROW_HEIGHT
from sheetgen.report.blocks.advice_columns import kpi_cell
from sheetgen.report.blocks.advice_groups import campaign_kpi
from sheetgen.report.blocks.matrix_columns import (
    BUDGET_LINE,
    COUNT,
    QUADRANT,
    ROI_LINE,
    Matrix,
    found_matrix,
    is_available,
)
from sheetgen.report.blocks.matrix_rows import SHOWN, count_cell, quadrant_rows, row_cell
from sheetgen.report.blocks.message import message
from sheetgen.report.blocks.top import at_row, campaign_label, campaign_label_value, of_campaign
from sheetgen.report.context import Context
from sheetgen.report.formats import summary_format
from sheetgen.report.model import Block, Cell, NumberInput
from sheetgen.report.money import money
from sheetgen.report.sentence import Phrase, either, figure, percentage, plain, sentence
from sheetgen.report.style import Align, Format, Role, Style
from sheetgen.report.sums import CAMPAIGNS, campaign_facts, sum_where

KEY = "matrix"
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)
NAME, CAMPAIGNS_COLUMN, FIRST_SUM, ROI, WHAT = 0, 1, 2, 6, 7
"""The columns of the table: budget and revenue with their shares stand before ROI, what to do takes the rest."""
PANEL_ROWS = 2 + SHOWN
PANELS_ROW = FIRST_ROW + len(Quadrant) + 1
NAME_COLUMNS = 4
"""Columns for the campaigns' names in a panel, which is six wide."""
SIDES = {Quadrant.SCALE: (0, 0), Quadrant.STARS: (0, 1), Quadrant.STOP: (1, 0), Quadrant.FIX: (1, 1)}
"""The place of each quadrant's panel: high ROI above, large budgets right."""
WORDS = {Quadrant.STARS: "Stars", Quadrant.SCALE: "Scale", Quadrant.FIX: "Fix", Quadrant.STOP: "Stop"}
MEANINGS = {
    Quadrant.STARS: "Stars: high ROI, large budgets",
    Quadrant.SCALE: "Scale: high ROI, small budgets",
    Quadrant.FIX: "Fix: low ROI, large budgets",
    Quadrant.STOP: "Stop: low ROI, small budgets",
}
SUMMED = (BUDGET, REVENUE)
LEFT, RIGHT = Style(Role.HEAD, Format.TEXT), Style(Role.HEAD, Format.TEXT, Align.RIGHT, wrap=True)


@dataclass(frozen=True, eq=False)
class _Line:
    """A quadrant's line of the table: its campaigns, and their sums and ROI from pandas."""

    quadrant: Quadrant
    sums: Numbers
    count: float
    roi: float | None

    @property
    def row(self) -> int:
        return FIRST_ROW + self.quadrant - 1

    def cell(self, column: int) -> At:
        return At(KEY, self.row, column)


def matrix(ctx: Context, width: int) -> Block:
    """A table of the quadrants with what to do, then the largest campaigns of each in a panel of its own."""
    title = ctx.say("Performance–budget matrix")
    if not is_available(ctx):
        return message(
            KEY, title, ctx.say("No matrix to show: the report has no KPI roi of budget and revenue."), width
        )
    found = found_matrix(ctx)
    note = _note(ctx, found)
    line = ctx.inputs.number(MATRIX_ROI)
    hint = ctx.say("Type the ROI that parts high from low; blank is the ROI of these campaigns together.")
    cells = [
        Cell(TITLE_ROW, 0, title, Style(Role.SECTION), columns=width - 4),
        Cell(TITLE_ROW, width - 4, ctx.say("ROI that parts high from low"), Style(Role.CARD_LABEL), columns=3),
        Cell(TITLE_ROW, width - 1, line, Style(Role.INPUT, Format.PERCENT), input=NumberInput(low=-1), note=hint),
        Cell(NOTE_ROW, 0, note.formula, Style(Role.MUTED), note.expected, columns=width),
        *_heads(ctx, width),
    ]
    for one in _lines(ctx, found):
        cells += _line_cells(ctx, one, found, width)
    for quadrant in Quadrant:
        cells += _panel(ctx, found, quadrant)
    height = PANELS_ROW + 2 * PANEL_ROWS + 1
    return Block(
        KEY,
        height,
        width,
        tuple(cells),
        names={MATRIX_ROI: (TITLE_ROW, width - 1)},
        needs=("matrix_rows", "matrix_lines", "campaigns"),
        heights=dict.fromkeys(range(HEAD_ROW, FIRST_ROW + len(Quadrant)), ROW_HEIGHT),
    )


def _note(ctx: Context, found: Matrix) -> Phrase:
    count, line = Name(COUNT), Name(BUDGET_LINE)
    others = float(ctx.facts["In Filter"].sum()) - found.count
    left_out = call("SUM", Column(CAMPAIGNS, "In Filter")) - count
    lines = sentence(
        ctx.say("Large: at least the average budget of {budget}. High: a ROI of at least {roi}%. Campaigns: {count}."),
        budget=money(ctx, line, found.budget_line),
        roi=percentage(Name(ROI_LINE), found.roi_line, 0),
        count=figure(count, found.count),
    )
    rest = sentence(ctx.say("Left out, as not judged by ROI or without one: {count}."), count=figure(left_out, others))
    after = sentence(" {rest}", rest=rest)
    shown = sentence("{lines}{rest}", lines=lines, rest=either(eq(left_out, 0), others == 0, plain(""), after))
    none = plain(
        ctx.say("No campaign to place: none is judged by ROI (see the Settings tab), or revenue is not known.")
    )
    return either(eq(count, 0), found.count == 0, none, shown)


def _heads(ctx: Context, width: int) -> list[Cell]:
    heads = ("Campaigns", "Budget", "Share of budget", "Revenue", "Share of revenue", "ROI")
    cells = [Cell(HEAD_ROW, NAME, ctx.say("Quadrant"), LEFT)]
    cells += [Cell(HEAD_ROW, CAMPAIGNS_COLUMN + i, ctx.say(head), RIGHT) for i, head in enumerate(heads)]
    return [*cells, Cell(HEAD_ROW, WHAT, ctx.say("What to do"), LEFT, columns=width - WHAT)]


def _lines(ctx: Context, found: Matrix) -> list[_Line]:
    kpi = ctx.kpi("roi")
    keyed = ctx.facts.assign(Quadrant=found.quadrant)
    of_quadrants = sums_by(keyed, "Quadrant", [float(quadrant) for quadrant in Quadrant])
    return [
        _Line(
            quadrant,
            sums,
            float((found.quadrant == quadrant).sum()),
            None if kpi is None else kpi_value(kpi, sums),
        )
        for quadrant, sums in zip(Quadrant, of_quadrants, strict=True)
    ]


def _line_cells(ctx: Context, one: _Line, found: Matrix, width: int) -> list[Cell]:
    what, wrapped = _what(ctx, one), Style(Role.BODY, Format.TEXT, Align.LEFT, wrap=True)
    cells = [
        Cell(one.row, NAME, ctx.say(WORDS[one.quadrant]), Style(Role.LABEL)),
        Cell(one.row, CAMPAIGNS_COLUMN, count_cell(one.quadrant), Style(Role.BODY, Format.COUNT), one.count),
        Cell(one.row, ROI, _roi(ctx, one), Style(Role.KPI, Format.PERCENT), one.roi),
        Cell(one.row, WHAT, what.formula, wrapped, what.expected, columns=width - WHAT),
    ]
    for i, field in enumerate(SUMMED):
        column, part, whole = FIRST_SUM + 2 * i, one.sums[field.header], found.sums[field.header]
        look = Style(Role.BODY, summary_format(field))
        cells.append(Cell(one.row, column, _sum(ctx, one, field), look, part))
        share = part / whole if part is not None and whole else None
        cells.append(Cell(one.row, column + 1, _share(one.cell(column), i), Style(Role.KPI, Format.PERCENT), share))
    return cells


def _sum(ctx: Context, one: _Line, field: Field) -> Node:
    return sum_where(campaign_facts(ctx), field.header, (Column(CAMPAIGNS, QUADRANT), node(one.quadrant)))


def _share(part: Node, i: int) -> Node:
    whole = At("matrix_lines", i, 1)
    return call("IF", call("OR", eq(part, ""), eq(whole, ""), eq(whole, 0)), "", part / whole)


def _roi(ctx: Context, one: _Line) -> Node:
    kpi = ctx.kpi("roi")
    where = {field.key: one.cell(FIRST_SUM + 2 * i) for i, field in enumerate(SUMMED)}

    def place(key: str) -> Node:
        return where[key] if key in where else _sum(ctx, one, FIELDS_BY_KEY[key])

    return Text("") if kpi is None else kpi_formula(kpi, place, typed=False)


def _what(ctx: Context, one: _Line) -> Phrase:
    """What to do with the campaigns of a quadrant, with the money that is at stake."""
    texts = {
        Quadrant.STARS: ctx.say("Keep them funded and watch for fatigue: {budget} brings {revenue}."),
        Quadrant.SCALE: ctx.say("First in line for more budget: {budget} brings {revenue}."),
        Quadrant.FIX: ctx.say("Rework creatives, audience or offer before adding money: {budget} brings {revenue}."),
        Quadrant.STOP: ctx.say(
            "First to cut where money is needed elsewhere: frees {budget}, gives up {revenue} of revenue."
        ),
    }
    budget, revenue = (
        money(ctx, one.cell(FIRST_SUM + 2 * i), one.sums[field.header]) for i, field in enumerate(SUMMED)
    )
    some = sentence(texts[one.quadrant], budget=budget, revenue=revenue)
    return either(eq(count_cell(one.quadrant), 0), one.count == 0, plain(ctx.say("No campaign here.")), some)


def _panel(ctx: Context, found: Matrix, quadrant: Quadrant) -> list[Cell]:
    """The largest campaigns of a quadrant: name, budget and ROI."""
    down, side = SIDES[quadrant]
    top, left, names = PANELS_ROW + down * (PANEL_ROWS + 1), side * 6, NAME_COLUMNS
    roi, budget = campaign_kpi(ctx, "roi"), ctx.facts[BUDGET.header].to_numpy(dtype=float)
    columns = (
        (
            campaign_facts(ctx).column(BUDGET.header).column,
            budget,
            Style(Role.BODY, summary_format(BUDGET), dash=False),
        ),
        (str(kpi_cell(ctx, "roi")), roi, Style(Role.KPI, Format.PERCENT, dash=False)),
    )
    cells = [
        Cell(top, left, ctx.say(MEANINGS[quadrant]), Style(Role.LABEL, Format.TEXT), columns=names + 2),
        Cell(top + 1, left, ctx.say("Largest campaigns"), LEFT, columns=names),
        Cell(top + 1, left + names, ctx.say("Budget"), RIGHT),
        Cell(top + 1, left + names + 1, ctx.say("ROI"), RIGHT),
    ]
    label = Style(Role.BODY, Format.TEXT, Align.LEFT, dash=False)
    for k, row in enumerate(quadrant_rows(found, quadrant)):
        at, cell = top + 2 + k, row_cell(quadrant, k)
        cells.append(Cell(at, left, campaign_label(cell), label, campaign_label_value(ctx, row), columns=names))
        for i, (header, values, look) in enumerate(columns):
            cells.append(Cell(at, left + names + i, of_campaign(cell, header), look, at_row(values, row)))
    return cells
