"""Rules as conditional formats: colour scales, and colours where a condition holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sheetgen.clause import Clause
from sheetgen.render.sheets.formats import color_style
from sheetgen.render.sheets.page import Page
from sheetgen.render.sheets.places import Json
from sheetgen.report.model import (
    Block,
    ChartKind,
    ColorScale,
    ColorWhen,
    DataBar,
    FillWhen,
    FormatWhen,
    Rule,
)
from sheetgen.report.theme import tint

SHADE_SHARE: Final = 0.35
"""How much of an ink is behind the largest number of a shaded area, so that the number stays readable."""

WHITE: Final = "#FFFFFF"

NO_BARS: Final = Clause("Google Sheets has no bars in cells: the numbers are shaded instead.")
NO_FORMATS: Final = Clause(
    "Google Sheets cannot change a number format by a rule: numbers whose unit you pick keep the format they have now."
)


def rules(page: Page, block: Block, top: int, left: int) -> Iterator[Json]:
    """The ConditionalFormatRules of a block whose first cell is at `top` and `left`, the first one strongest.

    Raises `UnsupportedFormulaError` for a condition that Google cannot hold.
    """
    has_pie = any(chart.kind is ChartKind.PIE for chart in block.charts)
    for rule in block.rules:
        # The key of a pie whose slices have colours of Google's own choice would mislead.
        made = None if has_pie and isinstance(rule, FillWhen) else _rule(page, rule, top, left)
        if made is not None:
            yield {"ranges": [page.area(rule.area, top, left)], **made}


def _rule(page: Page, rule: Rule, top: int, left: int) -> Json | None:
    theme = page.formats.theme
    row, column = top + rule.area.row, left + rule.area.column
    match rule:
        case DataBar(ink=ink):
            page.remark(NO_BARS)
            return _gradient(WHITE, None, tint(theme.color(ink), SHADE_SHARE))
        case ColorScale(low=low, middle=middle, high=high):
            return _gradient(theme.color(low), None if middle is None else theme.color(middle), theme.color(high))
        case ColorWhen(condition=condition, ink=ink, bold=bold, fill=fill):
            return _boolean(page.condition(condition, row, column), page.formats.rule(ink, bold=bold, fill=fill))
        case FillWhen(condition=condition, ink=ink):
            return _boolean(page.condition(condition, row, column), page.formats.filled(ink))
        case FormatWhen():
            page.remark(NO_FORMATS)
            return None


def _gradient(low: str, middle: str | None, high: str) -> Json:
    points: Json = {"minpoint": {"type": "MIN", "colorStyle": color_style(low)}}
    if middle is not None:
        points["midpoint"] = {"type": "PERCENTILE", "value": "50", "colorStyle": color_style(middle)}
    return {"gradientRule": points | {"maxpoint": {"type": "MAX", "colorStyle": color_style(high)}}}


def _boolean(formula: str, format: Json) -> Json:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    return {"booleanRule": {"condition": condition, "format": format}}
