"""The workbook's own theme part: the report's colours and fonts in the reader's colour picker and new charts."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import quoteattr

from sheetgen.report.theme import Theme

DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
FLAT: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
THIN_LINE: Final = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{FLAT}<a:prstDash val="solid"/></a:ln>'
NO_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_xml(theme: Theme) -> str:
    """The theme part: text and page colours, six accents, links, and flat shapes without effects."""
    colors = {
        "dk1": theme.colors.text,
        "lt1": "#FFFFFF",
        "dk2": theme.colors.muted,
        "lt2": theme.colors.header,
        "accent1": theme.colors.accent,
        **{f"accent{number}": color for number, color in enumerate(theme.series[1:6], start=2)},
        "hlink": theme.colors.accent,
        "folHlink": theme.colors.muted,
    }
    scheme = "".join(f'<a:{key}><a:srgbClr val="{color[1:]}"/></a:{key}>' for key, color in colors.items())
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="{DRAWING}" name={quoteattr(theme.name)}><a:themeElements>'
        f"<a:clrScheme name={quoteattr(theme.name)}>{scheme}</a:clrScheme>"
        f"<a:fontScheme name={quoteattr(theme.name)}>{_font('major', theme.fonts.title)}"
        f"{_font('minor', theme.fonts.body)}</a:fontScheme>"
        f"<a:fmtScheme name={quoteattr(theme.name)}><a:fillStyleLst>{FLAT * 3}</a:fillStyleLst>"
        f"<a:lnStyleLst>{THIN_LINE * 3}</a:lnStyleLst><a:effectStyleLst>{NO_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{FLAT * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def _font(place: str, name: str) -> str:
    return f'<a:{place}Font><a:latin typeface={quoteattr(name)}/><a:ea typeface=""/><a:cs typeface=""/></a:{place}Font>'
