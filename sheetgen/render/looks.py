"""What a theme makes of a role: fonts, fills, lines and alignment, as XlsxWriter's format properties."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple

from sheetgen.report.model import Cell
from sheetgen.report.style import Align, Format, Ink, Role, Style
from sheetgen.report.theme import Theme, is_dark, tint

Properties = dict[str, Any]

THIN: Final = 1
THICK: Final = 5
BODY_SIZE: Final = 10
SMALL_SIZE: Final = 9

WHITE: Final = "#FFFFFF"
FILL_SHARE: Final = 0.12
"""How much of an ink is in the background of a cell that it colours."""

_FREE_FORMATS: Final = frozenset({Format.GENERAL, Format.TEXT})
INSET_ROLES: Final = frozenset({Role.BODY, Role.LABEL, Role.KPI, Role.MUTED, Role.HEAD, Role.TEXT, Role.SECTION})
"""Roles whose texts keep clear of the numbers on their left."""

_LEFT_ROLES: Final = frozenset(
    {
        Role.TITLE,
        Role.SUBTITLE,
        Role.SECTION,
        Role.CARD_LABEL,
        Role.CARD_VALUE,
        Role.CARD_CHANGE,
        Role.MESSAGE,
        Role.TEXT,
    }
)


def base(theme: Theme) -> Properties:
    """Body text."""
    return {
        "font_name": theme.fonts.body,
        "font_size": BODY_SIZE,
        "font_color": theme.colors.text,
        "valign": "vcenter",
    }


def role(role: Role, theme: Theme) -> Properties:
    """How a role differs from body text."""
    return _roles(theme)[role]


@cache
def _roles(theme: Theme) -> dict[Role, Properties]:
    return _texts(theme) | _rows(theme) | _cards(theme)


def _texts(theme: Theme) -> dict[Role, Properties]:
    colors = theme.colors
    return {
        Role.TITLE: {"font_name": theme.fonts.title, "font_size": 20, "bold": True},
        Role.SUBTITLE: {"font_color": colors.muted},
        Role.SECTION: {"font_size": 12, "bold": True},
        Role.TEXT: {"text_wrap": True},
        Role.LINK: {"font_color": colors.accent},
        Role.MUTED: _small(theme),
        Role.MESSAGE: {
            "text_wrap": True,
            "bg_color": colors.card,
            "indent": 1,
            "left": THICK,
            "left_color": colors.accent,
        },
    }


def _rows(theme: Theme) -> dict[Role, Properties]:
    rule, strong = theme.colors.line, tint(theme.colors.muted, 0.6)
    row: Properties = {"bottom": THIN, "bottom_color": rule}
    head: Properties = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": THIN, "bottom_color": strong}
    return {
        Role.BODY: row,
        Role.LABEL: row,
        Role.KPI: row,
        Role.HEAD: _small(theme) | head,
        Role.TOTAL: {"bold": True, "top": THIN, "top_color": strong},
        Role.INPUT: {
            "font_color": theme.colors.input,
            "bg_color": theme.colors.input_fill,
            "border": THIN,
            "border_color": tint(theme.colors.muted, 0.4),
            "indent": 1,
            "locked": False,
        },
    }


def _cards(theme: Theme) -> dict[Role, Properties]:
    line = theme.colors.line
    left: Properties = {"left": THIN, "left_color": line}
    right: Properties = {"right": THIN, "right_color": line}
    inside: Properties = {"bg_color": theme.colors.card, "indent": 1}
    card = inside | left | right
    foot = inside | _small(theme) | {"bottom": THIN, "bottom_color": line, "valign": "top"}
    return {
        Role.CARD_LABEL: card | _small(theme) | {"top": THIN, "top_color": line, "valign": "bottom"},
        Role.CARD_VALUE: card | {"font_size": 20, "bold": True},
        Role.CARD_CHANGE: foot | left,
        Role.CARD_STANDING: foot | right,
    }


def _small(theme: Theme) -> Properties:
    return {"font_size": SMALL_SIZE, "font_color": theme.colors.muted}


def table_cell(role: Role, theme: Theme) -> Properties:
    """A data cell of a native table: a thin line below; what may be typed over is in the inputs' colour."""
    row: Properties = {"bottom": THIN, "bottom_color": theme.colors.line}
    if role is Role.INPUT:
        return row | {"font_color": theme.colors.input, "locked": False}
    return row | ({"font_color": theme.colors.muted} if role is Role.MUTED else {})


def table_header(theme: Theme) -> Properties:
    """The header cell of a native table, its text clear of the filter button at the bottom right."""
    return {
        "bold": True,
        "font_size": SMALL_SIZE,
        "font_color": theme.colors.header_text,
        "bg_color": theme.colors.header,
        "text_wrap": True,
        "valign": "top",
        "bottom": THIN,
        "bottom_color": tint(theme.colors.muted, 0.6),
    }


def table_inset(style: Style) -> Properties:
    """Room before the texts of a table's column, for numbers or cut texts may end right at their left."""
    return {"indent": 1} if style.format is Format.TEXT and style.align in (Align.AUTO, Align.LEFT) else {}


def alignment(style: Style, *, text: bool) -> Properties:
    """The horizontal alignment: as the style says; else texts left, and numbers right with the dashes of blanks."""
    if style.align is not Align.AUTO:
        return {"align": style.align.value}
    if style.role in _LEFT_ROLES or (text and style.format in _FREE_FORMATS):
        return {"align": "left"}
    return {} if style.format in _FREE_FORMATS else {"align": "right"}


class Traits(NamedTuple):
    """All that the look of a cell on a page depends on: cells with the same traits look the same."""

    style: Style
    text: bool
    typed: bool
    first: bool
    tall: bool


def traits(cell: Cell) -> Traits:
    """What the look of a cell depends on."""
    return Traits(cell.style, isinstance(cell.value, str), cell.input is not None, cell.column == 0, cell.rows > 1)


def of_cell(cell: Traits, theme: Theme) -> Properties:
    """The look of a cell on a page."""
    style = cell.style
    look = base(theme) | role(style.role, theme) | alignment(style, text=cell.text)
    if style.wrap:
        look |= {"text_wrap": True}
    if cell.typed:
        look |= {"locked": False}
    if not cell.first and style.role in INSET_ROLES and look.get("align") == "left":
        look |= {"indent": 1}
    if cell.tall and look.get("text_wrap") and style.role is not Role.MESSAGE:
        look |= {"valign": "top"}
    return look


def of_column(style: Style, theme: Theme) -> Properties:
    """The look of a column's data cells in a native table."""
    return base(theme) | table_cell(style.role, theme) | alignment(style, text=False) | table_inset(style)


def of_header(style: Style, theme: Theme) -> Properties:
    """The look of the header of a column with that style."""
    return base(theme) | table_header(theme) | alignment(style, text=True) | table_inset(style)


def of_rule(ink: Ink, theme: Theme, *, bold: bool, fill: bool) -> Properties:
    """The look of cells that a rule colours: only what differs from the cell's own."""
    color = theme.color(ink)
    strong: Properties = {"bold": True} if bold else {}
    background: Properties = {"bg_color": tint(color, FILL_SHARE)} if fill else {}
    return strong | background | {"font_color": color}


def of_fill(ink: Ink, theme: Theme) -> Properties:
    """The look of cells that a rule fills with an ink, their text in white or dark, whichever reads better."""
    color = theme.color(ink)
    return {"bg_color": color, "font_color": WHITE if is_dark(color) else theme.colors.text}


def shown_format(style: Style, *, formula: bool) -> Format:
    """The number format that a cell shows.

    That of a heading says where its text stands: over numbers. A formula in a cell of the text format turns into its
    own text when somebody edits it.
    """
    plain = style.role is Role.HEAD or (formula and style.format is Format.TEXT)
    return Format.GENERAL if plain else style.format
