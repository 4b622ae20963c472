"""The formats of a workbook: each look once, made from a theme and a locale."""

from __future__ import annotations

from xlsxwriter.format import Format as XlsxFormat
from xlsxwriter.workbook import Workbook

from sheetgen.render import looks
from sheetgen.report.locale import Locale
from sheetgen.report.model import Cell
from sheetgen.report.style import Format, Ink, Role, Style
from sheetgen.report.theme import Theme, is_dark, tint

WHITE = "#FFFFFF"
FILL_SHARE = 0.12
"""How much of an ink is in the background of a cell that it colours."""


class Styles:
    """Makes XlsxWriter formats, the same one for the same look."""

    def __init__(self, workbook: Workbook, theme: Theme, locale: Locale) -> None:
        self.workbook = workbook
        self.theme = theme
        self.locale = locale
        self._made: dict[frozenset[tuple[str, object]], XlsxFormat] = {}

    def cell(self, cell: Cell) -> XlsxFormat:
        """The format of a cell on a page."""
        style, text = cell.style, isinstance(cell.value, str)
        look = looks.role(style.role, self.theme) | self._value(style, formula=cell.is_formula, text=text)
        if style.wrap:
            look |= {"text_wrap": True}
        if cell.input is not None:
            look |= {"locked": False}
        if cell.column > 0 and style.role in looks.INSET_ROLES and look.get("align") == "left":
            look |= {"indent": 1}
        if cell.rows > 1 and look.get("text_wrap") and style.role is not Role.MESSAGE:
            look |= {"valign": "top"}
        return self._format(look)

    def table_cell(self, style: Style, *, formula: bool) -> XlsxFormat:
        """The format of a column's data cells in a native table."""
        look = looks.table_cell(style.role, self.theme) | self._value(style, formula=formula, text=False)
        return self._format(look | looks.table_inset(style))

    def table_header(self, style: Style) -> XlsxFormat:
        """The format of the header of a column with that style."""
        return self._format(
            looks.table_header(self.theme) | looks.alignment(style, text=True) | looks.table_inset(style)
        )

    def rule(self, ink: Ink, *, bold: bool, fill: bool) -> XlsxFormat:
        """The format of cells that a rule colours: only what differs from the cell's own."""
        color = self.theme.color(ink)
        strong: looks.Properties = {"bold": True} if bold else {}
        background: looks.Properties = {"bg_color": tint(color, FILL_SHARE)} if fill else {}
        return self._made_once(strong | background | {"font_color": color})

    def filled(self, ink: Ink) -> XlsxFormat:
        """The format of cells that a rule fills with an ink, their text in white or dark, whichever reads better."""
        color = self.theme.color(ink)
        return self._made_once({"bg_color": color, "font_color": WHITE if is_dark(color) else self.theme.colors.text})

    def number(self, format: Format) -> XlsxFormat:
        """The format of cells to which a rule gives another number format."""
        return self._made_once({"num_format": self.locale.pattern(format)})

    def _value(self, style: Style, *, formula: bool, text: bool) -> looks.Properties:
        # The format of a heading says where its text stands: over numbers. A formula in a cell of the
        # text format turns into its own text when somebody edits it.
        plain = style.role is Role.HEAD or (formula and style.format is Format.TEXT)
        shown = Format.GENERAL if plain else style.format
        return looks.alignment(style, text=text) | {"num_format": self.locale.pattern(shown, dash=style.dash)}

    def _format(self, properties: looks.Properties) -> XlsxFormat:
        return self._made_once(looks.base(self.theme) | properties)

    def _made_once(self, properties: looks.Properties) -> XlsxFormat:
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self.workbook.add_format(dict(properties))
        return self._made[key]
