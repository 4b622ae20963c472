"""Rules as conditional formats: bars, colour scales, and colours where a condition holds."""

from __future__ import annotations

from typing import Any, Final

from sheetgen.render.page import Page
from sheetgen.render.strict import accept, located
from sheetgen.report.model import Block, ColorScale, ColorWhen, DataBar, FillWhen, FormatWhen, Rule
from sheetgen.report.style import Ink
from sheetgen.report.theme import tint

BAR_SHARE: Final = 0.35
"""How much of an ink is in a bar, so that the number on it stays readable."""


def write_rules(page: Page, block: Block, top: int, left: int) -> None:
    """Write the rules of a block whose first cell is at `top` and `left`."""
    for rule in block.rules:
        area = rule.area
        row, column = top + area.row, left + area.column
        with located(page.where(row, column)):
            options = _options(page, rule, row, column)
            accept(page.sheet.conditional_format(row, column, top + area.last_row, left + area.last_column, options))


def _options(page: Page, rule: Rule, row: int, column: int) -> dict[str, Any]:
    theme = page.styles.theme
    match rule:
        case DataBar(ink=ink):
            return {
                "type": "data_bar",
                "data_bar_2010": True,
                "bar_solid": True,
                "bar_no_border": True,
                "bar_color": tint(theme.color(ink), BAR_SHARE),
                "bar_negative_color": tint(theme.color(Ink.BAD), BAR_SHARE),
                "bar_axis_color": theme.colors.line,
            }
        case ColorScale(low=low, middle=middle, high=high):
            ends = {"min_color": theme.color(low), "max_color": theme.color(high)}
            if middle is None:
                return {"type": "2_color_scale"} | ends
            return {"type": "3_color_scale", "mid_color": theme.color(middle)} | ends
        case ColorWhen(condition=condition, ink=ink, bold=bold, fill=fill):
            format = page.styles.rule(ink, bold=bold, fill=fill)
            return {"type": "formula", "criteria": page.formula(condition, row, column), "format": format}
        case FillWhen(condition=condition, ink=ink):
            return {
                "type": "formula",
                "criteria": page.formula(condition, row, column),
                "format": page.styles.filled(ink),
            }
        case FormatWhen(condition=condition, format=shown):
            format = page.styles.number(shown)
            return {"type": "formula", "criteria": page.formula(condition, row, column), "format": format}
