"""What nothing reads is left out: hidden columns of tables, and blocks of hidden tabs."""

from __future__ import annotations

import numpy as np
import pytest

from sheetgen.formula.tree import At, Column, Name, Node, Span, ThisRow, call
from sheetgen.report.model import Area as Cells
from sheetgen.report.model import (
    Block,
    Cell,
    Chart,
    ChartKind,
    ChoiceInput,
    ColorWhen,
    PlacedBlock,
    Series,
    Tab,
    Table,
    TableColumn,
)
from sheetgen.report.style import Ink, Style
from sheetgen.report.unread import without_unread

SPAN = Span("lists", 0, 0, 2, 0)


def helper(header: str, formula: Node) -> TableColumn:
    return TableColumn(header, np.zeros(2), Style(), formula, hidden=True)


def row(header: str) -> ThisRow:
    return ThisRow("Campaigns", header)


def tabs(page: Block, *helpers: Block) -> tuple[Tab, ...]:
    """A page, campaigns with three columns that nobody sees, and a hidden tab."""
    columns = (
        TableColumn("Budget", np.ones(2), Style()),
        helper("Rank", row("Budget") * 2),
        helper("Place", row("Rank") + Name("step")),
        helper("Goal", At("lists", 0, 0) + 1),
    )
    campaigns = Block("campaigns", 3, 4, table=Table("Campaigns", columns, 2))
    hidden = tuple(PlacedBlock(block, 4 * i, 0) for i, block in enumerate(helpers))
    return (
        Tab("overview", "Overview", (PlacedBlock(page, 0, 0),)),
        Tab("campaigns", "Campaigns", (PlacedBlock(campaigns, 0, 0),)),
        Tab("helper", "Helper", hidden, hidden=True),
    )


def step(name: str = "step") -> Block:
    return Block("steps", 3, 1, (Cell(0, 0, call("MAX", Column("Campaigns", "Rank"))),), names={name: (0, 0)})


def lists() -> Block:
    return Block("lists", 3, 1, (Cell(0, 0, 1.0), Cell(1, 0, 2.0), Cell(2, 0, 3.0)))


def left(page: Block, *helpers: Block) -> tuple[list[str], list[str]]:
    """The campaigns' columns and the hidden blocks that are left."""
    _, campaigns, hidden = without_unread(tabs(page, *helpers))
    block = campaigns.placed[0].block
    assert block.table is not None
    assert block.width == len(block.table.columns)
    return [column.header for column in block.table.columns], [place.block.key for place in hidden.placed]


def page(*cells: Cell) -> Block:
    return Block("page", 9, 9, cells)


def test_what_nothing_shown_reads_is_left_out() -> None:
    assert left(page(Cell(0, 0, 1.0)), step(), lists()) == (["Budget"], [])


def test_what_is_read_through_columns_and_blocks_stays() -> None:
    shown = page(Cell(0, 0, call("SUM", Column("Campaigns", "Place"))))
    assert left(shown, step(), lists()) == (["Budget", "Rank", "Place"], ["steps"])


def test_the_blocks_that_stay_close_ranks() -> None:
    shown = page(Cell(0, 0, call("SUM", Column("Campaigns", "Goal"))))
    hidden = without_unread(tabs(shown, step(), lists()))[2]
    assert [(place.block.key, place.row) for place in hidden.placed] == [("lists", 0)]


@pytest.mark.parametrize("name", ["total_budget", "kpi_roi", "filter_from", "set_roi_stop"])
def test_a_block_with_a_name_for_formulas_of_the_readers_own_stays(name: str) -> None:
    assert left(page(), step(name), lists()) == (["Budget", "Rank"], ["steps"])


@pytest.mark.parametrize(
    "reader",
    [
        Block("page", 9, 9, (Cell(0, 0, "a", input=ChoiceInput(SPAN)),)),
        Block("page", 9, 9, charts=(Chart(ChartKind.BAR, "", "", (Series("S", SPAN, SPAN),), 0, 0, 4, 4),)),
        Block("page", 9, 9, rules=(ColorWhen(Cells(0, 0, 1, 1), call("SUM", SPAN), Ink.GOOD),)),
    ],
    ids=["dropdown", "chart", "rule"],
)
def test_dropdowns_charts_and_rules_read_too(reader: Block) -> None:
    assert left(reader, step(), lists()) == (["Budget"], ["lists"])


def test_a_place_in_a_table_keeps_all_its_columns_where_they_are() -> None:
    shown = page(Cell(0, 0, At("campaigns", 1, 3) + 0))
    assert left(shown, step(), lists())[0] == ["Budget", "Rank", "Place", "Goal"]
