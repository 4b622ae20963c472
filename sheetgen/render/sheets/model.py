"""A report as Google Sheets holds it: typed, without IDs, large tables by columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from sheetgen.clause import Clause
from sheetgen.render.sheets.places import Json, Range
from sheetgen.report.model import Values


@dataclass(frozen=True, slots=True)
class SheetsCell:
    """A cell of a page: its `value` as an ExtendedValue or None for a blank, `rows` x `columns` cells merged."""

    row: int
    column: int
    value: Json | None
    format: Json
    note: str | None = None
    validation: Json | None = None
    rows: int = 1
    columns: int = 1
    is_input: bool = False

    def box(self, tab: str) -> Range:
        """The cells it takes on the tab of that key."""
        return Range(tab, self.row, self.column, self.row + self.rows, self.column + self.columns)


@dataclass(frozen=True, eq=False)
class SheetsColumn:
    """A column of a table: data, or one `formula`, that of the first row, which moves along down the column.

    `type` is the type that a native table gives the column. Google allows no validation in a column with a type.
    """

    header: str
    header_format: Json
    format: Json
    values: Values
    formula: str | None = None
    note: str | None = None
    validation: Json | None = None
    type: str | None = None
    is_input: bool = False


@dataclass(frozen=True, eq=False)
class DataRun:
    """Neighbouring columns of a table that hold data; `first` is the 0-based position of the first in the table."""

    first: int
    columns: tuple[SheetsColumn, ...]
    is_input: bool

    def values(self, start: int, stop: int) -> list[list[float | str | None]]:
        """The data of those rows of the table, row by row; None is blank."""
        columns = (column.values[start:stop].tolist() for column in self.columns)
        return [[None if value != value else value for value in row] for row in zip(*columns, strict=True)]


@dataclass(frozen=True, eq=False)
class SheetsTable:
    """A table: its header is at `row` and `column`, with `rows` rows of data below.

    `colors` are a native table's TableRowsProperties; None where the cells are no native table.
    """

    name: str
    row: int
    column: int
    rows: int
    columns: tuple[SheetsColumn, ...]
    colors: Json | None

    @property
    def is_native(self) -> bool:
        """Whether Google knows the cells as a table."""
        return self.colors is not None

    @property
    def end_row(self) -> int:
        """The first row of the tab below the table."""
        return self.row + 1 + self.rows

    @property
    def end_column(self) -> int:
        """The first column of the tab right of the table."""
        return self.column + len(self.columns)

    def data_runs(self) -> Iterator[DataRun]:
        """The columns that hold data, neighbours together where all are inputs or none is."""
        first = 0
        for (is_data, is_input), run in groupby(self.columns, lambda each: (each.formula is None, each.is_input)):
            columns = tuple(run)
            if is_data:
                yield DataRun(first, columns, is_input)
            first += len(columns)


@dataclass(frozen=True, slots=True)
class SheetsChart:
    """A chart: a ChartSpec over the cell at `row` and `column`, `width` x `height` pixels large."""

    key: str
    row: int
    column: int
    width: int
    height: int
    spec: Json


@dataclass(frozen=True, eq=False)
class SheetsTab:
    """A tab of exactly `rows` x `columns` cells.

    `widths` and `heights` are pixels of the columns and rows that differ from the default, `inputs` the ranges that
    stay unprotected, `rules` ConditionalFormatRules in order of precedence.
    """

    key: str
    title: str
    rows: int
    columns: int
    hidden: bool
    gridlines: bool
    frozen: tuple[int, int]
    color: str | None
    cells: tuple[SheetsCell, ...]
    tables: tuple[SheetsTable, ...]
    merges: tuple[Range, ...]
    widths: Mapping[int, int]
    heights: Mapping[int, int]
    hidden_columns: frozenset[int]
    inputs: tuple[Range, ...]
    rules: tuple[Json, ...]
    charts: tuple[SheetsChart, ...]

    @property
    def everything(self) -> Range:
        """All cells of the tab."""
        return Range(self.key, 0, 0, self.rows, self.columns)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that Excel shows and Google Sheets cannot, or not alike; `tab` is the title."""

    tab: str
    text: Clause


@dataclass(frozen=True, eq=False)
class SheetsReport:
    """A whole report for Google Sheets; `names` are the named ranges, the same as in the workbook."""

    tabs: tuple[SheetsTab, ...]
    names: Mapping[str, Range]
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def cells(self) -> int:
        """How many cells the grids have, which Google limits for a spreadsheet as a whole."""
        return sum(tab.rows * tab.columns for tab in self.tabs)
