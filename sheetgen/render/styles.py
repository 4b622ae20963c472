"""The formats of a workbook: each look once, made from a theme and a locale."""

from __future__ import annotations

from xlsxwriter.format import Format as XlsxFormat
from xlsxwriter.workbook import Workbook

from sheetgen.render import looks
from sheetgen.report.locale import Locale
from sheetgen.report.model import Cell
from sheetgen.report.style import Format, Ink, Style
from sheetgen.report.theme import Theme


class Styles:
    """Makes XlsxWriter formats, the same one for the same look."""

    def __init__(self, workbook: Workbook, theme: Theme, locale: Locale) -> None:
        self.workbook = workbook
        self.theme = theme
        self.locale = locale
        self._made: dict[frozenset[tuple[str, object]], XlsxFormat] = {}
        self._cells: dict[tuple[looks.Traits, bool], XlsxFormat] = {}

    def cell(self, cell: Cell) -> XlsxFormat:
        """The format of a cell on a page."""
        key = traits, is_formula = looks.traits(cell), cell.is_formula
        if key not in self._cells:
            number = self._number(cell.style, formula=is_formula)
            self._cells[key] = self._made_once(looks.of_cell(traits, self.theme) | number)
        return self._cells[key]

    def table_cell(self, style: Style, *, formula: bool) -> XlsxFormat:
        """The format of a column's data cells in a native table."""
        return self._made_once(looks.of_column(style, self.theme) | self._number(style, formula=formula))

    def table_header(self, style: Style) -> XlsxFormat:
        """The format of the header of a column with that style."""
        return self._made_once(looks.of_header(style, self.theme))

    def rule(self, ink: Ink, *, bold: bool, fill: bool) -> XlsxFormat:
        """The format of cells that a rule colours: only what differs from the cell's own."""
        return self._made_once(looks.of_rule(ink, self.theme, bold=bold, fill=fill))

    def filled(self, ink: Ink) -> XlsxFormat:
        """The format of cells that a rule fills with an ink."""
        return self._made_once(looks.of_fill(ink, self.theme))

    def number(self, format: Format) -> XlsxFormat:
        """The format of cells to which a rule gives another number format."""
        return self._made_once({"num_format": self.locale.pattern(format)})

    def _number(self, style: Style, *, formula: bool) -> looks.Properties:
        shown = looks.shown_format(style, formula=formula)
        return {"num_format": self.locale.pattern(shown, dash=style.dash)}

    def _made_once(self, properties: looks.Properties) -> XlsxFormat:
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self.workbook.add_format(dict(properties))
        return self._made[key]
