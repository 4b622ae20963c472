"""What charts draw, laid out as Google wants it: on a hidden tab, a column each, the series' names above.

A chart of Google Sheets takes the name of a series from the cell above its numbers, and one column of categories
for all its series. The cells are formulas that repeat those of the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from sheetgen.formula.tree import At, Column, Node, Span, call, lt
from sheetgen.report.model import (
    Block,
    Cell,
    Chart,
    ChartKind,
    PlacedBlock,
    Report,
    Series,
    Tab,
    Table,
    Waterfall,
)
from sheetgen.report.style import Format, Role, Style
from sheetgen.values import Value

KEY: Final = "charts"
TITLE: Final = "_sheetgen_charts"
DOMAIN: Final = 0
"""The column of categories, of the x of points, or of labels."""

X, Y, SIZE, GROUP = 1, 2, 3, 4
"""The columns of a bubble chart's feed, after the labels."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a chart's numbers are: a block of the feed tab with a header row and `rows` rows below it.

    `columns` are the columns of the series in their order, `labels` that of a series' label texts by its index.
    """

    block: str
    rows: int
    columns: tuple[int, ...]
    labels: Mapping[int, int]

    def whole(self, column: int) -> Span:
        """A column with its header."""
        return Span(self.block, 0, column, self.rows, column)

    def data(self, column: int) -> Span:
        """A column without its header."""
        return Span(self.block, 1, column, self.rows, column)


def chart_key(tab: Tab, block: Block, index: int) -> str:
    """The name of a chart that stays the same from one report to the next."""
    return f"{tab.key}.{block.key}.{index}"


def with_feeds(report: Report) -> tuple[Report, Mapping[str, Feed]]:
    """The report with the tab of its charts' numbers, and each chart's feed by its key."""
    source = _Source(report)
    feeds: dict[str, Feed] = {}
    placed: list[PlacedBlock] = []
    row = 0
    for tab, place in report.blocks():
        for index, chart in enumerate(place.block.charts):
            key = chart_key(tab, place.block, index)
            block, feeds[key] = _feed(f"feed.{key}", chart, source)
            placed.append(PlacedBlock(block, row, 0))
            row += block.height + 1
    if not placed:
        return report, feeds
    tab = Tab(KEY, TITLE, tuple(placed), hidden=True)
    return replace(report, tabs=(*report.tabs, tab)), feeds


def _feed(key: str, chart: Chart, source: _Source) -> tuple[Block, Feed]:
    if chart.waterfall is not None:
        return _waterfall_feed(key, chart.waterfall, source)
    if chart.kind is ChartKind.BUBBLE:
        return _bubble_feed(key, chart, source)
    return _series_feed(key, chart, source)


def _series_feed(key: str, chart: Chart, source: _Source) -> tuple[Block, Feed]:
    """Categories, then a column for each series; series of other categories have rows of their own."""
    first_rows: dict[Span | Column, int] = {}
    cells: list[Cell] = []
    columns, labels, row, column = [], {}, 1, DOMAIN + 1
    for index, series in enumerate(chart.series):
        if series.categories not in first_rows:
            first_rows[series.categories] = row
            cells += source.copies(series.categories, row, DOMAIN)
            row += source.count(series.categories)
        cells += [source.name(series, column), *source.copies(series.values, first_rows[series.categories], column)]
        columns.append(column)
        column += 1
        if series.label_cells is not None:
            cells += source.copies(series.label_cells, first_rows[series.categories], column)
            labels[index] = column
            column += 1
    return Block(key, row, column, tuple(cells)), Feed(key, row - 1, tuple(columns), labels)


def _bubble_feed(key: str, chart: Chart, source: _Source) -> tuple[Block, Feed]:
    """A row for each point: its series' name, x, y, size, and a number for its colour."""
    inks = list(dict.fromkeys(series.ink for series in chart.series))
    cells: list[Cell] = []
    row = 1
    for series in chart.series:
        count = source.count(series.values)
        for spread, column in ((series.categories, X), (series.values, Y), (series.sizes, SIZE)):
            cells += [] if spread is None else source.copies(spread, row, column)
        for each in range(row, row + count):
            cells.append(replace(source.name(series, DOMAIN), row=each))
            cells.append(Cell(each, GROUP, str(inks.index(series.ink) + 1), Style(Role.MUTED)))
        row += count
    return Block(key, row, GROUP + 1, tuple(cells)), Feed(key, row - 1, (X, Y, SIZE, GROUP), {})


def _waterfall_feed(key: str, steps: Waterfall, source: _Source) -> tuple[Block, Feed]:
    """Label and step of every bar but the total, which Google adds up itself; empty rows come first."""
    positions = source.values(steps.positions)
    rows, last = len(positions) - 1, max((int(value) for value in positions if isinstance(value, float)), default=0)
    cells: list[Cell] = []
    for row in range(1, rows + 1):
        wanted, place = call("MAX", steps.positions) + float(row - rows - 1), row + last - rows - 1
        slot = positions.index(float(place)) if place >= 1 else None
        for column, span in ((DOMAIN, steps.labels), (DOMAIN + 1, steps.steps)):
            found = call("INDEX", span, call("MATCH", wanted, steps.positions, 0))
            expected = None if slot is None else source.values(span)[slot]
            shown = call("IF", lt(wanted, 1), "", found)
            cells.append(Cell(row, column, shown, source.style(span), expected))
    return Block(key, rows + 1, DOMAIN + 2, tuple(cells)), Feed(key, rows, (DOMAIN + 1,), {})


class _Source:
    """The report's cells, to repeat them."""

    def __init__(self, report: Report) -> None:
        blocks = [place.block for _, place in report.blocks()]
        self._cells = {block.key: {(cell.row, cell.column): cell for cell in block.cells} for block in blocks}
        self._tables: dict[str, Table] = {block.table.name: block.table for block in blocks if block.table is not None}

    def count(self, spread: Span | Column) -> int:
        """How many cells a column or a row has."""
        return len(self._places(spread)) if isinstance(spread, Span) else self._tables[spread.table].rows

    def values(self, span: Span) -> list[Value]:
        """What pandas expects of the cells."""
        found = (self._cells[at.block].get((at.row, at.column)) for at in self._places(span))
        return [None if cell is None else cell.value for cell in found]

    def style(self, span: Span) -> Style:
        """How the first cell's value reads."""
        cell = self._cells[span.block].get((span.row, span.column))
        return _quiet(Format.GENERAL if cell is None else cell.style.format)

    def name(self, series: Series, column: int) -> Cell:
        """The header of a series."""
        if isinstance(series.name, str):
            return Cell(0, column, series.name, _quiet(Format.TEXT))
        found = self._cells[series.name.block][series.name.row, series.name.column]
        return Cell(0, column, series.name, _quiet(Format.GENERAL), found.value)

    def copies(self, spread: Span | Column, row: int, column: int) -> list[Cell]:
        """Cells from `row` down that repeat those of a column, a row or a table's column; what is empty stays so."""
        if isinstance(spread, Column):
            return self._table_copies(spread, row, column)
        made = []
        for i, at in enumerate(self._places(spread)):
            cell = self._cells[at.block].get((at.row, at.column))
            if cell is not None and cell.content not in (None, ""):
                made.append(Cell(row + i, column, at, _quiet(cell.style.format), cell.value))
        return made

    def _table_copies(self, spread: Column, row: int, column: int) -> list[Cell]:
        found = self._tables[spread.table].columns[self._tables[spread.table].index(spread.column)]
        look = _quiet(found.style.format)
        numbered = enumerate(found.values.tolist())
        filled = ((i, value) for i, value in numbered if value is not None and value == value)
        return [Cell(row + i, column, _nth(spread, i), look, value) for i, value in filled]

    def _places(self, span: Span) -> list[At]:
        rows, columns = range(span.row, span.last_row + 1), range(span.column, span.last_column + 1)
        return [At(span.block, row, column) for row in rows for column in columns]


def _nth(column: Column, index: int) -> Node:
    return call("INDEX", column, index + 1)


def _quiet(format: Format) -> Style:
    return Style(Role.MUTED, format)
