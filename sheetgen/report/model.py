"""The report model: tabs hold placed blocks; a block holds cells or one table, charts and rules.

Positions inside a block are 0-based and relative to its top left cell. Every formula comes with
the value that pandas expects of it. Dates are Excel serial numbers (days since 1899-12-30).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from sheetgen.formula.tree import At, Column, Node, Span
from sheetgen.report.style import Format, Ink, Style
from sheetgen.values import NOT_AVAILABLE as NOT_AVAILABLE
from sheetgen.values import SheetError as SheetError
from sheetgen.values import Value

Values = NDArray[np.float64] | NDArray[np.object_]
"""A column of values: float64 with NaN for blank, or objects (str or None)."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle inside a block, both corners included."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class NumberInput:
    """An input that takes a number within bounds, both included; None is no bound."""

    low: float | None = None
    high: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class DateInput:
    """An input that takes a date."""


@dataclass(frozen=True, slots=True)
class ChoiceInput:
    """An input with a dropdown: fixed choices, or the cells of another block."""

    choices: tuple[str, ...] | Span


@dataclass(frozen=True, slots=True)
class TextInput:
    """An input that takes any text."""


Input = NumberInput | DateInput | ChoiceInput | TextInput


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `content` is a formula (a node, with `expected`) or a constant; `rows` x `columns` cells are merged.

    `link` is the key of the tab that a click goes to; `note` is shown when the pointer rests on the cell.
    """

    row: int
    column: int
    content: Node | float | str | None
    style: Style = Style()
    expected: Value = None
    rows: int = 1
    columns: int = 1
    input: Input | None = None
    note: str | None = None
    link: str | None = None

    @property
    def is_formula(self) -> bool:
        """Whether the cell computes its value."""
        return isinstance(self.content, Node)

    @property
    def value(self) -> Value:
        """The value the cell shows: the constant, or the expected result."""
        return self.expected if isinstance(self.content, Node) else self.content


@dataclass(frozen=True, eq=False)
class TableColumn:
    """A column of a native table: inputs, or one formula for all rows with the expected values."""

    header: str
    values: Values
    style: Style
    formula: Node | None = None
    width: float = 12.0
    input: Input | None = None
    note: str | None = None
    hidden: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """A native table: header row first, then `rows` rows of data (at least one)."""

    name: str
    columns: tuple[TableColumn, ...]
    rows: int

    def index(self, header: str) -> int:
        """The 0-based position of a column."""
        return next(i for i, column in enumerate(self.columns) if column.header == header)


@dataclass(frozen=True, slots=True)
class DataBar:
    """A bar in each cell of the area, as long as its number."""

    area: Area
    ink: Ink = Ink.ACCENT


@dataclass(frozen=True, slots=True)
class ColorScale:
    """A background from low to high over the area's numbers."""

    area: Area
    low: Ink = Ink.SCALE_LOW
    middle: Ink | None = None
    high: Ink = Ink.SCALE_HIGH


@dataclass(frozen=True, slots=True)
class ColorWhen:
    """Coloured text where a condition holds; cells in the condition move with the area, names stay."""

    area: Area
    condition: Node
    ink: Ink
    bold: bool = False
    fill: bool = False


@dataclass(frozen=True, slots=True)
class FillWhen:
    """A cell wholly in a colour where a condition holds: the key to a part of a chart."""

    area: Area
    condition: Node
    ink: Ink


@dataclass(frozen=True, slots=True)
class FormatWhen:
    """Another number format where a condition holds, for a cell whose unit the reader picks."""

    area: Area
    condition: Node
    format: Format


Rule = DataBar | ColorScale | ColorWhen | FillWhen | FormatWhen


class ChartKind(Enum):
    """The kinds of chart, all native in the target."""

    LINE = "line"
    COLUMN = "column"
    BAR = "bar"
    STACKED_COLUMN = "stacked_column"
    STACKED_BAR = "stacked_bar"
    PIE = "pie"
    SCATTER = "scatter"
    BUBBLE = "bubble"


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its title with the unit, and how its numbers read."""

    title: str = ""
    format: Format = Format.GENERAL
    from_zero: bool = False
    reverse: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A data series; `ink` NONE draws nothing (the step under a waterfall's bar).

    `label_cells` holds a text for each point; those of an unseen series stand at its base, just past the bar before
    it. With `named`, points are labelled with the series' name. `secondary` is drawn as a line against the right
    axis. Without `line`, lines and scatters show points alone.
    """

    name: str | At
    categories: Span | Column
    values: Span | Column
    ink: Ink = Ink.ACCENT
    sizes: Span | Column | None = None
    labels: Format | None = None
    label_cells: Span | None = None
    named: bool = False
    secondary: bool = False
    point_inks: tuple[Ink, ...] = ()
    line: bool = True


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The bars that a chart's stacked columns are the pieces of, for a target that draws waterfalls itself.

    The spans have a row for each slot: the bar's position from 1 on or a blank, its label and its step; the last bar
    is the total. `gain`, `loss` and `total` are indexes of chart series that carry their names and inks.
    """

    positions: Span
    labels: Span
    steps: Span
    gain: int
    loss: int
    total: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart over the cells `row`..., `columns` x `rows` cells large; `alt` describes it for screen readers."""

    kind: ChartKind
    title: str
    alt: str
    series: tuple[Series, ...]
    row: int
    column: int
    columns: int
    rows: int
    x: Axis = Axis()
    y: Axis = Axis()
    y2: Axis = Axis()
    legend: bool = False
    waterfall: Waterfall | None = None


@dataclass(frozen=True, eq=False)
class Block:
    """A built piece of a tab.

    `names` are the defined names of its cells, `needs` the keys of other blocks that its formulas
    and charts read, `heights` row heights in points.
    """

    key: str
    height: int
    width: int
    cells: tuple[Cell, ...] = ()
    table: Table | None = None
    charts: tuple[Chart, ...] = ()
    rules: tuple[Rule, ...] = ()
    names: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class PlacedBlock:
    """A block and the 0-based cell of the tab where its top left corner is."""

    block: Block
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Tab:
    """A sheet: `widths` are column widths in characters from column A; `freeze` the first unfrozen cell.

    `zoom` is in percent.
    """

    key: str
    title: str
    placed: tuple[PlacedBlock, ...]
    widths: tuple[float, ...] = ()
    freeze: tuple[int, int] | None = None
    gridlines: bool = False
    hidden: bool = False
    landscape: bool = True
    ink: Ink | None = None
    zoom: int = 100

    @property
    def height(self) -> int:
        """Rows in use."""
        return max((place.row + place.block.height for place in self.placed), default=0)

    @property
    def width(self) -> int:
        """Columns in use."""
        return max((place.column + place.block.width for place in self.placed), default=0)


@dataclass(frozen=True, slots=True)
class Address:
    """A cell of the workbook: the tab's title and 0-based row and column."""

    tab: str
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Report:
    """The whole report; `properties` are the document's title, subject, author and so on."""

    title: str
    tabs: tuple[Tab, ...]
    currency: str
    lang: str
    properties: Mapping[str, str] = field(default_factory=dict)

    def blocks(self) -> Iterator[tuple[Tab, PlacedBlock]]:
        """Every placed block with its tab, in tab order."""
        for tab in self.tabs:
            for place in tab.placed:
                yield tab, place
