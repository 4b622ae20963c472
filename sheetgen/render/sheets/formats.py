"""Cell formats: the looks of a theme and the number formats of a locale, as the API's CellFormat."""

from __future__ import annotations

import re
from typing import Any, Final

from sheetgen.render import looks
from sheetgen.render.sheets.places import Json, LinkTo
from sheetgen.report.locale import Locale
from sheetgen.report.model import Cell
from sheetgen.report.style import Format, Ink, Style
from sheetgen.report.theme import Theme

TYPES: Final = {
    Format.TEXT: "TEXT",
    Format.COUNT: "NUMBER",
    Format.NUMBER: "NUMBER",
    Format.MULTIPLE: "NUMBER",
    Format.RATIO: "NUMBER",
    Format.COUNT_SHORT: "NUMBER",
    Format.MONEY: "CURRENCY",
    Format.MONEY_CENTS: "CURRENCY",
    Format.SIGNED_MONEY: "CURRENCY",
    Format.MONEY_SHORT: "CURRENCY",
    Format.PERCENT_WHOLE: "PERCENT",
    Format.PERCENT: "PERCENT",
    Format.PERCENT_FINE: "PERCENT",
    Format.SIGNED_PERCENT: "PERCENT",
    Format.DATE: "DATE",
    Format.DAY: "DATE",
    Format.MONTH: "DATE",
}
"""The type of each number format; general cells have none."""

LANGUAGE_MARK: Final = re.compile(r"\[\$-[0-9A-Fa-f]+\]")
"""Names a language in an Excel code; Google Sheets writes numbers and months as the spreadsheet's locale does."""

INDENT: Final = 9
"""Pixels of a step of indentation."""

PADDING: Final = {"top": 2, "right": 3, "bottom": 2, "left": 3}
"""Pixels around a cell's text unless it is indented."""

ALIGNS: Final = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
VALIGNS: Final = {"top": "TOP", "vcenter": "MIDDLE", "bottom": "BOTTOM"}
LINES: Final = {looks.THIN: "SOLID", looks.THICK: "SOLID_THICK"}
SIDES: Final = ("top", "bottom", "left", "right")


def color_style(color: str) -> Json:
    """A colour written `#RRGGBB`."""
    parts = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    shares = zip(("red", "green", "blue"), (round(part / 255, 4) for part in parts), strict=True)
    return {"rgbColor": dict(shares)}


class Formats:
    """Makes CellFormats, the same object for the same look."""

    def __init__(self, theme: Theme, locale: Locale) -> None:
        self.theme = theme
        self.locale = locale
        self._made: dict[tuple[object, ...], Json] = {}

    def cell(self, cell: Cell) -> Json:
        """The format of a cell on a page; a link leads to the tab of its key."""
        shown = looks.shown_format(cell.style, formula=cell.is_formula)
        return self._made_once(looks.of_cell(looks.traits(cell), self.theme), shown, cell.style.dash, cell.link)

    def column(self, style: Style, *, formula: bool) -> Json:
        """The format of a column's data cells in a table."""
        shown = looks.shown_format(style, formula=formula)
        return self._made_once(looks.of_column(style, self.theme), shown, style.dash)

    def header(self, style: Style) -> Json:
        """The format of the header of a column with that style."""
        return self._made_once(looks.of_header(style, self.theme), Format.GENERAL)

    def rule(self, ink: Ink, *, bold: bool, fill: bool) -> Json:
        """The format of cells that a rule colours."""
        return cell_format(looks.of_rule(ink, self.theme, bold=bold, fill=fill))

    def filled(self, ink: Ink) -> Json:
        """The format of cells that a rule fills with an ink."""
        return cell_format(looks.of_fill(ink, self.theme))

    def number(self, shown: Format, *, dash: bool = True) -> Json | None:
        """The NumberFormat of a format, None for the general one."""
        if shown not in TYPES:
            return None
        kind = TYPES[shown]
        if kind == "TEXT":
            return {"type": kind}
        code = LANGUAGE_MARK.sub("", self.locale.pattern(shown, dash=dash))
        # A date's further sections hold dashes for what is no date: Google documents sections for numbers alone.
        return {"type": kind, "pattern": code.split(";")[0] if kind == "DATE" else code}

    def _made_once(self, look: looks.Properties, shown: Format, dash: bool = True, link: str | None = None) -> Json:
        key = (frozenset(look.items()), shown, dash, link)
        if key not in self._made:
            number = self.number(shown, dash=dash)
            made = cell_format(look) | ({} if number is None else {"numberFormat": number})
            if link is not None:
                made["textFormat"] |= {"link": {"uri": LinkTo(link)}, "underline": True}
            self._made[key] = made
        return self._made[key]


def cell_format(look: looks.Properties) -> Json:
    """The CellFormat of a look."""
    made: Json = {}
    if "bg_color" in look:
        made["backgroundColorStyle"] = color_style(look["bg_color"])
    if "align" in look:
        made["horizontalAlignment"] = ALIGNS[look["align"]]
    if "valign" in look:
        made["verticalAlignment"] = VALIGNS[look["valign"]]
    if look.get("text_wrap"):
        made["wrapStrategy"] = "WRAP"
    if "indent" in look:
        step = INDENT * look["indent"]
        made["padding"] = PADDING | {"left": PADDING["left"] + step, "right": PADDING["right"] + step}
    parts = {"textFormat": _text_format(look), "borders": _borders(look)}
    return made | {name: part for name, part in parts.items() if part}


def _text_format(look: looks.Properties) -> Json:
    names = {"font_name": "fontFamily", "font_size": "fontSize", "bold": "bold"}
    made: Json = {name: look[key] for key, name in names.items() if key in look}
    return made | ({"foregroundColorStyle": color_style(look["font_color"])} if "font_color" in look else {})


def _borders(look: looks.Properties) -> Json:
    everywhere = {side: (look["border"], look["border_color"]) for side in SIDES if "border" in look}
    own: dict[str, tuple[Any, Any]] = {side: (look[side], look[f"{side}_color"]) for side in SIDES if side in look}
    sides = everywhere | own
    return {side: {"style": LINES[line], "colorStyle": color_style(color)} for side, (line, color) in sides.items()}
