"""A worksheet of XlsxWriter that takes a table's data rows as columns and writes them many at a time.

Everything else stays with XlsxWriter: the words of each cell's XML, formats, shared texts, and all cells around.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import StringIO
from typing import Any, Final

from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellBooleanTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

from sheetgen.render.filling import FilledColumn, Filling, FillingXml, Template
from sheetgen.render.stored import stored_result
from sheetgen.report.model import Area
from sheetgen.values import Value

FIRST_CELL: Final = '<c r="A1'
VALUE: Final = "<v>"


class BulkWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose tables may be filled column by column.

    The workbook must be a `StreamedWorkbook`.
    """

    # XlsxWriter leaves these without types.
    dim_rowmin: Any
    dim_rowmax: Any
    fh: Any

    def __init__(self) -> None:
        super().__init__()
        self._fillings: list[Filling] = []
        self._tell: Callable[[int], None] = _silent
        self._untold = 0

    def report_to(self, tell: Callable[[int], None], cells: int) -> None:
        """Let `tell` be told of `cells` cells in all, as they become XML."""
        self._tell, self._untold = tell, cells

    def add_open_table(self, area: Area, options: dict[str, Any]) -> int:
        """Add a table whose data rows are left to `fill`; a code as from XlsxWriter's `add_table`.

        Raises `OverlappingRange` for a table over another one or over merged cells.
        """
        if self._check_dimensions(area.last_row, area.last_column):
            return -1
        self._require_free(area)
        first = area.row + 1
        # XlsxWriter keeps an entry for each cell of a table, so it is shown the first data row only.
        code: int = self.add_table(area.row, area.column, first, area.last_column, options)
        if code == 0:
            for column in range(area.column, area.last_column + 1):
                self.table[first].pop(column, None)
            reference = xl_range(area.row, area.column, area.last_row, area.last_column)
            self.tables[-1].update(range=reference, a_range=reference, autofilter=reference)
        return code

    def add_whole_table(self, area: Area, options: dict[str, Any]) -> int:
        """Add a table whose cells are written one by one, as XlsxWriter's `add_table` does.

        Raises `OverlappingRange`.
        """
        self._require_free(area)
        code: int = self.add_table(area.row, area.column, area.last_row, area.last_column, options)
        return code

    def fill(self, row: int, column: int, columns: Sequence[FilledColumn], rows: int) -> None:
        """Fill `rows` rows from a cell on with columns."""
        area = Area(row, column, row + rows - 1, column + len(columns) - 1)
        self._fillings.append(Filling(area, columns))
        self._fillings.sort(key=lambda filling: filling.area.row)

    def can_fill(self, area: Area) -> bool:
        """Whether no row of an area is filled already: a row takes one filling."""
        return all(area.last_row < each.area.row or each.area.last_row < area.row for each in self._fillings)

    def share(self, text: str, times: int) -> int:
        """The number of a text among the shared ones, for `times` cells more."""
        index: int = self.str_table._get_shared_string_index(text)
        self.str_table.count += times - 1
        return index

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell was written."""
        return column in self.table.get(row, {}) or self._filling_at(row, column) is not None

    def merge_range(self, first_row: int, first_col: int, last_row: int, last_col: int, *content: Any) -> int:
        """Merge cells, as XlsxWriter does.

        Raises `OverlappingRange` for cells of a filled table.
        """
        self._require_free(Area(first_row, first_col, last_row, last_col))
        code: int = super().merge_range(first_row, first_col, last_row, last_col, *content)
        return code

    def _assemble_xml_file(self) -> None:
        super()._assemble_xml_file()
        self._count(self._untold)

    def _count(self, cells: int) -> None:
        self._untold -= cells
        self._tell(cells)

    def _require_free(self, area: Area) -> None:
        for filling in self._fillings:
            other = filling.area
            if (
                area.row <= other.last_row
                and other.row <= area.last_row
                and area.column <= other.last_column
                and other.column <= area.last_column
            ):
                raise OverlappingRange(f"the range {_name(area)} overlaps the table rows {_name(other)}")

    def _filling_at(self, row: int, column: int) -> Filling | None:
        return next((filling for filling in self._fillings if filling.holds(row, column)), None)

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> list[Any]:
        data: list[Any] = []
        for row in range(row_start, row_end + 1):
            for column in range(col_start, col_end + 1):
                filling = self._filling_at(row, column)
                if filling is None:
                    data += super()._get_range_data(row, column, row, column)
                else:
                    data.append(_cached(filling.column(column), row - filling.area.row))
        return data

    def _write_rows(self) -> None:
        first, last = self.dim_rowmin, self.dim_rowmax
        for filling in self._fillings:
            self._write_rows_between(first, filling.area.row - 1)
            self._write_filling(filling)
            first = filling.area.last_row + 1
        self._write_rows_between(first, last)

    def _write_rows_between(self, first: int, last: int) -> None:
        if first > last:
            return
        whole = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmin, self.dim_rowmax = first, last
        super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = whole

    def _write_filling(self, filling: Filling) -> None:
        templates = [self._templates(column) for column in filling.columns]
        number = str(filling.area.row + 1)
        start, _, end = self._captured(self._write_row, filling.area.row, None).partition(number)
        xml = FillingXml(filling, templates, (start, end))
        self.fh.begin(xml.size)
        special = self._special_rows(filling.area)
        for part in xml.parts():
            rows = range(filling.area.row + part.start, filling.area.row + part.stop)
            if special.isdisjoint(rows):
                self.fh.send(xml.rows(part))
            else:
                self._write_mixed_rows(filling.area, rows, xml.cells(part))
            self._count(len(rows) * len(filling.columns))

    def _special_rows(self, area: Area) -> set[int]:
        """The rows of an area that have more than the filling's cells."""
        rows = {row for row, cells in self.table.items() if cells} | set(self.row_info) | set(self.comments)
        return {row for row in rows if area.row <= row <= area.last_row}

    def _write_mixed_rows(self, area: Area, rows: range, texts: list[str]) -> None:
        for row, filled in zip(rows, texts, strict=True):
            cells = sorted(self.table.get(row, {}).items())
            self._write_row(row, None, self.row_info.get(row))
            for column, cell in cells:
                if column < area.column:
                    self._write_cell(row, column, cell)
            self.fh.write(filled)
            for column, cell in cells:
                if column > area.last_column:
                    self._write_cell(row, column, cell)
            self._xml_end_tag("row")

    def _templates(self, column: FilledColumn) -> list[Template]:
        return [self._template(column, sample) for sample in column.cells.samples]

    def _template(self, column: FilledColumn, sample: Value) -> Template:
        xml = self._captured(self._write_cell, 0, 0, _cell(column, sample))
        start, tag, rest = xml.partition(VALUE)
        return Template(start.removeprefix(FIRST_CELL) + tag, rest[rest.find("<") :] if tag else "")

    def _captured(self, write: Callable[..., None], *facts: Any) -> str:
        """What XlsxWriter writes into a part."""
        part, self.fh = self.fh, StringIO()
        try:
            write(*facts)
            text: str = self.fh.getvalue()
        finally:
            self.fh = part
        return text


def _silent(_cells: int) -> None:
    return None


def _cell(column: FilledColumn, value: Value) -> Any:
    """A cell of a column as XlsxWriter keeps it."""
    if column.formula is not None:
        return CellFormulaTuple(column.formula, column.format, stored_result(value))
    match value:
        case str():
            return CellStringTuple(0, column.format)
        case bool():
            return CellBooleanTuple(value, column.format)
        case None:
            return CellBlankTuple(column.format)
        case _:
            return CellNumberTuple(value, column.format)


def _cached(column: FilledColumn, row: int) -> Value:
    """The value of a cell as charts keep it."""
    value = column.cells.value(row)
    if column.formula is not None or value is None:
        return stored_result(value)
    return f"{value:.16g}" if isinstance(value, float) else value


def _name(area: Area) -> str:
    name: str = xl_range(area.row, area.column, area.last_row, area.last_column)
    return name
