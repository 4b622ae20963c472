"""How the budget splits: a pie beside the table that is its key."""

from __future__ import annotations

from sheetgen.formula.tree import At, Name, call, eq, ne
from sheetgen.report.blocks.caption import caption
from sheetgen.report.blocks.split import BUDGET_PARTS, LABEL, VALUE, picker_cell
from sheetgen.report.chart_label import chart_label_text
from sheetgen.report.context import Context
from sheetgen.report.model import Area, Block, Cell, Chart, ChartKind, FillWhen, Series
from sheetgen.report.money import money
from sheetgen.report.sentence import either, plain, sentence
from sheetgen.report.style import SERIES_INKS, Align, Format, Ink, Role, Style

KEY = "budget_pie"
CHART_ROWS = 14
TITLE_ROW, CHART_ROW, NOTE_ROW = 0, 1, 1 + CHART_ROWS
HEAD_ROW, FIRST_ROW = 4, 5


def budget_pie(ctx: Context, width: int) -> Block:
    """The share of each platform, campaign type or campaign in the budget; platforms keep their colour."""
    slices = Series(
        ctx.say("Budget"),
        BUDGET_PARTS.column(ctx, LABEL),
        BUDGET_PARTS.column(ctx, VALUE),
        point_inks=_inks(ctx),
    )
    chart = Chart(
        ChartKind.PIE,
        ctx.say("Share of the budget (%)"),
        ctx.say("Pie chart of how the budget splits over platforms, campaign types or campaigns."),
        (slices,),
        row=CHART_ROW,
        column=0,
        columns=width // 2,
        rows=CHART_ROWS,
    )
    cells = (
        Cell(TITLE_ROW, 0, ctx.say("Budget split by"), Style(Role.SECTION), columns=width - 2),
        picker_cell(ctx, BUDGET_PARTS, TITLE_ROW, width - 2),
        *_key(ctx, width),
        _note(ctx, width),
    )
    chips = (FIRST_ROW + k for k in range(len(_inks(ctx))))
    rules = tuple(
        FillWhen(Area(row, width // 2, row, width // 2), ne(At(KEY, row, width // 2), ""), ink)
        for row, ink in zip(chips, _inks(ctx), strict=True)
    )
    names = {BUDGET_PARTS.picker: (TITLE_ROW, width - 2)}
    return Block(
        KEY, NOTE_ROW + 1, width, cells, charts=(chart,), rules=rules, names=names, needs=(BUDGET_PARTS.block,)
    )


def _inks(ctx: Context) -> tuple[Ink, ...]:
    """A colour for each part, grey for the rest."""
    return (*SERIES_INKS[: BUDGET_PARTS.size(ctx)], Ink.MUTED)


def _key(ctx: Context, width: int) -> list[Cell]:
    """Each part's share in its slice's colour, and its name; a part keeps its row under every filter."""
    share_column, name_column = width // 2, width // 2 + 1
    names = width - name_column
    found = BUDGET_PARTS.found(ctx)
    whole = sum(value for _, value in found.shown())
    share_look = Style(Role.SUBTITLE, Format.PERCENT, Align.CENTER, dash=False)
    cells = [
        Cell(HEAD_ROW, share_column, ctx.say("Share"), Style(Role.HEAD, Format.TEXT, Align.CENTER)),
        Cell(HEAD_ROW, name_column, ctx.say("Part of the budget"), Style(Role.HEAD, Format.TEXT), columns=names),
    ]
    for k, (value, name) in enumerate(zip(found.values, found.labels, strict=True)):
        row, part = FIRST_ROW + k, At(BUDGET_PARTS.block, k, VALUE)
        share = call("IF", eq(part, ""), "", part / call("SUM", BUDGET_PARTS.column(ctx, VALUE)))
        label, label_cell = chart_label_text(name, BUDGET_PARTS.longest), At(BUDGET_PARTS.block, k, LABEL)
        cells += [
            Cell(row, share_column, share, share_look, None if value is None else value / whole),
            Cell(
                row,
                name_column,
                label_cell,
                Style(Role.TEXT, Format.TEXT, Align.LEFT, dash=False),
                label,
                columns=names,
            ),
        ]
    return cells


def _note(ctx: Context, width: int) -> Cell:
    phrase = either(
        eq(BUDGET_PARTS.count(ctx), 0),
        BUDGET_PARTS.found(ctx).count == 0,
        plain(ctx.say("No budget under these filters: there is nothing to split.")),
        sentence(
            ctx.say("100% is the budget of {total} under the filters in force."),
            total=money(ctx, Name("total_budget"), ctx.totals["Budget"]),
        ),
    )
    return caption(NOTE_ROW, phrase, width)
